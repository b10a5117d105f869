// The page for those who write: forms, drafts and files. In: a pane. Out: the part that its address names.

import { h } from "../dom.js";
import { headers } from "../../token.js";
import { draftsPage } from "../record/drafts.js";
import { entry } from "../record/entry.js";
import { home } from "../record/home.js";
import { model } from "../record/model.js";
import { relate } from "../record/relate.js";
import { upload } from "../record/upload.js";

export const title = "Record";

const PARTS = { drafts: draftsPage, relate, upload };
const MENU = [["Record", {}], ["Drafts", { part: "drafts" }], ["Upload a file", { part: "upload" }]];

export async function show(pane) {
  const { signal, args } = pane;
  const known = await model();
  const made = PARTS[args.part] ?? (args.of ? entry : home);
  const shown = await made(pane, known);
  if (signal.aborted) return;
  pane.box.replaceChildren(menu(pane), ...[rights(), ...shown].flat(Infinity).filter(Boolean));
}

function menu(pane) {
  const item = ([name, args]) => {
    const current = args.part === (pane.args.of ? undefined : pane.args.part);
    return h("li", {}, h("a", { href: pane.href("record", args), "aria-current": current ? "page" : null }, name));
  };
  return h("nav", { "aria-label": "Parts of this page", class: "parts-of" }, h("ul", {}, MENU.map(item)));
}

// What is needed to write, for those who have no token.
function rights() {
  if (headers().authorization) return null;
  return h(
    "div",
    { class: "note", "data-rights": "none" },
    h("p", {}, h("strong", {}, "To record anything you need a token.")),
    h("p", {}, "Whoever runs this server gives you a grant for your city, as an editor or a steward, and an API key (docs/access-keys.md). With a key alone you can save drafts, which an editor of your city accepts."),
    h("p", {}, "Put it into “Token and data” at the top. You can fill in a form before: what you type is kept in this tab."),
  );
}
