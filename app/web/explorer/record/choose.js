// A field in which facts are chosen: a combobox that searches by name. In: types, a question. Out: an element, its facts.

import { fresh, h } from "../dom.js";
import { when } from "../facts.js";
import { words } from "./model.js";

const PAUSE = 150;
const MOST_WORDS = 10;
const MOST_TEXT = 200;
const ID = /^[a-z][a-z0-9-]*\/\S+$/;

// `find(text, signal)` gives facts `{id, name, type, more}`. `one` takes at most one. `make` is offered when nothing fits.
export function chooser({ id, find, one, make, labelledby, describedby, changed }) {
  const list = h("ul", { id: fresh("options"), role: "listbox", "aria-labelledby": labelledby, hidden: true });
  const input = h("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", dir: "auto",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-describedby": describedby,
    placeholder: "Type a name",
  });
  const state = h("p", { class: "found", role: "status" });
  const chips = h("ul", { class: "chosen", hidden: true });
  const element = h("div", { class: "chooser-box" }, chips, h("div", { class: "combobox" }, input, list), state);
  let options = [];
  let active = -1;
  let facts = [];
  let timer = null;
  let asking = null;

  function open(shown) {
    options = shown;
    list.replaceChildren(...options.map(option));
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    activate(options.length ? 0 : -1);
  }

  function option(entry) {
    const said = [h("bdi", { class: "name" }, entry.name), entry.more && h("span", { class: "faint" }, ` ${entry.more}`)];
    const made = h("li", { id: fresh("option"), role: "option", "aria-selected": "false" }, said);
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", () => choose(entry));
    return made;
  }

  function activate(number) {
    active = number;
    [...list.children].forEach((each, at) => each.setAttribute("aria-selected", String(at === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active]?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    asking?.abort();
    clearTimeout(timer);
    open([]);
  }

  async function search() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const text = input.value.trim();
    if (!text) return open([]);
    state.textContent = "Searching …";
    try {
      const found = (await find(text, signal)).filter((fact) => !facts.some((known) => known.id === fact.id));
      if (signal.aborted) return;
      const offer = make ? [{ make: true, name: `New: ${text}`, more: "is made first" }] : [];
      open([...found, ...(ID.test(text) ? [] : offer)]);
      state.textContent = found.length ? `${found.length} found. Choose with the arrow keys and Enter.` : "Nothing has this name.";
    } catch (error) {
      if (signal.aborted) return;
      open([]);
      state.textContent = error.message;
    }
  }

  async function choose(entry) {
    const text = input.value.trim();
    close();
    const fact = entry.make ? await make(text) : entry;
    if (!fact) return input.focus();
    input.value = "";
    state.textContent = `${fact.name} is chosen.`;
    set(one ? [fact] : [...facts, fact]);
    if (one) chips.querySelector("button").focus();
    else input.focus();
    changed();
  }

  function set(chosen) {
    facts = chosen;
    chips.hidden = facts.length === 0;
    chips.replaceChildren(...facts.map(chip));
    input.parentElement.hidden = Boolean(one && facts.length);
  }

  function chip(fact) {
    const remove = () => {
      set(facts.filter((each) => each !== fact));
      state.textContent = `${fact.name} is not chosen any more.`;
      input.focus();
      changed();
    };
    const button = h("button", { type: "button", "aria-label": `Remove ${fact.name}`, "aria-describedby": describedby, onclick: remove }, "×");
    return h("li", { "data-id": fact.id, title: fact.id }, h("bdi", { class: "name" }, fact.name), button);
  }

  const KEYS = {
    ArrowDown: () => (options.length ? activate((active + 1) % options.length) : search()),
    ArrowUp: () => options.length && activate((active - 1 + options.length) % options.length),
    Enter: () => (active >= 0 ? choose(options[active]) : search()),
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      event.preventDefault();
      close();
    } else if (event.key === "Backspace" && !input.value && facts.length) {
      chips.lastElementChild.querySelector("button").click();
    } else if (KEYS[event.key] && !event.isComposing) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  input.addEventListener("blur", close);

  return {
    element,
    input,
    set,
    facts: () => facts,
    text: () => input.value.trim(),
    type: (text) => (input.value = text),
    focus: () => (input.parentElement.hidden ? chips.querySelector("button") : input).focus(),
  };
}

// A search for facts of some types, as a chooser asks it. `ask(document, variables, signal)` asks the server.
export function finder(ask, known, types) {
  const every = types.length === Object.keys(known.concepts).length;
  const of = every ? null : types.map((label) => known.concepts[label].type);
  return async (text, signal) => {
    if (!searched(text)) return [];
    const data = ID.test(text)
      ? await ask("explorer-name-facts", { ids: [text] }, signal)
      : await ask("explorer-find-facts", { text: searched(text), types: of }, signal);
    const facts = (data.search?.nodes ?? data.nodes).filter((fact) => fact && types.includes(fact.__typename));
    const chosen = facts.map((fact) => known.chosen(fact));
    const alike = ({ name }) => chosen.filter((each) => each.name === name).length > 1;
    return chosen.map((each, at) => ({ ...each, more: told(facts[at], types.length > 1, alike(each)) }));
  };
}

// As much of a text as a search takes.
const searched = (text) => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean).slice(0, MOST_WORDS).join(" ").slice(0, MOST_TEXT);

// What tells facts apart that are found together.
function told(fact, isOfSeveral, isAlike) {
  const said = [isOfSeveral && words(fact.__typename), when(fact.since), isAlike && fact.id];
  return said.filter(Boolean).join(", ");
}
