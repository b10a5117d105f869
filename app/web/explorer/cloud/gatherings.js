// Study tours, boards and other gatherings of the people of a roster, of which several can be chosen.
// In: a pane, a roster, the ids that are chosen. Out: an element; `changed` gets the ids when they change.

import { h } from "../dom.js";
import { isMadeUp, madeUp, named, when } from "../facts.js";
import { loading } from "../states.js";
import { count } from "../words.js";

const MOST = 20;
const FEW = 12;

export class Gatherings {
  constructor({ pane, roster, chosen, changed }) {
    Object.assign(this, { pane, roster, chosen, changed });
    this.box = h("div", {});
    this.said = h("p", { class: "faint", role: "status" });
    this.summary = h("summary", {}, "");
    this.element = h("details", { class: "gatherings", open: chosen.length > 0, ontoggle: () => this.element.open && this.known() }, this.summary, this.box);
    this.all = [];
    this.tell();
  }

  // Reads the list once, when it is first needed; a list that cannot be read says so, and is read again the next time.
  async known() {
    if (!this.element.open) return;
    this.reading ??= this.read();
    try {
      await this.reading;
    } catch (error) {
      this.reading = null;
      if (!this.pane.signal.aborted) this.box.replaceChildren(h("p", { class: "wrong", role: "alert" }, error.message));
    }
  }

  async read() {
    this.box.replaceChildren(loading("Looking for study tours and boards …"));
    const [visits, organizations] = [[], []];
    for (let next = {}; next; ) {
      const found = await this.pane.ask("explorer-cloud-gatherings", { roster: this.roster, ...next });
      if (next.afterVisit !== null) visits.push(...found.visits.nodes);
      if (next.afterOrganization !== null) organizations.push(...found.organizations.nodes);
      const after = ({ hasNextPage, endCursor }) => (hasNextPage ? endCursor : null);
      const more = { afterVisit: after(found.visits.pageInfo), afterOrganization: after(found.organizations.pageInfo) };
      next = more.afterVisit || more.afterOrganization ? more : null;
    }
    const tours = visits.map((visit) => ({ ...visit, name: visit.title, says: ["took part", "took part"], people: visit.participants.totalCount }));
    const boards = organizations.map((each) => ({ ...each, says: ["is or was a member", "are or were members"], people: each.members.totalCount }));
    this.all = [...tours, ...boards];
    const listed = new Set(this.all.map(({ id }) => id));
    this.all.push(...this.chosen.filter((id) => !listed.has(id)).map((id) => ({ id, name: id, people: null })));
    this.fill();
  }

  name(id) {
    return this.all.find((each) => each.id === id)?.name ?? id;
  }

  fill() {
    if (this.all.length === 0) {
      const record = h("a", { href: this.pane.href("record", { of: "Visit" }) }, "Record a visit with who took part");
      return this.box.replaceChildren(h("p", {}, "No visit or organization is recorded in which people of this list took part, or none that you may see. ", record, "."));
    }
    this.items = this.all.map((each) => this.item(each));
    const filter = h("input", { type: "search", oninput: () => this.filter(filter.value) });
    this.box.replaceChildren(
      h("p", {}, "Every two people of this network who took part get a tie, in both directions; of an organization, those who are members on the day of the wave."),
      this.all.length > FEW ? h("p", { class: "bar" }, h("label", {}, "Name contains", filter)) : "",
      h("fieldset", {}, h("legend", {}, "Added to this network"), h("ul", {}, this.items)),
      this.said,
    );
    this.tell();
  }

  item({ id, name, people, since, says, ...fact }) {
    const box = h("input", { type: "checkbox", value: id, checked: this.chosen.includes(id), onchange: () => this.toggle(id, box.checked) });
    const about = [when(since), people !== null && `${count(people, "person", "people")} of this list ${says[people === 1 ? 0 : 1]}`];
    const said = about.filter(Boolean).join(", ");
    return h("li", {}, h("label", {}, box, " ", named(name), isMadeUp(fact) && [" ", madeUp()], said && h("span", { class: "faint" }, ` ${said}`)));
  }

  filter(text) {
    const wanted = text.trim().toLowerCase();
    for (const [at, { name }] of this.all.entries()) this.items[at].hidden = !name.toLowerCase().includes(wanted);
    const left = this.items.filter(({ hidden }) => !hidden).length;
    this.said.textContent = `${left} of ${this.all.length} are listed.`;
  }

  toggle(id, on) {
    this.chosen = on ? [...this.chosen, id] : this.chosen.filter((each) => each !== id);
    this.tell();
    this.changed(this.chosen);
  }

  clear() {
    this.chosen = [];
    for (const box of this.boxes) box.checked = false;
    this.tell();
  }

  get boxes() {
    return [...this.box.querySelectorAll("input[type=checkbox]")];
  }

  tell() {
    const full = this.chosen.length >= MOST;
    for (const box of this.boxes) box.disabled = full && !box.checked;
    this.said.textContent = full ? `These are ${MOST}, the most that can be added at once.` : "";
    this.summary.textContent = `A study tour, board or club is added${this.chosen.length ? ` (${this.chosen.length} chosen)` : ""}`;
  }
}
