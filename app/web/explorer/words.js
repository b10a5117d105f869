// Numbers and names in sentences.

export const count = (value, one, many = `${one}s`) => `${value.toLocaleString()} ${value === 1 ? one : many}`;

// Names in a line; of a long list the first few, and how many more there are.
export function listed(names, most = Infinity) {
  if (names.length <= most) return names.length < 3 ? names.join(" and ") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
