// Which column of a file is which field. In: names of columns, a kind of fact. Out: what a column may mean, and guesses by name.

import { words } from "./model.js";

const ABOUT_RECORD = ["confidence", "sources", "marking", "holders", "note", "rows", "since", "until", "lastConfirmed"];
const OTHER_NAMES = { since: ["date", "begin", "start", "from"], until: ["end", "to"], id: ["key"] };
const letters = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

// What a column may mean: `{target, label, field}`; `key` says which fact a row is about, `related` is a relationship.
export function targets(kind, known) {
  const keys = kind.isConcept ? [{ target: "key.id", label: "Id: the fact is changed, not made", field: { name: "id", kind: "TEXT" } }] : [];
  const called = kind.isConcept ? kind.keys.map((name) => ({ target: `key.${name}`, label: `${words(name)}: an existing fact of this name is changed`, field: kind.fields.find((each) => each.name === name) })) : [];
  const ends = kind.isConcept ? [] : ["from", "to"].map((name) => ({ target: name, label: `${words(name)}: ${kind[name].map(words).join(", ")}`, field: { name, kind: "REFERENCE", to: kind[name] } }));
  const fields = known.fields(kind).map((field) => ({ target: field.name, label: words(field.name), field }));
  const related = (kind.related ?? []).map((route) => ({ target: route.field, label: `${words(route.field)} (names or ids, with ; between)`, field: { name: route.field, kind: "REFERENCES", to: route.far, related: true } }));
  return [...ends, ...fields, ...related, ...keys, ...called];
}

// Guesses for each column: a field whose name has the same letters, then one of another usual name, else none. None is guessed twice.
export function guesses(columns, kind, known) {
  const every = targets(kind, known);
  const taken = new Set();
  const found = columns.map(() => "");
  const take = (at, fits) => {
    const one = every.find((each) => !taken.has(each.target) && fits(each));
    if (found[at] || !one) return;
    taken.add(one.target);
    found[at] = one.target;
  };
  const plain = (text) => letters(text).replace(/s$/, "");
  columns.forEach((name, at) => take(at, ({ target }) => letters(target.replace("key.", "")) === letters(name)));
  columns.forEach((name, at) => take(at, ({ field, target }) => !target.startsWith("key.") && plain(field.name) === plain(name)));
  columns.forEach((name, at) => take(at, ({ field }) => (OTHER_NAMES[field.name] ?? []).includes(letters(name))));
  columns.forEach((name, at) => take(at, ({ field, target }) => !target.startsWith("key.") && !ABOUT_RECORD.includes(field.name) && letters(name).length > 3 && letters(name).includes(plain(field.name))));
  return found;
}
