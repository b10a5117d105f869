// The spread of a practice: how many cities began when, from whom they had it, and where.

import { ApiError } from "../api.js";
import { h } from "../dom.js";
import { cityLink, correct, named, sources } from "../facts.js";
import { chooser } from "../learning/chooser.js";
import { add, everyPage, part } from "../learning/parts.js";
import { adoptions, bySource } from "../learning/spread.js";
import { factLink, listed, sourceCell } from "../learning/words.js";
import { number } from "../number.js";
import { empty } from "../states.js";
import { table } from "../table.js";
import { count, noun } from "../words.js";

export const title = "Practice";
const DOCUMENT = "explorer-practice";
const SOURCE = "A source is that of a lesson on which a use drew, or of a visit that led to it.";

export async function show(pane) {
  if (!pane.args.id) return choose(pane);
  const { practice, diffusion } = await pane.ask(DOCUMENT, { id: pane.args.id });
  if (!practice || !diffusion) throw new ApiError("NOT_FOUND", `There is no practice ${pane.args.id}, or you may not see it.`);
  pane.entitle(practice.name);
  const uses = part(pane, "Spread", async () => {
    const ask = (after) => pane.ask("explorer-practice-adoptions", { id: practice.id, first: 100, after });
    return adoptions(pane, practice, diffusion, await everyPage(ask, "adoptions", 1000));
  });
  pane.box.replaceChildren(
    ...about(pane, practice),
    numbers(pane, practice, diffusion),
    uses.element,
    h("section", { class: "part" }, h("h2", {}, "From whom it came"), stated(pane, diffusion)),
    h("section", { class: "part" }, h("h2", {}, "Year by year"), years(practice, diffusion)),
    h(
      "section",
      { class: "part" },
      h("h2", {}, "Where this comes from"),
      h("p", {}, "The practice itself; each use has its own sources in the table."),
      sources(practice.sources),
      correct(pane, "Practice", practice),
    ),
  );
  await uses.done;
}

function choose(pane) {
  pane.entitle("Practices");
  return chooser(pane, {
    document: "explorer-practices",
    list: "practices",
    filters: [{ name: "name", label: "Name contains" }],
    where: ({ name }) => (name ? { name: { contains: name } } : null),
    caption: { one: "practice", many: "practices" },
    columns: [
      { name: "Practice", value: (practice) => factLink(pane, { __typename: "Practice", ...practice }) },
      { name: "What it is", value: (practice) => practice.summary ?? "not described" },
      { name: "Uses", value: (practice) => practice.adoptions.totalCount },
      { name: "Source", value: (practice) => sourceCell(practice.sources) },
    ],
    nothing: "No practice has this in its name.",
  });
}

function about(pane, practice) {
  const born = practice.bornIn.nodes.map((city) => cityLink(pane, city));
  const under = practice.broader.nodes.map((topic) => named(topic.name));
  const first = born.length ? ["First used in ", listed(born), ". "] : "Where it was first used is not recorded. ";
  return [
    h("p", { dir: "auto" }, practice.summary ?? "No source describes it."),
    h("p", { class: "faint" }, first, under.length > 0 && ["Belongs to ", listed(under), "."]),
  ];
}

