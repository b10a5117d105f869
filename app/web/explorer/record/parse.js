// Rows of a table in a file, by RFC 4180. In: text with commas, semicolons or tabs. Out: rows of texts with their line, and problems.

const SEPARATORS = [",", ";", "\t"];
const QUOTE = '"';

// The separator that is most often outside of quotes on the first line; a comma if there is none.
export function separator(text) {
  const counts = new Map(SEPARATORS.map((each) => [each, 0]));
  let quoted = false;
  for (const char of text) {
    if (char === QUOTE) quoted = !quoted;
    else if (!quoted && (char === "\n" || char === "\r")) break;
    else if (!quoted && counts.has(char)) counts.set(char, counts.get(char) + 1);
  }
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

// Gives `rows` of `{line, cells}`, empty lines left out, and `problems` of `{line, message}`.
export function parse(given, by) {
  const text = given.startsWith("\ufeff") ? given.slice(1) : given;
  const reader = new Reader(text, by ?? separator(text));
  while (reader.at < text.length) reader.record();
  return { separator: reader.separator, rows: reader.rows, problems: reader.problems };
}

class Reader {
  constructor(text, by) {
    Object.assign(this, { text, separator: by, at: 0, line: 1, rows: [], problems: [] });
  }

  record() {
    const { line } = this;
    const cells = [];
    let more = true;
    while (more) {
      cells.push(this.text[this.at] === QUOTE ? this.quoted() : this.plain());
      more = this.text[this.at] === this.separator;
      if (more) this.at += 1;
    }
    this.end();
    if (cells.length > 1 || cells[0] !== "") this.rows.push({ line, cells });
  }

  plain() {
    const start = this.at;
    while (this.at < this.text.length && ![this.separator, "\n", "\r"].includes(this.text[this.at])) this.at += 1;
    const cell = this.text.slice(start, this.at);
    if (cell.includes(QUOTE)) this.wrong("There is a quotation mark inside a cell that does not begin with one.");
    return cell;
  }

  quoted() {
    let cell = "";
    const opened = this.line;
    this.at += 1;
    for (;;) {
      const close = this.text.indexOf(QUOTE, this.at);
      if (close < 0) return this.unclosed(cell, opened);
      cell += this.text.slice(this.at, close);
      this.at = close + 1;
      if (this.text[this.at] !== QUOTE) break;
      cell += QUOTE;
      this.at += 1;
    }
    this.line += breaks(cell);
    const rest = this.plain();
    if (rest) this.wrong("Something stands after the closing quotation mark of a cell.");
    return cell + rest;
  }

  unclosed(cell, opened) {
    this.problems.push({ line: opened, message: "A quotation mark is opened and not closed until the end of the file." });
    const rest = this.text.slice(this.at);
    this.at = this.text.length;
    return cell + rest;
  }

  end() {
    if (this.text[this.at] === "\r") this.at += this.text[this.at + 1] === "\n" ? 2 : 1;
    else if (this.text[this.at] === "\n") this.at += 1;
    this.line += 1;
  }

  wrong(message) {
    this.problems.push({ line: this.line, message });
  }
}

const breaks = (cell) => (cell.match(/\r\n|\r|\n/g) ?? []).length;
