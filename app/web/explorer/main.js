// The shell of all pages: it keeps the address and the panes the same, and what stands around them.

import { address, decoded, merged, panes, same } from "./address.js";
import { ApiError, NO_ANSWER } from "./api.js";
import { h } from "./dom.js";
import { keepToken } from "../token.js";
import { Pane } from "./pane.js";

const VIEWS = JSON.parse(document.body.dataset.views);
const main = document.querySelector("main");
const live = document.getElementById("live");
const search = document.getElementById("search");
const synthetic = document.getElementById("synthetic");
const token = document.getElementById("token");
let shown = [];

const shell = {
  module: (view) => (VIEWS.includes(view) ? import(`./views/${view}.js`).catch(unread) : null),
  say(text) {
    live.textContent = "";
    requestAnimationFrame(() => (live.textContent = text));
  },
  entitled() {
    document.title = [...shown.map((pane) => pane.heading.textContent), "citygraph"].filter(Boolean).join(" – ");
  },
  shown(pane) {
    shell.entitled();
    shell.say(`${pane.heading.textContent} is shown.`);
    compare();
  },
  changed(pane, args, { again }) {
    const states = shown.map((each) => (each === pane ? { view: pane.view, args } : each));
    if (again) go(states);
    else history.replaceState(null, "", address(states));
    if (!again) marked();
  },
};

// A module that cannot be loaded is said like an answer that does not come; one that is wrong is an error of ours.
function unread(error) {
  throw error instanceof TypeError ? new ApiError("NO_ANSWER", NO_ANSWER) : error;
}

// Shows the panes of an address; a pane that stays the same is left alone.
function render() {
  const wanted = panes(new URL(location.href));
  const before = shown;
  shown = wanted.map((state, number) => {
    const old = before[number];
    return old && same(old, state) ? old : new Pane(number, state, shell);
  });
  for (const pane of before) if (!shown.includes(pane)) pane.leave();
  main.replaceChildren(...shown.map((pane) => pane.element));
  compare();
  main.classList.toggle("two", shown.length > 1);
  for (const pane of shown) tools(pane);
  for (const pane of shown) if (!before.includes(pane)) pane.show();
  marked();
  shell.entitled();
  return shown.filter((pane) => !before.includes(pane));
}

// What differs between two panes of one view, in sentences of the view.
function compare() {
  main.querySelector(".compared")?.remove();
  const [one, other] = shown;
  if (!other?.result || !one.result || one.view !== other.view || !one.compare) return;
  const sentences = one.compare(one.result, other.result);
  if (sentences.length === 0) return;
  const items = sentences.map((said) => h("li", {}, said));
  main.prepend(h("section", { class: "compared", "aria-labelledby": "compared" }, h("h2", { id: "compared" }, "Side by side"), h("ul", {}, items)));
}

function marked() {
  synthetic.checked = shown[0].synthetic;
  for (const link of document.querySelectorAll("nav a")) {
    const current = panes(new URL(link.href))[0].view === shown[0].view;
    if (current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function tools(pane) {
  const beside = () => go([pane, { view: pane.view, args: { ...pane.args } }]);
  const close = () => go(shown.filter((each) => each !== pane));
  pane.tools.replaceChildren(
    h("button", { type: "button", onclick: shown.length > 1 ? close : beside }, shown.length > 1 ? "Close this side" : "Show another beside it"),
    ...(pane === shown[1] ? [searchOf(pane)] : []),
  );
}

// The box of the second side; that of the first is at the top.
function searchOf(pane) {
  const words = "Search on this side";
  const input = h("input", { type: "search", "aria-label": words, placeholder: words, autocomplete: "off", value: pane.view === "search" ? (pane.args.q ?? "") : "" });
  const submitted = (event) => {
    event.preventDefault();
    searched(pane, input.value);
  };
  return h("form", { role: "search", "aria-label": words, class: "search", onsubmit: submitted }, input, h("button", {}, "Search"));
}

// Shows a search in place of one side, and leaves the other as it is.
function searched(pane, text) {
  const search = { view: "search", args: merged({ synthetic: pane.args.synthetic }, { q: text.trim() }) };
  go(shown.map((each) => (each === pane ? search : each)));
}

function go(states) {
  const to = address(states);
  if (to !== location.pathname + location.search) history.pushState(null, "", to);
  turned(shown.length > 1);
}

// Shows what the address says, with the focus on the heading of what is new.
function turned(preventScroll) {
  const [first = shown[0]] = render();
  first.heading.focus({ preventScroll });
}

// A link of a pane changes that pane; with a key that opens a new tab, the browser does what it does.
function followed(event) {
  const link = event.target.closest?.("a[href^='/explore/']");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  event.preventDefault();
  const within = shown.find((pane) => pane.element.contains(link));
  const to = panes(new URL(link.href));
  if (!within || to.length > 1) return go(kept(to));
  go(shown.map((pane) => (pane === within ? to[0] : pane)));
}

// Links outside of the panes keep whether made-up facts are shown.
const kept = (states) => states.map(({ view, args }) => ({ view, args: merged({ synthetic: shown[0].args.synthetic }, args) }));

function keyed(event) {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  const box = shown[1]?.element.contains(event.target) ? shown[1].tools.querySelector("input") : search;
  box.focus();
  box.select();
}

// `#token=…` is how `citygraph up` hands the token over; it leaves the address at once.
function tokenOfAddress() {
  const given = /^#token=(.+)$/.exec(location.hash);
  if (!given) return;
  sessionStorage.setItem("citygraph.token", decoded(given[1]));
  history.replaceState(null, "", location.pathname + location.search);
}

tokenOfAddress();
keepToken(token);
token.form.addEventListener("submit", (event) => {
  event.preventDefault();
  for (const pane of shown) pane.show();
  shell.say("The token is used from now on.");
});
synthetic.addEventListener("change", () => {
  const value = synthetic.checked ? "true" : null;
  go(shown.map(({ view, args }) => ({ view, args: merged(args, { synthetic: value }) })));
});
search.form.addEventListener("submit", (event) => {
  event.preventDefault();
  searched(shown[0], search.value);
});
document.addEventListener("click", followed);
document.addEventListener("keydown", keyed);
// The browser itself scrolls to where one was.
addEventListener("popstate", () => turned(true));
render();
main.removeAttribute("aria-busy");
