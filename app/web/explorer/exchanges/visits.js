// The visits behind a city or a link, as a list. In: the id of either and the arguments of a pane. Out: elements.

import { h } from "../dom.js";
import { isMadeUp, madeUp, named, sources, years } from "../facts.js";
import { factLink, factLinks } from "../labels.js";
import { behind, surely, variables } from "./choice.js";

const PAGE = 100;
const MOST_PAGES = 5;

export async function visitsOf(pane, id) {
  const where = behind(id, pane.args);
  const found = [];
  let after = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const { visits } = await pane.ask("explorer-visits", { where, first: PAGE, after });
    found.push(...visits.nodes);
    if (!visits.pageInfo.hasNextPage) break;
    after = visits.pageInfo.endCursor;
  }
  return found.filter((visit) => surely(visit, variables(pane.args)));
}

export function listed(pane, visits) {
  return h("ol", { class: "visits" }, visits.map((visit) => item(pane, visit)));
}

function item(pane, visit) {
  const about = [...visit.topics.nodes.map((each) => ({ __typename: "Topic", ...each })), ...visit.practices.nodes.map((each) => ({ __typename: "Practice", ...each }))];
  return h(
    "li",
    { "data-visit": visit.id },
    factLink(pane, { __typename: "Visit", id: visit.id }, visit.title),
    isMadeUp(visit) && [" ", madeUp()],
    h("p", { class: "faint" }, years(visit.since, visit.until), ": ", ends(visit.visitors.nodes, "visitors that are not stated"), " visited ", ends(visit.hosts.nodes, "places that are not stated")),
    about.length > 0 && h("p", {}, "About ", factLinks(pane, about)),
    sources(visit.sources),
  );
}

function ends(nodes, none) {
  if (nodes.length === 0) return none;
  return nodes.flatMap((node, at) => [at ? ", " : null, named(node.name)]);
}
