// The visits behind a city or a link, page by page. In: the id of either and the arguments of a pane. Out: elements.

import { h } from "../dom.js";
import { isMadeUp, madeUp, named, sources, years } from "../facts.js";
import { factLink, factLinks } from "../labels.js";
import { count } from "../words.js";
import { behind, surely, variables } from "./choice.js";

const PAGE = 100;

// One page: its visits, the cursor of the next page or null, and how many there are at most. The question leaves visits in that
// may have begun after the last year, which are left out here, so how many there are is known when all pages are read.
async function page(pane, id, after) {
  const { visits } = await pane.ask("explorer-visits", { where: behind(id, pane.args), first: PAGE, after });
  const { hasNextPage, endCursor } = visits.pageInfo;
  return { visits: visits.nodes.filter((visit) => surely(visit, variables(pane.args))), next: hasNextPage ? endCursor : null, most: visits.totalCount };
}

// The visits behind a city or a link, the latest first: a heading, the first page, and a button for each further one.
// Out: an element, and how many visits it has in words.
export async function visitsOf(pane, id) {
  const list = h("ol", { class: "visits" });
  const heading = h("h3", {});
  const foot = h("p", { class: "saving" });
  const made = h("div", {}, heading, list, foot);

  async function more(after) {
    const { visits, next, most } = await page(pane, id, after);
    const items = visits.map((visit) => item(pane, visit));
    list.append(...items);
    heading.textContent = next ? `The latest ${list.children.length} of ${count(most, "visit")}` : count(list.children.length, "visit");
    foot.replaceChildren(...(next ? [button(next, most)] : []));
    return items[0];
  }

  function button(next, most) {
    const left = Math.min(PAGE, most - list.children.length);
    const press = h("button", { type: "button", onclick: () => further(press, next) }, `Show the next ${left}`);
    return press;
  }

  async function further(press, next) {
    press.disabled = true;
    try {
      const first = await more(next);
      (first?.querySelector("a") ?? foot.querySelector("button"))?.focus();
      pane.say(heading.textContent);
    } catch (error) {
      if (pane.signal.aborted) return;
      press.disabled = false;
      foot.replaceChildren(press, h("span", { class: "wrong", role: "alert" }, error.message));
    }
  }

  await more(null);
  return { element: made, words: heading.textContent };
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
