// A picture: an SVG of the server whose marks are walked by keyboard and share their selection with tables.

import { h, fresh, fileName, parsed, saver } from "./dom.js";
import { Marks, WALKS } from "./marks.js";

const HELP = "Arrow keys follow ties, Page Up and Page Down go through everything, Enter opens, Space selects, Escape leaves.";

// In: svg (text), file (name), selection, open?(kind, id, mark), tables?() -> elements for the saved page, png?() -> Blob, and
// saved?() -> the text of what is saved, where that is more than the SVG that is shown.
export function picture({ svg, file, selection, open, png, saved, tables }) {
  const help = fresh("help");
  const about = h("p", { class: "about", "aria-hidden": "true" }, HELP);
  const box = h("div", { class: "drawing" });
  const made = h("figure", { class: "picture" }, h("p", { id: help, class: "unseen" }, HELP), box, about);
  const state = { marks: null, text: svg };

  function draw(text) {
    const focused = state.marks && box.contains(document.activeElement) ? state.marks.current.dataset.id : null;
    const drawn = parsed(text);
    drawn.setAttribute("aria-describedby", help);
    drawn.setAttribute("role", "group");
    box.replaceChildren(drawn);
    state.text = text;
    state.marks = new Marks(drawn);
    light();
    if (focused) state.marks.focus(state.marks.byId.get(focused) ?? state.marks.current);
  }

  function light() {
    const lit = selection.id ? state.marks.around(selection.id) : null;
    for (const mark of state.marks.every) {
      const id = mark.dataset.id;
      mark.classList.toggle("far", Boolean(lit) && !lit.has(id));
      mark.classList.toggle("selected", id === selection.id);
    }
  }

  const under = (event) => event.target.closest?.("[data-id][tabindex]");
  const says = (mark) => (about.textContent = mark?.getAttribute("aria-label") ?? HELP);

  function opened(mark) {
    if (open) open(mark.dataset.kind, mark.dataset.id, mark);
    else selection.select(mark.dataset.id);
  }

  box.addEventListener("click", (event) => {
    const mark = under(event);
    if (!mark) return selection.select(null);
    state.marks.make(mark);
    selection.toggle(mark.dataset.id);
    if (selection.id) opened(mark);
  });
  box.addEventListener("mouseover", (event) => says(under(event)));
  box.addEventListener("focusin", (event) => says(under(event)));
  box.addEventListener("keydown", (event) => {
    const mark = under(event);
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    if (WALKS.includes(event.key)) state.marks.focus(state.marks.next(event.key));
    else if (event.key === "Enter") selection.select(mark.dataset.id), opened(mark);
    else if (event.key === " ") selection.toggle(mark.dataset.id);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  });

  function leave() {
    if (selection.id) return selection.select(null);
    saving.querySelector("button").focus();
  }

  selection.addEventListener("change", () => made.isConnected && light());

  const name = () => fileName(file);
  const text = async () => (await saved?.()) ?? state.text;
  const saves = {
    "Save as SVG": async ({ saveSvg }) => saveSvg(name(), await text()),
    PNG: ({ savePng }) => savePng(name(), state.text, png),
    "HTML page": async ({ savePage }) => savePage(name(), file, await text(), tables?.() ?? []),
  };
  const kept = saver(() => saving);
  const saving = h(
    "p",
    { class: "saving" },
    Object.entries(saves).map(([words, act]) => h("button", { type: "button", onclick: () => kept(async () => act(await import("./saving.js"))) }, words)),
  );
  made.append(saving);
  draw(svg);
  return Object.assign(made, {
    draw,
    named: (kind) => state.marks.every.filter(({ dataset }) => dataset.kind === kind).map((mark) => ({ id: mark.dataset.id, name: mark.getAttribute("aria-label").split(";")[0] })),
    focusMark: (id) => state.marks.focus(state.marks.byId.get(id)),
  });
}
