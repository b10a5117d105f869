// Any fact by its id: what it says, what it is related to, and who says so.

import { h } from "../dom.js";
import { isMadeUp, madeUp, named, sources, years } from "../facts.js";
import { about, capital, factHref, factLink, factList, kind, label, pairs, words } from "../labels.js";
import { empty } from "../states.js";

export const title = "Fact";

const TOLD = ["__typename", "id", "confidence", "marking", "note", "since", "until", "lastConfirmed", "recordedAt", "updatedAt", "rows", "sources"];
const TITLES = ["name", "title", "statement", "hypothesis", "subject", "indicator", "process"];
const OWN_PAGES = { City: "the page of the city", Lesson: "the journey of the lesson", Practice: "the spread of the practice", Roster: "the cloud", Visit: "the page of the visit" };
const LEADING = ["barrier", "cloud-report", "council", "experiment", "idea", "innovation-plan", "meeting", "office", "organization", "partnership", "person", "problem", "procurement-route", "project", "roster", "wave"];
// Lists whose field says little by itself.
const LISTS = {
  treatedIn: "Visits, programmes, lessons and uses about it",
  broader: "Part of the broader",
  narrower: "Narrower topics",
  holders: "Who held it",
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
  const [fact] = id ? (await pane.ask("explorer-fact", { id })).nodes : [];
  if (!fact) return void pane.box.replaceChildren(none(pane, id));
  pane.entitle(label(fact));
  const near = h("section", { "aria-busy": "true" }, h("h2", {}, "Related"), h("p", {}, "Loading …"));
  const page = OWN_PAGES[fact.__typename];
  pane.box.replaceChildren(
    ...[
      h("p", { class: "faint" }, kind(fact), isMadeUp(fact) && [" ", madeUp()]),
      isMadeUp(fact) && h("p", { class: "note" }, "This fact is made up to show how the platform works. It says nothing about real people or cities."),
      page && h("p", {}, h("a", { href: factHref(pane, fact) }, `More is on ${page}`), "."),
      pairs([["When", fact.since || fact.until ? years(fact.since, fact.until) : null], ...own(pane, fact)]),
      near,
      h("h2", {}, "Who says so"),
      sources(fact.sources),
      h("h2", {}, "About this record"),
      about(fact),
    ].filter(Boolean),
  );
  await relate(pane, id, near);
}

const none = (pane, id) =>
  empty(
    id ? `No fact has the id ${id}, or you may not see it.` : "Which fact? Give its id in the address, or search for it.",
    h("a", { href: pane.href("search") }, "Search for facts"),
  );

// The values of its kind of fact, in the order of the document. `kindOfEvent` is `kind`: one document asks for all kinds.
function own(pane, fact) {
  const others = Object.entries(fact).filter(([field]) => !TOLD.includes(field) && !TITLES.includes(field));
  return others.map(([field, value]) => {
    const plain = field.endsWith(`Of${fact.__typename}`) ? field.slice(0, -2 - fact.__typename.length) : field;
    return [capital(words(plain)), shown(pane, plain, value)];
  });
}

function shown(pane, field, value) {
  if (value === null || value === "") return null;
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return field.toLowerCase().includes("year") ? String(value) : value.toLocaleString();
  if (typeof value !== "object") return text(field, value);
  if (value.id) return factLink(pane, value);
  if (value.text) return value.text;
  if ("amount" in value) return `${Number(value.amount).toLocaleString()} ${value.currency}`;
  if ("latitude" in value) return `${value.latitude}, ${value.longitude}`;
  if ("earliest" in value) return lag(value);
  return null;
}

const lag = ({ earliest, latest }) => (earliest === latest ? `${earliest}` : `${earliest ?? "open"} to ${latest ?? "open"}`);

function text(field, value) {
  if (/^https?:\/\//i.test(value)) return h("a", { href: value, rel: "noreferrer noopener", target: "_blank" }, value);
  if (!TEXTS.includes(field) && /^[A-Z][A-Z0-9_]+$/.test(value) && !/iso|id/i.test(field)) return words(value);
  return named(value);
}

async function relate(pane, id, box) {
  const document = LEADING.includes(id.split("/")[0]) ? "explorer-related-leading" : "explorer-related-learning";
  const [fact] = (await pane.ask(document, { id })).nodes;
  const lists = Object.entries(fact ?? {}).filter(([, list]) => list?.nodes?.length);
  const parts = lists.flatMap(([field, list]) => [h("h3", {}, `${LISTS[field] ?? capital(words(field))} (${list.totalCount})`), factList(pane, list.nodes, list.totalCount)]);
  box.removeAttribute("aria-busy");
  box.replaceChildren(h("h2", {}, "Related"), ...(parts.length ? parts : [h("p", {}, "Nothing that this page lists is related to it.")]));
}
