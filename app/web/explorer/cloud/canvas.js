// Many people and ties on a canvas. In: points, ties by style, marks by style. Out: a drawing that can be moved and enlarged.

const LINE = "#1b1f24";
const CHOSEN = "#c2185b";
const PAD = 24;
const MOST_LABELS = 60;
const MOST_LAYERS = 8;

// Corners of a regular shape of the area of a circle, the first one at an angle in degrees; as in graph/figures/geometry.py.
function regular(corners, turned) {
  const reach = Math.sqrt((2 * Math.PI) / corners / Math.sin((2 * Math.PI) / corners));
  const angles = Array.from({ length: corners }, (_, at) => ((turned + (360 * at) / corners) * Math.PI) / 180);
  const points = angles.map((angle) => [reach * Math.cos(angle), reach * Math.sin(angle)]);
  return (path, x, y, r) => {
    for (const [at, [across, down]] of points.entries()) at ? path.lineTo(x + r * across, y + r * down) : path.moveTo(x + r * across, y + r * down);
    path.closePath();
  };
}

// In the order of the groups, as in graph/figures/look.py.
const SHAPES = {
  circle: (path, x, y, r) => (path.moveTo(x + r, y), path.arc(x, y, r, 0, 7)),
  square: regular(4, 45),
  triangle: regular(3, -90),
  diamond: regular(4, -90),
  hexagon: regular(6, 0),
  down: regular(3, 90),
  pentagon: regular(5, -90),
  octagon: regular(8, 22.5),
};

export class Canvas {
  constructor(points) {
    this.points = points;
    this.element = document.createElement("canvas");
    this.context = this.element.getContext("2d");
    this.view = { zoom: 1, x: 0, y: 0 };
    this.size = { wide: 0, tall: 0, scale: 1 };
    this.forget();
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(this.element);
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    this.bounds = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  }

  // `ties` and `people` are lists of {style, items}; `labels(number)` gives a name; `chosen` and `near` are numbers of people.
  show(scene) {
    this.scene = scene;
    this.draw();
  }

  // Draw lists that are to be shown later, such as those of the next wave, so that showing them only copies.
  prepare({ ties, people }) {
    if (this.size.wide === 0) return;
    this.places ??= this.placed();
    this.tieLayer(ties);
    this.peopleLayer(people);
  }

  // The size is read here alone: to read it while a page changes would make the browser lay all of the page out first.
  resized() {
    const scale = devicePixelRatio || 1;
    const { clientWidth: wide, clientHeight: tall } = this.element;
    this.size = { wide, tall, scale };
    this.element.width = Math.round(wide * scale);
    this.element.height = Math.round(tall * scale);
    this.moved();
  }

  // Where people stand on the canvas, and what is drawn of them, hold until it is moved, enlarged or resized.
  forget() {
    this.places = null;
    this.layers = new Map();
  }

  moved() {
    this.forget();
    if (this.scene) this.draw();
  }

  // The picture of a list, which is the same list each time that it is shown. The last ones are kept.
  layer(list, draw) {
    const made = this.layers.get(list) ?? this.drawn(draw);
    this.layers.delete(list);
    this.layers.set(list, made);
    if (this.layers.size > MOST_LAYERS) this.layers.delete(this.layers.keys().next().value);
    return made;
  }

  drawn(draw) {
    const made = new OffscreenCanvas(this.element.width || 1, this.element.height || 1);
    const on = made.getContext("2d");
    on.scale(this.size.scale, this.size.scale);
    draw(on);
    return made;
  }

  tieLayer(ties) {
    return this.layer(ties, (on) => ties.forEach(({ style, items }) => this.lines(on, items, style)));
  }

  peopleLayer(people) {
    return this.layer(people, (on) => people.forEach(({ style, items }) => this.marks(on, items, style, this.radius)));
  }

  get radius() {
    return Math.min(9, 3 * Math.sqrt(this.view.zoom));
  }

