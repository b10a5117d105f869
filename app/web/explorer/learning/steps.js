// The journey of a lesson in words. In: a pane, a lesson. Out: an ordered list with the evidence of each step.

import { h } from "../dom.js";
import { named, sources, when, years } from "../facts.js";
import { empty } from "../states.js";
import { count } from "../words.js";
import { nameOfUse } from "./journey.js";
import { add } from "./parts.js";
import { badge, cityOf, factLink, further, lag, listed, practiceOf, said, stageBadge, statusOf } from "./words.js";

// The journey in words: an ordered list of the four steps, each with its evidence.
export function steptext(pane, lesson) {
  const step = (heading, items, otherwise) => h("li", {}, h("h3", {}, heading), items.length ? h("ul", {}, items) : otherwise);
  const gained = lesson.gainedOn.edges.map((edge) =>
    item(edge, [factLink(pane, edge.node), `, ${when(edge.node.since) || "date not known"}`]),
  );
  const from = lesson.from.edges.map(({ node, asNamed }) => [factLink(pane, node), asNamed && ` (“${asNamed}”)`]);
  const self = item({ node: lesson }, [
    lesson.learnedBy ? cityOf(pane, lesson.learnedBy) : "A city that is not known",
    " learned from ",
    listed(from, "a place that no source names"),
    `, ${when(lesson.since) || "date not known"}. `,
    stageBadge(lesson.stage),
    h("br"),
    named(lesson.statement),
  ]);
  const uses = lesson.adoptions.edges.map((edge) => item(edge, useText(pane, edge.node)));
  const outcomes = lesson.adoptions.edges.flatMap(({ node }) =>
    node.outcomes.edges.map((edge) => item(edge, outcomeText(node, edge.node))),
  );
  return h(
    "ol",
    { class: "journey" },
    step(
      "Where it was seen",
      gained,
      empty("No source says on which visit or event it was gained.", add(pane, "Visit", "Record the visit")),
    ),
    step("What was learned", [self]),
    step(
      "How it was used",
      [...uses, further(uses.length, lesson.adoptions.totalCount)].filter(Boolean),
      empty("No use that drew on it is recorded. That does not say that there was none.", add(pane, "Adoption", "Record a use")),
    ),
    step("What came of it", outcomes, empty("No outcome is recorded.", add(pane, "Outcome", "Record an outcome"))),
  );
}

function item(edge, words) {
  const { node } = edge;
  const evidence = [
    `Evidence: ${said(node.confidence)}.`,
    edge.note && ` ${edge.note}`,
    edge.confidence && edge.confidence !== node.confidence && ` The step itself: ${said(edge.confidence)}.`,
  ];
  return h(
    "li",
    { "data-key": node.id },
    h("p", {}, words, badge(node)),
    h("p", { class: "faint" }, evidence),
    sources([...(node.sources ?? []), ...(edge.sources ?? [])]),
  );
}

function useText(pane, use) {
  const lasted = lag(use.lagYears);
  const facts = [
    statusOf(use),
    years(use.since, use.until),
    lasted && `${lasted} after the lesson`,
    use.scale && `scale: ${use.scale}`,
    use.adapted && `adapted: ${use.adapted}`,
  ];
  return [
    named(nameOfUse(use)),
    use.city && [" in ", cityOf(pane, use.city)],
    use.localName && use.practice && [" (", practiceOf(pane, use.practice), ")"],
    `: ${facts.filter(Boolean).join("; ")}`,
  ];
}

const outcomeText = (use, result) => [
  "Of ",
  named(nameOfUse(use)),
  `, ${when(result.since) || "date not known"}`,
  result.statedLagYears !== null && `, after ${count(result.statedLagYears, "year")}, as a text says`,
  h("br"),
  named(result.statement),
];
