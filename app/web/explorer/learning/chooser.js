// A list to choose from, page by page. In: a document with a list, filters, columns. Out: a form and a table.

import { fresh, h } from "../dom.js";
import { empty } from "../states.js";
import { table } from "../table.js";
import { count } from "../words.js";

const SIZE = 25;

// `filters` are {name, label, choices?: [value, words]}; `where` makes the filter of the document from the address.
export async function chooser(pane, { document: id, list, filters, where, caption, columns, nothing }) {
  const after = pane.args.after ?? null;
  const found = (await pane.ask(id, { where: where(pane.args), first: SIZE, after }))[list];
  const form = h(
    "form",
    { class: "bar", onsubmit: (event) => submitted(event, pane, filters) },
    filters.map((each) => field(pane, each)),
    h("button", {}, "Show"),
  );
  const said = `${count(found.totalCount, caption.one, caption.many)}${after ? ", continued" : ""}`;
  pane.box.replaceChildren(
    form,
    found.nodes.length
      ? table({ caption: said, columns, rows: found.nodes, file: caption.many })
      : empty(nothing, clear(pane, filters)),
    pager(pane, found, after),
  );
}

function field(pane, { name, label, choices }) {
  const id = fresh(name);
  const value = pane.args[name] ?? "";
  const options = choices?.map(([key, words]) => h("option", { value: key, selected: key === value }, words));
  const input = choices
    ? h("select", { id, name }, h("option", { value: "" }, "any"), options)
    : h("input", { id, name, value, autocomplete: "off" });
  return h("label", { for: id }, label, input);
}

function submitted(event, pane, filters) {
  event.preventDefault();
  const given = new FormData(event.target);
  pane.change({ after: null, ...Object.fromEntries(filters.map(({ name }) => [name, given.get(name).trim() || null])) });
}

function clear(pane, filters) {
  const none = Object.fromEntries(filters.map(({ name }) => [name, null]));
  return h("button", { type: "button", onclick: () => pane.change({ after: null, ...none }) }, "Show all");
}

function pager(pane, { pageInfo }, after) {
  const first = after && h("button", { type: "button", onclick: () => pane.change({ after: null }) }, "First page");
  const next =
    pageInfo.hasNextPage &&
    h("button", { type: "button", onclick: () => pane.change({ after: pageInfo.endCursor }) }, "Next page");
  return first || next ? h("p", { class: "bar" }, first, next) : "";
}
