// What a fact is called, of what kind it is, and which page shows it. In: a fact with `__typename`. Out: texts, addresses, links.

import { h } from "./dom.js";
import { isMadeUp, madeUp, named, when } from "./facts.js";

const PAGES = {
  City: (pane, id) => ["city", { id }],
  Lesson: (pane, id) => ["lesson", { id }],
  Practice: (pane, id) => ["practice", { id }],
  Roster: (pane, id) => ["cloud", { roster: id }],
  Visit: (pane, id) => ["visit", { id }],
};
const KINDS = { Roster: "Cloud of a city's leaders", Adoption: "Use of a practice", Wave: "Survey wave", Person: "Person" };
const PLURALS = { City: "Cities", Country: "Countries", Person: "People", Adoption: "Uses of practices", Roster: "Clouds of leaders" };
const NAMES = ["name", "title", "statement", "hypothesis", "subject", "indicator", "process"];

// `NOT_MET` and `costPerDelegate` in words.
export function words(text) {
  const apart = String(text ?? "").replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ");
  return apart.toLowerCase();
}

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const kind = (fact) => KINDS[fact.__typename] ?? capital(words(fact.__typename));

export const kinds = (type) => PLURALS[type] ?? `${capital(words(type))}s`;

export function label(fact) {
  const own = NAMES.map((name) => fact[name]).find(Boolean);
  return own ?? described(fact) ?? fact.id;
}

function described(fact) {
  const where = fact.city?.name ?? fact.statedBy?.name;
  if (fact.__typename === "Adoption") return [fact.localName ?? fact.practice?.name ?? "A practice", where && `in ${where}`].filter(Boolean).join(" ");
  if (fact.__typename === "Evaluation") return `${capital(words(fact.judgement))}${fact.judge ? `, as judged by ${fact.judge}` : ""}`;
  if (fact.__typename === "Measurement") return [fact.metric?.name ?? "A value", fact.value ?? null].filter((each) => each !== null).join(": ");
  if (fact.__typename === "ExchangeStatement") return `${where ?? "A city"} says: ${words(fact.relation)} ${fact.counterpart ?? ""}`.trim();
  if (fact.__typename === "Effort") return `Effort of ${where ?? "a city"}`;
  return null;
}

const typed = (fact) => fact.__typename ?? capital(fact.id.split("/")[0]);

// The address of the page that shows a fact; a made-up fact is shown only where made-up facts are.
export function factHref(pane, fact) {
  const [view, args] = PAGES[typed(fact)]?.(pane, fact.id) ?? ["fact", { id: fact.id }];
  return pane.href(view, isMadeUp(fact) ? { ...args, synthetic: "true" } : args);
}

export function factLink(pane, fact, text) {
  const link = h("a", { href: factHref(pane, fact) }, named(text ?? label(fact)));
  return isMadeUp(fact) ? [link, " ", madeUp()] : link;
}

// Links to several facts in a line; what there is more is counted.
export function factLinks(pane, list, total = list.length) {
  const links = list.flatMap((fact, at) => [at ? ", " : null, factLink(pane, fact)]);
  return total > list.length ? [...links, ` and ${total - list.length} more`] : links;
}

// A list of facts, one a line, with their dates.
export function factList(pane, list, total = list.length) {
  const items = list.map((fact) => h("li", {}, factLink(pane, fact), fact.since?.text ? h("span", { class: "faint" }, ` ${when(fact.since)}`) : null));
  return h("ul", {}, items, total > list.length && h("li", { class: "faint" }, `and ${total - list.length} more`));
}

// Pairs of a word and what it says; pairs that say nothing are left out.
export function pairs(list) {
  const said = list.filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false && !(Array.isArray(value) && value.length === 0));
  return said.length ? h("dl", {}, said.map(([word, value]) => [h("dt", {}, word), h("dd", {}, value)])) : null;
}

export const CONFIDENCE = {
  VERIFIED: "read in the cited source",
  PARTLY: "partly inferred; the note says which part",
  REPORTED: "stated by a text that gives no source of its own",
  UNVERIFIED: "not checked",
  SYNTHETIC: "made up to show how the platform works",
  INFERRED: "derived from other facts by a rule",
};
export const MARKING = {
  CLEAR: "everybody",
  GREEN: "members of the exchange",
  AMBER: "members of the cities that hold the fact",
  RED: "the stewards of the one city that holds the fact",
};

// What every fact says about itself.
export function about(fact) {
  const rows = fact.rows?.length ? fact.rows.join(", ") : null;
  return pairs([
    ["How sure it is", CONFIDENCE[fact.confidence] ?? words(fact.confidence)],
    ["Who may see it", MARKING[fact.marking] ?? words(fact.marking)],
    ["Last seen to hold", when(fact.lastConfirmed)],
    ["Note", fact.note],
    ["Recorded", fact.recordedAt?.slice(0, 10)],
    ["Changed", fact.updatedAt?.slice(0, 10) === fact.recordedAt?.slice(0, 10) ? null : fact.updatedAt?.slice(0, 10)],
    ["Rows of data files", rows],
    ["Id", h("code", {}, fact.id)],
  ]);
}
