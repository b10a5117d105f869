// Answers as tables. In: the answer to any question. Out: elements: what was refused, what each field says, and its lists.

import { h } from "./dom.js";
import { madeUp } from "./facts.js";
import { MORE, parts } from "../tables.js";

const URLS = /https?:\/\/[^\s,]+/g;
const MOST_ROWS = 200;

// A line of a cell; addresses in it become links that show the name of their site.
function line(text) {
  const shown = h("div", { class: "line", dir: "auto" });
  shown.style.setProperty("--depth", (text.length - text.trimStart().length) / 2);
  let at = 0;
  for (const match of text.matchAll(URLS)) {
    const link = h("a", { href: match[0], rel: "noreferrer noopener", target: "_blank" }, site(match[0]));
    shown.append(text.slice(at, match.index), link);
    at = match.index + match[0].length;
  }
  shown.append(text.slice(at));
  return shown;
}

const site = (address) => (URL.canParse(address) ? new URL(address).hostname : address);

function drawn(table) {
  const head = h("tr", {}, table.columns.map((column) => h("th", { scope: "col" }, column || "value")));
  const rows = table.rows.slice(0, MOST_ROWS).map((row) => h("tr", {}, table.columns.map((column) => h("td", {}, (row.get(column) ?? []).map(line)))));
  const grid = h("table", {}, h("caption", {}, table.name), h("thead", {}, head), h("tbody", {}, rows));
  return h("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": table.name }, grid);
}

export function* shown(answer) {
  for (const error of answer.errors ?? []) {
    const code = error.extensions?.code;
    yield h("p", { class: "wrong", role: "alert" }, code ? `${error.message} (${code})` : error.message);
  }
  for (const part of parts(answer.data ?? {})) {
    for (const [name, value] of part.about) yield h("p", { dir: "auto" }, name ? `${name}: ${value}` : `${part.name}: ${value}`);
    for (const table of part.tables) yield* listed(table);
  }
  if (answer.extensions?.synthetic) yield h("p", { class: "note" }, madeUp(), " Some of these facts are made up. They say nothing about real people or cities.");
}

function* listed(table) {
  if (table.rows.length === 0) return void (yield h("p", {}, `${table.name}: no rows`));
  yield drawn(table);
  if (table.rows.length > MOST_ROWS) yield h("p", {}, `The first ${MOST_ROWS} of ${table.rows.length} rows are shown.`);
  if (table.more) yield h("p", {}, MORE);
}
