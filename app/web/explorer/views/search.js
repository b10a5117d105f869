// Search over everything. The box at the top asks while one types; arrows walk the hits, Enter opens one.

import { h } from "../dom.js";
import { isMadeUp, madeUp, named, when } from "../facts.js";
import { factHref, kinds, label } from "../labels.js";
import { empty, loading, broken } from "../states.js";
import { count } from "../words.js";

export const title = "Search";

const PAUSE = 250;
const PAGE = 60;
const FIRST = ["City", "Practice", "Topic", "Lesson", "Visit", "Programme", "Roster", "Person", "Organization", "Council", "Project"];
const HINT = "Type words into the search box. Capitals and accents do not count, and a word need not be complete.";
const box = () => document.getElementById("search");

export async function show(pane) {
  const state = { asked: 0 };
  const hits = h("div", { class: "hits" });
  const told = h("p", { class: "told" });
  pane.box.replaceChildren(told, hits);
  pane.element.addEventListener("keydown", (event) => walked(event, hits), { signal: pane.signal });
  if (pane.number === 0) typed(pane, state, told, hits);
  await found(pane, state, told, hits);
}

// The box at the top is that of the first pane.
function typed(pane, state, told, hits) {
  const input = box();
  if (document.activeElement !== input) input.value = pane.args.q ?? "";
  let timer = null;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      pane.keep({ q: input.value.trim() });
      found(pane, state, told, hits).catch((error) => pane.signal.aborted || hits.replaceChildren(broken(error, later)));
    }, PAUSE);
  };
  input.addEventListener("input", later, { signal: pane.signal });
  input.addEventListener("keydown", (event) => event.key === "ArrowDown" && step(event, hits, 1), { signal: pane.signal });
  pane.signal.addEventListener("abort", () => clearTimeout(timer));
}

async function found(pane, state, told, hits) {
  const text = (pane.args.q ?? "").trim();
  const turn = (state.asked += 1);
  pane.entitle(text ? `Search: ${text}` : title);
  if (!text) {
    told.textContent = HINT;
    return hits.replaceChildren();
  }
  if (!hits.hasChildNodes()) hits.replaceChildren(loading("Searching …"));
  const { search } = await pane.ask("explorer-search", { text, first: PAGE });
  if (turn !== state.asked || pane.signal.aborted) return;
  told.textContent = search.totalCount ? `${count(search.totalCount, "fact")}. Arrow keys walk, Enter opens.` : "";
  pane.say(search.totalCount ? `${count(search.totalCount, "fact")} found.` : "Nothing is found.");
  if (search.totalCount === 0) return hits.replaceChildren(nothing(pane, text));
  const edges = [...search.edges];
  draw(pane, hits, edges);
  if (search.pageInfo.hasNextPage) hits.append(more(pane, text, edges, search, hits));
}

const nothing = (pane, text) =>
  empty(
    `Nothing has all the words of “${text}”. Each word must begin a word of a name, a title, a statement or a summary.`,
    pane.synthetic ? null : h("a", { href: pane.href("search", { q: text, synthetic: "true" }) }, "Search made-up facts too"),
  );

function more(pane, text, edges, search, hits) {
  let after = search.pageInfo.endCursor;
  const button = h("button", { type: "button" }, `Show more of ${search.totalCount.toLocaleString()}`);
  const wrong = h("span", { class: "wrong", role: "alert" });
  const place = h("p", { class: "saving" }, button, wrong);
  const refused = (error) => void (pane.signal.aborted || (wrong.textContent = error.message));
  button.addEventListener("click", async () => {
    button.disabled = true;
    wrong.textContent = "";
    const next = await pane.ask("explorer-search", { text, first: PAGE, after }).then(({ search: found }) => found, refused);
    button.disabled = false;
    if (!next) return;
    const first = next.edges[0]?.node.id;
    edges.push(...next.edges);
    after = next.pageInfo.endCursor;
    draw(pane, hits, edges);
    if (next.pageInfo.hasNextPage) hits.append(place);
    pane.say(`${count(edges.length, "fact")} shown.`);
    [...links(hits)].find((link) => link.dataset.id === first)?.focus();
  });
  return place;
}

function draw(pane, hits, edges) {
  hits.replaceChildren(
    ...grouped(pane.args.q, edges).map(([type, list]) => h("section", {}, h("h2", {}, `${kinds(type)} (${list.length})`), h("ul", {}, list.map((edge) => hit(pane, edge))))),
  );
}

// Hits by kind: first the kind of a hit that is exactly what was asked for, then kinds that have pages of their own.
function grouped(text, edges) {
  const groups = new Map();
  for (const edge of edges) groups.set(edge.node.__typename, [...(groups.get(edge.node.__typename) ?? []), edge]);
  const [best] = edges;
  const exact = folded(label(best.node)) === folded(text) ? best.node.__typename : null;
  const place = (type) => (type === exact ? -1 : FIRST.includes(type) ? FIRST.indexOf(type) : type === "Source" ? FIRST.length + 1 : FIRST.length);
  return [...groups].sort(([one], [other]) => place(one) - place(other));
}

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

function hit(pane, { node, highlights }) {
  const name = label(node);
  const own = highlights.find(({ text }) => name.startsWith(text));
  const other = highlights.filter((each) => each !== own);
  const where = node.country?.name ?? node.city?.name ?? node.learnedBy?.name;
  const about = [where, when(node.since)].filter(Boolean).join(", ");
  return h(
    "li",
    {},
    h("a", { href: factHref(pane, node), "data-id": node.id }, own ? [marked(own), name.slice(own.text.length)] : named(name)),
    about && h("span", { class: "faint" }, " ", named(about)),
    isMadeUp(node) && [" ", madeUp()],
    other.map((each) => h("p", { class: "faint" }, marked(each))),
  );
}

// A text with the words that were found; places are counted in characters, of which some take two units of a string.
function marked({ text, ranges }) {
  const letters = [...text];
  const made = [];
  let at = 0;
  for (const { start, end } of ranges) {
    made.push(letters.slice(at, start).join(""), h("mark", {}, letters.slice(start, end).join("")));
    at = end;
  }
  return h("bdi", {}, made, letters.slice(at).join(""));
}

const links = (hits) => hits.querySelectorAll("a[data-id], button");

function walked(event, hits) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, dialog")) return;
  if (event.key === "ArrowDown") step(event, hits, 1);
  else if (event.key === "ArrowUp") step(event, hits, -1);
  else if (event.key === "Home" || event.key === "End") land(event, [...links(hits)].at(event.key === "Home" ? 0 : -1));
  else if (event.key === "Escape") land(event, box());
}

// From the first hit, up leads back to the box.
function step(event, hits, by) {
  const every = [...links(hits)];
  const at = every.indexOf(document.activeElement);
  land(event, at + by < 0 ? box() : (every[at + by] ?? every[at]));
}

function land(event, element) {
  if (!element) return;
  event.preventDefault();
  element.focus();
}
