// The first page: what this is, the two figures on real and on made-up data, and where to go from here.

import { file } from "../api.js";
import { h } from "../dom.js";
import { isMadeUp, madeUp, named } from "../facts.js";
import { factHref, factLink } from "../labels.js";
import { parsed } from "../picture.js";
import { broken, empty, loading } from "../states.js";
import { count } from "../words.js";

export const title = "How cities learn from each other";

const MOST_CLOUDS = 3;
const MOST_CITIES = 7;
const WHAT =
  "Citygraph holds what is known about how cities learn from each other: who visited whom, what was learned, and what a city made of it. " +
  "Every fact says when it held, who says so, and who may see it.";
const PAGES = [
  ["exchanges", "Exchanges", "Who visits whom, on a map or laid out, with the visits behind each link."],
  ["lesson", "Lessons", "From a visit to a lesson, to its use, to what came of it."],
  ["practice", "Practices", "How a practice spread from city to city."],
  ["cloud", "Clouds", "Who trusts whom among the leaders of a city, from one survey to the next."],
  ["ask", "Ask", "Questions with their answers, their GraphQL and their Cypher."],
  ["record", "Record", "Add or correct visits, lessons and relationships; review drafts; upload a file."],
];

// The text is there at once; what has to be measured follows it.
export async function show(pane) {
  const asked = pane.ask("explorer-start");
  asked.catch(() => null); // It is awaited below; until then its failure is nobody's.
  const figures = h("div", { class: "figures" }, loading("Visits and clouds are read …"));
  const [begin, recorded] = [h("div"), h("p")];
  pane.box.replaceChildren(
    h("p", { class: "lead" }, WHAT),
    real(await file("counts", pane.signal)),
    figures,
    h("h2", {}, "Cities to begin with"),
    begin,
    h("h2", {}, "What you can look at"),
    recorded,
    h("ul", { class: "pages" }, PAGES.map(([view, name, words]) => h("li", {}, h("a", { href: pane.href(view) }, name), h("p", {}, words)))),
    h("h2", {}, "Who may record"),
    h("p", {}, "Everybody with a token may propose a change as a draft. Who holds a grant for a city writes its facts, and accepts or refuses drafts about them. A token is put into the field at the top, under “Token and data”."),
  );
  const { exchangeNetwork: network, lessons, practices, rosters } = await asked;
  figures.replaceChildren(exchange(pane, network), ...clouds(pane, rosters.nodes));
  begin.replaceChildren(cities(pane, network, lessons));
  recorded.append(`${count(network.basedOn, "visit")} between cities, ${count(lessons.totalCount, "lesson")} and ${count(practices.totalCount, "practice")} are recorded that you may see.`);
}

function real({ rows, real: known, madeUp: invented }) {
  return h(
    "p",
    { class: "real" },
    "It comes with ",
    rows.toLocaleString(),
    " rows of facts. ",
    h("strong", {}, `${known.toLocaleString()} of them are real`),
    `, and each of these cites its source; ${invented.toLocaleString()} are made up, to show what has no public source, and are shown only where you ask for them. `,
  );
}

function clouds(pane, rosters) {
  const surveyed = rosters.filter((each) => each.waves.totalCount).slice(0, MOST_CLOUDS);
  return surveyed.length ? surveyed.map((roster) => cloud(pane, roster)) : [noClouds(pane)];
}

const noClouds = (pane) =>
  h(
    "section",
    { class: "small" },
    h("h2", {}, h("a", { href: pane.href("cloud") }, "Who trusts whom")),
    h("p", {}, "Networks of leaders are shown to those who may see them: what people say of each other is confidential. With a token that may see them, they appear here."),
  );

// A small figure that leads to its page; it loads by itself, and what fails is said in its place.
function small(pane, name, href, words, kind, args) {
  const place = h("div", { class: "thumbnail" }, loading("The picture is drawn …"));
  const draw = async () => {
    try {
      const svg = parsed(await pane.figure(kind, args));
      for (const mark of svg.querySelectorAll("[tabindex]")) mark.removeAttribute("tabindex");
      svg.setAttribute("aria-hidden", "true");
      place.replaceChildren(h("a", { href, "aria-label": `Open: ${name}` }, svg));
    } catch (error) {
      if (error.name === "AbortError" || pane.signal.aborted) return;
      place.replaceChildren(error.code === "NOT_FOUND" ? empty("There is nothing to draw that you may see.") : broken(error, draw));
    }
  };
  draw();
  return h("section", { class: "small" }, h("h2", {}, h("a", { href }, named(name))), words, place);
}

const exchange = (pane, network) =>
  small(pane, "Who visits whom", pane.href("exchanges"), h("p", {}, `${count(network.basedOn, "visit")} that took place. A circle visits others, a square hosts others.`), "exchange", { synthetic: "false" });

function cloud(pane, roster) {
  const invented = isMadeUp(roster);
  const args = { roster: roster.id, synthetic: String(invented) };
  const words = h("p", {}, invented && [madeUp(), " "], `Who trusts whom in ${count(roster.waves.totalCount, "survey")}.`);
  return small(pane, roster.name, factHref(pane, { __typename: "Roster", ...roster }), words, "cloud", args);
}

// Cities with most lessons, and cities with most visits, each with what it has.
function cities(pane, network, lessons) {
  const found = new Map();
  const add = (city, says) => found.set(city.id, { city, says: [...(found.get(city.id)?.says ?? []), says] });
  const learned = lessons.aggregate.groupBy.nodes.filter(({ key }) => key.learnedBy).slice(0, MOST_CITIES);
  for (const { key, count: many } of learned) add(key.learnedBy, count(many, "lesson"));
  for (const { city, made, hosted } of network.hubs) {
    if (found.has(city.factId) || found.size < 2 * MOST_CITIES) add({ id: city.factId, name: city.name }, count(made + hosted, "visit"));
  }
  if (found.size === 0) return empty("No city has lessons or visits that you may see.");
  const items = [...found.values()].map(({ city, says }) => h("li", {}, factLink(pane, { __typename: "City", ...city }), h("span", { class: "faint" }, ` ${says.join(", ")}`)));
  return h("ul", { class: "cities" }, items);
}
