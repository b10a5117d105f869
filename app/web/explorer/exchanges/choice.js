// What is chosen of the exchange network. In: the arguments of a pane. Out: variables of questions and figures, and a form.

import { fresh, h } from "../dom.js";
import { merged } from "../address.js";

export const PICTURES = { network: "Laid out by who visits whom", world: "Map of the world", europe: "Map of Europe", "north-america": "Map of North America" };
const YEAR = /^\d{1,4}$/;

const year = (text) => (YEAR.test(text ?? "") && Number(text) > 0 ? Number(text) : null);

// Variables of the documents; what is not chosen is left out, because an operator with null matches nothing.
export function variables({ from, to, subject, synthetic }) {
  return merged({}, { fromYear: year(from), toYear: year(to), subject, synthetic: synthetic === "true" });
}

// The kind of figure and its arguments.
export function figure(args) {
  const { fromYear, toYear, subject } = variables(args);
  const shown = args.picture in PICTURES ? args.picture : "network";
  const given = merged({}, { from: fromYear, to: toYear, subject });
  return shown === "network" ? ["exchange", given] : ["map", { ...given, window: shown }];
}

// Which visits lie behind a city or behind a link, whose id is that of the visitor, a space, and that of the host.
export function behind(id, args) {
  const { fromYear, toYear, subject } = variables(args);
  const [visitor, host] = id.split(" ");
  const at = (end, city) => ({ [end]: { some: { id: { eq: city } } } });
  const ends = host ? [at("visitors", visitor), at("hosts", host)] : [{ or: [at("visitors", id), at("hosts", id)] }];
  const since = fromYear ? merged({}, { gte: padded(fromYear), lte: toYear && padded(toYear) }) : toYear && { isNull: false };
  const and = [...ends, ...(since ? [{ since }] : []), ...(subject ? [{ about: { id: { eq: subject } } }] : [])];
  return { status: { eq: "HELD" }, and };
}

// The filter above looks at the first day that a date may mean, which may be open; a visit counts if it surely began in the years.
export function surely(visit, { toYear }) {
  return !toYear || (Boolean(visit.since?.latest) && visit.since.latest.slice(0, 4) <= padded(toYear));
}

const padded = (value) => String(value).padStart(4, "0");

// The form. `subjects` is a promise of [{id, name, kind}]; the name of the chosen one appears when they are there.
export function form(pane, subjects) {
  const list = fresh("subjects");
  const wrong = h("p", { id: fresh("wrong"), class: "wrong", role: "alert" });
  const from = field("From year", pane.args.from);
  const to = field("To year", pane.args.to);
  const about = h("input", { list, autocomplete: "off", value: pane.args.subject ?? "", placeholder: "everything", "aria-describedby": wrong.id });
  const options = h("datalist", { id: list });
  const picture = h("select", {}, Object.entries(PICTURES).map(([value, text]) => h("option", { value, selected: value === (pane.args.picture ?? "network") }, text)));
  let known = [];
  subjects.then((every) => {
    known = every;
    options.replaceChildren(...every.map((each) => h("option", { value: shown(each) })));
    const chosen = every.find(({ id }) => id === pane.args.subject);
    if (chosen && about.value === chosen.id) about.value = shown(chosen);
  });
  const submitted = (event) => {
    event.preventDefault();
    const subject = found(about.value, known);
    const later = year(from.input.value) && year(to.input.value) && year(from.input.value) > year(to.input.value);
    wrong.textContent = later ? "The first year is after the last." : subject === undefined ? `No topic or practice is called “${about.value}”. Choose one of the list.` : "";
    about.setAttribute("aria-invalid", String(subject === undefined));
    if (wrong.textContent) return (later ? from.input : about).focus();
    pane.change({ from: from.input.value, to: to.input.value, subject, picture: picture.value === "network" ? null : picture.value, of: null });
  };
  return h(
    "form",
    { class: "bar", onsubmit: submitted },
    from.label,
    to.label,
    h("label", {}, "About the topic or practice", about),
    options,
    h("label", {}, "Picture", picture),
    h("button", { class: "main" }, "Show"),
    wrong,
  );
}

function field(text, value) {
  const input = h("input", { type: "number", min: 1, max: 9999, step: 1, value: value ?? "", inputmode: "numeric" });
  return { input, label: h("label", {}, text, input) };
}

export const shown = ({ name, kind }) => `${name} (${kind})`;

// The id of what was typed: null for nothing, undefined if there is no such subject. An id may be typed as well.
function found(text, known) {
  const typed = text.trim().toLowerCase();
  if (!typed) return null;
  const whole = known.find((each) => each.id === typed || shown(each).toLowerCase() === typed || each.name.toLowerCase() === typed);
  const begun = known.filter((each) => each.name.toLowerCase().startsWith(typed));
  return whole?.id ?? (begun.length === 1 ? begun[0].id : undefined);
}

// All topics and practices, page by page.
export async function subjects(pane) {
  const every = [];
  let next = {};
  while (next) {
    const { topics, practices } = await pane.ask("explorer-subjects", next);
    every.push(...topics.nodes.map((each) => ({ ...each, kind: "topic" })), ...practices.nodes.map((each) => ({ ...each, kind: "practice" })));
    const more = topics.pageInfo.hasNextPage || practices.pageInfo.hasNextPage;
    next = more ? { afterTopic: topics.pageInfo.endCursor ?? next.afterTopic, afterPractice: practices.pageInfo.endCursor ?? next.afterPractice } : null;
  }
  return every;
}
