// What a cloud hangs on, and which introductions would help it. They are computed when they are asked for.

import { h } from "../dom.js";
import { loading } from "../states.js";
import { table } from "../table.js";
import { isolated, noun } from "../words.js";

const names = (people) => people.map(({ name, personId }) => isolated(name ?? personId)).join(", ");

export function gaps({ cloud, pane, variables }) {
  const box = h("div", { "aria-live": "polite" });
  const section = h("details", { class: "gaps", ontoggle: () => section.open && !box.hasChildNodes() && fill() }, h("summary", {}, "Weak spots and introductions"), cutPoints(cloud), box);

  async function fill() {
    box.replaceChildren(loading("Computing …"));
    try {
      const { cloud: found } = await pane.ask("explorer-cloud-gaps", variables);
      box.replaceChildren(...shown(found));
    } catch (error) {
      if (!pane.signal.aborted) box.replaceChildren(h("p", { class: "wrong", role: "alert" }, error.message));
    }
  }
  return section;
}

function cutPoints(cloud) {
  const found = cloud.cutPoints;
  if (found.length === 0) return h("p", {}, "No cut point: whoever leaves, the others stay connected.");
  return h("p", {}, `${noun(found.length, "Cut point")}, without whom a part falls apart: ${names(found)}.`);
}

function* shown({ introductions, heldByOneTie, topBroker }) {
  if (topBroker) yield h("p", {}, `${names([topBroker.person])} stands on ${Math.round(topBroker.share * 100)} % of the shortest paths between others.`);
  for (const { tie, people } of heldByOneTie) {
    yield h("p", {}, `${names(people)} hang on one tie: that of ${names([tie.one])} and ${names([tie.other])}.`);
  }
  yield table({
    caption: "Introductions that would help: two people of different groups, and through whom",
    file: "introductions",
    rows: introductions,
    columns: [
      { name: "One", value: ({ one }) => names([one]) },
      { name: "Other", value: ({ other }) => names([other]) },
      { name: "Through", value: ({ through }) => names(through) },
      { name: "Score", value: ({ adamicAdar }) => Math.round(adamicAdar * 100) / 100 },
    ],
  });
}
