// Figure one: who visits whom. Circles visit, squares host; a city or a link leads to the visits behind it.

import { fresh, h } from "../dom.js";
import { figure, form, subjects, variables } from "../exchanges/choice.js";
import { exported } from "../exported.js";
import { differences } from "../exchanges/differences.js";
import { declared, measures, measuresOf, years } from "../exchanges/measures.js";
import { visitsOf } from "../exchanges/visits.js";
import { factLink, pairs } from "../labels.js";
import { named } from "../facts.js";
import { picture } from "../picture.js";
import { Selection } from "../selection.js";
import { broken, empty, loading } from "../states.js";
import { table } from "../table.js";
import { count } from "../words.js";

export const title = "Exchanges between cities";
export const compare = differences;

const DOCUMENT = "explorer-exchanges";
const ROLES = { VISITOR: "visits", HOST: "hosts", BOTH: "visits and hosts" };

export async function show(pane) {
  const asked = variables(pane.args);
  const [kind, given] = figure(pane.args);
  if (asked.fromYear || asked.toYear) pane.entitle(`${title} ${years(asked)}`);
  // A list that cannot be read leaves the field without suggestions; what went wrong is said by the questions below.
  const controls = form(pane, subjects(pane).catch(() => []));
  pane.box.replaceChildren(h("p", {}, "Who visited whom: a circle visits others, a square hosts others, a circle in a square does both."), controls, loading("The network is drawn …"));
  const [{ exchangeNetwork: network }, svg, known] = await Promise.all([pane.ask(DOCUMENT, asked), pane.figure(kind, given), declared()]);
  pane.box.lastElementChild.remove();
  if (network.basedOn === 0) pane.box.append(nothing(pane, asked));
  else pane.box.append(...whole(pane, { network, asked, known }, svg));
  return { network, variables: asked };
}

const nothing = (pane, asked) =>
  empty(
    `No visit ${years(asked)}${asked.subject ? " about this topic or practice" : ""} is recorded, or none that you may see.`,
    h("button", { type: "button", onclick: () => pane.change({ from: null, to: null, subject: null, of: null }) }, "Show all years and topics"),
  );

function whole(pane, told, svg) {
  const { network, asked, known } = told;
  const selection = new Selection();
  if (pane.args.of) selection.select(pane.args.of);
  const aside = h("section", { class: "behind", "aria-label": "Visits behind what is selected", tabindex: "-1" });
  const tables = [];
  const [kind, given] = figure(pane.args);
  const drawn = picture({
    svg,
    file: `Exchanges ${years(asked)}`,
    selection,
    open: () => aside.focus(),
    png: () => pane.figure(kind, given, "png"),
    tables: () => tables,
  });
  const onPicture = new Set([...drawn.querySelectorAll("[data-kind][data-id]")].map((mark) => mark.dataset.id));
  tables.push(...twins(network, onPicture, selection));
  aside.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !selection.id) return;
    const from = selection.id;
    selection.select(null);
    drawn.focusMark(from);
  });
  const picked = () => {
    if (pane.signal.aborted) return;
    pane.keep({ of: selection.id });
    reveal(pane, told, selection.id, aside);
  };
  selection.addEventListener("change", picked);
  reveal(pane, told, selection.id, aside, { quiet: true });
  return [
    h("ul", { class: "numbers", "aria-label": "Numbers of the network" }, measures(known, network, asked).map(([name, value]) => h("li", {}, value, " ", name))),
    h("div", { class: "pictured" }, drawn, aside),
    exported(pane, "exchange", () => ({ from: given.from, to: given.to, subject: given.subject })),
    h("h2", {}, "The same as tables"),
    ...tables,
    notDrawn(network, onPicture, selection),
    byYear(network),
  ].filter(Boolean);
}

const visitsOfCity = ({ made, hosted }) => made + hosted;

