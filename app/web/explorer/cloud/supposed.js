// What is supposed of a cloud, as the address has it: `without` are ids of people or the word below, `added` ids of gatherings.

export const ELECTED = "elected";

export const ids = (text) => (text ?? "").split(" ").filter(Boolean);
