// The first page. A question that is opened is asked, and its answer is shown as tables.

import { MORE, parts } from "./tables.js";
import { headers, keepToken } from "./token.js";

const URLS = /https?:\/\/[^\s,]+/g;
const MOST_ROWS = 200;

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// A line of a cell; addresses in it become links that show the name of their site.
function line(text) {
  const shown = element("div", "", { class: "line" });
  shown.style.setProperty("--depth", (text.length - text.trimStart().length) / 2);
  let at = 0;
  for (const match of text.matchAll(URLS)) {
    shown.append(text.slice(at, match.index));
    at = match.index + match[0].length;
    shown.append(element("a", new URL(match[0]).hostname, { href: match[0], rel: "noreferrer noopener", target: "_blank" }));
  }
  shown.append(text.slice(at));
  return shown;
}

function drawn(table) {
  const box = element("div", "", { class: "scrolled", tabindex: "0", role: "region", "aria-label": table.name });
  const made = element("table");
  made.append(element("caption", table.name));
  const head = element("tr");
  for (const column of table.columns) head.append(element("th", column || "value", { scope: "col" }));
  made.createTHead().append(head);
  const body = made.createTBody();
  for (const row of table.rows.slice(0, MOST_ROWS)) {
    const cells = element("tr");
    for (const column of table.columns) {
      const cell = element("td");
      cell.append(...(row.get(column) ?? []).map(line));
      cells.append(cell);
    }
    body.append(cells);
  }
  box.append(made);
  return box;
}

function* shown(answer) {
  for (const error of answer.errors ?? []) {
    const code = error.extensions?.code;
    yield element("p", code ? `${error.message} (${code})` : error.message, { class: "error", role: "alert" });
  }
  for (const part of parts(answer.data ?? {})) {
    for (const [name, value] of part.about) yield element("p", name ? `${name}: ${value}` : `${part.name}: ${value}`);
    for (const table of part.tables) {
      if (table.rows.length === 0) {
        yield element("p", `${table.name}: no rows`);
        continue;
      }
      yield drawn(table);
      if (table.rows.length > MOST_ROWS) yield element("p", `The first ${MOST_ROWS} of ${table.rows.length} rows are shown.`);
      if (table.more) yield element("p", MORE);
    }
  }
  if (answer.extensions?.synthetic) yield element("p", "Some of these facts are made up.", { class: "note" });
}

async function ask(question) {
  const box = question.querySelector(".answer");
  box.replaceChildren(element("p", "Asking …", { role: "status" }));
  box.setAttribute("aria-busy", "true");
  try {
    const body = JSON.stringify({ documentId: question.id, variables: JSON.parse(question.dataset.variables) });
    const response = await fetch("/graphql", { method: "POST", headers: headers(), body });
    box.replaceChildren(...shown(await response.json()), again(question, "Ask again"));
  } catch {
    const failed = element("p", "The server does not answer. Does it still run?", { class: "error", role: "alert" });
    box.replaceChildren(failed, again(question, "Try again"));
  } finally {
    box.removeAttribute("aria-busy");
  }
}

function again(question, label) {
  const button = element("button", label, { type: "button" });
  button.addEventListener("click", () => ask(question));
  return button;
}

for (const question of document.querySelectorAll("details.question")) {
  question.addEventListener("toggle", () => {
    if (question.open && !question.querySelector(".answer").hasChildNodes()) ask(question);
  });
}

// A link to a question opens it.
function openLinked() {
  const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (linked?.matches("details.question")) linked.open = true;
}

keepToken(document.getElementById("token"));
addEventListener("hashchange", openLinked);
openLinked();
