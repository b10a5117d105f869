// The shortest chain of ties from one person to another. In: a picture, two ids. Out: ids from first to last, or null.

// With direction, a tie leads from who named to who was named. A lost tie leads nowhere.
export function chain(picture, from, to, directed) {
  const leads = new Map();
  const add = (one, other) => leads.set(one, [...(leads.get(one) ?? []), other]);
  for (const { dataset } of picture.querySelectorAll("[data-from][data-id]")) {
    if (dataset.change === "lost") continue;
    add(dataset.from, dataset.to);
    if (!directed || (dataset.way && dataset.way !== "one_way")) add(dataset.to, dataset.from);
  }
  const before = new Map([[from, null]]);
  for (const at of before.keys()) {
    if (at === to) break;
    for (const next of (leads.get(at) ?? []).toSorted()) if (!before.has(next)) before.set(next, at);
  }
  if (!before.has(to)) return null;
  const path = [];
  for (let at = to; at !== null; at = before.get(at)) path.unshift(at);
  return path;
}
