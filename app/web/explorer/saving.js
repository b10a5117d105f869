// Pictures as files. In: the text of an SVG. Out: files that open without a network, with caption and legend inside.

import { h, save } from "./dom.js";

const LICENCE = "Each fact cites its source, and the data's licences are listed in docs/licences.md of citygraph.";
const STYLE = `body { font: 1rem/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 80rem; padding: 0 1rem; color: #1b1f24; background: #fff; }
svg { max-width: 100%; height: auto; } table { border-collapse: collapse; margin: 1rem 0; } caption { text-align: start; font-weight: bold; }
th, td { border: 1px solid #767f8a; padding: 0.2rem 0.5rem; text-align: start; vertical-align: top; }`;

export const saveSvg = (name, text) => save(`${name}.svg`, text, "image/svg+xml");

// With `png` the server draws it, with its own fonts; else the browser does.
export async function savePng(name, text, png) {
  save(`${name}.png`, png ? await png() : await rastered(text), "image/png");
}

async function rastered(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = h("img", { src: address, alt: "" });
    await image.decode();
    const canvas = h("canvas", { width: image.naturalWidth * 2, height: image.naturalHeight * 2 });
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    context.drawImage(image, 0, 0);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

// One file with the picture and its tables, without scripts and without anything from elsewhere.
export function savePage(name, title, text, tables) {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = "en";
  page.head.prepend(Object.assign(page.createElement("meta"), { httpEquiv: "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'" }));
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  page.head.prepend(charset);
  page.head.append(Object.assign(page.createElement("style"), { textContent: STYLE }));
  const heading = Object.assign(page.createElement("h1"), { textContent: title });
  const drawn = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  page.body.append(heading, page.importNode(drawn, true), ...tables.map((table) => page.importNode(plain(table), true)));
  const day = new Date().toISOString().slice(0, 10);
  const made = Object.assign(page.createElement("p"), { textContent: `Saved on ${day} from ${location.href} ${LICENCE}` });
  page.body.append(made);
  save(`${name}.html`, `<!doctype html>\n${page.documentElement.outerHTML}\n`, "text/html");
}

// A table without its buttons.
function plain(element) {
  const copy = (element.matches("table") ? element : element.querySelector("table")).cloneNode(true);
  for (const button of copy.querySelectorAll("button")) button.replaceWith(...button.childNodes);
  return copy;
}
