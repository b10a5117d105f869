// A visit: who travelled and who received, what it was for, whether that was met, and what came of it.

import { h } from "../dom.js";
import { correct, isMadeUp, madeUp, named, sources, when, years } from "../facts.js";
import { about, capital, factHref, factLink, factLinks, factList, label, pairs, words } from "../labels.js";
import { empty } from "../states.js";
import { count } from "../words.js";

export const title = "Visit";

const STATUS = {
  HELD: "It took place.",
  PLANNED: "It was planned; nothing confirms that it took place.",
  CANCELLED: "It was called off.",
  UNKNOWN: "The source does not say whether it took place.",
};
const JUDGED = { MET: "Met", PARTLY: "Met in part", NOT_MET: "Not met", UNKNOWN: "Not known whether it was met" };

export async function show(pane) {
  const id = pane.args.id;
  const { visit } = id ? await pane.ask("explorer-visit", { id }) : {};
  if (!visit) return void pane.box.replaceChildren(none(pane));
  pane.entitle(visit.title);
  pane.box.replaceChildren(
    ...[isMadeUp(visit) && h("p", { class: "note" }, madeUp(), " This visit is made up. It says nothing about real cities."), head(pane, visit), aims(pane, visit), came(pane, visit), related(pane, visit)].filter(Boolean),
    h("h2", {}, "Who says so"),
    ...[sources(visit.sources), correct(pane, "Visit", visit)].filter(Boolean),
    h("details", {}, h("summary", {}, "About this record"), about(visit)),
  );
}

const none = (pane) =>
  empty("There is no visit of this id, or you may not see it.", h("a", { href: pane.href("exchanges") }, "All exchanges between cities"));

function head(pane, visit) {
  const { amount, currency } = visit.costPerDelegate ?? {};
  return h(
    "div",
    {},
    h("p", {}, STATUS[visit.status] ?? capital(words(visit.status))),
    pairs([
      ["Who travelled", stops(pane, visit.visitors)],
      ["Who received", stops(pane, visit.hosts)],
      ["When", years(visit.since, visit.until)],
      ["Kind", capital(words(visit.kind))],
      ["About", factLinks(pane, [...typed("Topic", visit.topics), ...typed("Practice", visit.practices)])],
      ["Delegates", visit.delegates],
      ["Cost for each delegate", amount === undefined ? null : `${Number(amount).toLocaleString()} ${currency}`],
      ["People who took part", people(pane, visit.participants)],
      ["Organized by", factLinks(pane, typed("Organization", visit.organizers))],
      ["Paid by", factLinks(pane, typed("Organization", visit.sponsors))],
      ["Part of", factLinks(pane, typed("Programme", visit.programmes))],
    ]),
  );
}

const typed = (type, { nodes }) => nodes.map((node) => ({ __typename: type, ...node }));

const people = (pane, { nodes, totalCount }) => (nodes.length ? factLinks(pane, nodes.map((node) => ({ __typename: "Person", ...node })), totalCount) : null);

// The places and organizations at one end, in the order of the journey.
function stops(pane, { edges, totalCount }) {
  if (edges.length === 0) return "not stated";
  const ordered = [...edges].sort((one, other) => (one.stop ?? 0) - (other.stop ?? 0));
  const items = ordered.map(({ node, asNamed, arrived, left }) => {
    const stay = [when(arrived), when(left)].filter(Boolean).join(" to ");
    const other = asNamed && asNamed !== node.name ? ` (named ${asNamed} in the source)` : "";
    return h("li", {}, factLink(pane, node), other, stay ? `, ${stay}` : "");
  });
  return h("ul", { class: "plain" }, items, totalCount > edges.length && h("li", {}, `and ${totalCount - edges.length} more`));
}

function aims(pane, visit) {
  const list = visit.objectives.nodes;
  const whole = visit.evaluations.nodes.filter((each) => each.against.nodes.length === 0);
  return h(
    "section",
    {},
    h("h2", {}, "What it was for, and whether that was met"),
    list.length ? h("ul", {}, list.map((each) => aim(pane, each, visit))) : h("p", {}, "No objective is recorded."),
    whole.length > 0 && [h("h3", {}, "The visit as a whole"), h("ul", {}, whole.map((each) => h("li", {}, judged(pane, each))))],
  );
}

// An objective may be shared by visits: only judgements of this visit, or of no one visit, say whether it was met here.
function aim(pane, objective, visit) {
  const judgements = objective.evaluations.nodes.filter(({ judges }) => judges.nodes.length === 0 || judges.nodes.some(({ id }) => id === visit.id));
  const said = judgements.length ? h("ul", {}, judgements.map((each) => h("li", {}, judged(pane, each)))) : h("p", { class: "faint" }, "No source judges whether it was met.");
  return h("li", {}, factLink(pane, { __typename: "Objective", ...objective }), said);
}

function judged(pane, evaluation) {
  const word = JUDGED[evaluation.judgement] ?? capital(words(evaluation.judgement));
  const made = isMadeUp(evaluation) && [" ", madeUp()];
  return [
    h("a", { href: factHref(pane, { __typename: "Evaluation", ...evaluation }) }, word),
    made,
    evaluation.judge ? [", as judged by ", named(evaluation.judge)] : null,
    evaluation.evidence && h("p", {}, evaluation.evidence),
    sources(evaluation.sources),
  ];
}

function came(pane, visit) {
  const lessons = visit.lessonsGained;
  const uses = typed("Adoption", visit.adoptions);
  const outcomes = typed("Outcome", visit.outcomes);
  return h(
    "section",
    {},
    h("h2", {}, "Lessons gained"),
    lessons.nodes.length ? h("ul", {}, lessons.nodes.map((each) => lesson(pane, each))) : h("p", {}, "No lesson is recorded."),
    lessons.totalCount > lessons.nodes.length && h("p", { class: "faint" }, `and ${count(lessons.totalCount - lessons.nodes.length, "more lesson")}`),
    uses.length > 0 && [h("h2", {}, "Uses that it led to"), factList(pane, uses)],
    outcomes.length > 0 && [h("h2", {}, "Outcomes"), factList(pane, outcomes)],
  );
}

function lesson(pane, each) {
  const uses = typed("Adoption", each.adoptions);
  const learner = each.learnedBy && [" Learned by ", factLink(pane, { __typename: "City", ...each.learnedBy }), "."];
  const used = uses.length ? [" Put to use: ", uses.map((use, at) => [at ? ", " : null, factLink(pane, use), ` (${words(use.status)})`]), "."] : " No use is recorded.";
  return h("li", {}, factLink(pane, { __typename: "Lesson", ...each }), h("p", { class: "faint" }, learner, used));
}

function related(pane, visit) {
  const returned = typed("Visit", visit.returned);
  const by = typed("Visit", visit.returnedBy);
  const same = visit.sameAs.nodes;
  const told = pairs([
    ["It returned", returned.length > 0 && factList(pane, returned)],
    ["It was returned by", by.length > 0 && factList(pane, by)],
    ["Other records of it", same.length > 0 && h("ul", {}, same.map((each) => h("li", {}, factLink(pane, each, label(each)))))],
  ]);
  return told && h("section", {}, h("h2", {}, "Related visits"), told);
}
