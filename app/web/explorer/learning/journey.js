// What is known of a lesson's journey, step by step. In: a lesson as the API gives it. Out: boxes, arrows, and rows of its table.

import { isMadeUp, when } from "../facts.js";
import { count } from "../words.js";
import { lag, statusOf } from "./words.js";

const mark = (fact) => (isMadeUp(fact) ? " (made up)" : "");
const dated = (fact) => (fact.since ? when(fact.since) : "date not known");
const missing = (head, text) => ({ kind: "missing", head, text, says: `${head}: ${text}` });

function box(kind, head, fact, text) {
  return {
    id: fact.id,
    kind,
    head: `${head}, ${dated(fact)}`,
    text: text + mark(fact),
    says: `${head}, ${dated(fact)}: ${text}${mark(fact)}`,
    fact,
  };
}

export const nameOfUse = (use) => use.localName ?? use.practice?.name ?? "a use without a name";

// Columns for the picture, and arrows between boxes.
export function journey(lesson) {
  const from = lesson.from.edges.map(({ node }) => node.name).join(", ") || "a place that no source names";
  const gained = lesson.gainedOn.edges.map(({ node }) => box("visit", node.__typename, node, node.title ?? node.name));
  const self = box(
    "lesson",
    "Lesson",
    lesson,
    `${lesson.learnedBy?.name ?? "A city that is not known"} from ${from}: ${lesson.statement}`,
  );
  const uses = lesson.adoptions.edges.map(({ node }) =>
    box("adoption", "Use", node, `${nameOfUse(node)}${node.city ? `, ${node.city.name}` : ""}: ${statusOf(node)}`),
  );
  const visits = gained.length ? gained : [missing("Not known", "No source says on which visit it was gained.")];
  const used = uses.length ? uses : [missing("Not known", "No use that drew on the lesson is recorded.")];
  const arrows = [...visits.map((each) => [each, self]), ...used.map((each) => [self, each])];
  const outcomes = uses.flatMap((use) => {
    const made = use.fact.outcomes.edges.map(({ node }) => box("outcome", "Outcome", node, node.statement));
    arrows.push(...made.map((each) => [use, each]));
    return made;
  });
  const none = missing("Not known", "No outcome is recorded.");
  if (!outcomes.length) arrows.push([used[0], none]);
  const columns = [
    { name: "Where it was seen", boxes: visits },
    { name: "What was learned", boxes: [self] },
    { name: "How it was used", boxes: used },
    { name: "What came of it", boxes: outcomes.length ? unique(outcomes, arrows) : [none] },
  ];
  return { columns, arrows };
}

// An outcome of two uses is one box.
function unique(boxes, arrows) {
  const first = new Map();
  for (const each of boxes) if (!first.has(each.id)) first.set(each.id, each);
  for (const pair of arrows) if (first.has(pair[1].id)) pair[1] = first.get(pair[1].id);
  return [...first.values()];
}

// One row for each box of the picture that is a fact.
export function steps({ columns }, lesson) {
  const relation = new Map();
  for (const edge of lesson.gainedOn.edges) relation.set(edge.node.id, edge);
  for (const edge of lesson.adoptions.edges) {
    relation.set(edge.node.id, edge);
    for (const result of edge.node.outcomes.edges) relation.set(result.node.id, result);
  }
  return columns.flatMap(({ name, boxes }, at) =>
    boxes
      .filter((each) => each.id)
      .map(({ id, fact, kind }) => ({
        id,
        step: `${at + 1}. ${name}`,
        kind,
        fact,
        edge: relation.get(id) ?? null,
        years: years(fact),
      })),
  );
}

function years(fact) {
  if (fact.statedLagYears !== undefined && fact.statedLagYears !== null) return `${count(fact.statedLagYears, "year")}, as a text says`;
  return lag(fact.lagYears);
}
