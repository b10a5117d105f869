// What the numbers of the exchange network mean. In: what is declared of its measures, the network, the variables of the question.

import { h } from "../dom.js";
import { explanations } from "../measured.js";
import { number } from "../number.js";

const DOCUMENT = "explorer-exchanges";
const NETWORK = [
  // Name, field of what is declared, value, meaning.
  ["Visits", "cities", (network) => network.basedOn, "Visits that took place and that led from or to a city. Each counts once."],
  ["Cities", "cities", (network) => network.cities.length, "Cities that made or received such a visit."],
  ["Links", "legs", (network) => network.legs.length, "Pairs of a city that travelled and a city that received it."],
  ["Pairs that visited each other", "mutual", (network) => network.mutual, "Pairs of cities of which each visited the other."],
  ["Share of pairs", "mutual", (network) => percent(network.mutualOfPairs), "How many pairs visited each other, of all pairs of which one visited the other."],
  ["Share of links returned", "mutual", (network) => percent(network.mutualOfArcs), "How many links have one that leads back."],
];
const CITY = [
  ["Visits made", ({ made }) => made, "Visits that the city made."],
  ["Visits received", ({ hosted }) => hosted, "Visits that the city received."],
  ["Cities visited", ({ hosts }) => hosts, "Cities that it visited: its out-degree."],
  ["Cities received", ({ guests }) => guests, "Cities that visited it: its in-degree."],
  ["Share of all visits", ({ share }) => percent(share), "Share of all visits in which it took part."],
];

export const percent = (share) => (share === null || share === undefined ? null : `${(share * 100).toLocaleString(undefined, { maximumFractionDigits: 1 })} %`);

// What is declared of the measures, by the field that it is about.
export async function declared() {
  const { questions } = await explanations();
  return Object.fromEntries(questions.exchangeNetwork.explained.map((each) => [each.fields, each]));
}

export function years({ fromYear, toYear }) {
  if (fromYear && toYear) return fromYear === toYear ? `in ${fromYear}` : `from ${fromYear} to ${toYear}`;
  if (fromYear) return `from ${fromYear} on`;
  return toYear ? `up to ${toYear}` : "of all years";
}

// Pairs of a name and the number.
export function measures(known, network, variables) {
  return NETWORK.map(([name, field, value, says]) => [name, opened(known[field], { name, value: value(network), says }, network, variables)]);
}

export function measuresOf(known, city, network, variables) {
  return CITY.map(([name, value, says]) => [name, opened(known.cities, { name, value: value(city), says }, network, variables)]);
}

function opened({ formula, pitfalls, source }, given, network, variables) {
  const how = `${formula} ${pitfalls}`;
  return number({ ...given, how, on: basis(network, variables), source: h("p", {}, source), document: DOCUMENT, variables });
}

// What every number of the network is computed on.
function basis(network, variables) {
  return [
    ["Visits that count (n)", network.basedOn],
    ["Years", years(variables)],
    ["Visits that may be of several years", network.withoutYear],
    ["Ends of visits that are no city", network.outside],
    ...network.leftOut.map(({ why, rows }) => [`Left out: ${why}`, rows]),
    ["Data", variables.synthetic ? "with made-up visits" : "real visits only"],
  ];
}
