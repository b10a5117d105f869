// What remains of a cloud when people leave. In: a cloud. Out: a section with buttons, and a table of now and then.

import { fresh, h } from "../dom.js";
import { called } from "../measured.js";
import { written } from "../number.js";
import { loading } from "../states.js";
import { table } from "../table.js";
import { valueAt } from "./numbers.js";

const SHOWN = ["on.people", "on.ties", "density", "meanDegree", "globalEfficiency", "distances.mean", "components.count", "components.isolates", "components.largestShare"];

export function without({ cloud, pane, variables, selection }) {
  const id = fresh("without");
  const box = h("div", { "aria-live": "polite" });
  const chosen = h("p", {});
  const one = h("button", { type: "button", onclick: () => ask({ without: [selection.id] }, chosen.textContent) }, "Without who is selected");
  const elected = h("button", { type: "button", onclick: () => ask({ withoutElected: true }, "the elected leaders") }, "Without elected leaders");
  const describe = () => {
    const found = cloud.people.find(({ personId }) => personId === selection.id);
    one.disabled = !found;
    chosen.textContent = found?.name ?? "";
  };
  selection.addEventListener("change", describe);
  describe();

  async function ask(who, called) {
    box.replaceChildren(loading("Computing …"));
    try {
      const { cloud: found } = await pane.ask("explorer-cloud-without", { ...variables, ...who });
      box.replaceChildren(...beside(found, called));
    } catch (error) {
      if (!pane.signal.aborted) box.replaceChildren(h("p", { class: "wrong", role: "alert" }, error.message));
    }
  }
  const intro = "If people leave, such as after an election, which shape remains?";
  return h("section", {}, h("h2", { id }, "What if"), h("p", {}, intro), h("p", { class: "bar" }, elected, one), box);
}

function* beside(now, who) {
  const then = now.whatIf;
  const gone = now.on.people - then.on.people;
  yield h("p", {}, `Without ${who}: ${gone} ${gone === 1 ? "person leaves" : "people leave"}, and ${now.on.ties - then.on.ties} ties go with them.`);
  yield table({
    caption: `The cloud without ${who}`,
    file: `without ${who}`,
    rows: SHOWN.map((path) => ({ path, now: valueAt(now, path), then: valueAt(then, path) })),
    columns: [
      { name: "Measure", value: ({ path }) => called(path.replace(/^on\./, "")) },
      { name: "Now", value: (row) => written(row.now), sort: (row) => row.now },
      { name: "Then", value: (row) => written(row.then), sort: (row) => row.then },
    ],
  });
}
