// The network of a page as a file for other programs. In: a pane, its kind, a function that gives its arguments. Out: an element.

import { network } from "./api.js";
import { fileName, h, save, saver } from "./dom.js";

const FORMATS = { gexf: "GEXF (Gephi)", graphml: "GraphML", xlsx: "Excel", "csv.zip": "CSV, nodes and ties", net: "Pajek", dl: "UCINET DL", gml: "GML", json: "graphology JSON" };

export function exported(pane, kind, args) {
  const choice = h("select", {}, Object.entries(FORMATS).map(([ending, words]) => h("option", { value: ending }, words)));
  const button = h("button", {}, "Save the network");
  const form = h("form", { class: "bar", onsubmit: submitted }, h("label", {}, "The network for other programs", choice), button);
  const kept = saver(() => form);

  async function submitted(event) {
    event.preventDefault();
    button.disabled = true;
    await kept(async () => {
      const file = await network(`${kind}.${choice.value}`, { synthetic: String(pane.synthetic), ...args() }, pane.signal);
      save(`${fileName(pane.heading.textContent)}.${choice.value}`, file);
      pane.say("The network is saved.");
    }, pane.signal);
    button.disabled = false;
  }

  return form;
}
