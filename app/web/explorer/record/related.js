// The relationships of a fact, inside its form. In: a route of the model. Out: a group that is read, kept and restored.

import { fresh, h } from "../dom.js";
import { control } from "./field.js";
import { words } from "./model.js";

const END = "to";

// A relationship without properties of its own: facts are chosen one after the other.
function chosen(route, context) {
  const field = { name: route.field, kind: "REFERENCES", says: route.says, to: route.far, one: route.one };
  const made = control(field, context);
  const read = () => {
    const { value, problem } = made.read();
    return problem ? { problem } : { value: value?.map((id) => ({ [END]: id })) };
  };
  return { ...made, read };
}

// Relationships with properties: an entry for each, which can be added and removed.
function entered(route, context) {
  const kind = context.known.relationships[route.of];
  const id = fresh("related");
  const list = h("div", { class: "entries" });
  const wrong = h("div", { class: "wrong-here" });
  const add = h("button", { type: "button", onclick: () => added().controls[0].focus() }, `Add to ${words(route.field).toLowerCase()}`);
  const element = h("div", { class: "field related", "data-field": route.field, role: "group", "aria-labelledby": id }, h("p", { id, class: "label" }, words(route.field)), h("p", { class: "says" }, route.says), list, wrong, add);
  let entries = [];

  function entry() {
    const end = { name: END, label: words(route.far.length > 1 ? "who" : route.far[0]), kind: "REFERENCE", says: `One of: ${route.far.map(words).join(", ")}.`, to: route.far, required: true };
    const controls = [end, ...kind.fields.map((field) => ({ ...field, short: true }))].map((field) => control(field, context));
    const remove = h("button", { type: "button", onclick: () => removed(made) }, "Remove this entry");
    const made = { controls, element: h("fieldset", { class: "entry" }, h("legend", {}, ""), controls.map((each) => each.element), remove) };
    return made;
  }

  function added() {
    const made = entry();
    entries.push(made);
    list.append(made.element);
    numbered();
    return made;
  }

  function removed(made) {
    entries = entries.filter((each) => each !== made);
    made.element.remove();
    numbered();
    add.focus();
    add.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function numbered() {
    entries.forEach((each, at) => (each.element.querySelector("legend").textContent = `${words(route.field)}, entry ${at + 1}`));
    add.hidden = Boolean(route.one && entries.length);
  }

  // An entry that is empty is left out, so that places in problems are counted over those that are not.
  const isFilled = ({ controls }) => controls.map((one) => one.read()).some(({ value, problem }) => problem || value !== undefined);
  const given = () => entries.filter(isFilled);

  return {
    name: route.field,
    element,
    raw: () => entries.map(({ controls }) => Object.fromEntries(controls.map((one) => [one.name, one.raw()]))),
    restore(raw) {
      entries = [];
      list.replaceChildren();
      for (const values of raw ?? []) for (const one of added().controls) one.restore(values[one.name]);
    },
    read() {
      const rows = [];
      for (const { controls } of given()) {
        const row = {};
        for (const one of controls) {
          const { value, problem } = one.read();
          if (problem) return { problem, at: one };
          if (value !== undefined) row[one.name] = value;
        }
        rows.push(row);
      }
      return { value: rows.length ? rows : undefined };
    },
    focus: () => (entries[0] ? entries[0].controls[0].focus() : add.focus()),
    problems(problems) {
      const beside = new Map();
      for (const problem of problems) {
        const one = problem.at ?? given()[problem.number]?.controls.find(({ name }) => name === (problem.inner || END));
        beside.set(one ?? null, [...(beside.get(one ?? null) ?? []), problem]);
      }
      for (const { controls } of entries) for (const one of controls) one.problems(beside.get(one) ?? []);
      wrong.replaceChildren(...(beside.get(null) ?? []).map(({ message }) => h("p", { class: "wrong" }, message)));
      return [...beside.keys()].filter(Boolean);
    },
    add: added,
    isEmpty: () => entries.length === 0,
  };
}

export function related(route, context) {
  return context.known.relationships[route.of].fields.length ? entered(route, context) : chosen(route, context);
}
