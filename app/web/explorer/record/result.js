// What became of a form. In: the place where it is said. Out: nothing; the focus moves there.

import { h } from "../dom.js";
import { words } from "./model.js";
import { outcome } from "./send.js";

function told(place, attributes, ...children) {
  const made = h("div", { tabindex: "-1", ...attributes }, children);
  place.replaceChildren(made);
  made.focus();
  return made;
}

export function failed(place, error, hint) {
  told(place, { class: "state broken", role: "alert" }, h("p", { class: "what" }, "It was not recorded"), h("p", {}, error.message), h("p", {}, hint));
}

export function stale(place, rebase) {
  told(
    place,
    { class: "state broken", role: "alert" },
    h("p", { class: "what" }, "Somebody else has changed it since you opened it"),
    h("p", {}, "Nothing was overwritten, and what you typed is kept. Take over what is stored now, look through the form, and send it again."),
    h("button", { type: "button", onclick: rebase }, "Take over what is stored now"),
  );
}

// After a write the form is gone from the page: it is either recorded or a draft.
export function done({ pane, kind, basis }, written) {
  const link = (words, args) => h("a", { href: pane.href("record", args) }, words);
  const name = words(kind.name).toLowerCase();
  const [node] = written.nodes ?? [];
  const { draft } = written;
  const next = draft
    ? [link("Look at the draft", { part: "drafts", draft: draft.id })]
    : [node && link(`Open the ${name} again`, { of: kind.name, id: node.id })];
  const heading = draft ? "Saved as a draft" : basis.fact ? "The correction is recorded" : "Recorded";
  const box = h("div", { class: "result" });
  pane.box.querySelector("form.record").replaceWith(box);
  pane.box.querySelectorAll(".recorded, .removal, .note").forEach((each) => each.remove());
  told(
    box,
    { class: "state", "data-result": draft ? "draft" : "recorded" },
    h("h2", {}, heading),
    h("p", {}, draft ? `It would make ${outcome(written)}. Somebody who may write it can accept it.` : `${outcome(written)}.`),
    draft && written.problems.length > 0 && h("p", { class: "wrong" }, `It cannot be accepted as it is: ${written.problems.map(({ message }) => message).join(" ")}`),
    h("ul", {}, [...next, link(`Record another ${name}`, { of: kind.name }), link("What else can be recorded", {})].filter(Boolean).map((each) => h("li", {}, each))),
  );
  pane.say(heading);
}
