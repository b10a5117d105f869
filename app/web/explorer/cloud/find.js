// A field that finds a person of a cloud by name. In: a function that gives [{id, name}], what to do with an id. Out: an element.

import { fresh, h } from "../dom.js";

const MOST_OFFERED = 1_500;

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

// Who is meant: who has this very name, else who begins with it, else who has it somewhere. Pictures leave the mark of made-up
// people out of their names.
function meant(people, text) {
  const wanted = folded(text).replace(/ \(synthetic\)$/, "");
  const fits = [(name) => name === wanted, (name) => name.startsWith(wanted), (name) => name.includes(wanted)];
  for (const fit of fits) {
    const found = people.find(({ name }) => fit(folded(name).replace(/ \(synthetic\)$/, "")));
    if (found) return found;
  }
  return null;
}

export function findPerson(people, found) {
  const list = fresh("people");
  const said = h("span", { class: "faint", role: "status" });
  const input = h("input", { type: "search", list, autocomplete: "off", onfocus: offer });
  const options = h("datalist", { id: list });

  function offer() {
    const every = people();
    options.replaceChildren(...(every.length > MOST_OFFERED ? [] : every.map(({ name }) => h("option", { value: name }))));
  }

  function submitted(event) {
    event.preventDefault();
    if (!input.value.trim()) return;
    const one = meant(people(), input.value);
    said.textContent = one ? "" : "Nobody here has this name.";
    if (one) found(one.id);
  }

  return h("form", { class: "bar find", onsubmit: submitted }, h("label", {}, "Find a person", input), options, h("button", {}, "Find"), said);
}
