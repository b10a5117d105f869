// What is stored of the fact that a form is about. In: the pane's address. Out: the fact, or what to choose between.

import { h } from "../dom.js";
import { ApiError } from "../api.js";
import { when } from "../facts.js";
import { drafted } from "./drafted.js";

const HIDDEN = "It does not exist, or you may not see it.";

// Gives `fact` and `updatedAt` of a correction, `raw` values for the form, `called` for its heading, or `choices`.
export async function stored(pane, known, kind) {
  const { id, from, to, draft } = pane.args;
  if (draft) return drafted(pane, known, kind, draft);
  if (kind.isConcept) return id ? concept(pane, known, kind, id) : {};
  return from || to ? relationship(pane, known, kind) : {};
}

export async function concept(pane, known, kind, id) {
  const { fact } = await pane.ask(kind.read, { id });
  if (!fact) throw new ApiError("NOT_FOUND", HIDDEN);
  return { fact, updatedAt: fact.updatedAt, called: known.called({ ...fact, __typename: kind.name }) };
}

async function relationship(pane, known, kind) {
  const { from, to, id } = pane.args;
  const given = [from, to].filter(Boolean);
  const named = (await pane.ask("explorer-name-facts", { ids: given })).nodes.filter(Boolean);
  const raw = Object.fromEntries(
    Object.entries({ from, to }).filter(([, end]) => end).map(([name, end]) => [name, { facts: named.filter((fact) => fact.id === end).map((fact) => known.chosen(fact)) }]),
  );
  if (!from || !to || !kind.read || id === "new") return { raw };
  const edges = await recorded(pane, kind);
  const one = edges.length === 1 ? edges[0] : edges.find((edge) => edge.relationshipId === id);
  if (one) return { fact: one, updatedAt: one.updatedAt, raw, called: named.map((fact) => known.called(fact)).join(" – ") };
  return edges.length ? { choices: choices(pane, edges) } : { raw };
}

async function recorded(pane, kind) {
  const { facts } = await pane.ask(kind.read, { from: pane.args.from, to: pane.args.to });
  return facts.filter(Boolean).flatMap((fact) => fact[kind.field]?.edges ?? []);
}

// Several relationships of one kind may be between the same facts.
function choices(pane, edges) {
  const link = (id, words) => h("li", {}, h("a", { href: pane.href("record", { ...pane.args, id }) }, words));
  const each = edges.map((edge) => link(edge.relationshipId, ["Correct the one of ", (when(edge.since) || null) ?? edge.wave?.id ?? edge.role ?? edge.relationshipId]));
  return h("div", {}, h("p", {}, "There are several of these between the two facts."), h("ul", {}, each, link("new", "Record another one")));
}
