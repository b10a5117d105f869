// The inputs of a field, by its kind. In: a field of the model. Out: elements, and functions that read, keep and restore what is typed.

import { fresh, h } from "../dom.js";
import { chooser, finder } from "./choose.js";
import { words } from "./model.js";

// A text that is no value of its field; the message says what is.
export class Unread extends Error {}

const WHOLE = /^[+-]?\d+$/;
const CURRENCY = "Currency, such as EUR";

function textual(input, size = {}) {
  const made = h(input, { type: input === "input" ? "text" : null, autocomplete: "off", dir: "auto", ...size });
  return {
    inputs: [made],
    body: made,
    get: () => made.value.trim() || undefined,
    raw: () => made.value,
    restore: (raw) => (made.value = raw ?? ""),
    use: (text) => (made.value = text),
  };
}

const line = (at, more) => textual("input", { id: at.id, "aria-describedby": at.describedby, ...more });
const paragraph = (at) => textual("textarea", { id: at.id, "aria-describedby": at.describedby, rows: 2 });

function lines(at) {
  const made = paragraph(at);
  const each = () => made.raw().split("\n").map((text) => text.trim()).filter(Boolean);
  return { ...made, get: () => (each().length ? each() : undefined) };
}

export function readNumber(text, whole) {
  const plain = text.replace(/[\s\u00a0']/g, "");
  const value = Number(plain);
  if (!plain || (whole ? !WHOLE.test(plain) || !Number.isSafeInteger(value) : !Number.isFinite(value))) {
    throw new Unread(`“${text}” is not a ${whole ? "whole number" : "number"}, such as ${whole ? "12" : "0.5"}.`);
  }
  return value;
}

function number(at, field) {
  const made = line(at, { inputmode: field.kind === "NUMBER" ? "decimal" : "numeric" });
  return { ...made, get: () => (made.raw().trim() ? readNumber(made.raw().trim(), field.kind !== "NUMBER") : undefined) };
}

function options(at, pairs) {
  const none = h("option", { value: "" }, "not stated");
  const input = h("select", { id: at.id, "aria-describedby": at.describedby }, none, pairs.map(([value, said]) => h("option", { value }, said)));
  return {
    inputs: [input],
    body: input,
    get: () => input.value || undefined,
    raw: () => input.value,
    restore: (raw) => (input.value = raw ?? ""),
    use: (text) => (input.value = text),
  };
}

const choice = (at, field) => options(at, Object.entries(field.accepted).map(([name, says]) => [name, `${words(name)}: ${says}`]));

function boolean(at) {
  const made = options(at, [["true", "yes"], ["false", "no"]]);
  return { ...made, get: () => (made.raw() ? made.raw() === "true" : undefined), restore: (raw) => made.restore(raw === undefined || raw === null ? "" : String(raw)) };
}

// Several small inputs that together are one value.
function parts(at, said, read) {
  const made = Object.entries(said).map(([name, says], number) => {
    const id = number ? fresh("field") : at.id;
    const input = h("input", { id, type: "text", size: 10, autocomplete: "off", "aria-describedby": at.describedby });
    return [name, input, h("label", { class: "part" }, says, " ", input)];
  });
  const raw = () => Object.fromEntries(made.map(([name, input]) => [name, input.value.trim()]));
  return {
    inputs: made.map(([, input]) => input),
    body: h("div", { class: "parts", role: "group", "aria-labelledby": at.labelledby }, made.map(([, , label]) => label)),
    isGroup: true,
    get: () => (Object.values(raw()).some(Boolean) ? read(raw()) : undefined),
    raw,
    restore: (values) => made.forEach(([name, input]) => (input.value = values?.[name] ?? "")),
  };
}

export const readMoney = ({ amount, currency }) => ({ amount: readNumber(amount, true), currency });
export const readPoint = ({ latitude, longitude }) => ({ latitude: readNumber(latitude), longitude: readNumber(longitude) });
const money = (at) => parts(at, { amount: "Amount", currency: CURRENCY }, readMoney);
const point = (at) => parts(at, { latitude: "Latitude", longitude: "Longitude" }, readPoint);

function facts(at, field, context, one) {
  const { known, ask, make } = context;
  const offers = field.to.length === 1 && make?.[field.to[0]];
  const made = chooser({
    id: at.id, one, find: finder(ask, known, field.to), make: offers, labelledby: at.labelledby, describedby: at.describedby,
    changed: () => made.input.dispatchEvent(new Event("input", { bubbles: true })),
  });
  const get = () => {
    if (made.text()) throw new Unread(`“${made.text()}” is not chosen yet. Choose it from the list, or empty the field.`);
    const ids = made.facts().map(({ id }) => id);
    return ids.length ? (one ? ids[0] : ids) : undefined;
  };
  return {
    inputs: [made.input],
    body: made.element,
    focus: made.focus,
    get,
    raw: () => ({ facts: made.facts(), text: made.text() }),
    restore(raw) {
      made.set(raw?.facts ?? []);
      made.type(raw?.text ?? "");
    },
  };
}

const MADE = {
  TEXTS: lines, URL: (at) => line(at, { inputmode: "url" }), INTEGER: number, BIG_INTEGER: number, NUMBER: number, BOOLEAN: boolean, CHOICE: choice,
  MONEY: money, POINT: point,
  REFERENCE: (at, field, context) => facts(at, field, context, true),
  REFERENCES: (at, field, context) => facts(at, field, context, Boolean(field.one)),
};

// `at` has the ids of the elements around: id, labelledby, describedby.
export function inputs(field, at, context) {
  if (MADE[field.kind]) return MADE[field.kind](at, field, context);
  return field.kind === "TEXT" && !field.short ? paragraph(at) : line(at);
}
