// Many people and ties on a canvas. In: points, ties by style, marks by style. Out: a drawing that can be moved and enlarged.

const LINE = "#1b1f24";
const CHOSEN = "#c2185b";
const PAD = 24;
const MOST_LABELS = 60;

const SHAPES = {
  circle: (path, x, y, r) => (path.moveTo(x + r, y), path.arc(x, y, r, 0, 7)),
  square: (path, x, y, r) => path.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8),
  triangle: (path, x, y, r) => (path.moveTo(x, y - r * 1.2), path.lineTo(x + r * 1.1, y + r * 0.8), path.lineTo(x - r * 1.1, y + r * 0.8), path.closePath()),
  diamond: (path, x, y, r) => (path.moveTo(x, y - r * 1.3), path.lineTo(x + r * 1.3, y), path.lineTo(x, y + r * 1.3), path.lineTo(x - r * 1.3, y), path.closePath()),
};

export class Canvas {
  constructor(points) {
    this.points = points;
    this.element = document.createElement("canvas");
    this.context = this.element.getContext("2d");
    this.view = { zoom: 1, x: 0, y: 0 };
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

  resized() {
    const scale = devicePixelRatio || 1;
    this.element.width = Math.round(this.element.clientWidth * scale);
    this.element.height = Math.round(this.element.clientHeight * scale);
    if (this.scene) this.draw();
  }

  at([x, y]) {
    const { clientWidth: wide, clientHeight: tall } = this.element;
    const [left, top, right, bottom] = this.bounds;
    const fit = Math.min((wide - 2 * PAD) / (right - left || 1), (tall - 2 * PAD) / (bottom - top || 1));
    const scale = fit * this.view.zoom;
    return [wide / 2 + (x - (left + right) / 2) * scale + this.view.x, tall / 2 + (y - (top + bottom) / 2) * scale + this.view.y];
  }

  draw() {
    const { context: on, scene } = this;
    const scale = devicePixelRatio || 1;
    on.setTransform(scale, 0, 0, scale, 0, 0);
    on.clearRect(0, 0, this.element.clientWidth, this.element.clientHeight);
    const places = this.points.map((point) => this.at(point));
    for (const { style, items } of scene.ties) this.lines(places, items, style);
    if (scene.chosen !== null) this.lines(places, scene.chosenTies, { colour: CHOSEN, width: 1.6 });
    const radius = Math.min(9, 3 * Math.sqrt(this.view.zoom));
    for (const { style, items } of scene.people) this.marks(places, items, style, radius);
    if (scene.chosen !== null) this.marks(places, [scene.chosen], { shape: "circle", fill: CHOSEN }, radius * 1.8);
    this.names(places, radius);
    this.places = places;
  }

  lines(places, ties, { colour, width, dash = [] }) {
    const { context: on } = this;
    on.beginPath();
    for (const [start, end] of ties) {
      on.moveTo(...places[start]);
      on.lineTo(...places[end]);
    }
    on.setLineDash(dash);
    on.lineWidth = width;
    on.strokeStyle = colour;
    on.stroke();
    on.setLineDash([]);
  }

  marks(places, people, { shape, fill }, radius) {
    const { context: on } = this;
    on.beginPath();
    for (const number of people) SHAPES[shape](on, ...places[number], radius);
    on.fillStyle = fill;
    on.fill();
    on.lineWidth = 0.6;
    on.strokeStyle = LINE;
    on.stroke();
  }

  // Names of who is chosen and those tied to him; of all in sight once few are.
  names(places, radius) {
    const { clientWidth: wide, clientHeight: tall } = this.element;
    const { context: on, scene } = this;
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

  enlarge(by, [x, y] = [this.element.clientWidth / 2, this.element.clientHeight / 2]) {
    const { clientWidth: wide, clientHeight: tall } = this.element;
    const zoom = Math.min(40, Math.max(1, this.view.zoom * by));
    const real = zoom / this.view.zoom;
    this.view = { zoom, x: (this.view.x + wide / 2 - x) * real + x - wide / 2, y: (this.view.y + tall / 2 - y) * real + y - tall / 2 };
    if (zoom === 1) this.view = { zoom, x: 0, y: 0 };
    this.draw();
  }

  move(x, y) {
    this.view.x += x;
    this.view.y += y;
    this.draw();
  }

  // The number of the person under a point of the canvas, or null.
  under(x, y) {
    let best = null;
    let least = 12;
    for (const [number, place] of this.places.entries()) {
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
