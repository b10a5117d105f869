// A cloud of more people than a picture in SVG has room for: sigma draws it, and tables have all of it.
// In: the JSON of /figures/network.json. Out: an element with `turn(at, changes)`.

import { fileName, h, save } from "../dom.js";
import { table } from "../table.js";

const VENDORED = "/web/vendored";
const SCRIPTS = [`${VENDORED}/graphology-0.26.0/graphology.umd.min.js`, `${VENDORED}/sigma-4.0.4/sigma.min.js`];
const COLOURS = ["#0b4f8a", "#b8860b", "#0b6b57", "#7a1f5c", "#8a2b0b", "#4a4a8a", "#3d6b0b", "#5c5c5c"];
const TIES = { one_way: ["#8c96a1", 0.6], mutual: ["#4c5661", 1], either: ["#6c7681", 0.8] };
const CHANGES = { kept: ["#8c96a1", 0.6], new: ["#0b6b57", 2], lost: ["#c2410c", 1.4], not_known: ["#d5dae0", 0.4] };
const ABSENT = "#d5dae0";
const WORDS = { one_way: "named", mutual: "named each other", either: "tied", kept: "kept", new: "new", lost: "lost", not_known: "not known" };

// Scripts that are loaded once, when a large cloud is first shown.
let ready = null;
function scripts() {
  ready ??= SCRIPTS.reduce((before, src) => before.then(() => loaded(src)), Promise.resolve());
  return ready;
}

const loaded = (src) =>
  new Promise((done, failed) => document.head.append(h("script", { src, onload: done, onerror: () => failed(new Error(`${src} cannot be loaded.`)) })));

const canDraw = () => Boolean(document.createElement("canvas").getContext("webgl2"));

export class LargeCloud {
  constructor(data, { at, changes, selection }) {
    Object.assign(this, { data, at, changes, selection });
    this.groups = [...new Set(data.people.map(({ group }) => group ?? ""))].sort();
    this.box = h("div", { class: "sigma", role: "img" });
    this.legend = h("p", { class: "about" });
    this.tables = h("div");
    const saving = h("p", { class: "saving" }, h("button", { type: "button", onclick: () => this.save() }, "Save as JSON"));
    this.element = h("figure", { class: "picture" }, this.box, this.legend, saving);
    this.marks = new Map(data.people.map(({ id }, number) => [id, number]));
  }

  async show() {
    this.tell();
    if (!canDraw()) {
      this.box.replaceChildren(h("p", { class: "state" }, "This browser cannot draw so many people. The tables below have all of them."));
      return;
    }
    await scripts();
    const { Graph } = graphology;
    this.graph = new Graph({ type: "directed", multi: true });
    for (const [number, person] of this.data.people.entries()) {
      this.graph.addNode(number, { x: person.x, y: -person.y, size: 3, label: person.label, color: this.colour(person) });
    }
    this.renderer = new Sigma(this.graph, this.box, { settings: { labelRenderedSizeThreshold: 8 } });
    this.renderer.on("clickNode", ({ node }) => this.selection.toggle(this.data.people[node].id));
    this.selection.addEventListener("change", () => this.light());
    this.turn(this.at, this.changes);
  }

  colour = ({ group }) => COLOURS[this.groups.indexOf(group ?? "") % COLOURS.length];

  // The ties of a wave: as they were stated, or what became of them since the wave before.
  shown(at = this.at, changes = this.changes) {
    const wave = this.data.waves[at];
    const changed = changes && wave.changes;
    return { ties: changed ? wave.changes : wave.ties, words: changed ? this.data.changes : this.data.ways, styles: changed ? CHANGES : TIES };
  }

  turn(at, changes) {
    [this.at, this.changes] = [at, changes];
    this.tell();
    if (!this.renderer) return;
    const { ties, words, styles } = this.shown();
    const absent = new Set(this.data.waves[at].absent);
    this.graph.clearEdges();
    for (const [start, end, word] of ties) {
      const [color, size] = styles[words[word]];
      this.graph.addEdge(start, end, { color, size });
    }
    this.graph.updateEachNodeAttributes((node, given) => ({ ...given, color: absent.has(Number(node)) ? ABSENT : this.colour(this.data.people[node]) }));
    this.light();
  }

  light() {
    const number = this.marks.get(this.selection.id);
    this.graph.updateEachNodeAttributes((node, given) => ({ ...given, size: Number(node) === number ? 9 : 3 }), { attributes: ["size"] });
  }

  // What the picture shows, in words: it is the name of the picture too.
  tell() {
    const wave = this.data.waves[this.at];
    const { ties, words } = this.shown();
    const often = words.map((word, number) => [WORDS[word], ties.filter((tie) => tie[2] === number).length]).filter(([, count]) => count);
    const counts = often.map(([word, count]) => `${count} ${word}`).join(", ");
    const text = `${wave.name}: ${this.data.people.length - wave.absent.length} people, ${ties.length} ties (${counts}). ${wave.caption.slice(1).join(" ")}`;
    this.box.setAttribute("aria-label", `${this.data.title}. ${text} The table of people has all of them.`);
    this.legend.textContent = text;
  }

  tieTable() {
    const { ties, words } = this.shown();
    const name = (number) => this.data.people[number].label;
    return table({
      caption: "Ties of this picture",
      file: `${this.data.title} ties`,
      rows: ties,
      columns: [
        { name: "From", value: ([start]) => name(start) },
        { name: "To", value: ([, end]) => name(end) },
        { name: "In words", value: ([, , word]) => WORDS[words[word]] },
      ],
    });
  }

  peopleTable() {
    const wave = this.data.waves[this.at];
    const degree = new Map();
    for (const [start, end] of wave.ties) for (const one of [start, end]) degree.set(one, (degree.get(one) ?? 0) + 1);
    const absent = new Set(wave.absent);
    const cut = new Set(wave.cutPoints);
    return table({
      caption: "People of this cloud",
      file: `${this.data.title} people`,
      rows: this.data.people.map((person, number) => ({ ...person, number })),
      key: ({ id }) => id,
      selection: this.selection,
      columns: [
        { name: "Name", value: ({ label }) => label },
        { name: this.data.groupIs, value: ({ group }) => (group ?? "").toLowerCase().replaceAll("_", " ") },
        { name: "Ties", value: ({ number }) => degree.get(number) ?? 0 },
        { name: "Community", value: ({ community }) => (community === null ? null : community + 1) },
        { name: "Cut point", value: ({ number }) => (cut.has(number) ? "yes" : "") },
        { name: "Listed", value: ({ number }) => (absent.has(number) ? "in another wave" : "yes") },
      ],
    });
  }

  save() {
    save(`${fileName(this.data.title)}.json`, JSON.stringify(this.data), "application/json");
  }

  leave() {
    this.renderer?.kill();
  }
}
