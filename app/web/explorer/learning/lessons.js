// What a city learned and what came of it, and what others learned from it. In: a pane, a city. Out: a part of the page.

import { h } from "../dom.js";
import { named, sources, when, years } from "../facts.js";
import { empty } from "../states.js";
import { add, part } from "./parts.js";
import { badge, cityOf, factLink, further, listed, practiceOf, stageBadge, statusOf } from "./words.js";

export function learningOf(pane, { id, name }) {
  return part(pane, `What ${name} learned`, async () => {
    const { city } = await pane.ask("explorer-city-learning", { id });
    const told = { name, ...city };
    return [
      learned(pane, told),
      uses(pane, told),
      h("h2", {}, h("bdi", {}, `What others learned from ${name}`)),
      given(pane, told),
    ];
  });
}

function learned(pane, city) {
  const { nodes, totalCount } = city.lessons;
  if (!totalCount)
    return empty(
      `No lesson of ${city.name} is recorded. That does not say that it learned nothing.`,
      add(pane, "Lesson", "Record a lesson"),
    );
  const all = h("a", { href: pane.href("lesson", { city: city.id }) }, "All lessons");
  return [
    h(
      "ol",
      { class: "cards" },
      nodes.map((lesson) => lessonCard(pane, lesson)),
    ),
    further(nodes.length, totalCount, all),
  ];
}

function lessonCard(pane, lesson) {
  const from = listed(
    lesson.from.nodes.map((place) => factLink(pane, place)),
    "a place that no source names",
  );
  const on = lesson.gainedOn.nodes.map((each) => [factLink(pane, each), when(each.since) && ` (${when(each.since)})`]);
  return h(
    "li",
    { class: "card" },
    h("p", { class: "statement", dir: "auto" }, lesson.statement, badge(lesson)),
    h("p", {}, "From ", from, lesson.since ? `, ${when(lesson.since)}` : ", date not known", ". ", stageBadge(lesson.stage)),
    h("p", {}, on.length ? ["Gained on: ", listed(on)] : "On which visit it was gained is not recorded."),
    outcomesOf(pane, lesson.adoptions, "No use of it is recorded."),
    h(
      "p",
      {},
      h(
        "a",
        { href: pane.href("lesson", { id: lesson.id }) },
        "The journey of this lesson",
        h("span", { class: "unseen" }, `: ${lesson.statement}`),
      ),
    ),
    sources(lesson.sources),
  );
}

function outcomesOf(pane, { nodes, totalCount }, otherwise) {
  if (!totalCount) return h("p", {}, otherwise);
  return [
    h("p", {}, "What came of it:"),
    h(
      "ul",
      {},
      nodes.map((use) => useItem(pane, use)),
    ),
    further(nodes.length, totalCount),
  ];
}

function useItem(pane, use) {
  const name = use.localName ? named(use.localName) : use.practice ? null : "a use without a name";
  const of = use.practice && practiceOf(pane, use.practice);
  const results = use.outcomes.nodes.map((result) =>
    h(
      "li",
      { dir: "auto" },
      result.statement,
      badge(result),
      result.since && ` (${when(result.since)})`,
      sources(result.sources),
    ),
  );
  return h(
    "li",
    {},
    name,
    name && of && ", ",
    of,
    `: ${statusOf(use)}, ${years(use.since, use.until)}`,
    badge(use),
    sources(use.sources),
    results.length > 0
      ? [h("p", {}, "Outcomes:"), h("ul", {}, results)]
      : h("p", { class: "faint" }, "No outcome of it is recorded."),
    further(results.length, use.outcomes.totalCount),
  );
}

function uses(pane, city) {
  const { nodes, totalCount } = city.adoptions;
  if (!totalCount) return null;
  const words = "In use, or once in use, without a recorded lesson that it drew on.";
  return [
    h("h2", {}, "Practices whose source is not known"),
    h("p", { class: "faint" }, words),
    h(
      "ul",
      { class: "uses" },
      nodes.map((use) => useItem(pane, use)),
    ),
    further(nodes.length, totalCount),
  ];
}

function given(pane, city) {
  const { nodes, totalCount } = city.lessonsGiven;
  if (!totalCount) return empty(`No lesson that another city took from ${city.name} is recorded.`);
  const item = (lesson) =>
    h(
      "li",
      {},
      lesson.learnedBy ? cityOf(pane, lesson.learnedBy) : "A city that is not known",
      lesson.since ? `, ${when(lesson.since)}` : "",
      ": ",
      h("a", { href: pane.href("lesson", { id: lesson.id }) }, named(lesson.statement)),
      badge(lesson),
      sources(lesson.sources),
    );
  return [h("ul", {}, nodes.map(item)), further(nodes.length, totalCount)];
}
