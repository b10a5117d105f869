// Cells of a file as values of fields. In: a text, a field. Out: a value as the API takes it; Unread, with what is accepted.

import { readMoney, readNumber, readPoint, Unread } from "./inputs.js";

const ID = /^[a-z][a-z0-9-]*\/\S+$/;
const SEPARATOR = ";";
const YES = ["true", "yes", "1"];
const NO = ["false", "no", "0"];
const letters = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

const several = (text) => text.split(SEPARATOR).map((each) => each.trim()).filter(Boolean);

export class Refused extends Unread {
  constructor(message, accepted) {
    super(message);
    this.accepted = accepted;
  }
}

function choice(text, { accepted }) {
  const found = Object.keys(accepted).find((each) => letters(each) === letters(text));
  if (!found) throw new Refused(`“${text}” is not accepted.`, Object.keys(accepted));
  return found;
}

function boolean(text) {
  if (YES.includes(letters(text))) return true;
  if (NO.includes(letters(text))) return false;
  throw new Refused(`“${text}” is neither yes nor no.`, ["yes", "no"]);
}

function money(text) {
  const [, first, amount, last] = /^([A-Z]{3})?\s*([\d\s,.']+?)\s*([A-Z]{3})?$/.exec(text) ?? [];
  const currency = first ?? last;
  if (!amount || !currency) throw new Refused(`“${text}” is no amount.`, ["900 EUR"]);
  return readMoney({ amount: amount.replaceAll(",", ""), currency });
}

function point(text) {
  const [latitude, longitude, ...more] = text.split(/\s*[,;]\s*|\s+/);
  if (longitude === undefined || more.length) throw new Refused(`“${text}” is no point.`, ["47.6, -122.3"]);
  return readPoint({ latitude, longitude });
}

const READ = {
  CHOICE: choice,
  BOOLEAN: boolean,
  MONEY: money,
  POINT: point,
  INTEGER: (text) => readNumber(text, true),
  BIG_INTEGER: (text) => readNumber(text, true),
  NUMBER: (text) => readNumber(text),
  TEXTS: several,
};

export const isReference = ({ kind }) => kind === "REFERENCE" || kind === "REFERENCES";

// The names in a cell that are no ids, which are looked up before rows are made.
export function names(text, field) {
  if (!isReference(field)) return [];
  return (field.kind === "REFERENCES" ? several(text) : [text]).filter((each) => !ID.test(each));
}

// `resolved(name, field)` gives the id of a name, or throws Unread.
export function value(text, field, resolved) {
  if (!isReference(field)) return READ[field.kind]?.(text, field) ?? text;
  const id = (each) => (ID.test(each) ? each : resolved(each, field));
  const ids = field.kind === "REFERENCES" ? several(text).map(id) : id(text);
  return field.related ? ids.map((to) => ({ to })) : ids;
}
