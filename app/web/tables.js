// Answers as tables. In: the data of an answer. Out: for each root field what it says about itself, and its lists as tables.
// app/cli/tables.py does the same for the terminal; a test compares the two.

const WRAPPERS = ["nodes", "edges"];
const PAGE = "pageInfo";
const LEFT_OUT = [PAGE, "cursor", "startCursor", "endCursor"];
export const NOTHING = "nothing was found";
export const MORE = "There are more rows: ask for them with `after`.";

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isTable = (value) => Array.isArray(value) && (value.length === 0 || isObject(value[0]));
const name = (path) => path.filter((step) => !WRAPPERS.includes(step)).join(".");

export function parts(data) {
  return Object.entries(data).map(([root, value]) => {
    if (value === null) return { name: root, about: [["", NOTHING]], tables: [] };
    const fields = isObject(value) ? [...fieldsOf(value, [root])] : [{ path: [root], value, more: false }];
    const about = fields.filter((field) => !isTable(field.value));
    const tables = fields.filter((field) => isTable(field.value));
    return {
      name: root,
      about: about.map((field) => [name(field.path.slice(1)), lines(field.value, 0).join(", ")]),
      tables: tables.map((field) => table(name(field.path), field.value, field.more)),
    };
  });
}

// The values and lists of an object and of the objects in it, each with its path and whether more rows follow.
function* fieldsOf(item, path) {
  const more = isObject(item[PAGE]) && Boolean(item[PAGE].hasNextPage);
  for (const [key, value] of Object.entries(item)) {
    if (LEFT_OUT.includes(key)) continue;
    if (isObject(value)) yield* fieldsOf(value, key === "node" ? path : [...path, key]);
    else yield { path: [...path, key], value, more: more && WRAPPERS.includes(key) };
  }
}

function table(title, items, more) {
  const rows = items.map(row);
  const named = columns(rows);
  return {
    name: title,
    more,
    columns: [...new Set(named.values())],
    rows: rows.map((cells) => new Map([...cells].filter(([key]) => named.has(key)).map(([key, value]) => [named.get(key), value]))),
  };
}

// `city.name` is `city` if nothing else is; a column of absent facts, whose values have others, is none.
function columns(rows) {
  const empty = new Map();
  for (const cells of rows) {
    for (const [key, value] of cells) empty.set(key, (empty.get(key) ?? true) && !value.some(Boolean));
  }
  const every = [...empty.keys()];
  const paths = every.filter((path) => !(empty.get(path) && every.some((other) => other.startsWith(path + "."))));
  return new Map(
    paths.map((path) => {
      const above = path.slice(0, Math.max(path.lastIndexOf("."), 0));
      const same = paths.filter((other) => other === above || other.startsWith(above + "."));
      return [path, above && same.length === 1 ? above : path];
    }),
  );
}

function row(item) {
  if (!isObject(item)) return new Map([["", [text(item)]]]);
  return new Map([...fieldsOf(item, [])].map(({ path, value }) => [name(path) || path[path.length - 1], lines(value, 0)]));
}

// A value is one line, a list a line for each item; lists inside an item follow it, indented.
function lines(value, depth) {
  if (!Array.isArray(value)) return [text(value)];
  return value.flatMap((each) => {
    const [own, below] = item(each, depth);
    return own || below.length === 0 ? ["  ".repeat(depth) + own, ...below] : below;
  });
}

function item(value, depth) {
  if (!isObject(value)) return [text(value), []];
  const own = [];
  const below = [];
  for (const field of fieldsOf(value, [])) {
    const written = lines(field.value, depth + 1);
    if (Array.isArray(field.value) && !isShort(field.value)) below.push(...written);
    else own.push(...written.map((line) => line.trim()).filter(Boolean));
  }
  return [own.join(", "), below];
}

// Whether a list fits into the line of what it belongs to: it has one item without lists, or items with one value.
function isShort(items) {
  const values = items.map((each) =>
    [...(isObject(each) ? fieldsOf(each, []) : [{ value: each }])].map((field) => field.value).filter((value) => value !== null),
  );
  const most = items.length > 1 ? 1 : Math.max(0, ...values.map((each) => each.length));
  return values.every((each) => each.length <= most && !each.some(Array.isArray));
}

function text(value) {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === null ? "" : String(value).replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
}
