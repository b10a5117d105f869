// Drafts: the list, and one with its difference to what is stored, to be accepted, changed or refused. In: a pane, the model. Out: elements.

import { fresh, h } from "../dom.js";
import { empty } from "../states.js";
import { ApiError } from "../api.js";
import { table } from "../table.js";
import { words } from "./model.js";
import { hint, outcome, requestId, write } from "./send.js";

const STATES = { OPEN: "open", ACCEPTED: "accepted", REFUSED: "refused" };
const ACTIONS = { CREATED: "New", CHANGED: "Changed", DELETED: "Deleted", ENDED: "Ended" };
const MOST_SHOWN = 200;

export const draftsPage = (pane, known) => (pane.args.draft ? one(pane, known) : list(pane, known));

function what(draft, known) {
  const kind = known.written(draft.field);
  return kind ? words(kind.name) : words(draft.field);
}

const moment = (text) => h("time", { datetime: text }, new Date(text).toLocaleString());

async function list(pane, known) {
  const state = pane.args.state ?? "OPEN";
  pane.entitle("Drafts");
  const { drafts } = await pane.ask("explorer-drafts", { state, after: pane.args.after ?? null });
  const choice = (value) => h("li", {}, h("a", { href: pane.href("record", { part: "drafts", state: value }), "aria-current": value === state ? "true" : null }, words(STATES[value])));
  const menu = h("nav", { "aria-label": "State of drafts", class: "parts-of" }, h("ul", {}, Object.keys(STATES).map(choice)));
  if (drafts.nodes.length === 0) return [menu, empty(`There is no ${STATES[state]} draft that you may see.`)];
  const columns = [
    { name: "What", value: (draft) => h("a", { href: pane.href("record", { part: "drafts", draft: draft.id }) }, what(draft, known)) },
    { name: "Rows", value: (draft) => draft.rows },
    { name: "By", value: (draft) => h("bdi", {}, draft.author) },
    { name: "Last changed", value: (draft) => moment(draft.updatedAt), sort: (draft) => draft.updatedAt },
    { name: "Decided by", value: (draft) => draft.decidedBy ?? "" },
  ];
  const { hasNextPage, endCursor } = drafts.pageInfo;
  const more = hasNextPage && h("p", {}, h("a", { href: pane.href("record", { part: "drafts", state, after: endCursor }) }, "Later drafts"));
  return [menu, table({ caption: `Drafts that are ${STATES[state]}`, columns, rows: drafts.nodes, file: "drafts" }), more];
}

async function one(pane, known) {
  const { draft } = await pane.ask("explorer-draft", { id: pane.args.draft });
  if (!draft) throw new ApiError("NOT_FOUND", "There is no draft with this id that you may see.");
  pane.entitle(`Draft: ${what(draft, known)}`);
  const about = h("p", {}, `${draft.rows === 1 ? "One row" : `${draft.rows} rows`}, by `, h("bdi", {}, draft.author), ", last changed ", moment(draft.updatedAt), `, ${STATES[draft.state]}.`);
  if (draft.state !== "OPEN") return [about, h("p", {}, draft.decidedBy && `${words(STATES[draft.state])} by ${draft.decidedBy}. `, draft.note)];
  return [about, problems(draft), difference(draft), decision(pane, known, draft)];
}

function problems({ problems: list }) {
  if (list.length === 0) return null;
  const item = ({ path, message }) => h("li", {}, h("code", {}, path), `: ${message}`);
  return h("div", { class: "state broken" }, h("p", { class: "what" }, "It cannot be accepted as it is now"), h("ul", {}, list.slice(0, MOST_SHOWN).map(item)));
}

export function difference(draft) {
  if (draft.changes.length === 0) return h("p", {}, "It changes nothing.");
  const shown = draft.changes.slice(0, MOST_SHOWN);
  const rows = shown.flatMap((change) => (change.fields.length ? change.fields : [{ field: "" }]).map((field) => ({ change, ...field })));
  const columns = [
    { name: "What happens", value: ({ change }) => ACTIONS[change.action] ?? words(change.action) },
    { name: "Fact", value: ({ change }) => h("bdi", {}, about(change)) },
    { name: "Field", value: ({ field }) => field && words(field) },
    { name: "Now", value: ({ before }) => cell(before, "del") },
    { name: "Then", value: ({ after }) => cell(after, "ins") },
  ];
  const more = draft.changes.length > MOST_SHOWN && h("p", { class: "faint" }, `The first ${MOST_SHOWN} of ${draft.changes.length} facts.`);
  return h("div", { class: "difference" }, table({ caption: "What would change", columns, rows, file: "draft" }), more);
}

const about = ({ type, fact, start, end }) => (start ? `${words(type)}: ${start} – ${end}` : `${words(type)}: ${fact}`);

function cell(json, tag) {
  if (json === null || json === undefined) return "";
  const value = JSON.parse(json);
  const text = Array.isArray(value) ? value.join(", ") : typeof value === "object" && value ? Object.values(value).join(" ") : String(value);
  return h(tag, {}, h("bdi", {}, text));
}

function decision(pane, known, draft) {
  const place = h("div", { role: "alert" });
  const request = requestId();
  const kind = known.written(draft.field);
  const note = h("input", { type: "text", id: fresh("refusal"), autocomplete: "off", size: 40, dir: "auto" });

  async function decide(document, variables, said) {
    place.replaceChildren();
    try {
      const written = await write(document, { id: draft.id, ...variables });
      if (written.problems?.length) return place.replaceChildren(problems(written));
      const done = h("div", { class: "state", tabindex: "-1", "data-result": said }, h("p", {}, written.created === undefined ? "The draft is refused." : `The draft is accepted: ${outcome(written)}.`), h("a", { href: pane.href("record", { part: "drafts" }) }, "To the drafts"));
      element.replaceWith(done);
      done.focus();
    } catch (error) {
      const gone = error.code === "CONFLICT" && "Somebody has changed it or decided on it. Load the page again to see it as it is now.";
      place.replaceChildren(h("p", { class: "wrong" }, gone || `${error.message} ${hint(error)}`));
    }
  }

  const accept = () => decide("explorer-accept-draft", { requestId: request, expectedUpdatedAt: draft.updatedAt }, "accepted");
  const refuse = () => decide("explorer-refuse-draft", { note: note.value.trim() || null }, "refused");
  const change = kind && draft.rows === 1 && h("a", { href: pane.href("record", { of: kind.name, draft: draft.id }) }, "Change it");
  const element = h(
    "section",
    { class: "decision" },
    h("h2", {}, "Decide"),
    place,
    h("p", { class: "saving" }, h("button", { type: "button", class: "main", onclick: accept }, "Accept it"), change),
    h("p", { class: "saving" }, h("label", { for: note.id }, "Reason"), note, h("button", { type: "button", onclick: refuse }, "Refuse or withdraw it")),
  );
  return element;
}
