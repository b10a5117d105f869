// The marks of a picture and how the keyboard walks between them. In: an SVG whose marks have data-kind and data-id.

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

export class Marks {
  constructor(svg) {
    this.every = [...svg.querySelectorAll("[data-id][tabindex]")];
    this.links = this.every.filter((mark) => mark.dataset.from);
    this.nodes = this.every.filter((mark) => !mark.dataset.from);
    this.byId = new Map(this.every.map((mark) => [mark.dataset.id, mark]));
    this.tied = new Map();
    for (const { dataset } of this.links) {
      this.#tie(dataset.from, dataset.to);
      this.#tie(dataset.to, dataset.from);
    }
    for (const mark of this.every) mark.setAttribute("tabindex", "-1");
    this.current = this.nodes[0] ?? this.every[0] ?? null;
    this.current?.setAttribute("tabindex", "0");
  }

  #tie(one, other) {
    if (!this.tied.has(one)) this.tied.set(one, new Set());
    this.tied.get(one).add(other);
  }

  // What is lit with a mark: who is tied to a node and by which links; the two ends of a link.
  around(id) {
    const link = this.byId.get(id)?.dataset;
    if (link?.from) return new Set([id, link.from, link.to]);
    const lit = new Set([id, ...(this.tied.get(id) ?? [])]);
    for (const { dataset } of this.links) if (dataset.from === id || dataset.to === id) lit.add(dataset.id);
    return lit;
  }

  make(mark) {
    this.current?.setAttribute("tabindex", "-1");
    this.current = mark;
    mark.setAttribute("tabindex", "0");
  }

  focus(mark) {
    if (!mark) return;
    this.make(mark);
    mark.focus();
  }

  // An arrow leads to the tied node that lies best in its direction, or if there is none, to any node.
  next(key) {
    if (key === "Home") return this.nodes[0];
    if (key === "End") return this.nodes.at(-1);
    if (key === "PageDown" || key === "PageUp") return this.#beside(key === "PageDown" ? 1 : -1);
    const ids = this.tied.get(this.current.dataset.id) ?? new Set([this.current.dataset.from, this.current.dataset.to]);
    const tied = this.nodes.filter((mark) => ids.has(mark.dataset.id));
    return this.#nearest(tied, DIRECTIONS[key]) ?? this.#nearest(this.nodes, DIRECTIONS[key]);
  }

  #beside(step) {
    const at = this.every.indexOf(this.current) + step;
    return this.every[(at + this.every.length) % this.every.length];
  }

  #nearest(among, [right, down]) {
    const [x, y] = middle(this.current);
    let best = null;
    let least = Infinity;
    for (const mark of among) {
      const [to, low] = middle(mark);
      const ahead = (to - x) * right + (low - y) * down;
      const aside = Math.abs((to - x) * down) + Math.abs((low - y) * right);
      if (mark === this.current || ahead <= 0 || aside > 2 * ahead) continue;
      if (ahead + 2 * aside < least) [best, least] = [mark, ahead + 2 * aside];
    }
    return best;
  }
}

export const WALKS = [...Object.keys(DIRECTIONS), "Home", "End", "PageDown", "PageUp"];

function middle(mark) {
  const { x, y, width, height } = mark.getBBox();
  return [x + width / 2, y + height / 2];
}