// The tables of what is drawn, the most visits first: each mark has a row here, and each row a mark.
function twins(network, onPicture, selection) {
  const cities = table({
    caption: "Cities",
    file: "cities of the exchange network",
    columns: [
      { name: "City", value: ({ city }) => city.name },
      { name: "It", value: ({ role }) => ROLES[role] },
      { name: "Visits made", value: ({ made }) => made },
      { name: "Visits received", value: ({ hosted }) => hosted },
      { name: "Cities visited", value: ({ hosts }) => hosts },
      { name: "Cities received", value: ({ guests }) => guests },
    ],
    rows: network.cities.filter(({ city }) => onPicture.has(city.factId)).sort((one, other) => visitsOfCity(other) - visitsOfCity(one)),
    key: ({ city }) => city.factId,
    selection,
  });
  const links = table({
    caption: "Links, from visitor to host",
    file: "links of the exchange network",
    columns: [
      { name: "Link", value: ({ visitor, host }) => `${visitor.name} visited ${host.name}` },
      { name: "Visitor", value: ({ visitor }) => visitor.name },
      { name: "Host", value: ({ host }) => host.name },
      { name: "Visits", value: ({ visits }) => visits },
    ],
    rows: network.legs.filter((leg) => onPicture.has(linkId(leg))).sort((one, other) => other.visits - one.visits),
    key: linkId,
    selection,
  });
  return [cities, links];
}

const linkId = ({ visitor, host }) => `${visitor.factId} ${host.factId}`;

// What has no mark can be selected all the same.
function notDrawn(network, onPicture, selection) {
  const cities = network.cities.filter(({ city }) => !onPicture.has(city.factId));
  const links = network.legs.filter((leg) => !onPicture.has(linkId(leg)));
  if (cities.length + links.length === 0) return null;
  const line = (id, name, says) => h("li", { "data-key": id }, h("button", { type: "button", class: "chooser", onclick: () => selection.select(id) }, name), says);
  const said = [cities.length && count(cities.length, "city", "cities"), links.length && count(links.length, "link")].filter(Boolean).join(" and ");
  return h(
    "details",
    {},
    h("summary", {}, `Not in this picture: ${said}`),
    h("p", {}, "Their visits led to or from places that are no single city, or they lie outside of this map, or no position of them is known."),
    h("ul", {}, cities.map(({ city, made, hosted }) => line(city.factId, [named(city.name)], `: ${count(made, "visit")} made, ${hosted} received`))),
    links.length > 0 && h("ul", {}, links.map((leg) => line(linkId(leg), [named(leg.visitor.name), " visited ", named(leg.host.name)], `: ${count(leg.visits, "visit")}`))),
  );
}

function byYear(network) {
  const rows = network.years;
  const columns = [
    { name: "Year", value: ({ year }) => String(year) },
    { name: "Visits", value: ({ visits }) => visits },
    { name: "Links", value: ({ legs }) => legs },
    { name: "Cities", value: ({ cities }) => cities },
  ];
  const without = network.withoutYear ? h("p", {}, `No year counts ${count(network.withoutYear, "visit")} that may be of several years.`) : null;
  return h("details", {}, h("summary", {}, "Visits by year"), table({ caption: "Visits by year", columns, rows, file: "visits by year" }), without);
}

// What lies behind the city or the link that is selected.
async function reveal(pane, told, id, box, { quiet = false } = {}) {
  const { network } = told;
  const hint = h("p", { class: "faint" }, "Select a city or a link, in the picture or in a table, to see the visits behind it.");
  const found = id && (network.cities.find(({ city }) => city.factId === id) ?? network.legs.find((leg) => linkId(leg) === id));
  box.dataset.of = id ?? "";
  if (!found) return void box.replaceChildren(id ? h("p", {}, "What was selected is not in this network.") : hint);
  const heading = fresh("behind");
  const name = found.city ? found.city.name : `${found.visitor.name} visited ${found.host.name}`;
  const head = [h("h2", { id: heading }, named(name)), facts(pane, told, found)];
  box.replaceChildren(...head, loading("The visits are read …"));
  try {
    const visits = await visitsOf(pane, id);
    if (box.dataset.of !== id) return;
    box.replaceChildren(...head, visits.element);
    if (!quiet) pane.say(`${name}: ${visits.words}.`);
  } catch (error) {
    if (error.name === "AbortError" || box.dataset.of !== id) return;
    box.replaceChildren(...head, broken(error, () => reveal(pane, told, id, box)));
  }
}

function facts(pane, { network, asked, known }, found) {
  if (!found.city) return h("p", {}, [found.visitor, found.host].map((city, at) => [at ? " · " : "", factLink(pane, cityOf(city))]));
  return h("div", {}, h("p", {}, factLink(pane, cityOf(found.city), "The page of this city")), pairs(measuresOf(known, found, network, asked)));
}

const cityOf = ({ factId, name }) => ({ __typename: "City", id: factId, name });
