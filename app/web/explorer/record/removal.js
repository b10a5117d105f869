// Deleting the fact that is corrected. In: an entry. Out: an element, which asks again before it deletes.

import { h } from "../dom.js";
import { hint, requestId, write } from "./send.js";

export function removal({ pane, kind, basis, expected }) {
  const id = basis.fact.id ?? basis.fact.relationshipId;
  const along = h("input", { type: "checkbox" });
  const place = h("div", { role: "alert" });
  const request = requestId();

  async function send() {
    place.replaceChildren();
    try {
      const row = { id, expectedUpdatedAt: expected, ...(kind.isConcept && { withRelationships: along.checked }) };
      const { deletedIds, problems } = await write("explorer-delete-facts", { rows: [row], requestId: request });
      if (problems.length) return place.replaceChildren(...problems.map(({ message }) => h("p", { class: "wrong" }, message)));
      const done = h("div", { class: "state", tabindex: "-1" }, h("p", {}, `Deleted: ${deletedIds.join(", ")}`), h("a", { href: pane.href("record") }, "What can be recorded"));
      pane.box.replaceChildren(done);
      done.focus();
    } catch (error) {
      place.replaceChildren(h("p", { class: "wrong" }, `${error.message} ${hint(error)}`));
    }
  }

  return h(
    "details",
    { class: "more removal" },
    h("summary", {}, "Delete it"),
    h("p", {}, "Its values are gone then. If it has only ended, state “Until” instead."),
    kind.isConcept && h("label", { class: "line" }, along, " with its relationships"),
    place,
    h("p", {}, h("button", { type: "button", onclick: send }, "Delete it for good")),
  );
}
