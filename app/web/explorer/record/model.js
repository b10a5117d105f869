// What can be recorded. In: /web/model.json, read once. Out: kinds of facts with their fields, and words for names.

import { ApiError } from "../api.js";

const ADDRESS = "/web/model.json";
const ONLY_STATES = ["lastConfirmed"];
const NOT_IF_CLEAR = ["marking", "holders"];
const SAID = { url: "Web address", aliases: "Other names" };
let reading = null;

export function model() {
  reading ??= read().catch((error) => {
    reading = null;
    throw error;
  });
  return reading;
}

async function read() {
  const response = await fetch(ADDRESS).catch(() => null);
  if (!response?.ok) throw new ApiError("NO_ANSWER", "The server does not say what can be recorded. Does it still run?");
  return new Model(await response.json());
}

// `costPerDelegate`, `KnowledgeStore` and `STUDY_TOUR` as a person writes them.
export function words(name) {
  if (SAID[name]) return SAID[name];
  const plain = name.includes("_") || name === name.toUpperCase() ? name.toLowerCase().replaceAll("_", " ") : name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase();
  return plain[0].toUpperCase() + plain.slice(1);
}

export class Model {
  constructor(said) {
    this.most = said.most;
    this.common = said.common;
    this.concepts = said.concepts;
    this.relationships = said.relationships;
    for (const [name, kind] of Object.entries(this.concepts)) Object.assign(kind, { name, isConcept: true });
    for (const [name, kind] of Object.entries(this.relationships)) Object.assign(kind, { name, isConcept: false });
    this.labels = new Map(Object.values(this.concepts).map((kind) => [kind.prefix, kind.name]));
  }

  kind(name) {
    return this.concepts[name] ?? this.relationships[name] ?? null;
  }

  // The fields of a kind of fact: its own, then those that every fact has.
  fields(kind) {
    const common = this.common.filter(
      ({ name }) => (kind.state || !ONLY_STATES.includes(name)) && (!kind.clear || !NOT_IF_CLEAR.includes(name)),
    );
    return [...kind.fields, ...common];
  }

  labelOf(id) {
    return this.labels.get(id.split("/")[0]) ?? null;
  }

  // What a fact is called: its name, title or statement; its id if it has none.
  called(fact) {
    return fact[this.concepts[fact.__typename]?.called] || fact.name || fact.title || fact.statement || fact.id;
  }

  // A fact as choosers keep it.
  chosen(fact) {
    const type = fact.__typename ?? this.labelOf(fact.id);
    return { id: fact.id, name: this.called({ ...fact, __typename: type }), type };
  }

  // The relationships that may lead from one kind of fact to another, with the way round.
  between(one, other) {
    const fits = (kind, from, to) => kind.from.includes(from) && kind.to.includes(to) && (!kind.alike || from === to);
    return Object.values(this.relationships).flatMap((kind) => [
      ...(fits(kind, one, other) ? [{ kind, forward: true }] : []),
      ...(fits(kind, other, one) && one !== other ? [{ kind, forward: false }] : []),
    ]);
  }

  // The kind of a relationship that an answer names by its type and the facts at its ends.
  related(type, start, end) {
    const [from, to] = [this.labelOf(start), this.labelOf(end)];
    return Object.values(this.relationships).find((kind) => kind.type === type && kind.from.includes(from) && kind.to.includes(to)) ?? null;
  }

  // The kind that a field of Mutation such as `upsertVisits` writes.
  written(field) {
    const name = field.replace(/^upsert/, "");
    const plural = name[0].toLowerCase() + name.slice(1);
    return this.relationships[name] ?? Object.values(this.concepts).find((kind) => kind.plural === plural) ?? null;
  }
}
