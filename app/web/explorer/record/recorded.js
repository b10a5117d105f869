// The relationships of a fact that is corrected, each with a link to its own form. In: the id of the fact. Out: an element, filled later.

import { h } from "../dom.js";
import { named } from "../facts.js";
import { broken, loading } from "../states.js";
import { words } from "./model.js";

export function relationships(pane, known, kind, id) {
  if (!kind.isConcept) return null;
  const place = h("div", {});
  const fill = async () => {
    place.replaceChildren(loading("The relationships that are recorded are being read …"));
    try {
      const { fact } = await pane.ask(kind.relatedBy, { id });
      if (fact) place.replaceChildren(...listed(pane, known, kind, fact));
    } catch (error) {
      if (!pane.signal.aborted) place.replaceChildren(broken(error, fill));
    }
  };
  fill();
  return h("section", { class: "recorded" }, h("h2", {}, "Relationships that are recorded"), place);
}

function listed(pane, known, kind, fact) {
  const groups = kind.related.map((route) => [route, facts(fact[route.field])]).filter(([, [list]]) => list.length);
  if (groups.length === 0) return [h("p", { class: "faint" }, "None that you may see.")];
  const ends = (route, other) => (route.forward ? { from: fact.id, to: other.id } : { from: other.id, to: fact.id });
  const item = (route, { node, id }) => {
    const name = known.called(node);
    const link = { href: pane.href("record", { of: route.of, ...ends(route, node), id }), "aria-label": `Correct ${words(route.field)}: ${name}` };
    return h("li", {}, named(name), " ", h("a", link, "Correct"));
  };
  return groups.map(([route, [list, total]]) =>
    h(
      "div",
      {},
      h("h3", {}, words(route.field)),
      h("ul", {}, list.map((each) => item(route, each))),
      total > list.length && h("p", { class: "faint" }, `The first ${list.length} of ${total}.`),
    ),
  );
}

function facts(value) {
  if (!value) return [[], 0];
  if (!value.edges) return [[{ node: value }], 1];
  return [value.edges.map(({ node, relationshipId }) => ({ node, id: relationshipId })), value.totalCount];
}
