// A cloud of more people than a picture in SVG has room for, on a canvas beside tables that have all of it.
// In: the JSON of /figures/network.json. Out: an element with `turn(at, changes)`.

import { fileName, h, save } from "../dom.js";
import { table } from "../table.js";
import { count } from "../words.js";
import { Canvas, STYLES } from "./canvas.js";

// The fills of graph/figures/look.py, so that a group looks alike in both kinds of pictures.
const COLOURS = ["#0b5394", "#f2d04a", "#00664b", "#a9d8f2", "#a83c00", "#f4bcd7", "#7a2a6b", "#d5dbc0"];
const ABSENT = { shape: "circle", fill: "#ffffff" };
const TIES = {
  one_way: { colour: "#b4bcc5", width: 0.5 },
  mutual: { colour: "#767f8a", width: 0.7 },
  either: { colour: "#949da8", width: 0.6 },
};
const CHANGES = {
  not_known: { colour: "#d5dae0", width: 0.4, dash: [1, 3] },
  kept: { colour: "#949da8", width: 0.6 },
  lost: { colour: "#c2410c", width: 1, dash: [5, 3] },
  new: { colour: "#0b6b57", width: 1.6 },
};
const ADDED = { colour: "#0b6b57", width: 2, dash: [7, 4] };
const GONE = { colour: "#e6e9ed", width: 0.4 };
const WHO_LEAVES = { shape: "circle", fill: "#eef0f2" };
const WORDS = { one_way: "named", mutual: "named each other", either: "tied", kept: "kept", new: "new", lost: "lost", not_known: "not known" };
const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const HELP = "Arrow keys follow ties from who is selected, + and - enlarge, 0 shows all, Escape leaves.";

const LINE = 22;
const IDLE = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 200));

