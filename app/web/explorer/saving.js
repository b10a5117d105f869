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

// One file with the picture and its tables, without scripts and without anything from elsewhere. It is put together as text,
// because a style element made here would fall under the policy of this page.
export function savePage(name, title, text, tables) {
  const day = new Date().toISOString().slice(0, 10);
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${text.replace(/^<\?xml[^>]*>/, "")}
${tables.map((table) => plain(table).outerHTML).join("\n")}
<p>${escaped(`Saved on ${day} from ${location.href}`)}</p>
<p>${escaped(LICENCE)}</p>
</body>
</html>
`;
  save(`${name}.html`, page, "text/html");
}

function escaped(text) {
  const box = h("div", {}, text);
  return box.innerHTML;
}

// A table without its buttons.
function plain(element) {
  const copy = (element.matches("table") ? element : element.querySelector("table")).cloneNode(true);
  for (const button of copy.querySelectorAll("button")) button.replaceWith(...button.childNodes);
  return copy;
}
