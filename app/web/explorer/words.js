// Numbers and names in sentences.

export const noun = (value, one, many = `${one}s`) => (value === 1 ? one : many);

export const count = (value, one, many) => `${value.toLocaleString()} ${noun(value, one, many)}`;

const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

// A name within a sentence that is text alone: if it is written from right to left, it turns nothing around it.
export const isolated = (name) => (FROM_THE_RIGHT.test(name) ? `\u2068${name}\u2069` : name);

// Names in a line; of a long list the first few, and how many more there are.
export function listed(every, most = Infinity) {
  const names = every.map(isolated);
  if (names.length <= most) return names.length < 3 ? names.join(" and ") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
