// A cloud of trust: its picture in each survey wave, its shape in numbers, its people, its gaps, and what if people leave or meet.

import { ApiError } from "../api.js";
import { asked, chosen } from "../cloud/asked.js";
import { findPerson } from "../cloud/find.js";
import { ELECTED, ids } from "../cloud/supposed.js";
import { slider } from "../cloud/waves.js";
import { h } from "../dom.js";
import { exported } from "../exported.js";
import { isMadeUp, madeUp, named, shaped } from "../facts.js";
import { picture } from "../picture.js";
import { Selection } from "../selection.js";
import { empty } from "../states.js";
import { count, isolated } from "../words.js";

export const title = "Clouds of trust";
const TABLES_WAIT = 250;
const LAYERS = { TRUSTS: "who trusts whom", KNOWS: "who could call whom", WORKS_WITH: "who works with whom", SHARED_MEMBERSHIP: "who sits together" };
const DIRECTIONS = { DIRECTED: "as it was stated", UNION: "one of two named the other", MUTUAL: "both named each other" };
const GROUPS = { SECTOR: "sector", AGENCY: "agency", AGE_BAND: "age", ORIGIN: "origin" };

export async function show(pane) {
  const rosters = pane.ask("explorer-rosters");
  if (!pane.args.city && !pane.args.roster) return choose(pane, (await rosters).rosters.nodes);
  const [kind, given] = asked(pane.args);
  const first = pane.figure(kind, given).catch((error) => error);
  // The picture does not wait for what stands below it.
  const parts = import("../cloud/parts.js");
  parts.catch(() => null);
  const [{ rosters: listed }, drawn] = await Promise.all([rosters, first]);
  const roster = listed.nodes.find(({ id, city }) => (pane.args.roster ? id === pane.args.roster : city?.id === pane.args.city));
  const firstWave = kind === "growth" && drawn.code === "NOT_FOUND";
  const svg = firstWave ? await pane.figure("cloud", chosen(pane.args)) : drawn;
  if (svg.code === "NOT_FOUND") throw new ApiError("NOT_FOUND", "There is no such network of leaders, or you may not see it.");
  if (svg.code === "PAYLOAD_TOO_LARGE") return showLarge(pane, roster);
  if (svg instanceof Error) throw svg;
  return new CloudPage(pane, roster, parts).show(svg);
}

function choose(pane, rosters) {
  const cards = rosters.map((roster) => {
    const waves = roster.waves.nodes.length;
    const about = count(waves, "survey wave");
    const link = h("a", { href: pane.href("cloud", { roster: roster.id }) }, named(roster.name));
    return h("li", {}, link, " ", isMadeUp(roster) && madeUp(), h("div", { class: "faint" }, [roster.city?.name, about].filter(Boolean).join(" · ")));
  });
  const none = empty(
    "There is no cloud that you may see. Networks of leaders are seen by those with a grant for their city: put your token in at the top. Without a token, made-up clouds stay hidden too.",
  );
  const intro = "A cloud of trust is who among a city's leaders trusts whom, as they said in a survey.";
  pane.box.replaceChildren(h("p", {}, intro), cards.length ? h("ul", { class: "cards" }, cards) : none);
}