// Text in lines that are at most so wide.
function broken(on, text, wide) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (on.measureText(longer).width <= wide || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

export class LargeCloud {
  // In: data, and at (number of the wave), changes (whether they are shown), selection, say(text).
  constructor(data, { at, changes, selection, say }) {
    Object.assign(this, { data, at, changes, selection, say });
    this.groups = [...new Set(data.people.map(({ group }) => group ?? ""))].sort();
    this.number = new Map(data.people.map(({ id }, number) => [id, number]));
    this.canvas = new Canvas(data.people.map(({ x, y }) => [x, y]));
    this.about = h("p", { class: "about" });
    this.scenes = new Map();
    const { element } = this.canvas;
    element.className = "many";
    element.tabIndex = 0;
    element.setAttribute("role", "img");
    for (const [name, act] of Object.entries({ wheel: "wheeled", pointerdown: "pressed", pointermove: "dragged", pointerup: "released", keydown: "keyed" })) {
      element.addEventListener(name, (event) => this[act](event), { passive: false });
    }
    const button = (words, act) => h("button", { type: "button", onclick: act }, words);
    this.element = h(
      "figure",
      { class: "picture" },
      element,
      this.about,
      h("p", { class: "about" }, HELP),
      h("p", { class: "saving" }, button("Larger", () => this.canvas.enlarge(1.6)), button("Smaller", () => this.canvas.enlarge(0.625)), button("Save as PNG", () => this.savePng()), button("Save as JSON", () => this.saveJson())),
    );
    selection.addEventListener("change", () => this.show());
    this.turn(at, changes);
  }

  // The ties of the wave that is shown: as they were stated, or what became of them since the wave before.
  turn(at, changes) {
    [this.at, this.changes] = [at, changes];
    Object.assign(this, this.scene(at, changes));
    this.suppose(null);
  }

  // Draws the waves before and after this one while nothing else is to be done, so that a step of the slider only copies.
  async ahead() {
    const { at } = this;
    for (const next of [at + 1, at - 1].filter((each) => this.data.waves[each])) {
      await new Promise(IDLE);
      if (this.at !== at) return;
      const { drawn, marks } = this.scene(next, this.changes);
      this.canvas.prepare({ ties: drawn, people: marks });
    }
  }

  // Draws new ties over the others and makes who leaves faint, with all ties; null takes both away.
  suppose(changes) {
    this.supposed = changes && this.with(changes);
    this.show();
    this.tell();
  }

  with({ added, gone }) {
    const leaves = new Set([...gone].map((id) => this.number.get(id)).filter((number) => number !== undefined));
    const numbers = added.map((tie) => tie.map((id) => this.number.get(id))).filter((ends) => !ends.includes(undefined));
    const left = ([start, end]) => leaves.has(start) || leaves.has(end);
    const kept = this.drawn.map(({ style, items }) => ({ style, items: items.filter((tie) => !left(tie)) }));
    const stay = this.marks.map(({ style, items }) => ({ style, items: items.filter((number) => !leaves.has(number)) }));
    return {
      drawn: [{ style: GONE, items: this.ties.filter(left) }, ...kept, { style: ADDED, items: numbers }],
      marks: [{ style: WHO_LEAVES, items: [...leaves] }, ...stay],
      says: [leaves.size && `${count(leaves.size, "person leaves", "people leave")} (faint)`, added.length && `${count(added.length, "new tie")} (thick dashed lines)`].filter(Boolean).join(", "),
    };
  }

  // The lists of one wave. They are made once, because the canvas keeps what it drew of each list.
  scene(at, changes) {
    const wave = this.data.waves[at];
    const changed = Boolean(changes && wave.changes);
    const key = `${at} ${changed}`;
    if (!this.scenes.has(key)) this.scenes.set(key, this.listed(wave, changed));
    return this.scenes.get(key);
  }

  listed(wave, changed) {
    const ties = changed ? wave.changes : wave.ties;
    const words = changed ? this.data.changes : this.data.ways;
    const by = words.map(() => []);
    for (const tie of ties) by[tie[2]].push(tie);
    const byWord = new Map(words.map((word, number) => [word, by[number]]));
    const drawn = Object.entries(changed ? CHANGES : TIES).map(([word, style]) => ({ style, items: byWord.get(word) ?? [] }));
    return { wave, ties, words, byWord, drawn, marks: this.gathered(wave) };
  }

  gathered(wave) {
    const absent = new Set(wave.absent);
    const by = new Map(this.groups.map((group) => [group, []]));
    for (const [number, { group }] of this.data.people.entries()) if (!absent.has(number)) by.get(group ?? "").push(number);
    const look = (at) => ({ shape: STYLES[at % STYLES.length], fill: COLOURS[at % COLOURS.length] });
    return [{ style: ABSENT, items: wave.absent }, ...[...by.values()].map((items, at) => ({ style: look(at), items }))];
  }

  show() {
    const chosen = this.number.get(this.selection.id) ?? null;
    const chosenTies = chosen === null ? [] : this.ties.filter(([start, end]) => start === chosen || end === chosen);
    const near = chosenTies.map(([start, end]) => (start === chosen ? end : start));
    const { drawn, marks } = this.supposed ?? this;
    this.canvas.show({ ties: drawn, people: marks, chosen, chosenTies, near, labels: (number) => this.data.people[number].label });
    this.near = near;
  }

  // What the picture shows, in words, which is its name too. The legend is in it: groups with their shapes.
  tell() {
    const counts = [...this.byWord].filter(([, ties]) => ties.length).map(([word, ties]) => `${ties.length} ${WORDS[word]}`).join(", ");
    const groups = this.groups.map((group, at) => `${(group || "not stated").toLowerCase()} (${STYLES[at % STYLES.length]})`).join(", ");
    const people = this.data.people.length - this.wave.absent.length;
    const supposed = this.supposed?.says ? `What if: ${this.supposed.says}. ` : "";
    const text = `${supposed}${this.wave.name}: ${people} people, ${this.ties.length} ties (${counts}). ${this.data.groupIs}: ${groups}. ${this.wave.caption.slice(1).join(" ")}`;
    this.canvas.element.setAttribute("aria-label", `${this.data.title}. ${text} The tables below have all of it.`);
    this.about.textContent = text;
  }

  wheeled(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.canvas.enlarge(event.deltaY < 0 ? 1.25 : 0.8, [event.offsetX, event.offsetY]);
  }

  pressed(event) {
    this.drag = { x: event.offsetX, y: event.offsetY, moved: false };
    this.canvas.element.setPointerCapture(event.pointerId);
  }

  dragged(event) {
    if (!this.drag) return;
    const [x, y] = [event.offsetX - this.drag.x, event.offsetY - this.drag.y];
    if (!this.drag.moved && Math.hypot(x, y) < 4) return;
    this.canvas.move(x, y);
    this.drag = { x: event.offsetX, y: event.offsetY, moved: true };
  }

  released(event) {
    const { moved } = this.drag ?? { moved: true };
    this.drag = null;
    if (moved) return;
    const number = this.canvas.under(event.offsetX, event.offsetY);
    this.choose(number);
  }

  find(id) {
    this.choose(this.number.get(id));
    this.canvas.element.focus();
  }

  choose(number) {
    this.selection.select(number === null ? null : this.data.people[number].id);
    if (number !== null) this.say(`${this.data.people[number].label}, tied to ${count(new Set(this.near).size, "person", "people")}`);
  }

  keyed(event) {
    const acts = { "+": () => this.canvas.enlarge(1.6), "-": () => this.canvas.enlarge(0.625), 0: () => this.canvas.enlarge(0), Escape: () => this.left() };
    const act = STEPS[event.key] ? () => this.walk(STEPS[event.key]) : acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  left() {
    if (this.selection.id) this.selection.select(null);
    else this.element.querySelector("button").focus();
  }

  // To who lies best in this direction, among those tied to who is selected; at first to the first person.
  walk([right, down]) {
    const chosen = this.number.get(this.selection.id);
    if (chosen === undefined) return this.choose(0);
    const [x, y] = this.canvas.places[chosen];
    const ahead = ([a, b]) => (a - x) * right + (b - y) * down;
    const aside = ([a, b]) => Math.abs((a - x) * down) + Math.abs((b - y) * right);
    const rank = (number) => ahead(this.canvas.places[number]) + 2 * aside(this.canvas.places[number]);
    const among = (numbers) => numbers.filter((each) => each !== chosen && ahead(this.canvas.places[each]) > 0).sort((a, b) => rank(a) - rank(b))[0];
    const next = among(this.near) ?? among([...this.data.people.keys()]);
    if (next !== undefined) this.choose(next);
  }

  tieTable() {
    const name = (number) => this.data.people[number].label;
    return table({
      caption: "Ties of this picture",
      file: `${this.data.title} ties`,
      rows: this.ties,
      columns: [
        { name: "From", value: ([start]) => name(start) },
        { name: "To", value: ([, end]) => name(end) },
        { name: "In words", value: ([, , word]) => WORDS[this.words[word]] },
      ],
    });
  }

  peopleTable() {
    const degree = new Map();
    for (const [start, end] of this.wave.ties) for (const one of [start, end]) degree.set(one, (degree.get(one) ?? 0) + 1);
    const absent = new Set(this.wave.absent);
    const cut = new Set(this.wave.cutPoints);
    return table({
      caption: "People of this cloud",
      file: `${this.data.title} people`,
      rows: this.data.people.map((person, number) => ({ ...person, number })),
      most: "Ties",
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

  saveJson() {
    save(`${fileName(this.data.title)}.json`, JSON.stringify(this.data), "application/json");
  }

  // The picture with its caption below.
  savePng() {
    const from = this.canvas.element;
    const drawn = h("canvas", { width: from.width, height: from.height });
    const on = drawn.getContext("2d");
    const font = "14px system-ui, sans-serif";
    on.font = font;
    const lines = [this.data.title, ...broken(on, this.about.textContent, drawn.width - 16)];
    drawn.height += LINE * (lines.length + 1);
    on.fillStyle = "#ffffff";
    on.fillRect(0, 0, drawn.width, drawn.height);
    on.drawImage(from, 0, 0);
    on.fillStyle = "#1b1f24";
    on.font = font;
    for (const [at, line] of lines.entries()) on.fillText(line, 8, from.height + LINE * (at + 1));
    drawn.toBlob((blob) => save(`${fileName(this.data.title)}.png`, blob, "image/png"));
  }

  leave() {
    this.canvas.leave();
  }
}
