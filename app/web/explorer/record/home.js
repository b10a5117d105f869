// What can be recorded: the commonest first, then everything. In: a pane, the model. Out: elements.

import { fresh, h } from "../dom.js";
import { ask } from "../api.js";
import { chooser, finder } from "./choose.js";
import { all, drop } from "./keep.js";
import { words } from "./model.js";

const TASKS = [
  ["Visit", "Who travelled to whom, when, and what about."],
  ["Lesson", "What a city learned, where, and on which visit."],
];

const link = (pane, text, args) => h("a", { href: pane.href("record", args) }, text);

export function home(pane, known) {
  pane.entitle("Record");
  const tasks = TASKS.map(([name, says]) => h("li", {}, link(pane, `Record a ${words(name).toLowerCase()}`, { of: name }), h("p", {}, says)));
  const relate = h("li", {}, link(pane, "Relate two facts", { part: "relate" }), h("p", {}, "That one thing has to do with another: a host with a visit, a topic with a lesson, a member with a council."));
  return [unfinished(pane), h("ul", { class: "tasks" }, tasks, relate), correct(pane, known), every(pane, known)];
}

function unfinished(pane) {
  const forms = all().filter(([, state]) => state.address);
  if (forms.length === 0) return null;
  const list = h("ul", {});
  for (const [key, state] of forms) {
    const item = h("li", {}, h("a", { href: `/explore/record${state.address}` }, h("bdi", {}, state.title)), ` typed ${new Date(state.at).toLocaleString()} `);
    const discard = () => {
      drop(key);
      item.remove();
    };
    item.append(h("button", { type: "button", "aria-label": `Discard: ${state.title}`, onclick: discard }, "Discard"));
    list.append(item);
  }
  return h("section", { class: "note" }, h("h2", {}, "Not sent yet"), list);
}

function correct(pane, known) {
  const at = { id: fresh("correct"), label: fresh("label") };
  const question = (document, variables, signal) => ask(document, { synthetic: pane.synthetic, ...variables }, signal);
  const made = chooser({
    id: at.id, one: true, labelledby: at.label, find: finder(question, known, Object.keys(known.concepts)),
    changed: () => made.facts().forEach(({ id, type }) => pane.change({ of: type, id })),
  });
  return h("section", {}, h("h2", {}, "Correct something"), h("div", { class: "field" }, h("label", { id: at.label, class: "label", for: at.id }, "What is it called?"), made.element));
}

function every(pane, known) {
  const groups = grouped(known);
  const item = (kind) => h("li", {}, link(pane, words(kind.name), { of: kind.name }), ` ${kind.says}`);
  return h(
    "section",
    {},
    h("h2", {}, "Everything that can be recorded"),
    [...groups].map(([name, kinds]) => h("details", { class: "more" }, h("summary", {}, `${words(name)} (${kinds.length})`), h("ul", {}, kinds.map(item)))),
    h("details", { class: "more" }, h("summary", {}, `Relationships (${Object.keys(known.relationships).length})`), h("ul", {}, Object.values(known.relationships).map(item))),
  );
}

function grouped(known) {
  const groups = new Map();
  for (const kind of Object.values(known.concepts)) groups.set(kind.neighbourhood, [...(groups.get(kind.neighbourhood) ?? []), kind]);
  return groups;
}