// Above about 1,500 people one answer has all waves, so that the slider asks for nothing.
async function showLarge(pane, roster) {
  const [{ LargeCloud }, { whatIf }] = await Promise.all([import("../cloud/large.js"), import("../cloud/whatif.js")]);
  const { wave, ...args } = chosen(pane.args);
  const data = await pane.figure("network", args, "json");
  const waves = (roster?.waves.nodes ?? []).slice(-data.waves.length);
  const found = waves.findIndex(({ id }) => id === wave);
  const at = found < 0 ? data.waves.length - 1 : found;
  const cloud = new LargeCloud(data, { at, changes: pane.args.changes === "true", selection: new Selection(), say: (text) => pane.say(text) });
  const below = h("div");
  const chances = h("div");
  const tables = () => below.replaceChildren(h("h2", {}, "People"), cloud.peopleTable(), h("h2", {}, "Ties"), cloud.tieTable());
  function suppose(number) {
    const on = { roster: roster.id, rosterName: roster.name, direction: args.direction ?? "DIRECTED" };
    const people = data.people.map(({ id, label, group }) => ({ personId: id, name: label, group }));
    const variables = { ...args, wave: waves[number]?.id ?? null, signature: false };
    chances.replaceChildren(whatIf({ cloud: { on, people }, pane, variables, selection: cloud.selection }, cloud));
  }
  let later = 0;
  function turn(number, changes) {
    pane.keep({ wave: number === waves.length - 1 ? null : waves[number].id, changes: changes ? "true" : null });
    const before = cloud.at;
    cloud.turn(number, changes);
    clearTimeout(later);
    later = setTimeout(() => (tables(), number !== before && suppose(number), cloud.ahead()), TABLES_WAIT);
  }
  const find = findPerson(() => data.people.map(({ id, label }) => ({ id, name: label })), (id) => cloud.find(id));
  pane.entitle(data.title);
  pane.box.replaceChildren(bar(pane, roster), slider({ waves, at, changes: cloud.changes, to: turn }), cloud.element, find, exported(pane, "cloud", () => ({ ...args, wave: waves[cloud.at]?.id })), chances, below);
  pane.signal.addEventListener("abort", () => cloud.leave());
  cloud.show();
  tables();
  if (roster) suppose(at);
  cloud.ahead();
}

function bar(pane, roster) {
  const select = (name, words, options, value) =>
    h("label", {}, words, h("select", { onchange: (event) => pane.change({ [name]: event.target.value }) }, Object.entries(options).map(([key, said]) => h("option", { value: key, selected: key === value }, said))));
  return h(
    "div",
    { class: "bar" },
    select("layer", "Kind of tie", LAYERS, pane.args.layer ?? "TRUSTS"),
    select("direction", "A tie counts", DIRECTIONS, pane.args.direction ?? "DIRECTED"),
    select("by", "Compare groups by", GROUPS, pane.args.by ?? "SECTOR"),
    h("a", { href: pane.href("cloud", { roster: null, city: null }) }, "All clouds"),
    roster?.city && h("a", { href: pane.href("city", { id: roster.city.id }) }, "About the city"),
  );
}

class CloudPage {
  // `parts` is a promise of the module of what stands below the picture.
  constructor(pane, roster, parts) {
    Object.assign(this, { pane, roster, parts });
    this.waves = roster?.waves.nodes ?? [];
    this.selection = new Selection();
    this.below = h("div", { class: "below" });
    this.who = h("div", { class: "who", "aria-live": "polite" });
    this.people = new Map();
    this.selection.addEventListener("change", () => this.describe());
    this.words = h("div", { class: "words", "aria-live": "polite" });
    this.pictures = new Map();
  }

  get changes() {
    return this.pane.args.changes === "true";
  }

  get wave() {
    const at = this.waves.findIndex(({ id }) => id === this.pane.args.wave);
    return at < 0 ? this.waves.length - 1 : at;
  }

  async show(svg) {
    const { pane } = this;
    pane.entitle(this.roster?.name ?? "A cloud of trust");
    this.picture = picture({
      svg,
      file: pane.heading.textContent,
      selection: this.selection,
      open: (kind, id) => this.open(kind, id),
      saved: () => this.supposed && pane.figure(...this.drawn()),
      png: () => pane.figure(...this.drawn(), "png"),
      tables: () => [...this.below.querySelectorAll("table")],
    });
    this.picture.suppose = (changes) => this.parts.then(({ overlay }) => overlay(this.picture, changes));
    const range = slider({ waves: this.waves, at: this.wave, changes: this.changes, to: (at, changes) => this.turn(at, changes) });
    const find = findPerson(() => this.picture.named("person"), (id) => this.found(id));
    pane.box.replaceChildren(bar(pane, this.roster), range, this.words, this.picture, find, exported(pane, "cloud", () => this.args()), this.who, this.below);
    this.pictures.set(`${this.kind(this.wave)} ${this.wave}`, svg);
    const data = await this.data();
    this.fetchOthers();
    return data;
  }

