// The people and ties of a cloud as tables, and one person. Rows are the marks of the picture, and share its selection.

import { fresh, h } from "../dom.js";
import { named } from "../facts.js";
import { measured } from "../measured.js";
import { table } from "../table.js";
import { count, isolated } from "../words.js";
import { chain } from "./chain.js";

const yes = (value) => (value ? "yes" : "");
const sector = (word) => (word ? word.toLowerCase().replaceAll("_", " ") : "");
const OF_PERSON = ["inDegree", "outDegree", "betweenness", "effectiveSize", "constraint", "coreNumber"];
const round = (value) => (typeof value === "number" ? Math.round(value * 1000) / 1000 : value);

const label = (mark) => mark.getAttribute("aria-label").split(";")[0];

const NOT_LISTED = "; not listed in this wave";
const isAbsent = (mark) => mark.getAttribute("aria-label").endsWith(NOT_LISTED);

// The picture has marks of people without numbers: those on the list of another wave only, and, of a very large network, those
// after the first thousand.
function rowsOf(cloud, picture) {
  const known = new Set(cloud.people.map(({ personId }) => personId));
  const marks = [...picture.querySelectorAll('[data-kind="person"]')].filter(({ dataset }) => !known.has(dataset.id));
  const others = marks.map((mark) => ({
    personId: mark.dataset.id,
    name: label(mark),
    group: mark.dataset.group,
    absent: isAbsent(mark),
  }));
  return [...cloud.people, ...others];
}

const byName = (rows) => rows.toSorted((one, other) => (one.name ?? one.personId).localeCompare(other.name ?? other.personId));

// Whom most named comes first; people whom equally many named are in the order of their names.
export function peopleTable({ cloud, selection }, picture) {
  return table({
    caption: "People of this cloud",
    file: `${cloud.on.rosterName} people`,
    rows: byName(rowsOf(cloud, picture)),
    most: "Named by",
    key: (row) => row.personId,
    selection,
    columns: [
      { name: "Name", value: (row) => row.name ?? row.personId },
      { name: "Group", value: (row) => sector(row.group) },
      { name: "Named by", value: (row) => row.inDegree },
      { name: "Names", value: (row) => row.outDegree },
      { name: "Betweenness", value: (row) => round(row.betweenness) },
      { name: "Core number", value: (row) => row.coreNumber },
      { name: "Community", value: (row) => (Number.isInteger(row.community) ? row.community + 1 : null) },
      { name: "Elected", value: (row) => yes(row.elected) },
      { name: "Cut point", value: (row) => yes(row.isCutPoint) },
      { name: "Listed", value: (row) => (row.absent ? "in another wave" : "yes") },
    ],
  });
}

// The rows are made of the marks, so each tie of the picture has one and the reverse.
export function tiesTable(picture, selection) {
  const names = new Map([...picture.querySelectorAll('[data-kind="person"]')].map((mark) => [mark.dataset.id, label(mark)]));
  const name = (id) => names.get(id) ?? id;
  const rows = [...picture.querySelectorAll("[data-from][data-id]")].map(({ dataset, ariaLabel }) => ({ ...dataset, says: ariaLabel }));
  return table({
    caption: "Ties of this picture",
    file: "ties",
    rows,
    key: (row) => row.id,
    selection,
    columns: [
      { name: "From", value: (row) => name(row.from) },
      { name: "To", value: (row) => name(row.to) },
      { name: "In words", value: (row) => row.says },
    ],
  });
}

// What is said of somebody who has a mark and no numbers.
export function numberless(picture, id) {
  const mark = id && picture.querySelector(`[data-kind="person"][data-id="${CSS.escape(id)}"]`);
  if (!mark) return [];
  const why = isAbsent(mark)
    ? "This person is on the list of another wave only."
    : "This network is so large that the page has numbers of its first 1,000 people only.";
  return [h("h2", { tabindex: "-1" }, named(label(mark))), h("p", {}, why)];
}

// One person: measures, ties, and who could introduce another.
export function person(one, given, picture) {
  const { cloud, known, variables, selection } = given;
  const about = { on: cloud.on, document: "explorer-cloud", variables };
  const ties = [...picture.querySelectorAll("[data-from][data-id]")].map(({ dataset }) => dataset).filter(({ from, to }) => from === one.personId || to === one.personId);
  const others = [...new Set(ties.map(({ from, to }) => (from === one.personId ? to : from)))];
  const name = (id) => cloud.people.find(({ personId }) => personId === id)?.name ?? id;
  return [
    h("h2", { tabindex: "-1" }, named(one.name ?? one.personId)),
    h("p", {}, [sector(one.group), one.elected && "holds an elected office", one.isCutPoint && "cut point: without this person a part falls apart"].filter(Boolean).join(", ")),
    h("ul", { class: "numbers" }, OF_PERSON.map((path) => h("li", {}, path.replace(/([A-Z])/g, " $1").toLowerCase(), measured(known, path, one[path], about, "person")))),
    h("details", {}, h("summary", {}, `Tied to ${count(others.length, "person", "people")}`), h("ul", {}, others.map((id) => h("li", {}, h("button", { type: "button", class: "chooser", onclick: () => selection.select(id) }, named(name(id))))))),
    introduce(one, given, picture, name),
  ];
}

function introduce(one, { cloud }, picture, name) {
  const id = fresh("meet");
  const answer = h("p", { role: "status" });
  const options = cloud.people.filter(({ personId }) => personId !== one.personId).map((each) => h("option", { value: each.personId }, each.name ?? each.personId));
  const select = h("select", { id, onchange: () => (answer.textContent = said(chain(picture, one.personId, select.value, cloud.on.direction === "DIRECTED"), name)) }, h("option", { value: "" }, "choose a person"), options);
  return h("p", { class: "introduce" }, h("label", { for: id }, `Who can introduce ${isolated(one.name ?? "this person")} to `), select, answer);
}

function said(path, name) {
  if (!path) return "No chain of ties leads there.";
  if (path.length === 2) return "They are tied already.";
  return `Through ${path.slice(1, -1).map((id) => isolated(name(id))).join(", then ")}: ${path.length - 1} steps.`;
}
