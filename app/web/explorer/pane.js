// A pane: one view with its arguments. It shows states while a view loads or fails, and gives the view what it may do.

import { address, merged } from "./address.js";
import { ask, figure, figureArgs } from "./api.js";
import { fresh, h } from "./dom.js";
import { broken, empty, isRefusal, loading, refused } from "./states.js";

const KEPT = ["synthetic", "asOf"];

export class Pane {
  // In: number (0 or 1), the view's name and arguments, and the shell: module(view), changed(number, args, how), say(text).
  constructor(number, { view, args }, shell) {
    Object.assign(this, { number, view, args, shell });
    const id = fresh("pane");
    this.heading = h("h1", { id, tabindex: "-1" });
    this.tools = h("p", { class: "tools" });
    this.box = h("div", { class: "box" });
    this.element = h("section", { class: "pane", "aria-labelledby": id, "data-view": view }, this.heading, this.tools, this.box);
    this.controller = new AbortController();
  }

  get signal() {
    return this.controller.signal;
  }

  async show() {
    this.controller.abort();
    const controller = (this.controller = new AbortController());
    const { signal } = controller;
    this.box.setAttribute("aria-busy", "true");
    this.box.replaceChildren(loading("Loading …", () => this.cancel()));
    try {
      const module = await this.shell.module(this.view);
      if (signal.aborted) return;
      if (!module) return this.missing();
      this.entitle(module.title);
      this.compare = module.compare;
      this.result = await module.show(this);
      if (!signal.aborted) this.shell.shown(this);
    } catch (error) {
      if (!signal.aborted) this.failed(error);
    } finally {
      if (this.controller === controller) this.box.removeAttribute("aria-busy");
    }
  }

  missing() {
    this.entitle("No such page");
    this.box.replaceChildren(empty("There is no page of this name.", h("a", { href: address([{ view: "start", args: {} }]) }, "To the first page")));
  }

  failed(error) {
    if (!error.code) console.error(error);
    this.box.replaceChildren(isRefusal(error) ? refused(error) : broken(error, () => this.show()));
  }

  cancel() {
    this.controller.abort();
    const again = h("button", { type: "button", onclick: () => this.show() }, "Show it after all");
    this.box.replaceChildren(empty("Cancelled.", again));
    again.focus();
  }

  leave() {
    this.controller.abort();
  }

  get synthetic() {
    return this.args.synthetic === "true";
  }

  entitle(text) {
    this.heading.replaceChildren(h("bdi", {}, text));
    this.shell.entitled();
  }

  say(text) {
    this.shell.say(text);
  }

  href(view, args = {}) {
    const kept = Object.fromEntries(KEPT.filter((name) => this.args[name]).map((name) => [name, this.args[name]]));
    return address([{ view, args: merged(kept, args) }]);
  }

  change(args) {
    this.shell.changed(this, merged(this.args, args), { again: true });
  }

  keep(args) {
    this.args = merged(this.args, args);
    this.shell.changed(this, this.args, { again: false });
  }

  ask(documentId, variables = {}) {
    return ask(documentId, { synthetic: this.synthetic, ...variables }, this.signal);
  }

  figure(kind, args = {}, suffix = "svg") {
    return figure(kind, figureArgs(this.args, args), this.signal, suffix);
  }
}