  kind(at, changes = this.changes) {
    return changes && at > 0 ? "growth" : "cloud";
  }

  args(at = this.wave) {
    return { ...chosen(this.pane.args), wave: this.waves[at]?.id ?? null };
  }

  // What is supposed, as arguments of the figure that shows it; null if nothing is.
  get supposed() {
    const [without, gatherings] = ["without", "added"].map((name) => ids(this.pane.args[name]));
    if (without.length + gatherings.length === 0) return null;
    const left = without.filter((id) => id !== ELECTED);
    return { without: left.join(" "), withoutElected: without.length > left.length ? "true" : null, gatherings: gatherings.join(" ") };
  }

  // The figure that is saved, with its arguments: what is supposed is drawn into that of the wave.
  drawn() {
    const { supposed } = this;
    return supposed ? ["what-if", { ...this.args(), ...supposed }] : [this.kind(this.wave), this.args()];
  }

  async svg(at, changes = this.changes) {
    const key = `${this.kind(at, changes)} ${at}`;
    if (!this.pictures.has(key)) this.pictures.set(key, await this.pane.figure(this.kind(at, changes), this.args(at)));
    return this.pictures.get(key);
  }

  // The pictures of the other waves, so that the slider does not wait for the network.
  async fetchOthers() {
    try {
      for (const at of this.waves.keys()) await Promise.all([this.svg(at, false), this.svg(at, true)]);
    } catch {
      // They are asked for again when they are needed, and only then is an error worth showing.
    }
  }

  async turn(at, changes) {
    const last = this.waves.length - 1;
    this.pane.keep({ wave: at === last ? null : this.waves[at].id, changes: changes ? "true" : null });
    try {
      this.picture.draw(await this.svg(at, changes));
      if (at === this.wave) await this.data();
    } catch (error) {
      if (!this.pane.signal.aborted) this.pane.failed(error);
    }
  }

  async data() {
    const { pane } = this;
    const variables = { ...this.args(), by: pane.args.by };
    const [{ cloud }, parts] = await Promise.all([pane.ask("explorer-cloud", variables), this.parts]);
    const known = await parts.explanations();
    if (!cloud) return null;
    const given = { cloud, known, pane, variables: { ...variables, synthetic: pane.synthetic }, selection: this.selection };
    this.people = new Map(cloud.people.map((each) => [each.personId, each]));
    this.given = given;
    this.selected = parts.selected;
    this.words.replaceChildren(...parts.inWords(given));
    this.below.replaceChildren(...parts.below(given, this.picture));
    this.describe();
    return cloud;
  }

  describe() {
    if (this.given) this.who.replaceChildren(...this.selected(this.people.get(this.selection.id), this.given, this.picture));
  }

  // Selects who was found; the page may still be waiting for what is known of him.
  found(id) {
    this.selection.select(id);
    if (this.who.hasChildNodes()) this.open("person", id);
    else this.picture.focusMark(id);
  }

  open(kind, id) {
    if (kind === "person") this.selection.select(id);
    if (kind === "person") this.who.querySelector("h2")?.focus();
  }
}

// What differs between two clouds beside each other, in sentences.
export function compare(one, other) {
  if (!one || !other) return [];
  const said = (cloud) => isolated(cloud.on.rosterName);
  const sentences = [`${said(one)}: ${shaped(one.signature)}. ${said(other)}: ${shaped(other.signature)}.`];
  for (const [name, words] of [["meanDegree", "mean number of ties of a person"], ["transitivity", "share of closed triples"], ["globalEfficiency", "efficiency"]]) {
    if (one[name] === null || other[name] === null) continue;
    const [first, second] = [one[name].toFixed(2), other[name].toFixed(2)];
    const more = one[name] > other[name] ? one : other;
    sentences.push(first === second ? `The ${words} is about the same: ${first}.` : `The ${words} is higher in ${said(more)}: ${first} beside ${second}.`);
  }
  const [n, m] = [one.on.people, other.on.people];
  if (n !== m) sentences.push(`They have ${n} and ${m} people. Density falls with the number of people, so do not compare it between them.`);
  return sentences;
}
