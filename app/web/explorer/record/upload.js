// A file with many facts: it is read here, its columns are mapped, tried and written. In: a pane, the model. Out: elements.

import { fresh, h } from "../dom.js";
import { ask } from "../api.js";
import { count } from "../words.js";
import { guesses, targets } from "./columns.js";
import { finder } from "./choose.js";
import { control } from "./field.js";
import { keep, kept } from "./keep.js";
import { maker } from "./make.js";
import { words } from "./model.js";
import { parse } from "./parse.js";
import { Trial } from "./trial.js";

const KEY = "upload";
const MOST_KEPT = 1_000_000;
const MOST_FILE = 20_000_000;
const COMMON = ["sources", "confidence", "marking", "holders"];
const EXAMPLES = 3;

export function upload(pane, known) {
  pane.entitle("Upload a file");
  return new Upload(pane, known).elements();
}

// UTF-8, else what old spreadsheets write.
function decoded(bytes) {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), note: "" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), note: " It is not UTF-8, so it was read as Windows-1252: look whether accents are right." };
  }
}

class Upload {
  constructor(pane, known) {
    Object.assign(this, { pane, known });
    this.context = { known, box: pane.box, ask: (document, variables, signal) => ask(document, { synthetic: pane.synthetic, ...variables }, signal) };
    this.context.make = { Source: maker(known.concepts.Source, this.context) };
    this.find = (field) => finder(this.context.ask, known, field.to);
    this.status = h("p", { role: "status" });
    this.mapping = h("div", {});
    this.all = h("div", {});
    this.trial = h("div", {});
    this.state = { kind: pane.args.of ?? "Visit", name: "", text: "", meanings: null, common: {}, ...kept(KEY) };
  }

  elements() {
    const { known } = this;
    const file = { id: fresh("file") };
    const kind = { id: fresh("kind") };
    const option = ({ name }) => h("option", { value: name }, words(name));
    const chosen = h("select", { id: kind.id, onchange: () => this.of(chosen.value) }, h("optgroup", { label: "Facts" }, Object.values(known.concepts).map(option)), h("optgroup", { label: "Relationships" }, Object.values(known.relationships).map(option)));
    chosen.value = this.state.kind;
    const input = h("input", { id: file.id, type: "file", accept: ".csv,.tsv,.txt,text/csv,text/tab-separated-values", onchange: () => this.opened(input.files[0]) });
    if (this.state.text) this.read();
    return [
      h("p", {}, "A table as CSV or TSV: the first line names the columns, and each further line is one fact. The file is read in this browser. Nothing is written before you have seen what it would change."),
      h("div", { class: "field" }, h("label", { class: "label", for: kind.id }, "What is on each line?"), chosen),
      h("div", { class: "field" }, h("label", { class: "label", for: file.id }, "File"), input),
      this.status,
      this.mapping,
      this.all,
      this.trial,
    ];
  }

  get kind() {
    return this.known.kind(this.state.kind) ?? this.known.concepts.Visit;
  }

  of(name) {
    Object.assign(this.state, { kind: name, meanings: null });
    this.keep();
    if (this.state.text) this.read();
  }

  async opened(file) {
    if (!file) return;
    if (file.size > MOST_FILE) return this.say(`${file.name} is larger than 20 MB. Split it.`);
    const { text, note } = decoded(await file.arrayBuffer());
    Object.assign(this.state, { name: file.name, text, meanings: null });
    this.keep();
    this.read(note);
  }

  read(note = "") {
    const { rows, problems, separator } = parse(this.state.text);
    const [head, ...body] = rows;
    this.trial.replaceChildren();
    if (!head || body.length === 0) {
      this.mapping.replaceChildren();
      this.all.replaceChildren();
      return this.say(`${this.state.name} has no rows: it needs a line with the names of the columns, and at least one more.`);
    }
    Object.assign(this, { head: head.cells.map((name) => name.trim()), body, broken: problems });
    const by = { ",": "commas", ";": "semicolons", "\t": "tabs" }[separator];
    this.say(`${this.state.name}: ${count(body.length, "row")} and ${count(head.cells.length, "column")}, with ${by} between.${note}`);
    this.state.meanings ??= guesses(this.head, this.kind, this.known);
    this.map();
    this.every();
    this.trial.replaceChildren(new Trial(this).element);
  }

  // A column, what is in it, and what it means.
  map() {
    const every = targets(this.kind, this.known);
    const line = (name, at) => {
      const id = fresh("column");
      const options = every.map(({ target, label }) => h("option", { value: target }, label));
      const select = h("select", { "aria-labelledby": id, onchange: () => this.means(at, select.value) }, h("option", { value: "" }, "not used"), options);
      select.value = this.state.meanings[at] ?? "";
      const examples = this.body.slice(0, EXAMPLES).map(({ cells }) => cells[at]).filter(Boolean).join(" | ");
      return h("tr", {}, h("th", { scope: "row", id }, h("bdi", {}, name || `column ${at + 1}`)), h("td", {}, h("bdi", { class: "faint" }, examples.slice(0, 120))), h("td", {}, select));
    };
    const head = h("thead", {}, h("tr", {}, ["Column", "Examples", "Means"].map((name) => h("th", { scope: "col" }, name))));
    const table = h("table", {}, h("caption", {}, "What the columns mean"), head, h("tbody", {}, this.head.map(line)));
    this.mapping.replaceChildren(h("h2", {}, "Columns"), h("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": "What the columns mean" }, table));
  }

  means(at, target) {
    this.state.meanings[at] = target;
    this.keep();
    this.every();
    this.trial.replaceChildren(new Trial(this).element);
  }

  // Fields that no column gives and that each row needs, or may need: the same value for all rows.
  every() {
    const given = this.state.meanings.map((target) => target.replace("key.", ""));
    const fields = this.known.fields(this.kind).filter((field) => !given.includes(field.name) && (field.required || COMMON.includes(field.name)));
    this.common = fields.map((field) => control({ ...field, short: true, required: false }, this.context));
    for (const each of this.common) if (each.name in this.state.common) each.restore(this.state.common[each.name]);
    const box = h("div", { class: "record-form", oninput: () => this.typed() }, this.common.map(({ element }) => element));
    this.all.replaceChildren(h("h2", {}, "The same for every row"), box);
  }

  typed() {
    this.state.common = Object.fromEntries(this.common.map((each) => [each.name, each.raw()]));
    this.keep();
  }

  keep() {
    const { text } = this.state;
    keep(KEY, { ...this.state, text: text.length > MOST_KEPT ? "" : text });
  }

  // What the columns and the fields for all rows say; null if a field cannot be read, which then has the focus.
  stated() {
    const every = targets(this.kind, this.known);
    const meanings = this.state.meanings.map((target) => every.find((each) => each.target === target) ?? null);
    const common = {};
    for (const each of this.common) {
      const { value, problem } = each.read();
      each.problems(problem ? [problem] : []);
      if (problem) return each.focus() ?? null;
      if (value !== undefined) common[each.name] = value;
    }
    return { meanings, common };
  }

  say(text) {
    this.status.textContent = text;
  }
}
