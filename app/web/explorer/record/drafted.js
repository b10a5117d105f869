// A draft in its form again. In: the id of a draft. Out: what the form is filled with, so that its rows can be replaced.

import { h } from "../dom.js";
import { ApiError } from "../api.js";
import { rawOf } from "./field.js";
import { concept } from "./stored.js";

const DATES = ["WHEN", "END"];

// A value of a draft in the form in which facts are read.
function read(field, json) {
  const value = json === null ? null : JSON.parse(json);
  if (value === null) return null;
  if (DATES.includes(field.kind)) return { text: value };
  if (field.kind === "REFERENCE") return { id: value };
  return field.kind === "REFERENCES" ? value.map((id) => ({ id })) : value;
}

export async function drafted(pane, known, kind, id) {
  const { draft } = await pane.ask("explorer-draft", { id });
  if (!draft) throw new ApiError("NOT_FOUND", "There is no draft with this id that you may see.");
  const main = draft.changes.find((change) => (kind.isConcept ? change.type === kind.name : change.start));
  if (draft.rows !== 1 || !main) {
    return { choices: h("p", {}, "This draft has several rows, or none that is clear. To change it, upload its file again, then withdraw it.") };
  }
  const called = await names(pane, known, draft);
  const stored = main.action === "CHANGED" && kind.isConcept ? await concept(pane, known, kind, main.fact) : {};
  const fields = known.fields(kind);
  const raw = {};
  for (const { field: name, after } of main.fields) {
    const field = fields.find((each) => each.name === name);
    if (field) raw[name] = named(rawOf(field, read(field, after), known), called);
  }
  if (!kind.isConcept) Object.assign(raw, ends(main, called));
  else Object.assign(raw, related(known, kind, main, draft.changes, called));
  return { ...stored, raw };
}

async function names(pane, known, draft) {
  const ids = new Set(draft.changes.flatMap(({ start, end, fields }) => [start, end, ...fields.flatMap(({ after }) => refersTo(after))]).filter(Boolean));
  const facts = ids.size ? (await pane.ask("explorer-name-facts", { ids: [...ids].slice(0, 100) })).nodes.filter(Boolean) : [];
  return new Map(facts.map((fact) => [fact.id, known.chosen(fact)]));
}

function refersTo(json) {
  const value = json === null ? null : JSON.parse(json);
  return [value].flat().filter((each) => typeof each === "string" && /^[a-z-]+\/\S+$/.test(each));
}

const fact = (id, called) => called.get(id) ?? { id, name: id };
const named = (raw, called) => (raw?.facts ? { facts: raw.facts.map(({ id }) => fact(id, called)) } : raw);
const ends = ({ start, end }, called) => ({ from: { facts: [fact(start, called)] }, to: { facts: [fact(end, called)] } });

// The relationships that the draft makes with its fact, as its form has them.
function related(known, kind, main, changes, called) {
  const raw = {};
  for (const change of changes.filter(({ start, end }) => start === main.fact || end === main.fact)) {
    const forward = change.start === main.fact;
    const spec = known.relationships;
    const route = kind.related.find((each) => spec[each.of].type === change.type && each.forward === forward && each.far.includes(known.labelOf(forward ? change.end : change.start)));
    if (!route) continue;
    const other = fact(forward ? change.end : change.start, called);
    const fields = spec[route.of].fields;
    if (fields.length === 0) raw[route.field] = { facts: [...(raw[route.field]?.facts ?? []), other] };
    else raw[route.field] = [...(raw[route.field] ?? []), { to: { facts: [other] }, ...values(fields, change, known, called) }];
  }
  return raw;
}

function values(fields, change, known, called) {
  const stated = change.fields.map(({ field: name, after }) => [fields.find((each) => each.name === name), after]).filter(([field]) => field);
  return Object.fromEntries(stated.map(([field, after]) => [field.name, named(rawOf(field, read(field, after), known), called)]));
}
