// How the ties of a network change in a what-if. In: the columns of both networks. Out: ties, and their lines in a picture.

const SVG = "http://www.w3.org/2000/svg";

// Pairs of ids, in the order of the API: with direction, who named comes first.
const ties = ({ personIds, one, other }) => one.map((start, at) => [personIds[start], personIds[other[at]]]);
const key = ([one, other]) => `${one} ${other}`;

export function changed(now, then) {
  const [before, after] = [ties(now), ties(then)];
  const [known, kept] = [new Set(before.map(key)), new Set(after.map(key))];
  const added = after.filter((tie) => !known.has(key(tie)));
  const stay = new Set(then.personIds);
  return {
    added,
    lost: before.filter((tie) => !kept.has(key(tie))),
    tied: new Set(added.flat()).size,
    gone: new Set(now.personIds.filter((id) => !stay.has(id))),
  };
}

// Draws new ties over a picture and fades who leaves, with all ties; null takes both away.
export function overlay(picture, changes) {
  const svg = picture.querySelector("svg");
  svg.querySelector(".added")?.remove();
  const marks = [...svg.querySelectorAll("[data-kind][data-id]")];
  for (const { dataset, classList } of marks) {
    classList.toggle("gone", Boolean(changes) && [dataset.id, dataset.from, dataset.to].some((id) => changes.gone.has(id)));
  }
  if (!changes?.added.length) return;
  const places = new Map(marks.filter(({ dataset }) => !dataset.from).map((mark) => [mark.dataset.id, mark]));
  const lines = document.createElementNS(SVG, "g");
  lines.setAttribute("class", "added");
  lines.setAttribute("aria-hidden", "true");
  const drawn = new Set();
  for (const tie of changes.added) {
    const [one, other] = tie.map((id) => places.get(id));
    if (!one || !other || drawn.has(key(tie.toReversed()))) continue;
    drawn.add(key(tie));
    lines.append(line(middle(one), middle(other)));
  }
  const [first] = places.values();
  first.parentNode.insertBefore(lines, first);
}

function line([x1, y1], [x2, y2]) {
  const made = document.createElementNS(SVG, "line");
  for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) made.setAttribute(name, value);
  return made;
}

// The middle of the shape of a person, without the name beside it.
function middle(mark) {
  const shape = [...mark.children].find((part) => !["text", "title"].includes(part.localName)) ?? mark;
  const { x, y, width, height } = shape.getBBox();
  return [x + width / 2, y + height / 2];
}
