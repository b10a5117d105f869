// Parts of facts. In: facts as the API gives them. Out: elements and texts.

import { h } from "./dom.js";
import { headers } from "../token.js";

const SHAPES = { SINGLE_TIGHT_CLUSTER: "a single tight cluster", CLUSTER_OF_LOOSE_TIES: "a cluster of loose ties", MIXED: "mixed" };

// The shape of a cloud in words.
export const shaped = (signature) => (signature ? (SHAPES[signature.shape] ?? signature.shape) : "not known");

export const when = (value) => inWords(value?.text ?? "");

const WORDS = [
  [/^\[\.\.(.+)\]$/, "$1 or earlier"],
  [/^\[(.+)\.\.\]$/, "$1 or later"],
  [/^\[(.+)\.\.(.+)\]$/, "between $1 and $2"],
  [/^\[(.+)\]$/, (_, list) => list.split(",").join(" or ")],
  [/^(.+)\/\.\.$/, "from $1 on"],
  [/^\.\.\/(.+)$/, "until $1"],
  [/^(.+)\/(.+)$/, "$1 to $2"],
  [/\b(\d{3})X\b/g, "$10s"],
  [/([\d-]+)~/g, "about $1"],
  [/([\d-]+)\?/g, "perhaps $1"],
  [/([\d-]+)%/g, "perhaps about $1"],
];

// A date of the API is EDTF, such as `[1989..1992]` or `2005~`.
export const inWords = (edtf) => WORDS.reduce((text, [pattern, words]) => text.replace(pattern, words), edtf);

export function years(from, to) {
  const [first, last] = [when(from), when(to)];
  if (first && last && first !== last) return `${first} to ${last}`;
  return first || last || "no date";
}

export const madeUp = () => h("span", { class: "made-up" }, "made up");

export const isMadeUp = (fact) => fact?.confidence === "SYNTHETIC";

// A name that may be long or written from right to left.
export const named = (text) => h("bdi", { class: "name" }, text);

export const cityLink = (pane, city) => h("a", { href: pane.href("city", { id: city.id }) }, named(city.name));

// Where a fact is corrected. Who has no token can send nothing, not even a draft, and gets no link.
export function correct(pane, type, { id }) {
  if (!headers().authorization) return null;
  const kind = type.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return h("p", { class: "correct" }, h("a", { href: pane.href("record", { of: type, id }) }, `Correct this ${kind}`));
}

// Only addresses of the web are linked: a source may hold any text.
export function sourceLink(source) {
  const title = source.title || source.publisher || source.url || "source without a title";
  const said = source.publisher && source.publisher !== title ? `${title} (${source.publisher})` : title;
  if (!/^https?:\/\//i.test(source.url ?? "")) return named(said);
  return h("a", { href: source.url, rel: "noreferrer noopener", target: "_blank", class: "source" }, named(said));
}

export function sources(list) {
  const seen = new Map((list ?? []).map((source) => [source.id ?? source.url ?? source.title, source]));
  if (seen.size === 0) return h("p", { class: "sources" }, "Source: none is stated.");
  const items = [...seen.values()].map((source) => h("li", {}, sourceLink(source)));
  const heading = items.length === 1 ? "Source" : `${items.length} sources`;
  return h("details", { class: "sources" }, h("summary", {}, heading), h("ul", {}, items));
}