  placed() {
    const { wide, tall } = this.size;
    const [left, top, right, bottom] = this.bounds;
    const fit = Math.min((wide - 2 * PAD) / (right - left || 1), (tall - 2 * PAD) / (bottom - top || 1));
    const scale = fit * this.view.zoom;
    const [across, down] = [wide / 2 - ((left + right) / 2) * scale + this.view.x, tall / 2 - ((top + bottom) / 2) * scale + this.view.y];
    return this.points.map(([x, y]) => [across + x * scale, down + y * scale]);
  }

  draw() {
    const { context: on, scene, size, radius } = this;
    if (size.wide === 0) return;
    this.places ??= this.placed();
    on.setTransform(1, 0, 0, 1, 0, 0);
    on.clearRect(0, 0, this.element.width, this.element.height);
    on.drawImage(this.tieLayer(scene.ties), 0, 0);
    on.setTransform(size.scale, 0, 0, size.scale, 0, 0);
    if (scene.chosen !== null) this.lines(on, scene.chosenTies, { colour: CHOSEN, width: 1.6 });
    on.setTransform(1, 0, 0, 1, 0, 0);
    on.drawImage(this.peopleLayer(scene.people), 0, 0);
    on.setTransform(size.scale, 0, 0, size.scale, 0, 0);
    if (scene.chosen !== null) this.marks(on, [scene.chosen], { shape: "circle", fill: CHOSEN }, radius * 1.8);
    this.names(radius);
  }

  lines(on, ties, { colour, width, dash = [] }) {
    const { places } = this;
    const path = new Path2D();
    for (const [start, end] of ties) {
      const [from, to] = [places[start], places[end]];
      path.moveTo(from[0], from[1]);
      path.lineTo(to[0], to[1]);
    }
    on.setLineDash(dash);
    on.lineWidth = width;
    on.strokeStyle = colour;
    on.stroke(path);
    on.setLineDash([]);
  }

  marks(on, people, { shape, fill }, radius) {
    const path = new Path2D();
    for (const number of people) SHAPES[shape](path, this.places[number][0], this.places[number][1], radius);
    on.fillStyle = fill;
    on.fill(path);
    on.lineWidth = 0.6;
    on.strokeStyle = LINE;
    on.stroke(path);
  }

  // Names of who is chosen and those tied to him; of all in sight once few are.
  names(radius) {
    const { wide, tall } = this.size;
    const { context: on, scene, places } = this;
    const inside = ([x, y]) => x > 0 && y > 0 && x < wide && y < tall;
    const seen = this.view.zoom > 1 ? [...places.keys()].filter((number) => inside(places[number])) : [];
    const named = scene.chosen === null ? [] : [scene.chosen, ...scene.near];
    on.font = "12px system-ui, sans-serif";
    for (const number of new Set([...named.slice(0, MOST_LABELS), ...(seen.length <= MOST_LABELS ? seen : [])])) {
      const [x, y] = places[number];
      on.lineWidth = 3;
      on.strokeStyle = "#ffffff";
      on.strokeText(scene.labels(number), x + radius + 3, y + 4);
      on.fillStyle = LINE;
      on.fillText(scene.labels(number), x + radius + 3, y + 4);
    }
  }

  enlarge(by, [x, y] = [this.size.wide / 2, this.size.tall / 2]) {
    const { wide, tall } = this.size;
    const zoom = Math.min(40, Math.max(1, this.view.zoom * by));
    const real = zoom / this.view.zoom;
    this.view = { zoom, x: (this.view.x + wide / 2 - x) * real + x - wide / 2, y: (this.view.y + tall / 2 - y) * real + y - tall / 2 };
    if (zoom === 1) this.view = { zoom, x: 0, y: 0 };
    this.moved();
  }

  move(x, y) {
    this.view.x += x;
    this.view.y += y;
    this.moved();
  }

  // The number of the person under a point of the canvas, or null.
  under(x, y) {
    let best = null;
    let least = 12;
    for (const [number, place] of (this.places ?? []).entries()) {
      const far = Math.hypot(place[0] - x, place[1] - y);
      if (far < least) [best, least] = [number, far];
    }
    return best;
  }

  leave() {
    this.watch.disconnect();
  }
}

export const STYLES = Object.keys(SHAPES);
