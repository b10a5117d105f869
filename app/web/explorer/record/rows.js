// Rows for the API from rows of a file. In: rows, the meaning of their columns, values for all. Out: rows, and problems by line and column.

import { Unread } from "./inputs.js";
import { names, value } from "./cells.js";

const AT_ONCE = 4;
const MOST_NAMES = 1_000;
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

// Looks up each name that cells give instead of ids. Gives a function as `value` of cells.js takes it.
export async function resolver(rows, meanings, finderFor, signal, progress) {
  const wanted = new Map();
  for (const { cells } of rows) {
    meanings.forEach((meaning, at) => {
      for (const name of meaning ? names(cells[at]?.trim() ?? "", meaning.field) : []) if (name) wanted.set(key(name, meaning.field), [name, meaning.field]);
    });
  }
  if (wanted.size > MOST_NAMES) throw new Unread(`The file has ${wanted.size.toLocaleString("en")} different names of facts; at most ${MOST_NAMES.toLocaleString("en")} can be looked up. Give ids instead.`);
  const found = new Map();
  const queue = [...wanted];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      signal.throwIfAborted();
      const [id, [name, field]] = next;
      found.set(id, (await finderFor(field)(name, signal)).filter((fact) => folded(fact.name) === folded(name)));
      progress(found.size, wanted.size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return (name, field) => one(found.get(key(name, field)) ?? [], name);
}

const key = (name, field) => JSON.stringify([field.to, folded(name)]);

function one(facts, name) {
  if (facts.length === 1) return facts[0].id;
  const refused = new Unread(facts.length ? `Several facts are called “${name}”. Give the id of one.` : `No fact that you may see is called “${name}”.`);
  refused.accepted = facts.map(({ id }) => id);
  throw refused;
}

// `meanings` has for each column its target, or null. `common` is stated for every row that does not state it itself.
export function made(rows, meanings, common, resolved) {
  const problems = [];
  const good = [];
  for (const { line, cells } of rows) {
    const row = {};
    const before = problems.length;
    if (cells.length > meanings.length) problems.push({ line, column: null, message: `The line has ${cells.length} cells, and the head has ${meanings.length}.`, accepted: [] });
    meanings.forEach((meaning, at) => {
      const text = cells[at]?.trim() ?? "";
      if (!meaning || !text) return;
      try {
        put(row, meaning.target, value(text, meaning.field, resolved));
      } catch (error) {
        if (!(error instanceof Unread)) throw error;
        problems.push({ line, column: at, message: error.message, accepted: error.accepted ?? [] });
      }
    });
    if (problems.length === before) good.push({ line, row: { ...common, ...row } });
  }
  return { good, problems };
}

function put(row, target, given) {
  const [first, second] = target.split(".");
  if (second) row.key = { [second]: given };
  else row[first] = given;
  // What an existing fact is found by, a new one is called.
  if (second && second !== "id") row[second] = given;
}

// The column that a problem of the API is about: `rows[3].hosts[0].to` is of the column for `hosts`.
export function columnOf(path, meanings) {
  const [, name = ""] = /^rows\[\d+\]\.?([A-Za-z]*)/.exec(path) ?? [];
  const at = meanings.findIndex((meaning) => meaning && (meaning.target === name || meaning.target === `key.${name}` || (name === "key" && meaning.target.startsWith("key."))));
  return at < 0 ? null : at;
}

export const numberOf = (path) => Number(/^rows\[(\d+)\]/.exec(path)?.[1]);

// Batches of at most `most` facts, the ones inside rows included, and of a size that a server takes.
export function batches(good, most, mostBytes = 1_500_000) {
  const every = [];
  let facts = Infinity;
  let bytes = 0;
  for (const each of good) {
    const count = 1 + Object.values(each.row).filter((given) => Array.isArray(given) && typeof given[0] === "object").flat().length;
    const size = JSON.stringify(each.row).length * 2;
    if (facts + count > most || bytes + size > mostBytes) {
      every.push([]);
      [facts, bytes] = [0, 0];
    }
    every.at(-1).push(each);
    facts += count;
    bytes += size;
  }
  return every;
}
