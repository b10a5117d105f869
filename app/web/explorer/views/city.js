// A city: what it learned, from whom, and what came of it; its visits, councils, projects and cloud.

import { ApiError } from "../api.js";
import { h } from "../dom.js";
import { cityLink, correct, named, shaped, sources, when } from "../facts.js";
import { chooser } from "../learning/chooser.js";
import { learningOf } from "../learning/lessons.js";
import { add, part } from "../learning/parts.js";
import { visitsOf } from "../learning/visits.js";
import { badge, further, listed, said } from "../learning/words.js";
import { number, percent } from "../number.js";
import { empty } from "../states.js";
import { count, noun } from "../words.js";

export const title = "City";
const DOCUMENT = "explorer-city";

export async function show(pane) {
  if (!pane.args.id) return choose(pane);
  const { city } = await pane.ask(DOCUMENT, { id: pane.args.id });
  if (!city) throw new ApiError("NOT_FOUND", `There is no city ${pane.args.id}, or you may not see it.`);
  pane.entitle(city.name);
  const learning = learningOf(pane, city);
  const visits = part(pane, "Visits made and hosted", () => visitsOf(pane, city));
  const cloud = part(pane, "Cloud of trust", () => cloudOf(pane, city));
  pane.box.replaceChildren(
    ...about(pane, city),
    learning.element,
    visits.element,
    section("Councils", councils(pane, city)),
    section("Projects", projects(pane, city)),
    cloud.element,
    section("Where this comes from", [
      h("p", {}, "The city itself:"),
      sources(city.sources),
      correct(pane, "City", city),
      h("p", {}, "Every lesson, use, visit, council and project above has its own sources beside it."),
    ]),
  );
  await Promise.all([learning.done, visits.done, cloud.done]);
}

function choose(pane) {
  pane.entitle("Cities");
  return chooser(pane, {
    document: "explorer-cities",
    list: "cities",
    filters: [{ name: "name", label: "Name contains" }],
    where: ({ name }) => (name ? { name: { contains: name } } : null),
    caption: { one: "city", many: "cities" },
    columns: [
      { name: "City", value: (city) => cityLink(pane, city) },
      { name: "Country", value: (city) => city.country?.name ?? "" },
      { name: "Lessons", value: (city) => city.lessons.totalCount },
      { name: "Visits made", value: (city) => city.visitsMade.totalCount },
      { name: "Visits hosted", value: (city) => city.visitsHosted.totalCount },
    ],
    nothing: "No city has this in its name.",
  });
}

const section = (heading, content) => h("section", { class: "part" }, h("h2", {}, h("bdi", {}, heading)), content);

function about(pane, city) {
  const people =
    city.population && `${city.population.toLocaleString()} people${city.populationYear ? ` (${city.populationYear})` : ""}`;
  const where = [city.country?.name, people].filter(Boolean).join(", ");
  const how = "A count of the facts that you may see.";
  const asked = { document: DOCUMENT, variables: { id: city.id, synthetic: pane.synthetic } };
  const counted = ({ totalCount: value }, [one, many], says) => {
    const name = noun(value, one, many);
    return h("li", {}, number({ value, name, says, how, ...asked }), name);
  };
  return [
    h("p", {}, where || "Its country and its population are not known."),
    city.aliases.length > 0 && h("p", { class: "faint" }, "Also called ", listed(city.aliases.map(named))),
    h(
      "ul",
      { class: "numbers" },
      counted(city.lessons, ["lesson learned", "lessons learned"], "Lessons that a source says the city took from elsewhere."),
      counted(city.lessonsGiven, ["lesson given", "lessons given"], "Lessons that other cities took from this city."),
      counted(
        city.visitsMade,
        ["visit made", "visits made"],
        "Visits by people of the city to other places, also planned and unconfirmed ones.",
      ),
      counted(
        city.visitsHosted,
        ["visit hosted", "visits hosted"],
        "Visits by others to the city, also planned and unconfirmed ones.",
      ),
    ),
  ].filter(Boolean);
}

function councils(pane, city) {
  const { nodes, totalCount } = city.councils;
  if (!totalCount) return empty(`No council of ${city.name} is recorded.`, add(pane, "Council", "Record a council"));
  const item = (council) =>
    h(
      "li",
      { class: "card" },
      h("h3", {}, named(council.name), badge(council)),
      h("p", {}, council.rhythm ? `Meets: ${said(council.rhythm)}. ` : "How often it meets is not known. ", council.mandate),
      h(
        "p",
        {},
        `${count(council.members.totalCount, "agency", "agencies")}: `,
        listed(
          council.members.nodes.map((each) => named(each.name)),
          "none recorded",
        ),
        ".",
      ),
      sources(council.sources),
    );
  return [h("ul", { class: "cards" }, nodes.map(item)), further(nodes.length, totalCount)];
}

function projects(pane, city) {
  const { nodes, totalCount } = city.projects;
  if (!totalCount) return empty(`No project of ${city.name} is recorded.`, add(pane, "Project", "Record a project"));
  const item = (project) =>
    h(
      "li",
      { class: "card" },
      h("h3", {}, named(project.name), badge(project)),
      h(
        "p",
        {},
        `Status: ${said(project.status)}. Led by `,
        listed(
          project.leaders.nodes.map((each) => named(each.name)),
          "an agency that is not known",
        ),
        ". ",
        project.valueStatement,
      ),
      sources(project.sources),
    );
  return [h("ul", { class: "cards" }, nodes.map(item)), further(nodes.length, totalCount)];
}

async function cloudOf(pane, city) {
  const variables = { id: city.id };
  const { cloud } = await pane.ask("explorer-city-cloud", variables);
  if (!cloud) {
    return empty(
      `There is no cloud of ${city.name} that you may see. Who trusts whom is confidential: it needs a token with rights for this city. Clouds of some cities are made up and show with "Show made-up data too".`,
    );
  }
  const opened = (name, value, says, how) =>
    h(
      "li",
      {},
      number({
        value,
        name,
        says,
        how,
        on: cloud.on,
        document: "explorer-city-cloud",
        variables: { ...variables, synthetic: pane.synthetic },
      }),
      name,
    );
  return [
    cloud.on.synthetic && h("p", { class: "note" }, "These people and ties are made up."),
    h("p", {}, named(cloud.on.waveName ?? cloud.on.rosterName ?? ""), cloud.on.date ? `, ${when({ text: cloud.on.date })}` : ""),
    h(
      "ul",
      { class: "numbers" },
      opened("people (n)", cloud.on.people, "People in the network, also those without ties."),
      opened("ties of trust", cloud.on.ties, "Who named whom: two people who named each other are two ties."),
      opened("response rate", percent(cloud.on.responseRate), "The share of the people asked who answered."),
      opened(
        "density",
        cloud.density,
        "Of all ties that there could be, the share that is there.",
        "m / (n (n - 1)), with m ties and n people. It falls with n.",
      ),
      opened(
        "shape",
        shaped(cloud.signature),
        "The shape of the cloud by a rule of ours.",
        cloud.signature?.note,
      ),
    ),
    h("p", {}, h("a", { href: pane.href("cloud", { city: city.id }) }, `Open the cloud of ${city.name}`)),
  ];
}
