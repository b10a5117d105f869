// The visits of one city: a map, its table, a list by year, and a table. In: a pane, a city. Out: elements.

import { h } from "../dom.js";
import { named, when } from "../facts.js";
import { picture } from "../picture.js";
import { Selection } from "../selection.js";
import { empty } from "../states.js";
import { table } from "../table.js";
import { count } from "../words.js";
import { add, everyPage } from "./parts.js";
import { badge, factLink, further, listed, said, sourceCell } from "./words.js";

const NOT_KNOWN = "year not known";

const FIRST = 500;

export async function visitsOf(pane, city) {
  const box = h("div", {});
  await fill(pane, city, box, FIRST);
  return box;
}

async function fill(pane, city, box, most) {
  const found = await everyPage((after) => pane.ask("explorer-city-visits", { id: city.id, first: 100, after }), "visits", most);
  box.replaceChildren(...[await shown(pane, city, found, (press) => rest(pane, city, box, press))].flat(Infinity).filter(Boolean));
}

// Reads all visits, of which the first were shown.
async function rest(pane, city, box, press) {
  press.disabled = true;
  try {
    await fill(pane, city, box, Infinity);
    box.querySelector(".visits caption")?.scrollIntoView({ block: "nearest" });
    pane.say("All visits are listed.");
    box.querySelector(".years button")?.focus();
  } catch (error) {
    if (pane.signal.aborted) return;
    press.disabled = false;
    press.after(h("span", { class: "wrong", role: "alert" }, ` ${error.message}`));
  }
}

async function shown(pane, city, found, more) {
  if (found.total === 0) {
    return empty(
      `No visit of ${city.name} is recorded, neither made nor hosted. That may mean that nobody has written one down.`,
      add(pane, "Visit", "Record a visit"),
    );
  }
  const selection = new Selection();
  const rows = found.nodes.map((visit) => ({ ...visit, year: yearOf(visit.since) }));
  const list = h("div", { class: "visits" });
  const show = () => list.replaceChildren(...chosen(pane, city, rows, selection.id));
  selection.addEventListener("change", () => {
    pane.keep({ selected: selection.id });
    show();
    pane.say(list.querySelector("caption, p")?.textContent ?? "");
  });
  const map = await mapOf(pane, city, selection);
  if (pane.args.selected) selection.select(pane.args.selected);
  show();
  const all = h("button", { type: "button", onclick: () => more(all) }, "List all of them");
  return [map, further(rows.length, found.total, all), byYear(pane, city, rows, show), list];
}

// The year of a date that leaves no choice.
function yearOf(since) {
  const [first, last] = [since?.earliest?.slice(0, 4), since?.latest?.slice(0, 4)];
  return first && first === last ? first : NOT_KNOWN;
}

const isAt = (end, id) => end.nodes.some((each) => each.id === id);

// The visits behind what is selected on the map, in the year that is chosen.
function chosen(pane, city, rows, id) {
  const [from, to] = id?.split(" ") ?? [];
  const year = pane.args.year;
  const behind = rows.filter((visit) => {
    if (year && visit.year !== year) return false;
    if (!id || id === city.id) return true;
    if (to) return visit.status === "HELD" && isAt(visit.visitors, from) && isAt(visit.hosts, to);
    const with_ = (one, other) => isAt(visit[one], city.id) && isAt(visit[other], from);
    return visit.status === "HELD" && (with_("visitors", "hosts") || with_("hosts", "visitors"));
  });
  const all = behind.length < rows.length && h("button", { type: "button", onclick: () => clear(pane) }, "Show all visits");
  const caption = `${count(behind.length, "visit")}${year ? `, ${year}` : ""}${id && id !== city.id ? ", of what is selected" : ""}`;
  return [table({ caption, columns: columns(pane), rows: behind, file: `visits of ${city.name}` }), all].filter(Boolean);
}

const clear = (pane) => pane.change({ year: null, selected: null });

function columns(pane) {
  const ends = (end) => listed(end.nodes.map((each) => factLink(pane, each)));
  return [
    { name: "When", value: (visit) => when(visit.since) || "not known", sort: (visit) => visit.since?.earliest ?? "" },
    { name: "From", value: (visit) => ends(visit.visitors) },
    { name: "To", value: (visit) => ends(visit.hosts) },
    { name: "Visit", value: (visit) => [factLink(pane, { __typename: "Visit", ...visit }), badge(visit)].filter(Boolean) },
    {
      name: "About",
      value: (visit) =>
        listed(
          [...visit.topics.nodes, ...visit.practices.nodes].map((each) => named(each.name)),
          "",
        ),
    },
    { name: "Status", value: (visit) => said(visit.status) },
    { name: "Source", value: (visit) => sourceCell(visit.sources) },
  ];
}

function byYear(pane, city, rows, show) {
  const years = [...new Set(rows.map((visit) => visit.year))];
  const choose = (year) => {
    pane.keep({ year: pane.args.year === year ? null : year });
    for (const button of list.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.dataset.year === pane.args.year));
    show();
  };
  const item = (year) => {
    const of = rows.filter((visit) => visit.year === year);
    const made = of.filter((visit) => isAt(visit.visitors, city.id)).length;
    const hosted = of.filter((visit) => isAt(visit.hosts, city.id)).length;
    const pressed = String(pane.args.year === year);
    const button = h("button", { type: "button", "data-year": year, "aria-pressed": pressed, onclick: () => choose(year) }, year);
    return h("li", {}, button, ` made ${made}, hosted ${hosted}`);
  };
  const list = h("ol", { class: "years" }, years.map(item));
  return [h("h3", {}, "By year"), h("p", { class: "faint" }, "A year shows its visits alone; once more shows all."), list];
}

async function mapOf(pane, city, selection) {
  const svg = await pane.figure("map", { city: city.id });
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml");
  const marks = (kind) => [...drawn.querySelectorAll(`[data-kind="${kind}"]`)];
  const label = (mark) => mark.getAttribute("aria-label");
  const places = marks("place").map((mark) => ({ id: mark.dataset.id, says: label(mark) }));
  const links = marks("visits").map((mark) => ({ id: mark.dataset.id, says: label(mark), times: Number(mark.dataset.times) }));
  const twin = (caption, rows, columns_) =>
    table({ caption, columns: columns_, rows, key: (row) => row.id, selection, file: `${caption} of ${city.name}` });
  const [name, counts] = [
    (row) => row.says.replace(/: made [^:]*$/, ""),
    (row) => row.says.match(/made (\d+)[^,]*, hosted (\d+)$/),
  ];
  const cities = twin("Cities on the map", places, [
    { name: "City", value: name },
    { name: "Visits made", value: (row) => Number(counts(row)?.[1]) },
    { name: "Visits hosted", value: (row) => Number(counts(row)?.[2]) },
  ]);
  const legs =
    links.length > 0 &&
    twin("Links on the map", links, [
      { name: "Link", value: (row) => row.says.replace(/: [^:]*$/, "") },
      { name: "Visits", value: (row) => row.times },
    ]);
  return [
    picture({
      svg,
      file: `Exchanges of ${city.name}`,
      selection,
      png: () => pane.figure("map", { city: city.id }, "png"),
      tables: () => [cities, legs].filter(Boolean),
    }),
    h(
      "p",
      { class: "faint" },
      "The map has visits that were held, between cities whose position is known. The numbers count these alone. Select a city or a link to see the visits behind it below.",
    ),
    h("details", {}, h("summary", {}, "The map as tables"), cities, legs),
  ];
}
