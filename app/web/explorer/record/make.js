// A fact that is made inside a form, such as a new source. In: a kind and the text that was searched for. Out: the fact, or null.

import { fresh, h } from "../dom.js";
import { form } from "./form.js";
import { words } from "./model.js";
import { hint, requestId, write } from "./send.js";

// `context` has the model and the question to the server. The dialog gives the focus back when it closes.
export function maker(kind, context) {
  return (text) => new Promise((done) => opened(kind, context, text, done));
}

function opened(kind, context, text, done) {
  const id = fresh("dialog");
  const made = form({ kind, context: { ...context, make: {} }, slim: true });
  made.restore({ [kind.called]: text, confidence: "VERIFIED" });
  const status = h("p", { role: "status" });
  const failed = h("p", { class: "wrong", role: "alert" });
  const request = requestId();
  let fact = null;
  const save = h("button", { class: "main" }, `Record the ${words(kind.name).toLowerCase()}`);
  const cancel = h("button", { type: "button", onclick: () => dialog.close() }, "Cancel");
  const sheet = h("form", { novalidate: true, onsubmit: send }, made.element, failed, status, h("p", { class: "saving" }, save, cancel));
  const dialog = h("dialog", { class: "record-make", "aria-labelledby": id }, h("h2", { id }, `New ${words(kind.name).toLowerCase()}`), sheet);

  async function send(event) {
    event.preventDefault();
    event.stopPropagation();
    failed.replaceChildren();
    const { row, problems } = made.row();
    made.problems(problems);
    if (problems.length || save.disabled) return;
    save.disabled = true;
    status.textContent = "Recording …";
    try {
      const written = await write(kind.upsert, { rows: [row], requestId: request });
      made.problems(written.problems);
      const [node] = written.nodes;
      if (node) fact = { id: node.id, name: row[kind.called], type: kind.name };
      if (node) dialog.close();
    } catch (error) {
      failed.textContent = `${error.message} ${hint(error)}`;
    } finally {
      save.disabled = false;
      status.textContent = "";
    }
  }

  dialog.addEventListener("close", () => {
    dialog.remove();
    done(fact);
  });
  // What is typed in the dialog belongs to no form around it.
  dialog.addEventListener("input", (event) => event.stopPropagation());
  context.box.append(dialog);
  dialog.showModal();
}
