// A lesson's journey: from the visit over the lesson and its uses to what came of it, as a picture, a text and a table.

import { ApiError } from "../api.js";
import { h } from "../dom.js";
import { cityLink, correct, isMadeUp, named, sources, when } from "../facts.js";
import { chain } from "../learning/chain.js";
import { chooser } from "../learning/chooser.js";
import { journey, nameOfUse, steps } from "../learning/journey.js";
import { steptext } from "../learning/steps.js";
import { STAGES, badge, factLink, lag, listed, practiceOf, said, sourceCell } from "../learning/words.js";
import { number } from "../number.js";
import { picture } from "../picture.js";
import { Selection } from "../selection.js";
import { table } from "../table.js";

export const title = "Lesson";
const NARROW = 760;

export async function show(pane) {
  if (!pane.args.id) return choose(pane);
  const { lesson } = await pane.ask("explorer-lesson", { id: pane.args.id });
  if (!lesson) throw new ApiError("NOT_FOUND", `There is no lesson ${pane.args.id}, or you may not see it.`);
  pane.entitle(titleOf(lesson));
  const selection = new Selection();
  const made = journey(lesson);
  const twin = twinOf(pane, lesson, made, selection);
  const text = steptext(pane, lesson);
  selection.addEventListener("change", () => {
    for (const item of text.querySelectorAll("[data-key]")) item.classList.toggle("selected", item.dataset.key === selection.id);
    pane.keep({ selected: selection.id });
  });
  const svg = chain({ title: titleOf(lesson), ...made, caption: captionOf(made), down: pane.box.clientWidth < NARROW });
  pane.box.replaceChildren(
    h("p", { class: "statement", dir: "auto" }, lesson.statement, badge(lesson)),
    lagText(pane, lesson),
    picture({ svg, file: titleOf(lesson), selection, tables: () => [twin] }),
    h("h2", {}, "Step by step"),
    text,
    h("h2", {}, "How far it came"),
    ...stages(lesson),
    h("h2", {}, "More about it"),
    more(pane, lesson),
    correct(pane, "Lesson", lesson) ?? "",
    h("details", {}, h("summary", {}, "The picture as a table"), twin),
  );
  selection.select(pane.args.selected ?? null);
}

function choose(pane) {
  pane.entitle("Lessons");
  const known = STAGES.map(([id, words, says]) => [id, `${words}: ${says}`]);
  return chooser(pane, {
    document: "explorer-lessons",
    list: "lessons",
    filters: [
      { name: "city", label: "City that learned" },
      { name: "from", label: "Learned from" },
      { name: "stage", label: "Stage", choices: [...known, ["none", "not stated"]] },
      { name: "known", label: "What is known", choices: Object.entries(KNOWN).map(([id, { words }]) => [id, words]) },
    ],
    where,
    caption: { one: "lesson", many: "lessons" },
    columns: [
      {
        name: "Lesson",
        value: (lesson) =>
          [h("a", { href: pane.href("lesson", { id: lesson.id }) }, named(lesson.statement)), badge(lesson)]
            .flat()
            .filter(Boolean),
      },
      { name: "Learned by", value: (lesson) => (lesson.learnedBy ? cityLink(pane, lesson.learnedBy) : "not known") },
      { name: "From", value: (lesson) => listed(lesson.from.nodes.map((each) => factLink(pane, each))) },
      { name: "When", value: (lesson) => when(lesson.since) || "not known" },
      { name: "Stage", value: (lesson) => said(lesson.stage) },
      { name: "Uses", value: (lesson) => lesson.adoptions.totalCount },
      { name: "Source", value: (lesson) => sourceCell(lesson.sources) },
    ],
    nothing: "No lesson fits. Take a filter away, or show made-up data too.",
  });
}

// What the uses of a lesson may be known to have.
const KNOWN = { use: { words: "how it was used", where: {} }, outcome: { words: "what came of it", where: { outcomes: { some: {} } } } };

// A city is meant by its id or by a part of its name.
function where({ city, from, stage, known }) {
  const named_ = (text) => (text.startsWith("city/") ? { id: { eq: text } } : { name: { contains: text } });
  const made = {};
  if (city) made.learnedBy = named_(city);
  if (from) made.from = { some: named_(from) };
  if (stage) made.stage = stage === "none" ? { isNull: true } : { eq: stage };
  if (known in KNOWN) made.adoptions = { some: KNOWN[known].where };
  return made;
}

function titleOf(lesson) {
  const from = lesson.from.edges.map(({ node }) => node.name).join(", ");
  return `${lesson.learnedBy?.name ?? "A city"} learned${from ? ` from ${from}` : ""}`;
}

