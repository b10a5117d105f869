// What a pane shows while there is nothing else to show. In: words, or an error. Out: an element.

import { h } from "./dom.js";

const HEADINGS = {
  NOT_FOUND: "Not found",
  UNAUTHENTICATED: "Your token is not accepted",
  FORBIDDEN: "You may not do this",
  NO_ANSWER: "The server does not answer",
  TIMEOUT: "This took too long",
  OVERLOADED: "The server is busy",
  UNAVAILABLE: "The server is not ready",
};
const HINTS = {
  NOT_FOUND: "A token for more rights is set at the top, and whether made-up data is shown.",
  UNAUTHENTICATED: "It may have expired. Put a new token into the field at the top, or empty the field to look without one.",
  FORBIDDEN: "A token with more rights is set at the top. Who gives them is said in docs/access-keys.md.",
};
const REFUSALS = ["NOT_FOUND", "UNAUTHENTICATED", "FORBIDDEN"];

// Says how long it has lasted, from the second second on.
export function loading(words, cancel) {
  const time = h("span", { class: "time", "aria-hidden": "true" });
  const made = h(
    "div",
    { class: "state loading" },
    h("p", { role: "status" }, words),
    h("progress", { "aria-label": words }),
    time,
    cancel && h("button", { type: "button", onclick: cancel }, "Cancel"),
  );
  const begun = performance.now();
  const timer = setInterval(() => {
    if (!made.isConnected) clearInterval(timer);
    else time.textContent = `${Math.round((performance.now() - begun) / 1000)} s`;
  }, 1000);
  return made;
}

export const empty = (words, ...actions) => h("div", { class: "state empty" }, h("p", {}, words), actions);

export const refused = (error) => failure(error, HINTS[error.code]);

export function broken(error, again) {
  const button = again && h("button", { type: "button", onclick: again }, "Try again");
  return failure(error, HINTS[error.code], button);
}

export const isRefusal = (error) => REFUSALS.includes(error.code);

function failure(error, hint, ...actions) {
  return h(
    "div",
    { class: "state broken", role: "alert" },
    h("p", { class: "what" }, HEADINGS[error.code] ?? "This did not work"),
    h("p", {}, error.message),
    hint && h("p", {}, hint),
    actions,
  );
}
