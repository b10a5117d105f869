// Pictures that the page draws itself. In: tags, attributes, texts. Out: the text of an SVG.

const NAMESPACE = "http://www.w3.org/2000/svg";

export function svg(tag, attributes, ...children) {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function picturePaper(wide, tall, title, drawn) {
  const root = svg("svg", {
    width: wide,
    height: tall,
    viewBox: `0 0 ${wide} ${tall}`,
    role: "graphics-document document",
    "aria-label": title,
    "font-family": "system-ui, sans-serif",
  });
  root.append(svg("title", {}, title), svg("rect", { width: wide, height: tall, fill: "#ffffff" }), ...drawn);
  return new XMLSerializer().serializeToString(root);
}

// A text in lines of at most so many letters; what does not fit in `most` lines ends with an ellipsis.
export function inRows(text, letters, most = Infinity) {
  const made = [""];
  for (const word of parts(text, letters)) {
    const last = made.at(-1);
    if (!last) made[made.length - 1] = word;
    else if (last.length + 1 + word.length <= letters) made[made.length - 1] = `${last} ${word}`;
    else made.push(word);
  }
  if (made.length <= most) return made;
  return [...made.slice(0, most - 1), `${[...made[most - 1]].slice(0, letters - 1).join("")}…`];
}

// Words, those that are longer than a line cut.
const parts = (text, letters) =>
  text
    .split(/\s+/u)
    .filter(Boolean)
    .flatMap((word) => {
      const each = [...word];
      return Array.from({ length: Math.ceil(each.length / letters) }, (_, at) =>
        each.slice(at * letters, (at + 1) * letters).join(""),
      );
    });