function captionOf({ columns }) {
  const synthetic = columns.some(({ boxes }) => boxes.some(({ fact }) => isMadeUp(fact)));
  const day = new Date().toISOString().slice(0, 10);
  return [
    `Drawn on ${day}. An arrow is a relationship that a source states. What is dashed no source says.`,
    ...(synthetic ? ["Synthetic: made up to show how the platform works; says nothing about real people or cities."] : []),
  ];
}

function lagText(pane, lesson) {
  const value = lag(lesson.lagYears);
  if (!value)
    return h("p", {}, "How many years passed until it was used is not known: that needs two dates, or a text that says it.");
  const opened = number({
    value,
    name: "From the lesson to its use",
    says: "Calendar years from the date of the lesson to the date of its uses.",
    how: "From two stated dates; else as a text states them. Uses without a date are left out.",
    document: "explorer-lesson",
    variables: { id: lesson.id, synthetic: pane.synthetic },
    source: sources(lesson.sources),
  });
  return h("p", {}, "From the lesson to its use: ", opened);
}

function stages(lesson) {
  const reached = STAGES.findIndex(([id]) => id === lesson.stage);
  const item_ = ([id, words, says], at) => {
    const date = when(lesson[words]);
    const state = date || (at <= reached ? "reached, date not known" : "nothing is recorded");
    return h(
      "li",
      { class: at <= reached ? "reached" : null, "aria-current": id === lesson.stage ? "step" : null },
      h("strong", {}, words),
      h("span", {}, says),
      h("span", { class: "faint" }, state),
    );
  };
  const none = lesson.adoptions.totalCount
    ? "No source states a stage, though a use of it is recorded."
    : "No source states a stage.";
  return [reached < 0 ? h("p", {}, none) : "", h("ol", { class: "stages" }, STAGES.map(item_))];
}

function more(pane, lesson) {
  const linked = (nodes) =>
    listed(
      nodes.map((each) => factLink(pane, each)),
      null,
    );
  const earlier = (nodes) =>
    listed(
      nodes.map((each) => factLink(pane, { __typename: "Lesson", ...each })),
      null,
    );
  const carried = lesson.carriedBy.edges.map(({ node, relation }) => [factLink(pane, node), relation && ` (${relation})`]);
  const pairs = [
    ["Carried by", listed(carried, "nobody that a source names")],
    ["Held by", linked(lesson.heldBy.nodes)],
    ["Validated by", linked(lesson.validatedBy.edges.map(({ node }) => node))],
    [
      "Kept in",
      listed(
        lesson.keptIn.nodes.map((each) => named(each.name)),
        null,
      ),
    ],
    [
      "Made explicit by",
      listed(
        lesson.conversions.nodes.map((each) => [named(each.process), each.result && `: ${each.result}`]),
        null,
      ),
    ],
    [
      "Judged",
      listed(
        lesson.evaluations.nodes.map((each) => [
          said(each.judgement),
          each.judge && ` by ${each.judge}`,
          each.evidence && `: ${each.evidence}`,
        ]),
        null,
      ),
    ],
    ["Builds on", earlier(lesson.buildsOn.nodes)],
    ["Led to the lessons", earlier(lesson.builtOnBy.nodes)],
    [
      "About",
      listed(
        [...lesson.topics.nodes.map((each) => named(each.name)), ...lesson.practices.nodes.map((each) => practiceOf(pane, each))],
        "no topic is recorded",
      ),
    ],
    ["Form", lesson.form && said(lesson.form)],
    ["Note", lesson.note],
  ];
  return h(
    "dl",
    {},
    pairs.filter(([, value]) => value).map(([word, value]) => [h("dt", {}, word), h("dd", {}, value)]),
  );
}

function twinOf(pane, lesson, made, selection) {
  return table({
    caption: "Steps of the journey",
    file: titleOf(lesson),
    key: (row) => row.id,
    selection,
    rows: steps(made, lesson),
    columns: [
      { name: "Step", value: (row) => row.step },
      {
        name: "What",
        value: ({ fact }) =>
          [named(fact.title ?? fact.statement ?? fact.name ?? nameOfUse(fact)), badge(fact)].flat().filter(Boolean),
      },
      { name: "When", value: ({ fact }) => when(fact.since) || "not known" },
      { name: "Years until then", value: ({ years: passed }) => passed || "not known" },
      { name: "Evidence", value: ({ fact }) => said(fact.confidence) },
      { name: "Source", value: ({ fact }) => sourceCell(fact.sources) },
    ],
  });
}
