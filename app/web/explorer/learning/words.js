// How facts about learning are put into words. In: values of the API. Out: texts and small elements.

import { h } from "../dom.js";
import { isMadeUp, madeUp, named, sourceLink } from "../facts.js";
import { count } from "../words.js";

export const STAGES = [
  ["EXPLORED", "explored", "The city looked for it and saw it."],
  ["ACQUIRED", "acquired", "The city took it home."],
  ["UTILISED", "utilised", "The city put it to use."],
  ["INTERNALISED", "internalised", "It has become the usual way of doing things."],
];

const SAID = {
  VERIFIED: "read in the cited source",
  PARTLY: "partly inferred",
  REPORTED: "reported by a text without a source of its own",
  UNVERIFIED: "not checked",
  INFERRED: "derived from other facts by a rule",
  SYNTHETIC: "made up",
};

// A choice of the API as words: `NOT_MET` is "not met".
export const said = (choice) => (choice ? (SAID[choice] ?? choice.toLowerCase().replaceAll("_", " ")) : "not stated");

const OF_USE = {
  PROPOSED: "proposed, no source says that it was used",
  EXPERIMENT: "on trial",
  RUNNING: "in use",
  ENDED: "no longer in use",
};

export const statusOf = (use) => OF_USE[use.status] ?? said(use.status);

export const badge = (fact) => (isMadeUp(fact) ? [" ", madeUp()] : null);

export function stageBadge(stage) {
  const known = STAGES.find(([id]) => id === stage);
  return h("span", { class: "stage", title: known?.[2] ?? null }, known ? `Stage: ${known[1]}` : "Stage: not stated");
}

const VIEWS = { City: "city", Lesson: "lesson", Practice: "practice", Visit: "visit" };

// A link to the page of a fact if it has one, else its name.
export function factLink(pane, fact) {
  const view = VIEWS[fact.__typename];
  const text = named(fact.name ?? fact.title ?? fact.statement ?? fact.id);
  return view ? h("a", { href: pane.href(view, { id: fact.id }) }, text) : text;
}

export const cityOf = (pane, city) => factLink(pane, { __typename: "City", ...city });
export const practiceOf = (pane, practice) => factLink(pane, { __typename: "Practice", ...practice });

// Elements with commas between them, or a text if there are none.
export function listed(items, otherwise = "not known") {
  if (items.length === 0) return otherwise;
  return items.flatMap((item, at) => (at ? [", ", item] : [item]));
}

export function lag(years) {
  if (!years) return "";
  const { earliest, latest, stated } = years;
  const [least, most] = [earliest ?? latest, latest ?? earliest];
  if (least === null || least === undefined) return "";
  const open = earliest === null ? "at most " : latest === null ? "at least " : "";
  const words = least === most ? `${open}${count(least, "year")}` : `${least} to ${most} years`;
  return stated ? `${words}, as a text says` : words;
}

// Says that a list is longer than what is shown.
export const further = (shown, total, ...link) =>
  total > shown ? h("p", { class: "faint" }, `Shown: ${shown} of ${total}. `, link) : null;

// The sources of a row: a link each.
export const sourceCell = (list) => (list.length ? list.map((source) => h("div", {}, sourceLink(source))) : "none is stated");
