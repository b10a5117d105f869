// The uses of a practice: the curve, the map, by country, and their table. In: a practice and its uses. Out: elements.

import { h } from "../dom.js";
import { cityLink, named, when } from "../facts.js";
import { picture } from "../picture.js";
import { Selection } from "../selection.js";
import { empty } from "../states.js";
import { table } from "../table.js";
import { add } from "./parts.js";
import { badge, further, sourceCell, statusOf } from "./words.js";

export async function adoptions(pane, practice, diffusion, found) {
  if (found.total === 0) return empty(`No use of ${practice.name} is recorded.`, add(pane, "Adoption", "Record a use"));
  const selection = new Selection();
  const [curve, map] = await Promise.all(["diffusion", "spread"].map((kind) => pane.figure(kind, { practice: practice.id })));
  const kinds = kindsOf(diffusion);
  const rows = found.nodes.map((use) => ({
    ...use,
    kind: use.status === "PROPOSED" ? "proposed only" : (kinds.get(use.id) ?? "not known"),
  }));
  const twin = usesTable(pane, practice, rows, selection);
  const draw = (svg, kind, file) =>
    picture({ svg, file, selection, png: () => pane.figure(kind, { practice: practice.id }, "png"), tables: () => [twin] });
  selection.addEventListener("change", () => pane.keep({ selected: selection.id }));
  const made = [
    h("h3", {}, "Over the years"),
    draw(curve, "diffusion", `Spread of ${practice.name}`),
    h("h3", {}, "On the map"),
    draw(map, "spread", `${practice.name} on the map`),
    h("h3", {}, "City by city"),
    further(rows.length, found.total),
    twin,
    h("details", {}, h("summary", {}, "By country"), countries(practice, rows)),
  ];
  selection.select(pane.args.selected ?? null);
  return made;
}

// A use with one direct source is direct, as in the curve.
function kindsOf(diffusion) {
  const kinds = new Map();
  for (const { adoption, secondHand } of diffusion.links) {
    if (kinds.get(adoption.factId) !== "direct") kinds.set(adoption.factId, secondHand ? "second-hand" : "direct");
  }
  return kinds;
}

// How many uses have which source; together they are all uses that began.
export function bySource(diffusion) {
  const kinds = [...kindsOf(diffusion).values()];
  const direct = kinds.filter((kind) => kind === "direct").length;
  return { direct, secondHand: kinds.length - direct, unknown: diffusion.basedOn - kinds.length };
}

function usesTable(pane, practice, rows, selection) {
  return table({
    caption: `Uses of ${practice.name}`,
    file: `uses of ${practice.name}`,
    rows,
    key: (use) => use.id,
    selection,
    columns: [
      { name: "City", value: (use) => named(use.city?.name ?? "not known") },
      { name: "Country", value: (use) => use.city?.country?.name ?? "" },
      { name: "Began", value: (use) => when(use.since) || "not known", sort: (use) => use.since?.earliest ?? "" },
      { name: "Ended", value: (use) => when(use.until), sort: (use) => use.until?.text ?? "" },
      { name: "Called", value: (use) => [use.localName && named(use.localName), badge(use)].flat().filter(Boolean) },
      { name: "Status", value: (use) => statusOf(use) },
      { name: "Had it from", value: (use) => use.kind },
      { name: "Page", value: (use) => (use.city ? cityLink(pane, use.city) : "") },
      { name: "Source", value: (use) => sourceCell(use.sources) },
    ],
  });
}

function countries(practice, rows) {
  const of = new Map();
  for (const use of rows) {
    if (use.status === "PROPOSED") continue;
    const name = use.city?.country?.name ?? "not known";
    const each = of.get(name) ?? { name, cities: new Set(), first: "" };
    each.cities.add(use.city?.id);
    const year = use.since?.earliest?.slice(0, 4) ?? "";
    if (year && (!each.first || year < each.first)) each.first = year;
    of.set(name, each);
  }
  const sorted = [...of.values()].sort((one, other) => other.cities.size - one.cities.size || (one.name < other.name ? -1 : 1));
  return table({
    caption: `Countries with ${practice.name}`,
    file: `countries of ${practice.name}`,
    rows: sorted,
    columns: [
      { name: "Country", value: (each) => each.name },
      { name: "Cities", value: (each) => each.cities.size },
      { name: "First year at the earliest", value: (each) => each.first || "not known" },
    ],
  });
}