// Cities and uses are different counts: a city may have several uses. Uses by source are those of the pictures.
function numbers(pane, practice, diffusion) {
  const on = [
    ["Uses that began", diffusion.basedOn],
    ...diffusion.leftOut.map(({ why, rows }) => [`Left out: ${why}`, rows]),
    ["Until the end of", diffusion.year],
  ];
  const document = DOCUMENT;
  const variables = { id: practice.id, synthetic: pane.synthetic };
  const one = (value, name, says, how) =>
    h("li", {}, number({ value, name, says, how, on, document, variables, source: sources(practice.sources) }), name);
  const last = diffusion.curve.at(-1);
  const inUse = last && (last.inUseFewest === last.inUseMost ? last.inUseFewest : `${last.inUseFewest} to ${last.inUseMost}`);
  const { cities, stopped, basedOn } = diffusion;
  const { direct, secondHand, unknown } = bySource(diffusion);
  return h(
    "ul",
    { class: "numbers" },
    one(
      cities,
      noun(cities, "city with a dated use", "cities with a dated use"),
      "Cities with a use that began and has a date, also those that stopped.",
      "Each city counts once, however many uses it has. Proposals do not count, nor do uses without a date, which the map has.",
    ),
    one(
      inUse,
      inUse === 1 ? "city uses it" : "cities use it",
      `Cities that use it at the end of ${diffusion.year}.`,
      "The first number are cities that surely use it, the second those that may.",
    ),
    one(
      stopped.length,
      noun(stopped.length, "city stopped", "cities stopped"),
      "Cities whose last use ended.",
      "Each city counts once, if all its uses ended.",
    ),
    one(
      basedOn,
      noun(basedOn, "use"),
      "Uses that began, with or without a date: the adoptions of the pictures.",
      "Each use counts. A city that took the practice up twice has two.",
    ),
    one(
      direct,
      `${noun(direct, "use")} with a direct source`,
      "Uses with a stated source that had the practice from nobody else, as far as sources tell.",
      `${SOURCE} A use with several sources counts once, as direct if one of them is.`,
    ),
    one(
      secondHand,
      `${noun(secondHand, "use")} with a second-hand source`,
      "Uses whose stated sources all had the practice from somebody else.",
      `${SOURCE} A use with several sources counts once.`,
    ),
    one(
      unknown,
      `${noun(unknown, "use")} of unknown source`,
      "Uses without a stated source.",
      "All uses less those with a direct and those with a second-hand source.",
    ),
  );
}

function stated(pane, diffusion) {
  if (!diffusion.links.length)
    return empty("No source says from whom a city had this practice.", add(pane, "Lesson", "Record a lesson"));
  const place = ({ factId, name }) =>
    factId.startsWith("city/") ? cityLink(pane, { id: factId, name: name ?? factId }) : named(name ?? factId);
  const years_ = ({ lagYears, lagFewest, lagMost, lagStated }) => {
    if (lagYears !== null) return lagStated ? `${lagYears}, as a text says` : lagYears;
    if (lagFewest === null && lagMost === null) return "not known";
    if (lagMost === null) return `at least ${lagFewest}`;
    return lagFewest === null ? `at most ${lagMost}` : `${lagFewest} to ${lagMost}`;
  };
  return table({
    caption: `${count(diffusion.links.length, "stated link")}: ${diffusion.direct} direct, ${diffusion.secondHand} second-hand`,
    file: `sources of ${diffusion.practice.name}`,
    rows: diffusion.links,
    columns: [
      { name: "City", value: (link) => place(link.adopter) },
      { name: "Had it from", value: (link) => place(link.source) },
      { name: "Through", value: (link) => through(pane, link) },
      { name: "Which is", value: (link) => (link.secondHand ? "second-hand" : "direct") },
      { name: "Years until its use", value: years_ },
      {
        name: "Carried by",
        value: (link) =>
          listed(
            link.carriers.map((each) => named(each.name ?? each.factId)),
            "",
          ),
      },
    ],
  });
}

function through(pane, { by, through: fact }) {
  const text = named(fact.name ?? (by === "LESSON" ? "a lesson" : "a visit"));
  return by === "LESSON" ? h("a", { href: pane.href("lesson", { id: fact.factId }) }, text) : text;
}

function years(practice, diffusion) {
  const span = (least, most) => (least === most ? least : `${least} to ${most}`);
  return table({
    caption: `Cities with ${practice.name}, by year`,
    file: `${practice.name} by year`,
    rows: diffusion.curve,
    columns: [
      { name: "Year", value: (each) => String(each.year) },
      { name: "Began", value: (each) => each.new },
      { name: "Stopped", value: (each) => each.stopped },
      { name: "Had begun", value: (each) => span(each.everFewest, each.everMost), sort: (each) => each.everFewest },
      { name: "Use it", value: (each) => span(each.inUseFewest, each.inUseMost), sort: (each) => each.inUseFewest },
    ],
  });
}
