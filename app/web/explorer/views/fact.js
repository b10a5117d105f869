// Any fact by its id: what it says, what it is related to, and who says so.

import { h } from "../dom.js";
import { correct, isMadeUp, madeUp, named, sources, when, years } from "../facts.js";
import { about, capital, factHref, factLink, factList, kind, label, pairs, words } from "../labels.js";
import { empty } from "../states.js";

export const title = "Fact";

const TOLD = ["__typename", "id", "confidence", "marking", "note", "since", "until", "lastConfirmed", "recordedAt", "updatedAt", "rows", "sources"];
const TITLES = ["name", "title", "statement", "hypothesis", "subject", "indicator", "process"];
const PLURALS = { city: "cities", country: "countries", person: "people" };
const OWN_PAGES = { City: "the page of the city", Lesson: "the journey of the lesson", Practice: "the spread of the practice", Roster: "the cloud", Visit: "the page of the visit" };
// Lists whose field says little by itself.
const LISTS = {
  treatedIn: "Visits, programmes, lessons and uses about it",
  broader: "Part of the broader",
  narrower: "Narrower topics",
  heldBy: "Who held it",
  names: "Places that it names",
  judges: "What it judges",
  against: "Measured against",
  leads: "Projects that it leads",
  follows: "Projects in which it follows",
  tries: "What it tries",
  became: "What it became",
  blocks: "What it stands in the way of",
  solves: "Problems that it solves",
  heldIn: "Where it was held",
  takenIn: "Where it was taken",
  takenOn: "What it was taken on",
  represents: "Councils where they speak for somebody",
  champions: "Projects that they champion",
};
const TEXTS = ["summary", "definition", "mandate", "evidence", "rule", "reform", "wording", "caution"];

export async function show(pane) {
  const id = pane.args.id;
  const { read, near } = (id && (await asked(pane, id))) || {};
  if (!read) return void pane.box.replaceChildren(none(pane, id));
  const fact = { ...near, ...read };
  const page = OWN_PAGES[fact.__typename];
  pane.entitle(label(fact));
  pane.box.replaceChildren(
    ...[
      h("p", { class: "faint" }, kind(fact), isMadeUp(fact) && [" ", madeUp()]),
      isMadeUp(fact) && h("p", { class: "note" }, "This fact is made up to show how the platform works. It says nothing about real people or cities."),
      page && h("p", {}, h("a", { href: factHref(pane, fact) }, `More is on ${page}`), "."),
      pairs([["When", fact.since || fact.until ? years(fact.since, fact.until) : null], ...own(pane, read)]),
      h("h2", {}, "Related"),
      ...related(pane, near),
      h("h2", {}, "Who says so"),
      sources(fact.sources),
      correct(pane, fact.__typename, fact),
      h("h2", {}, "About this record"),
      about(fact),
    ].filter(Boolean),
  );
}

// There is a document for each kind of fact, which an id begins with; a kind that does not exist has none.
export function documents(id) {
  const prefix = id.split("/")[0];
  const plural = PLURALS[prefix] ?? `${prefix}s`;
  return [`explorer-read-${plural}`, `explorer-related-${plural}`];
}

async function asked(pane, id) {
  try {
    const [read, near] = await Promise.all(documents(id).map((name) => pane.ask(name, { id })));
    return { read: read.fact, near: near.fact };
  } catch (error) {
    if (error.code === "DOCUMENT_NOT_TRUSTED" || error.code === "BAD_USER_INPUT") return null;
    throw error;
  }
}

const none = (pane, id) =>
  empty(
    id ? `No fact has the id ${id}, or you may not see it.` : "Which fact? Give its id in the address, or search for it.",
    h("a", { href: pane.href("search") }, "Search for facts"),
  );

// The values of its kind of fact, in the order of the model.
function own(pane, fact) {
  const others = Object.entries(fact).filter(([field]) => !TOLD.includes(field) && !TITLES.includes(field));
  return others.map(([field, value]) => [capital(words(field)), shown(pane, field, value)]);
}

function shown(pane, field, value) {
  if (value === null || value === "") return null;
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return field.toLowerCase().includes("year") ? String(value) : value.toLocaleString();
  if (typeof value !== "object") return text(field, value);
  if (value.id) return factLink(pane, value);
  if (value.text) return when(value);
  if ("amount" in value) return `${Number(value.amount).toLocaleString()} ${value.currency}`;
  if ("latitude" in value) return `${value.latitude}, ${value.longitude}`;
  return null;
}

function text(field, value) {
  if (/^https?:\/\//i.test(value)) return h("a", { href: value, rel: "noreferrer noopener", target: "_blank" }, value);
  if (!TEXTS.includes(field) && /^[A-Z][A-Z0-9_]+$/.test(value) && !/iso|id/i.test(field)) return words(value);
  return named(value);
}

function* related(pane, near) {
  let any = false;
  for (const [field, value] of Object.entries(near)) {
    const list = value?.edges ? value.edges.map(({ node }) => node) : value?.id ? [value] : [];
    if (list.length === 0) continue;
    const total = value.totalCount ?? 1;
    any = true;
    yield h("h3", {}, total > 1 ? `${LISTS[field] ?? capital(words(field))} (${total})` : (LISTS[field] ?? capital(words(field))));
    yield factList(pane, list, total);
  }
  if (!any) yield h("p", {}, "Nothing that you may see is related to it.");
}
