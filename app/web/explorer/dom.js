// Elements. In: a tag, attributes, children. Out: an element; functions among the attributes listen to events.

export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

// The text of an SVG as an element.
export function parsed(text) {
  const read = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (read.localName !== "svg") throw new Error("The picture is not SVG.");
  return document.importNode(read, true);
}

let last = 0;

// An id that no other element of the page has.
export function fresh(word) {
  last += 1;
  return `${word}-${last}`;
}

// Shows beside what was pressed that a file could not be saved, until it is tried again.
export function saver(place) {
  let wrong = null;
  return async function kept(act, signal) {
    wrong?.remove();
    try {
      await act();
    } catch (error) {
      if (signal?.aborted) return;
      wrong = h("span", { class: "wrong", role: "alert" }, `It could not be saved: ${error.message}`);
      place().append(wrong);
    }
  };
}

// A button that copies a text, and what came of it. A browser copies only for pages that came by HTTPS or from the same machine.
export function copier(words, text) {
  const said = h("span", { role: "status" });
  async function copy() {
    try {
      await navigator.clipboard.writeText(text());
      said.textContent = " Copied.";
    } catch {
      said.textContent = " The browser does not allow it: select the text instead.";
    }
  }
  return h("p", {}, h("button", { type: "button", onclick: copy }, words), said);
}

// Offers text or a Blob to be saved as a file.
export function save(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// A name for a file, of letters and digits.
export function fileName(text) {
  const plain = text.normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").toLowerCase();
  return plain.slice(0, 80) || "citygraph";
}
