// The form of one fact, made from the model. In: a kind of fact, what is known of it. Out: an element, the row it states.

import { h } from "../dom.js";
import { control, rawOf } from "./field.js";
import { words } from "./model.js";
import { related } from "./related.js";

// The commonest relationships of what is recorded most; they stand open, before the others.
const FIRST = { Visit: ["visitors", "hosts", "topics"], Lesson: ["learnedBy", "from", "gainedOn", "topics"] };
const EVIDENCE = ["sources", "confidence"];
const AUDIENCE = ["marking", "holders"];
const DATES = ["since", "until"];
const SELDOM = ["rows", "lastConfirmed"];
const PATH = /^rows\[\d+\]\.?([A-Za-z]*)(?:\[(\d+)\])?\.?([A-Za-z]*)/;

// Whose short text stands on one line: what facts are called by, unless it is a sentence.
const isShort = (field, kind) => !kind.isConcept || (field.name === kind.called && field.name !== "statement");

function ends(kind) {
  if (kind.isConcept) return [];
  const says = { from: "Where the relationship begins.", to: "Where it ends." };
  return ["from", "to"].map((name) => ({ name, label: words(name), kind: "REFERENCE", required: true, to: kind[name], says: `${says[name]} One of: ${kind[name].map(words).join(", ")}.` }));
}

function section(heading, controls, open) {
  if (controls.length === 0) return null;
  const inside = controls.map(({ element }) => element);
  if (open) return h("section", {}, h("h2", {}, heading), inside);
  return h("details", { class: "more" }, h("summary", {}, heading), inside);
}

const about = (kind) => (kind.isConcept ? `About the ${words(kind.name).toLowerCase()}` : "The relationship");

// `context`: known, ask, make. `fixed` are ends that are given and not changed. `slim` leaves the relationships out.
export function form({ kind, context, slim = false }) {
  const { known } = context;
  const own = [...ends(kind), ...known.fields(kind).map((field) => ({ ...field, short: isShort(field, kind), required: field.required || field.name === "sources" && kind.name !== "Source" }))];
  const controls = own.map((field) => control(field, context));
  const routes = slim || !kind.isConcept ? [] : kind.related;
  const groups = routes.map((route) => related(route, context));
  const every = [...controls, ...groups];
  const of = (names) => every.filter(({ name }) => names.includes(name));
  const first = FIRST[kind.name] ?? [];
  const common = known.common.map(({ name }) => name);
  const main = controls.filter(({ name }) => !common.includes(name) || DATES.includes(name));
  const dates = slim ? [] : of(DATES);
  const needed = main.filter(({ field }) => field.required);
  const rest = main.filter((each) => !each.field.required && !DATES.includes(each.name));
  const general = h("div", { class: "wrong-here", role: "alert" });
  let before = new Map();

  for (const group of of(first)) if (group.add && group.isEmpty()) group.add();

  const element = h(
    "div",
    { class: "record-form" },
    general,
    slim ? [...needed, ...rest].map(({ element }) => element) : section(about(kind), [...needed, ...dates, ...rest], true),
    section("With whom, where and about what", of(first), true),
    slim ? of(EVIDENCE).map(({ element }) => element) : section("Evidence", [...of(EVIDENCE), ...of(["note"])], true),
    section("Who may see it", of(AUDIENCE), kind.marking !== "CLEAR"),
    section("More relationships", groups.filter(({ name }) => !first.includes(name)), false),
    section("More about the record", of(slim ? [...DATES, ...SELDOM, "note"] : SELDOM), false),
  );

  const reads = () => every.map((each) => [each, each.read()]);

  return {
    element,
    kind,
    raw: () => Object.fromEntries(every.map((each) => [each.name, each.raw()])),
    restore: (raw) => every.forEach((each) => each.name in raw && each.restore(raw[each.name])),
    // Fills the form with a fact as it is stored, which later rows are compared with.
    correct(fact, given = {}) {
      const stored = (each) => (each.field ? rawOf(each.field, fact[each.name], known) : undefined);
      for (const each of controls) each.restore(given[each.name] ?? stored(each));
      for (const group of groups) group.restore([]);
      before = new Map(reads().map(([each, { value }]) => [each.name, JSON.stringify(value)]));
    },
    // The row that the form states; a correction states what differs, null where a value was removed.
    row() {
      const row = {};
      const problems = [];
      for (const [each, { value, problem, at }] of reads()) {
        if (problem) problems.push({ ...problem, of: each, at });
        else if (JSON.stringify(value) !== before.get(each.name)) row[each.name] = value ?? null;
      }
      return { row, problems };
    },
    // Puts each problem beside its field, and moves the focus to the first.
    problems(list) {
      const placed = list.map((problem) => place(problem, every));
      const beside = (each) => placed.filter((problem) => problem.of === each);
      const marked = every.flatMap((each) => {
        const own = beside(each);
        const inner = each.problems(own);
        return own.length === 0 ? [] : inner?.length ? inner : [each];
      });
      const others = placed.filter((problem) => !problem.of);
      const count = list.length === 1 ? "One thing must be put right." : `${list.length} things must be put right.`;
      general.replaceChildren(...(list.length ? [h("p", { class: "wrong" }, count), ...others.map(({ message }) => h("p", { class: "wrong" }, message))] : []));
      for (const each of marked) each.element.closest("details")?.setAttribute("open", "");
      const position = (one, other) => (one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
      marked.sort(position)[0]?.focus();
    },
  };
}

function place(problem, every) {
  if (problem.of) return problem;
  const [, name = "", number, inner] = PATH.exec(problem.path) ?? [];
  return { ...problem, of: every.find((each) => each.name === name), number: Number(number), inner };
}
