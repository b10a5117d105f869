// A table that can be sorted and saved as CSV. With a key and a selection, its rows can be selected.
// Of more than MOST rows the first are shown, until all are wanted; the CSV has all.

import { csv } from "./csv.js";
import { fileName, h, save } from "./dom.js";

const MOST = 2_000;

const plain = (value) => {
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join("; ");
  if (value instanceof Node) return value.textContent.trim();
  return value ?? "";
};

function compared(one, other) {
  if (one === other) return 0;
  if (one === "" || one === null || one === undefined) return 1;
  if (other === "" || other === null || other === undefined) return -1;
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
}

// In: caption, columns {name, value(row), sort?(row)}, rows, for a selection key(row) and selection, and `most`: the name of the
// column whose highest values come first until another order is chosen. Out: an element.
export function table({ caption, columns, rows, key, selection, file, most }) {
  const order = { column: null, down: false };
  const body = h("tbody");
  const heads = columns.map((column) => head(column, rows, () => sortBy(column)));
  const grid = h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, heads)), body);
  let shown = [...rows];

  function sortBy(column, down = order.column === column && !order.down) {
    Object.assign(order, { column, down });
    const value = column.sort ?? ((row) => plain(column.value(row)));
    shown = [...rows].sort((one, other) => {
      const [a, b] = [value(one), value(other)];
      const missing = (each) => each === "" || each === null || each === undefined;
      return missing(a) || missing(b) || !order.down ? compared(a, b) : -compared(a, b);
    });
    columns.forEach((each, at) => {
      if (each === column) heads[at].setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else heads[at].removeAttribute("aria-sort");
    });
    fill();
  }

  function line(row) {
    const id = key?.(row);
    const cells = columns.map((column, at) => {
      const value = column.value(row);
      const content = at === 0 && selection ? chooser(id, value) : value;
      const number = typeof value === "number";
      return h(at === 0 ? "th" : "td", { scope: at === 0 ? "row" : null, class: number ? "number" : null }, content ?? "");
    });
    const made = h("tr", { "data-key": id }, cells);
    made.classList.toggle("selected", Boolean(selection) && selection.id === id);
    return made;
  }

  function chooser(id, value) {
    const pressed = selection.id === id;
    return h("button", { type: "button", class: "chooser", "aria-pressed": String(pressed), onclick: () => selection.toggle(id) }, value);
  }

  let shownMost = MOST;
  const all = h("button", { type: "button", onclick: () => ((shownMost = Infinity), fill()) }, `Show all ${rows.length} rows`);

  function fill() {
    body.replaceChildren(...shown.slice(0, shownMost).map(line));
    all.hidden = shown.length <= shownMost;
  }

  if (most) sortBy(columns.find(({ name }) => name === most), true);
  else fill();
  selection?.addEventListener("change", () => {
    for (const row of body.rows) {
      const selected = row.dataset.key === selection.id;
      row.classList.toggle("selected", selected);
      row.querySelector(".chooser")?.setAttribute("aria-pressed", String(selected));
    }
  });
  const toCsv = () => csv([columns.map(({ name }) => name), ...shown.map((row) => columns.map(({ value }) => plain(value(row))))]);
  const button = h("button", { type: "button", onclick: () => save(`${fileName(file ?? caption)}.csv`, toCsv(), "text/csv") }, "Save as CSV");
  const scrolled = h("div", { class: "scrolled", tabindex: "0", role: "group", "aria-label": caption }, grid);
  return h("div", { class: "table" }, rows.length ? scrolled : h("p", {}, `${caption}: no rows`), rows.length > 0 && h("p", { class: "saving" }, button, all));
}

function head(column, rows, onclick) {
  const numbers = rows.some((row) => typeof column.value(row) === "number");
  return h("th", { scope: "col", class: numbers ? "number" : null }, h("button", { type: "button", class: "sorter", onclick }, column.name));
}
