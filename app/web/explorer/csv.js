// Rows as CSV by RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it.

const FORMULA = /^[=+\-@\t\r]/;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

function cell(value) {
  const said = value === null || value === undefined ? "" : String(value);
  const safe = typeof value !== "number" && FORMULA.test(said) && !PLAIN_NUMBER.test(said) ? `'${said}` : said;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csv = (rows) => rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
