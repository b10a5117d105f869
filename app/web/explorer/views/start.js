// The first page.

import { h } from "../dom.js";

export const title = "How cities learn from each other";

export async function show(pane) {
  pane.box.replaceChildren(h("p", {}, "Who visited whom, what was learned, and what a city made of it."));
}
