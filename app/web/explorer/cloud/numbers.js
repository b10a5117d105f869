// A cloud in words and numbers. In: what the API says of it. Out: elements; each number opens.

import { h } from "../dom.js";
import { shaped } from "../facts.js";
import { called, measured } from "../measured.js";
import { number, percent } from "../number.js";
import { count } from "../words.js";

const SHOWN = [
  "density", "meanDegree", "reciprocity.arcs", "transitivity", "meanClustering", "distances.mean", "distances.diameter",
  "globalEfficiency", "components.count", "components.isolates", "centralization.degree", "centralization.betweenness",
  "communities.modularity", "mixing.index", "mixing.pValue",
];
const DOCUMENT = "explorer-cloud";

export const valueAt = (cloud, path) => path.split(".").reduce((value, name) => value?.[name] ?? null, cloud);

const people = (many) => count(many, "person", "people");

export function* inWords({ cloud, variables }) {
  const { on, signature, changeSince } = cloud;
  if (on.synthetic) yield h("p", { class: "note" }, "These people and their ties are made up. They say nothing about anybody.");
  if (signature) {
    const [values] = signature.values;
    const shape = number({
      value: shaped(signature),
      name: "Shape",
      says: signature.note,
      how: signature.rule,
      on: Object.entries(values ?? {}).map(([name, value]) => [name, typeof value === "number" ? Math.round(value * 1000) / 1000 : value]),
      document: DOCUMENT,
      variables,
    });
    const sure = signature.stable ? "All seeds of the community search agree." : "Not all seeds of the community search agree.";
    yield h("p", { class: "shape" }, "This cloud is ", shape, `. ${sure}`);
  }
  if (changeSince) yield h("p", {}, changed(changeSince));
}

function changed(change) {
  const { appeared, kept, ended, unknown, joined, left } = change;
  const moved = joined.length || left.length ? ` ${people(joined.length)} came, ${people(left.length)} left.` : " Nobody came or left.";
  const open = unknown ? ` Of ${count(unknown, "tie")} nobody can tell, because somebody did not answer or was not listed.` : "";
  return `Since the wave before: ${count(appeared, "new tie")}, ${kept} kept, ${ended} lost.${open}${moved}`;
}

export function numbers({ cloud, known, variables }) {
  const given = { on: cloud.on, document: DOCUMENT, variables };
  const basis = [["people", "People"], ["ties", "Ties"], ["responseRate", "Response rate"]].map(([name, said]) =>
    h("li", {}, said, number({ value: name === "responseRate" ? percent(cloud.on[name]) : cloud.on[name], name: said, says: "On what everything here was measured.", ...given })),
  );
  const every = SHOWN.map((path) => h("li", {}, called(path), measured(known, path, valueAt(cloud, path), given)));
  return h("section", {}, h("h2", {}, "The shape in numbers"), h("ul", { class: "numbers" }, basis, every));
}
