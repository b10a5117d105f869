// What becomes of a cloud if people leave, or if a study tour or a board brings some together. In: a cloud, its picture.
// Out: a section whose choices are in the address: `without` and `added`, each with ids and spaces between them.

import { h } from "../dom.js";
import { named } from "../facts.js";
import { called } from "../measured.js";
import { written } from "../number.js";
import { loading } from "../states.js";
import { table } from "../table.js";
import { count, listed, noun } from "../words.js";
import { Gatherings } from "./gatherings.js";
import { valueAt } from "./numbers.js";
import { ELECTED, ids } from "./supposed.js";
import { changed } from "./tied.js";

const SHOWN = ["on.people", "on.ties", "density", "meanDegree", "globalEfficiency", "distances.mean", "components.count", "components.isolates", "components.largestShare"];
const MOST_NAMES = 4;

export function whatIf(given, picture) {
  return new WhatIf(given, picture).element;
}

class WhatIf {
  constructor({ cloud, pane, variables, selection }, picture) {
    Object.assign(this, { cloud, pane, variables, selection, picture });
    const button = (words, act) => h("button", { type: "button", "aria-pressed": "false", onclick: act }, words);
    this.elected = button("Without elected leaders", () => this.leave(ELECTED));
    this.one = button("Without who is selected", () => this.leave(selection.id));
    this.chosen = h("span", {});
    this.undo = h("button", { type: "button", onclick: () => this.clear() }, "As it was");
    this.status = h("div", { role: "status" });
    this.result = h("div", {});
    this.gatherings = new Gatherings({ pane, roster: cloud.on.roster, chosen: ids(pane.args.added), changed: (added) => this.choose({ added }) });
    this.element = h(
      "section",
      { class: "what-if", "aria-label": `What if: ${cloud.on.rosterName}` },
      h("h2", {}, "What if"),
      h("p", {}, "If people leave, such as after an election, or meet on a study tour, which shape has the network then?"),
      h("div", { class: "bar", role: "group", "aria-label": "People leave" }, this.elected, this.one, this.chosen),
      this.gatherings.element,
      h("p", {}, this.undo),
      this.status,
      this.result,
    );
    selection.addEventListener("change", () => this.describe());
    this.describe();
    this.show();
  }

  get leaving() {
    return ids(this.pane.args.without);
  }

  describe() {
    const found = this.person(this.selection.id);
    this.one.disabled = !found;
    this.chosen.replaceChildren(...(found ? [named(found.name ?? found.personId)] : []));
    this.one.setAttribute("aria-pressed", String(this.leaving.includes(this.selection.id)));
    this.elected.setAttribute("aria-pressed", String(this.leaving.includes(ELECTED)));
    this.undo.hidden = this.leaving.length + this.gatherings.chosen.length === 0;
  }

  person(id) {
    return this.cloud.people.find(({ personId }) => personId === id);
  }

  leave(id) {
    const { leaving } = this;
    this.choose({ without: leaving.includes(id) ? leaving.filter((each) => each !== id) : [...leaving, id] });
  }

  clear() {
    this.gatherings.clear();
    this.choose({ without: [], added: [] });
    this.elected.focus();
  }

  choose(changes) {
    this.pane.keep(Object.fromEntries(Object.entries(changes).map(([name, list]) => [name, list.join(" ")])));
    this.show();
  }

  async show() {
    const { leaving, pane } = this;
    const added = this.gatherings.chosen;
    const turn = (this.turn = {});
    this.describe();
    this.picture.suppose(null);
    this.result.replaceChildren();
    if (leaving.length + added.length === 0) return this.status.replaceChildren();
    this.status.replaceChildren(loading("Computing …"));
    const asked = { without: leaving.filter((id) => id !== ELECTED), withoutElected: leaving.includes(ELECTED), gatherings: added };
    try {
      const [{ cloud: now }] = await Promise.all([pane.ask("explorer-cloud-what-if", { ...this.variables, ...asked }), this.gatherings.known()]);
      if (turn !== this.turn || !this.element.isConnected) return;
      const told = { now, then: now.whatIf, changes: changed(now.columns, now.whatIf.columns), who: this.who(), what: this.what(added) };
      this.picture.suppose(told.changes);
      this.status.replaceChildren(...inWords(told));
      this.result.replaceChildren(...this.tables(told));
    } catch (error) {
      if (turn === this.turn && !pane.signal.aborted) this.status.replaceChildren(h("p", { class: "wrong" }, error.message));
    }
  }

  who() {
    const names = this.leaving.map((id) => (id === ELECTED ? "the elected leaders" : (this.person(id)?.name ?? id)));
    return names.length ? `without ${listed(names, MOST_NAMES)}` : "";
  }

  what(added) {
    return added.length ? `with ${listed(added.map((id) => this.gatherings.name(id)), MOST_NAMES)}` : "";
  }

  *tables({ now, then, changes, who, what }) {
    const said = [who, what].filter(Boolean).join(" and ");
    yield table({
      caption: `The cloud ${said}`,
      file: said,
      rows: SHOWN.map((path) => ({ path, now: valueAt(now, path), then: valueAt(then, path) })),
      columns: [
        { name: "Measure", value: ({ path }) => called(path.replace(/^on\./, "")) },
        { name: "Now", value: (row) => written(row.now), sort: (row) => row.now },
        { name: "Then", value: (row) => written(row.then), sort: (row) => row.then },
      ],
    });
    if (changes.added.length) yield this.newTies(changes.added);
  }

  newTies(rows) {
    const group = (id) => (this.person(id)?.group ?? "").toLowerCase().replaceAll("_", " ");
    const name = (id) => this.person(id)?.name ?? id;
    const chooser = (id) => h("button", { type: "button", class: "chooser", onclick: () => this.selection.select(id) }, named(name(id)));
    const [from, to] = this.cloud.on.direction === "DIRECTED" ? ["From", "To"] : ["One", "Other"];
    return table({
      caption: "New ties",
      file: "new ties",
      rows,
      columns: [
        { name: from, value: ([one]) => chooser(one) },
        { name: "Group", value: ([one]) => group(one) },
        { name: to, value: ([, other]) => chooser(other) },
        { name: "Its group", value: ([, other]) => group(other) },
      ],
    });
  }
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function* inWords({ now, then, changes, who, what }) {
  const gone = now.on.people - then.on.people;
  if (who) yield h("p", {}, `${capital(who)}: ${count(gone, "person leaves", "people leave")}, and ${count(changes.lost.length, "tie goes", "ties go")} with them.`);
  if (what && changes.added.length) yield h("p", {}, `${capital(what)}: ${count(changes.added.length, "new tie")} between ${count(changes.tied, "person", "people")}. In the picture: ${noun(changes.added.length, "a thick dashed line", "thick dashed lines")}.`);
  if (what && !changes.added.length) yield h("p", {}, `${capital(what)}: no new tie. Fewer than two who took part are in this network, or they are tied already.`);
}
