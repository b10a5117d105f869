// A dry run of a file, and writing it, batch by batch. In: batches of rows. Out: counts, problems by line; both can be cancelled.

import { columnOf, numberOf } from "./rows.js";
import { requestId, write } from "./send.js";

const COUNTS = ["created", "changed", "same"];
const zero = () => ({ created: 0, changed: 0, same: 0, problems: [], changes: [], sent: 0 });

function add(total, written, batch, meanings) {
  for (const name of COUNTS) total[name] += written[name];
  for (const { path, message, accepted } of written.problems) {
    total.problems.push({ line: batch[numberOf(path)]?.line ?? null, column: columnOf(path, meanings), message, accepted });
  }
  total.sent += batch.length;
}

// Nothing is stored, no draft either.
export async function dryRun(kind, list, meanings, { signal, progress }) {
  const total = zero();
  for (const batch of list) {
    signal.throwIfAborted();
    const written = await write(kind.upsert, { rows: batch.map(({ row }) => row), draft: { dryRun: true } }, signal);
    add(total, written, batch, meanings);
    total.changes.push(...(written.draft?.changes ?? []));
    progress(total);
  }
  return total;
}

// Writes the rows, the good ones of each batch. `ids` has the id of each request: a batch that is sent again is written once.
export async function apply(kind, list, meanings, { signal, progress, ids, asDrafts }) {
  const total = { ...zero(), drafts: [] };
  for (const [number, batch] of list.entries()) {
    signal.throwIfAborted();
    ids[number] ??= requestId();
    const rows = batch.map(({ row }) => row);
    // A batch that is on its way is not given up in the middle: its outcome would not be known.
    const written = await write(kind.upsert, asDrafts ? { rows, requestId: ids[number], draft: {} } : { rows, requestId: ids[number], partial: true });
    if (written.draft) total.drafts.push(written.draft.id);
    add(total, written, batch, meanings);
    progress(total);
  }
  return total;
}
