// Pictures that the page draws itself. In: tags, attributes, texts. Out: the text of an SVG.

const NAMESPACE = "http://www.w3.org/2000/svg";
const FONT = "system-ui, sans-serif";

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
    "font-family": FONT,
  });
  root.append(svg("title", {}, title), svg("rect", { width: wide, height: tall, fill: "#ffffff" }), ...drawn);
  return new XMLSerializer().serializeToString(root);
}

let ruler = null;

function width(text, size) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = `bold ${size}px ${FONT}`;
  return ruler.measureText(text).width;
}

// A text in lines of at most so many pixels; what does not fit in `most` lines ends with an ellipsis.
export function inRows(text, wide, size, most = Infinity) {
  const made = [""];
  for (const word of text.split(/\s+/u).flatMap((each) => cut(each, wide, size))) {
    const longer = made.at(-1) ? `${made.at(-1)} ${word}` : word;
    if (width(longer, size) <= wide) made[made.length - 1] = longer;
    else made.push(word);
  }
  if (made.length <= most) return made;
  return [...made.slice(0, most - 1), `${cut(made[most - 1], wide - size, size)[0]}…`];
}

// A word that is longer than a line, in parts that are not.
function cut(word, wide, size) {
  const made = [];
  let rest = "";
  for (const letter of word) {
    if (rest && width(rest + letter, size) > wide) {
      made.push(rest);
      rest = "";
    }
    rest += letter;
  }
  return rest ? [...made, rest] : made;
}
