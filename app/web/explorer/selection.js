// What is selected: one id, shared by a picture and its tables. Fires `change`.

export class Selection extends EventTarget {
  id = null;

  select(id) {
    if (id === this.id) return;
    this.id = id;
    this.dispatchEvent(new Event("change"));
  }

  toggle(id) {
    this.select(id === this.id ? null : id);
  }
}
