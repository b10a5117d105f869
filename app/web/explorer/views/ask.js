// Questions that come with the server: each asked with one click, its answer as tables, and its GraphQL and Cypher to copy.

import { answered, file } from "../api.js";
import { shown } from "../answers.js";
import { copier, h } from "../dom.js";
import { broken, empty } from "../states.js";
import { count } from "../words.js";

export const title = "Ask: questions and answers";

const NO_CYPHER = "No Cypher twin is kept for this question. Questions about one of the systems of the model have one; the server makes its own Cypher for every question.";
const STEWARD = "This question is for a steward: put the token that `citygraph token` prints into the field at the top, then ask again.";

export async function show(pane) {
  const { systems, questions } = await file("questions", pane.signal);
  const items = new Map(questions.map((question) => [question.id, item(pane, question)]));
  const sections = [...grouped(systems, questions)].map(([heading, list]) => section(pane, heading, list, items));
  const told = h("p", { role: "status", class: "faint" });
  const filter = h("input", { type: "search", autocomplete: "off", value: pane.args.words ?? "" });
  filter.addEventListener("input", () => {
    pane.keep({ words: filter.value.trim() });
    narrow(filter.value, sections, told);
  });
  pane.box.replaceChildren(
    h("p", {}, "Open a question to see its answer. ", h("a", { href: "/graphql", target: "_self" }, "The editor"), " takes questions of your own."),
    h("div", { class: "bar" }, h("label", {}, "Only questions with the words", filter)),
    told,
    ...sections.map(({ element }) => element),
  );
  narrow(filter.value, sections, told);
  const linked = pane.args.id && items.get(pane.args.id);
  if (linked) {
    linked.open = true;
    linked.scrollIntoView({ block: "start" });
    linked.querySelector("summary").focus({ preventScroll: true });
  } else if (pane.args.id) told.textContent = `There is no question ${pane.args.id}.`;
}

// The questions of each system; one about two systems stands in the first and is linked from the second.
function* grouped(systems, questions) {
  for (const { number, heading } of systems) {
    const about = questions.filter((question) => question.systems.includes(number));
    if (about.length) yield [heading, about];
  }
  const others = questions.filter((question) => question.systems.length === 0);
  if (others.length) yield [questions.length > others.length ? "More questions" : "Questions", others];
}

function section(pane, heading, list, items) {
  const lines = list.map((question) => {
    const own = items.get(question.id);
    const content = own.parentElement ? h("a", { href: pane.href("ask", { id: question.id }) }, question.sentence) : own;
    return { question, element: h("li", {}, content) };
  });
  const element = h("section", { class: "system" }, h("h2", {}, heading), h("ul", { class: "questions" }, lines.map((line) => line.element)));
  return { element, lines };
}

function narrow(text, sections, told) {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const left = new Set();
  for (const { element, lines } of sections) {
    for (const line of lines) {
      const said = `${line.question.id} ${line.question.sentence} ${line.question.more}`.toLowerCase();
      line.element.hidden = !wanted.every((word) => said.includes(word));
      if (!line.element.hidden) left.add(line.question.id);
    }
    element.hidden = lines.every((line) => line.element.hidden);
  }
  told.textContent = wanted.length ? `${count(left.size, "question")} with these words.` : count(left.size, "question");
}

function item(pane, question) {
  const answer = h("div", { class: "answer", "aria-live": "polite" });
  const variables = Object.keys(question.variables).length > 0;
  const made = h(
    "details",
    { class: "question", id: `question-${question.id}`, "data-question": question.id },
    h("summary", {}, question.sentence),
    question.more && h("p", { class: "faint" }, question.more),
    question.viewer === "steward" && h("p", { class: "note" }, STEWARD),
    answer,
    text("GraphQL", variables ? `# variables: ${JSON.stringify(question.variables)}\n${question.graphql}` : question.graphql),
    question.cypher ? text("Cypher", question.cypher) : h("details", {}, h("summary", {}, "Cypher"), h("p", {}, NO_CYPHER)),
    h("p", {}, h("a", { href: editor(question), target: "_self" }, "Open in the editor")),
  );
  made.addEventListener("toggle", () => {
    if (made.open) pane.keep({ id: question.id });
    else if (pane.args.id === question.id) pane.keep({ id: null });
    if (made.open && !answer.hasChildNodes()) asked(pane, question, answer);
  });
  return made;
}

// A text in a box that opens, with a button that copies it.
function text(name, content) {
  return h("details", { class: "text" }, h("summary", {}, name), h("pre", { tabindex: "0", role: "region", "aria-label": name }, content.trim()), copier(`Copy the ${name}`, () => content));
}

function editor({ graphql, sentence, variables }) {
  const given = new URLSearchParams({ q: `# ${sentence}\n${graphql}` });
  if (Object.keys(variables).length) given.set("variables", JSON.stringify(variables, null, 2));
  return `/graphql?${given}`;
}

async function asked(pane, question, box) {
  box.setAttribute("aria-busy", "true");
  box.replaceChildren(h("p", { role: "status" }, "Asking …"));
  const again = (label) => h("button", { type: "button", onclick: () => asked(pane, question, box) }, label);
  try {
    const { answer } = await answered(question.id, question.variables, pane.signal);
    const parts = [...shown(answer)];
    box.replaceChildren(...(parts.length ? parts : [empty("The answer has nothing in it.")]), again("Ask again"));
  } catch (error) {
    if (error.name !== "AbortError") box.replaceChildren(broken(error), again("Try again"));
  } finally {
    box.removeAttribute("aria-busy");
  }
}
