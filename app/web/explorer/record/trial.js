// The dry run of a file and the writing of it: progress, what would happen, what is refused and why. In: an upload. Out: an element.

import { h } from "../dom.js";
import { table } from "../table.js";
import { difference } from "./drafts.js";
import { drop } from "./keep.js";
import { Unread } from "./inputs.js";
import { batches, made, resolver } from "./rows.js";
import { apply, dryRun } from "./run.js";
import { hint, outcome } from "./send.js";

const MOST_LINES = 100;
const count = (number) => number.toLocaleString("en");
const rows = (number) => (number === 1 ? "1 row" : `${count(number)} rows`);

export class Trial {
  constructor(upload) {
    this.upload = upload;
    this.place = h("div", {});
    this.status = h("div", { role: "status" });
    this.button = h("button", { type: "button", class: "main", onclick: () => this.trying() }, "Dry run: see what it would change");
    this.element = h("section", { class: "trial" }, h("h2", {}, "Try it, then write it"), h("p", {}, this.button), this.status, this.place);
  }

  // Runs a job that shows its progress and can be cancelled.
  async job(words, most, work) {
    const controller = new AbortController();
    const bar = h("progress", { "aria-label": words, max: most, value: 0 });
    const said = h("span", {}, `${words} …`);
    const cancel = h("button", { type: "button", onclick: () => controller.abort() }, "Cancel");
    this.status.replaceChildren(said, " ", bar, " ", cancel);
    this.button.disabled = true;
    const progress = (done, of = most, text = words) => {
      Object.assign(bar, { max: of, value: done });
      said.textContent = `${text}: ${count(done)} of ${count(of)}`;
    };
    try {
      const result = await work(controller.signal, progress);
      this.status.replaceChildren();
      return result;
    } catch (error) {
      const text = controller.signal.aborted ? "Cancelled." : `${error.message} ${error instanceof Unread ? "" : hint(error)}`;
      if (!controller.signal.aborted && !(error instanceof Unread) && !error.code) throw error;
      this.status.replaceChildren(h("p", { class: controller.signal.aborted ? null : "wrong" }, text));
      return null;
    } finally {
      this.button.disabled = false;
    }
  }

  async trying() {
    const { upload } = this;
    this.place.replaceChildren();
    const stated = upload.stated();
    if (!stated) return;
    const { meanings, common } = stated;
    const { body, kind, known } = upload;
    const result = await this.job("Looking up names", body.length, async (signal, progress) => {
      const resolved = await resolver(body, meanings, (field) => upload.find(field), signal, (done, of) => progress(done, of));
      const { good, problems } = made(body, meanings, common, resolved);
      const list = batches(good, known.most);
      const total = await dryRun(kind, list, meanings, { signal, progress: ({ sent }) => progress(sent, good.length, "Trying rows") });
      return { total, problems: [...upload.broken.map((each) => ({ column: null, accepted: [], ...each })), ...problems, ...total.problems], good };
    });
    if (result) this.shown(result, meanings);
  }

  shown({ total, problems, good }, meanings) {
    const { body } = this.upload;
    const wrong = new Set(problems.map(({ line }) => line));
    const fine = good.filter(({ line }) => !wrong.has(line));
    const refused = body.filter(({ line }) => wrong.has(line)).length;
    const says = h("p", { class: "what-if", tabindex: "-1" }, `Of ${rows(body.length)}, ${rows(fine.length)} can be written, and ${rows(refused)} would be refused. In all: ${outcome(total)}, relationships included.`);
    const parts = [
      says,
      this.refused(problems, "Rows that would be refused"),
      total.changes.length > 0 && h("details", { class: "more" }, h("summary", {}, "What would change"), difference(total)),
      fine.length > 0 && this.offer(fine, meanings),
    ];
    this.place.replaceChildren(...parts.filter(Boolean));
    says.focus();
  }

  offer(fine, meanings) {
    const ids = [];
    const draftIds = [];
    const write = () => this.writing(fine, meanings, { ids, asDrafts: false });
    const draft = () => this.writing(fine, meanings, { ids: draftIds, asDrafts: true });
    return h("p", { class: "saving" }, h("button", { type: "button", class: "main", onclick: write }, `Write ${rows(fine.length)}`), h("button", { type: "button", onclick: draft }, "Save as drafts instead"));
  }

  async writing(fine, meanings, how) {
    const { kind, known, pane } = this.upload;
    const list = batches(fine, known.most);
    let last = null;
    const result = await this.job(how.asDrafts ? "Saving drafts" : "Writing rows", fine.length, (signal, progress) =>
      apply(kind, list, meanings, { signal, ...how, progress: (total) => { last = total; progress(total.sent, fine.length); } }),
    );
    if (!result) {
      if (last) this.status.append(h("p", {}, `Until then: ${rows(last.sent)} sent, ${outcome(last)}. To go on, press the same button again: what is written already is not written twice.`));
      return;
    }
    drop("upload");
    const drafts = result.drafts.length > 0 && h("p", {}, h("a", { href: pane.href("record", { part: "drafts" }) }, "Look at the drafts"));
    const said = h("div", { class: "state", tabindex: "-1", "data-result": how.asDrafts ? "drafts" : "written" }, h("p", {}, how.asDrafts ? `Saved as ${result.drafts.length === 1 ? "a draft" : `${result.drafts.length} drafts`}: ${rows(result.sent)}.` : `Written: ${outcome(result)}, relationships included.`), drafts);
    this.place.replaceChildren(said, this.refused(result.problems, "Rows that were refused"));
    said.focus();
  }

  // Each refused row with its cells, and beneath the cell what is wrong with it.
  refused(problems, caption) {
    if (problems.length === 0) return "";
    const { head, body } = this.upload;
    const byLine = new Map();
    for (const each of problems) byLine.set(each.line, [...(byLine.get(each.line) ?? []), each]);
    const line = ([number, list]) => {
      const cells = body.find((each) => each.line === number)?.cells ?? [];
      const at = (column) => list.filter((each) => each.column === column).map(({ message, accepted }) => h("p", { class: "wrong" }, message, accepted.length > 0 && h("span", { class: "accepted" }, ` Accepted: ${accepted.slice(0, 6).join(", ")}.`)));
      return h("tr", {}, h("th", { scope: "row" }, `Line ${number}`), h("td", {}, at(null)), head.map((_, column) => h("td", {}, h("bdi", {}, cells[column] ?? ""), at(column))));
    };
    const lines = [...byLine].sort(([one], [other]) => one - other);
    const grid = h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, ["Line", "The row", ...head].map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, lines.slice(0, MOST_LINES).map(line)));
    const rest = lines.length > MOST_LINES && h("p", { class: "faint" }, `The first ${MOST_LINES} of ${count(lines.length)} lines.`);
    const columns = [
      { name: "Line", value: (each) => each.line },
      { name: "Column", value: (each) => head[each.column] ?? "" },
      { name: "Problem", value: (each) => each.message },
      { name: "Accepted", value: (each) => each.accepted.join("; ") },
    ];
    const list = h("details", { class: "more" }, h("summary", {}, problems.length === 1 ? "The problem as a list" : `All ${count(problems.length)} problems as a list`), table({ caption: "Problems", columns, rows: problems, file: "problems" }));
    return h("div", { class: "refused" }, h("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": caption }, grid), rest, list);
  }
}
