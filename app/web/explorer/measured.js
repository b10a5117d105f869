// Numbers of networks with the explanations of the declared measures. In: a path such as `reciprocity.arcs`. Out: numbers that open.

import { file } from "./api.js";
import { number } from "./number.js";

let loaded = null;

// Read once; one that failed is read again the next time.
export function explanations() {
  loaded ??= file("measures").catch((error) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

const words = (name) => name.replace(/([A-Z])/g, " $1").toLowerCase().replace(/^./, (first) => first.toUpperCase());

// In: the value and path of a measure, and of which kind it is (network or person). `given` goes to `number`.
export function measured(known, path, value, given, kind = "network") {
  const [name, part] = path.split(".");
  const measure = known[kind][name];
  const says = part ? `${measure.says} ${measure.parts[part] ?? ""}` : measure.says;
  const how = [measure.formula, measure.network, measure.pitfalls, `Source: ${measure.source}`].filter(Boolean).join(" ");
  return number({ value, name: part ? `${words(name)}: ${words(part).toLowerCase()}` : words(name), says, how, ...given });
}

export const called = (path) => {
  const [name, part] = path.split(".");
  return part ? `${words(name)}, ${words(part).toLowerCase()}` : words(name);
};
