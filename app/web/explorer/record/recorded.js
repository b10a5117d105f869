// The relationships of a fact that is corrected, each with a link to its own form. In: the fact as it was read. Out: an element.

import { h } from "../dom.js";
import { named } from "../facts.js";
import { words } from "./model.js";

export function relationships(pane, known, kind, fact) {
  if (!kind.isConcept) return null;
  const groups = kind.related.map((route) => [route, facts(fact[route.field])]).filter(([, [list]]) => list.length);
  if (groups.length === 0) return h("p", { class: "faint" }, "No relationships are recorded with it.");
  const ends = (route, other) => (route.forward ? { from: fact.id, to: other.id } : { from: other.id, to: fact.id });
  const item = (route, { node, id }) =>
    h("li", {}, named(known.called(node)), " ", h("a", { href: pane.href("record", { of: route.of, ...ends(route, node), id }), "aria-label": `Correct ${words(route.field)}: ${known.called(node)}` }, "Correct"));
  return h(
    "section",
    { class: "recorded" },
    h("h2", {}, "Relationships that are recorded"),
    groups.map(([route, [list, total]]) => [
      h("h3", {}, words(route.field)),
      h("ul", {}, list.map((each) => item(route, each))),
      total > list.length && h("p", { class: "faint" }, `The first ${list.length} of ${total}.`),
    ]),
  );
}

function facts(value) {
  if (!value) return [[], 0];
  if (!value.edges) return [[{ node: value }], 1];
  return [value.edges.map(({ node, relationshipId }) => ({ node, id: relationshipId })), value.totalCount];
}
