// A field of a form: label, meaning, inputs, and the problems that stand beside it. In: a field of the model. Out: a control.

import { fresh, h } from "../dom.js";
import { inputs, Unread } from "./inputs.js";
import { words } from "./model.js";

const DATE = " Such as 2031, 2031-05 or 2031-05-06; 2031? if it is uncertain.";
const MISSING = "This must be given.";
// The descriptions of the API speak of null, which a form calls empty.
const plain = (says) => says.replaceAll("null if", "empty if");
const DATES = ["WHEN", "END"];

// `context` has what inputs need: the model, the question to the server, what can be made inside the form.
export function control(field, context) {
  const at = { id: fresh("field"), labelledby: fresh("label"), describedby: null };
  const says = h("p", { id: fresh("says"), class: "says" }, plain(field.says), DATES.includes(field.kind) ? DATE : "", bounds(field));
  const wrong = h("div", { id: fresh("wrong"), class: "wrong-here" });
  at.describedby = `${says.id} ${wrong.id}`;
  const made = inputs(field, at, context);
  const needed = field.required && h("span", { class: "needed" }, " needed");
  const label = h(made.isGroup ? "p" : "label", { id: at.labelledby, class: "label", for: made.isGroup ? null : at.id }, field.label ?? words(field.name), needed);
  if (field.required && made.inputs.length === 1) made.inputs[0].setAttribute("aria-required", "true");
  const element = h("div", { class: "field", "data-field": field.name }, label, says, made.body, wrong);
  const control = {
    name: field.name,
    field,
    element,
    raw: made.raw,
    restore: made.restore,
    // What the field holds now; a text that cannot be read is a problem.
    read() {
      try {
        return { value: made.get() };
      } catch (error) {
        if (!(error instanceof Unread)) throw error;
        return { problem: { message: error.message, accepted: [] } };
      }
    },
    focus: () => (made.focus ? made.focus() : made.inputs[0].focus()),
    problems(list) {
      wrong.replaceChildren(...list.map((problem) => told(problem, made, element)));
      for (const input of made.inputs) {
        if (list.length) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      }
    },
  };
  return control;
}

function bounds({ least, most }) {
  if (least === undefined && most === undefined) return "";
  if (most === undefined) return ` At least ${least}.`;
  return least === undefined ? ` At most ${most}.` : ` From ${least} to ${most}.`;
}

// A problem with the values that would be accepted; one of them can be taken.
function told(problem, made, element) {
  const take = (text) => {
    made.use(text);
    made.inputs[0].focus();
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const offered = made.use ? (problem.accepted ?? []).slice(0, 6) : [];
  return h(
    "p",
    { class: "wrong" },
    /^is missing(;|$)/.test(problem.message) ? MISSING : problem.message,
    offered.length > 0 && h("span", { class: "accepted" }, " Accepted: ", offered.map((text) => h("button", { type: "button", onclick: () => take(text) }, text))),
  );
}

// What a fact of the API is in the inputs of a field.
export function rawOf(field, value, known) {
  if (value === null || value === undefined) return undefined;
  if (DATES.includes(field.kind)) return value.text;
  if (field.kind === "REFERENCE") return { facts: [known.chosen({ __typename: field.to[0], ...value })] };
  if (field.kind === "REFERENCES") return { facts: value.map((fact) => known.chosen({ __typename: field.to[0], ...fact })) };
  if (field.kind === "TEXTS") return value.join("\n");
  if (typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, String(part)]));
  return String(value);
}
