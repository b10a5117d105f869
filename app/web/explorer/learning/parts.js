// Parts of pages that ask for themselves: what they show while they load, and if they fail. In: a pane. Out: elements.

import { h } from "../dom.js";
import { broken, loading } from "../states.js";

// A part of the page with a heading; `fill` returns what it holds. One that fails can be tried again alone.
export function part(pane, heading, fill) {
  const body = h("div", {}, loading(`Loading ${heading.toLowerCase()} …`));
  const signal = pane.signal;
  const load = async () => {
    body.replaceChildren(loading(`Loading ${heading.toLowerCase()} …`));
    try {
      const made = await fill();
      if (!signal.aborted) body.replaceChildren(...[made].flat(Infinity).filter(Boolean));
    } catch (error) {
      if (signal.aborted) return;
      if (!error.code) console.error(error);
      body.replaceChildren(broken(error, load));
    }
  };
  return { element: h("section", { class: "part" }, h("h2", {}, h("bdi", {}, heading)), body), done: load() };
}

export async function everyPage(ask, name, most = 500) {
  const nodes = [];
  let after = null;
  for (;;) {
    const list = (await ask(after))[name];
    nodes.push(...list.nodes);
    after = list.pageInfo.hasNextPage && nodes.length < most ? list.pageInfo.endCursor : null;
    if (!after) return { nodes, total: list.totalCount };
  }
}

// Where a missing fact can be written down.
export const add = (pane, kind, words) => h("a", { href: pane.href("record", { of: kind }) }, words);
