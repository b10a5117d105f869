// The journey of a lesson as a picture: boxes in columns, from the visit to the outcome. In: columns of boxes, arrows. Out: SVG text.

import { inRows, picturePaper, svg } from "./svg.js";

const WIDE = 216;
const GAP = 62;
const LINE = 17;
const PAD = 10;
const MARGIN = 20;
const TOP = 78;
const SIZE = 13;
const DASHED = { "stroke-dasharray": "5 4" };
const KINDS = { visit: "#0b5394", lesson: "#00664b", adoption: "#a83c00", outcome: "#7a2a6b", missing: "#4a5058" };

// In: title, columns {name, boxes: [{id?, kind, head, text, says}]}, arrows [from, to], caption lines, down (columns one below another).
export function chain({ title, columns, arrows, caption, down }) {
  const heads = inRows(title, across(columns, down) - 2 * MARGIN, 19);
  const top = MARGIN + heads.length * 24 + (TOP - 54);
  const placed = down ? below(columns, top) : beside(columns, top);
  const { wide, tall } = placed;
  const notes = caption.flatMap((line) => inRows(line, wide - 2 * MARGIN, 12));
  const drawn = [
    ...heads.map((line, at) => svg("text", { x: MARGIN, y: MARGIN + 14 + at * 24, "font-size": 19, fill: "#1b1f24" }, line)),
    ...placed.names.map(({ name, x, y }) => svg("text", { x, y, "font-size": 13, "font-weight": 600, fill: "#4a5058" }, name)),
    ...arrows.map(([from, to]) =>
      arrow(
        placed.at.get(from),
        placed.at.get(to),
        down,
        [from, to].every(({ id }) => id),
      ),
    ),
    ...columns.flatMap(({ boxes }) => boxes.map((box) => drawnBox(box, placed.at.get(box)))),
    ...notes.map((line, at) => svg("text", { x: MARGIN, y: tall + 18 + at * LINE, "font-size": 12, fill: "#1b1f24" }, line)),
  ];
  return picturePaper(wide, tall + 30 + notes.length * LINE, title, drawn);
}

const across = (columns, down) => MARGIN * 2 + (down ? 24 + WIDE : columns.length * (WIDE + GAP) - GAP);
const height = (box) => PAD * 2 + LINE * rows(box).length;
const rows = (box) => [...inRows(box.head, WIDE - 2 * PAD, SIZE, 2), ...inRows(box.text, WIDE - 2 * PAD, SIZE, 6)];

function beside(columns, top) {
  const at = new Map();
  const names = [];
  const talls = columns.map(({ boxes }) => boxes.reduce((sum, box) => sum + height(box) + 16, 0));
  const most = Math.max(...talls);
  columns.forEach(({ name, boxes }, number) => {
    const x = MARGIN + number * (WIDE + GAP);
    names.push({ name: `${number + 1}. ${name}`, x, y: top });
    let y = top + 14 + (most - talls[number]) / 2;
    for (const box of boxes) {
      at.set(box, { x, y, tall: height(box) });
      y += height(box) + 16;
    }
  });
  return { at, names, wide: across(columns, false), tall: top + 14 + most };
}

function below(columns, top) {
  const at = new Map();
  const names = [];
  let y = top;
  columns.forEach(({ name, boxes }, number) => {
    names.push({ name: `${number + 1}. ${name}`, x: MARGIN, y });
    y += 14;
    for (const box of boxes) {
      at.set(box, { x: MARGIN + 24, y, tall: height(box) });
      y += height(box) + 16;
    }
    y += 26;
  });
  return { at, names, wide: across(columns, true), tall: y - 26 };
}

// Each kind has its word at the top of its box, so nothing is told by colour alone; what is missing has a dashed outline.
function drawnBox(box, { x, y, tall }) {
  const dashed = box.kind === "missing" ? DASHED : {};
  const frame = svg("rect", {
    x,
    y,
    width: WIDE,
    height: tall,
    rx: 6,
    fill: "#ffffff",
    stroke: KINDS[box.kind],
    "stroke-width": 1.8,
    ...dashed,
  });
  const heads = inRows(box.head, WIDE - 2 * PAD, SIZE, 2).length;
  const lines = rows(box).map((line, at) =>
    svg(
      "text",
      {
        x: x + PAD,
        y: y + PAD + 12 + at * LINE,
        "font-size": 13,
        "font-weight": at < heads ? 700 : 400,
        fill: at < heads ? KINDS[box.kind] : "#1b1f24",
      },
      line,
    ),
  );
  const mark = box.id
    ? { "data-kind": box.kind, "data-id": box.id, tabindex: 0, role: "graphics-symbol img", "aria-label": box.says }
    : { role: "img", "aria-label": box.says };
  return svg("g", mark, svg("title", {}, box.says), frame, ...lines);
}

function arrow(from, to, down, stated) {
  const [x1, y1] = down ? [from.x - 4, from.y + from.tall / 2] : [from.x + WIDE + 2, from.y + from.tall / 2];
  const [x2, y2] = down ? [to.x - 4, to.y + to.tall / 2] : [to.x - 5, to.y + to.tall / 2];
  const curve = down
    ? `M${x1} ${y1}C${x1 - 26} ${y1} ${x2 - 26} ${y2} ${x2} ${y2}`
    : `M${x1} ${y1}C${x1 + GAP / 2} ${y1} ${x2 - GAP / 2} ${y2} ${x2} ${y2}`;
  return svg("path", {
    d: `${curve}M${x2 - 8} ${y2 - 5}L${x2} ${y2}L${x2 - 8} ${y2 + 5}`,
    fill: "none",
    stroke: "#5c636b",
    "stroke-width": 1.8,
    ...(stated ? {} : DASHED),
  });
}
