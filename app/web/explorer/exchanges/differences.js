// How the networks of two panes differ, in words. In: two networks with the variables that they were asked with. Out: sentences.

import { count, listed } from "../words.js";
import { percent, years } from "./measures.js";

const MOST = 12;

export function differences(one, other) {
  return [sizes(one, other), ...cities(one, other), links(one, other), returned(one, other), busiest(one, other)].filter(Boolean);
}

const side = ({ network, variables }) => `${count(network.basedOn, "visit")} ${years(variables)} between ${count(network.cities.length, "city", "cities")}`;

function sizes(one, other) {
  return `Left: ${side(one)}. Right: ${side(other)}.`;
}

function cities(one, other) {
  const [left, right] = [one, other].map(({ network }) => new Map(network.cities.map(({ city }) => [city.factId, city.name])));
  const both = [...left.keys()].filter((id) => right.has(id)).length;
  const only = (here, there, word) => {
    const names = [...here].filter(([id]) => !there.has(id)).map(([, name]) => name);
    return names.length ? `Only ${word}, ${count(names.length, "city", "cities")}: ${listed(names, MOST)}.` : `Every city on the ${word} is on the other side too.`;
  };
  return [`${count(both, "city is", "cities are")} on both sides.`, only(left, right, "left"), only(right, left, "right")];
}

function links(one, other) {
  const [left, right] = [one, other].map(({ network }) => new Set(network.legs.map(({ visitor, host }) => `${visitor.factId} ${host.factId}`)));
  const both = [...left].filter((id) => right.has(id)).length;
  return `${count(both, "link is", "links are")} on both sides, ${left.size - both} only left, ${right.size - both} only right.`;
}

function returned(one, other) {
  const [left, right] = [one, other].map(({ network }) => `${count(network.mutual, "pair")} (${percent(network.mutualOfPairs) ?? "no share"})`);
  return `Pairs that visited each other: left ${left}, right ${right}.`;
}

function busiest(one, other) {
  const [left, right] = [one, other].map(({ network }) => {
    const most = Math.max(0, ...network.cities.map(({ made, hosted }) => made + hosted));
    const names = network.cities.filter(({ made, hosted }) => made + hosted === most).map(({ city }) => city.name);
    return names.length ? `${listed(names, 3)} (${count(most, "visit")})` : "no city";
  });
  return `Most visits made and received: left ${left}, right ${right}.`;
}
