// A relationship between two facts that are chosen first. In: a pane, the model. Out: elements.

import { fresh, h } from "../dom.js";
import { ask } from "../api.js";
import { chooser, finder } from "./choose.js";
import { words } from "./model.js";

export function relate(pane, known) {
  pane.entitle("Relate two facts");
  const kinds = h("div", { role: "status" });
  const question = (document, variables, signal) => ask(document, { synthetic: pane.synthetic, ...variables }, signal);
  const find = finder(question, known, Object.keys(known.concepts));
  const field = (label) => {
    const at = { id: fresh("fact"), label: fresh("label") };
    const made = chooser({ id: at.id, one: true, labelledby: at.label, find, changed: () => choose() });
    return { made, element: h("div", { class: "field" }, h("label", { id: at.label, class: "label", for: at.id }, label), made.element) };
  };
  const [one, other] = [field("The one fact"), field("The other fact")];

  function choose() {
    const [[a], [b]] = [one.made.facts(), other.made.facts()];
    if (!a || !b) return kinds.replaceChildren();
    const found = known.between(a.type, b.type);
    const item = ({ kind, forward }) => {
      const ends = forward ? { from: a.id, to: b.id } : { from: b.id, to: a.id };
      return h("li", {}, h("a", { href: pane.href("record", { of: kind.name, ...ends }) }, words(kind.name)), ` ${kind.says}`);
    };
    kinds.replaceChildren(
      found.length ? h("p", {}, "How are they related?") : h("p", {}, `Nothing relates ${words(a.type)} and ${words(b.type)} directly.`),
      h("ul", {}, found.map(item)),
    );
  }

  return [h("p", {}, "Choose two facts, then how they are related."), one.element, other.element, kinds];
}
