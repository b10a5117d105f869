// A number that opens: what it means, how it was computed, on what, and the GraphQL that gives it.

import { documentText } from "./api.js";
import { copier, fresh, h } from "./dom.js";

const digits = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 });

export function written(value) {
  if (value === null || value === undefined) return "not known";
  return typeof value === "number" ? digits.format(value) : String(value);
}

export const percent = (share) => (share === null || share === undefined ? null : `${Math.round(share * 100)} %`);

// What a number of a network was computed on, as pairs of a word and its value.
export function basis(on) {
  if (!on) return [];
  const wave = [on.waveName, on.date].filter(Boolean).join(", ");
  return [
    ["People (n)", on.people],
    ["Ties", on.ties],
    ["Wave", wave || null],
    ["Asked, answered", on.invited === null || on.invited === undefined ? null : `${on.invited}, ${on.answered ?? "not known"}`],
    ["Response rate", percent(on.responseRate)],
    ["Kind of tie", on.layer],
    ["Direction", on.direction],
    ["Who is listed", on.rule],
    ["Computed by", on.libraries?.join(", ")],
    ["Data", on.synthetic ? "made up" : null],
    ["Be careful", on.caution],
  ].filter(([, value]) => value !== null && value !== undefined && value !== "");
}

// `says` is the meaning in one line, `how` the computation, `on` the basis of a network or pairs, `source` elements.
export function number({ value, name, says, how, on, source, document: id, variables }) {
  const open = () => shown({ value, name, says, how, on, source, id, variables }).showModal();
  const label = `${name}: ${written(value)}. What is this?`;
  return h("button", { type: "button", class: "figure-number", "aria-label": label, "aria-haspopup": "dialog", onclick: open }, written(value));
}

function shown({ value, name, says, how, on, source, id, variables }) {
  const heading = fresh("number");
  const pairs = Array.isArray(on) ? on : basis(on);
  const made = h(
    "dialog",
    { class: "number", "aria-labelledby": heading, onclose: () => made.remove(), onclick: (event) => event.target === made && made.close() },
    h("h2", { id: heading }, `${name}: ${written(value)}`),
    says && h("p", { class: "says" }, says),
    how && [h("h3", {}, "How it is computed"), h("p", {}, how)],
    pairs.length > 0 && [h("h3", {}, "On what"), h("dl", {}, pairs.map(([word, said]) => [h("dt", {}, word), h("dd", {}, String(said))]))],
    source && [h("h3", {}, "Source"), source],
    id && question(id, variables),
    h("form", { method: "dialog" }, h("button", {}, "Close")),
  );
  document.body.append(made);
  return made;
}

function question(id, variables) {
  const text = h("pre", { tabindex: "0", "aria-label": "GraphQL" }, "Loading …");
  documentText(id).then(
    (said) => (text.textContent = `${said.trim()}\n\n# variables\n${JSON.stringify(variables ?? {}, null, 2)}`),
    (error) => (text.textContent = error.message),
  );
  return [h("h3", {}, "The GraphQL that gives it"), text, copier("Copy", () => text.textContent)];
}
