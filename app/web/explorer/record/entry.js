// The form of one fact on its page: it is filled, kept, sent, and what became of it is said. In: a pane, the model. Out: elements.

import { h } from "../dom.js";
import { empty } from "../states.js";
import { ask } from "../api.js";
import { form } from "./form.js";
import { drop, keep, kept } from "./keep.js";
import { maker } from "./make.js";
import { words } from "./model.js";
import { hint, requestId, write } from "./send.js";
import { relationships } from "./recorded.js";
import { removal } from "./removal.js";
import { done, failed, stale } from "./result.js";
import { stored } from "./stored.js";

const GUARD = "rows[0].expectedUpdatedAt";

export async function entry(pane, known) {
  const kind = known.kind(pane.args.of);
  if (!kind) return [empty("There is no such kind of fact.", h("a", { href: pane.href("record") }, "What can be recorded"))];
  const basis = await stored(pane, known, kind);
  if (basis.choices) return [basis.choices];
  const name = words(kind.name);
  pane.entitle(basis.fact ? `Correct: ${basis.called ?? name}` : `Record: ${name}`);
  return new Entry(pane, known, kind, basis).elements();
}

class Entry {
  constructor(pane, known, kind, basis) {
    Object.assign(this, { pane, known, kind, basis });
    this.key = [kind.name, pane.args.id ?? "", pane.args.from ?? "", pane.args.to ?? "", pane.args.draft ?? ""].join("|");
    const context = { known, box: pane.box, ask: (document, variables, signal) => ask(document, { synthetic: pane.synthetic, ...variables }, signal) };
    context.make = { Source: maker(known.concepts.Source, context) };
    this.form = form({ kind, context });
    this.result = h("div", { class: "result" });
    this.now = h("button", { class: "main" }, basis.fact ? "Record the correction" : "Record it");
    this.later = h("button", { type: "button", onclick: () => this.send({ draft: true }) }, pane.args.draft ? "Change the draft" : "Save as a draft");
    this.status = h("p", { role: "status" });
    this.fill();
  }

  fill() {
    const { fact, raw, updatedAt } = this.basis;
    if (fact) this.form.correct(fact);
    if (raw) this.form.restore(raw);
    const state = kept(this.key);
    this.request = state?.request ?? requestId();
    this.expected = state?.expected ?? updatedAt;
    this.restored = Boolean(state);
    if (state) this.form.restore(state.raw);
  }

  elements() {
    const { kind, basis, pane } = this;
    const sheet = h(
      "form",
      { novalidate: true, class: "record", oninput: () => this.keep(), onsubmit: (event) => this.submitted(event) },
      this.form.element,
      h("p", { class: "saving" }, pane.args.draft ? null : this.now, this.later, this.discard()),
      this.status,
    );
    return [
      h("p", {}, kind.says),
      this.restored && h("p", { class: "note", role: "status" }, "What you typed here before is in the form again. Nothing of it is recorded yet."),
      this.result,
      sheet,
      basis.fact && relationships(pane, this.known, kind, basis.fact.id),
      basis.fact && removal(this),
    ];
  }

  discard() {
    const cleared = () => {
      drop(this.key);
      this.pane.show();
    };
    return h("button", { type: "button", onclick: cleared }, "Start again");
  }

  keep() {
    const could = keep(this.key, { raw: this.form.raw(), request: this.request, expected: this.expected, title: this.pane.heading.textContent, address: location.search });
    if (!could) this.status.textContent = "This browser cannot keep what you type: it would be lost if the page were loaded again.";
  }

  submitted(event) {
    event.preventDefault();
    this.send({});
  }

  async send({ draft }) {
    if (this.busy) return;
    this.result.replaceChildren();
    const { row, problems } = this.form.row();
    if (problems.length) return this.form.problems(problems);
    if (this.basis.fact && Object.keys(row).length === 0) return this.say("Nothing is different from what is stored.");
    this.form.problems([]);
    this.keep();
    this.waits(true);
    try {
      this.answered(await write(this.kind.upsert, this.variables(row, draft)));
    } catch (error) {
      this.waits(false);
      failed(this.result, error, hint(error));
    } finally {
      this.waits(false);
    }
  }

  variables(row, draft) {
    const { fact } = this.basis;
    const guarded = fact && { expectedUpdatedAt: this.expected };
    const named = fact && (this.kind.isConcept ? { key: { id: fact.id } } : { id: fact.relationshipId });
    const asked = { rows: [{ ...named, ...guarded, ...row }], requestId: this.request };
    if (this.pane.args.draft) return { ...asked, draft: { id: this.pane.args.draft } };
    return draft ? { ...asked, draft: {} } : asked;
  }

  answered(written) {
    this.waits(false);
    const old = written.problems.find(({ path }) => path === GUARD);
    if (old) return stale(this.result, () => this.rebased());
    if (written.problems.length && !written.draft) return this.form.problems(written.problems);
    drop(this.key);
    this.request = requestId();
    done(this, written);
  }

  // Takes what is stored now as the basis; what was typed stays.
  async rebased() {
    const typed = this.form.raw();
    const before = this.form.row().row;
    this.basis = await stored(this.pane, this.known, this.kind);
    this.expected = this.basis.updatedAt;
    this.form.correct(this.basis.fact);
    this.form.restore(Object.fromEntries(Object.entries(typed).filter(([name]) => name in before)));
    this.request = requestId();
    this.keep();
    this.result.replaceChildren();
    this.say("The form shows what is stored now, with what you typed. Look through it, then send it again.");
    this.now.focus();
  }

  say(text) {
    this.status.textContent = text;
  }

  waits(busy) {
    this.busy = busy;
    for (const button of [this.now, this.later]) button.toggleAttribute("aria-disabled", busy);
    this.say(busy ? "Recording …" : "");
  }
}
