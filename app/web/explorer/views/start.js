// The first page: what this is, the two figures on real and on made-up data, and where to go from here.

import { file } from "../api.js";
import { h, parsed } from "../dom.js";
import { isMadeUp, madeUp, named } from "../facts.js";
import { factHref, factLink } from "../labels.js";
import { number } from "../number.js";
import { broken, empty, loading } from "../states.js";
import { noun } from "../words.js";

export const title = "How cities learn from each other";

const DOCUMENT = "explorer-start";
const VISITS = "Visits that took place and led from or to a city; each counts once.";
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
  const asked = pane.ask(DOCUMENT);
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
  recorded.append(
    ...counted(pane, network.basedOn, "visit", VISITS), " between cities, ",
    ...counted(pane, lessons.totalCount, "lesson", "Lessons that you may see."), " and ",
    ...counted(pane, practices.totalCount, "practice", "Practices that you may see."), " are recorded that you may see.",
  );
}

// A number that opens, and what it counts. In: the meaning of the number, and the name of its owner if there are several.
function counted(pane, value, one, says, whose = "") {
  const what = noun(value, one);
  const asked = { document: DOCUMENT, variables: { synthetic: pane.synthetic } };
  return [number({ value, name: whose ? `${what} of ${whose}` : what, says, how: "A count of the facts that you may see.", ...asked }), ` ${what}`];
}

function real({ rows, real: known, madeUp: invented }) {
  return h(
    "p",
    { class: "real" },
    "It comes with ",
    row(rows, "rows of facts", "Facts and relationships that come with citygraph, each a row of a file."),
    " rows of facts. ",
    h("strong", {}, row(known, "real rows", "Rows about what happened; each cites its source."), " of them are real"),
    ", and each of these cites its source; ",
    row(invented, "made-up rows", "Rows that are made up, to show what has no public source."),
    " are made up, to show what has no public source, and are shown only where you ask for them. ",
  );
}

const row = (value, name, says) => number({ value, name, says, how: "Counted in the files that come with citygraph, not in the database: what was recorded since is not in it." });

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
  small(pane, "Who visits whom", pane.href("exchanges"), h("p", {}, counted(pane, network.basedOn, "visit", VISITS), " that took place. A circle visits others, a square hosts others."), "exchange", { synthetic: "false" });

function cloud(pane, roster) {
  const invented = isMadeUp(roster);
  const args = { roster: roster.id, synthetic: String(invented) };
  const words = h("p", {}, invented && [madeUp(), " "], "Who trusts whom in ", counted(pane, roster.waves.totalCount, "survey", "Survey waves of this cloud that you may see.", roster.name), ".");
  return small(pane, roster.name, factHref(pane, { __typename: "Roster", ...roster }), words, "cloud", args);
}

// Cities with most lessons, and cities with most visits, each with what it has.
function cities(pane, network, lessons) {
  const found = new Map();
  const add = (city, says) => found.set(city.id, { city, says: [...(found.get(city.id)?.says ?? []), says] });
  const learned = lessons.aggregate.groupBy.nodes.filter(({ key }) => key.learnedBy).slice(0, MOST_CITIES);
  for (const { key, count: many } of learned) add(key.learnedBy, counted(pane, many, "lesson", "Lessons that the city took from elsewhere.", key.learnedBy.name));
  for (const { city, made, hosted } of network.hubs) {
    if (found.has(city.factId) || found.size < 2 * MOST_CITIES) add({ id: city.factId, name: city.name }, counted(pane, made + hosted, "visit", "Visits that took place, made and hosted together.", city.name));
  }
  if (found.size === 0) return empty("No city has lessons or visits that you may see.");
  const items = [...found.values()].map(({ city, says }) => h("li", {}, factLink(pane, { __typename: "City", ...city }), h("span", { class: "faint" }, says.map((each, at) => [at ? ", " : " ", each]))));
  return h("ul", { class: "cities" }, items);
}
