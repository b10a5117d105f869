// What the numbers of the exchange network mean. In: the network and the variables of the question. Out: a list of numbers.

import { h } from "../dom.js";
import { number } from "../number.js";

const DOCUMENT = "explorer-exchanges";
const SOURCE = "S. Wasserman and K. Faust, Social Network Analysis, 1994";
const CAREFUL = "Visits that nobody recorded do not count: a city with good records looks busier than others.";

export const percent = (share) => (share === null || share === undefined ? null : `${(share * 100).toLocaleString(undefined, { maximumFractionDigits: 1 })} %`);

// What every number of the network is computed on.
function basis(network, variables) {
  const made = [
    ["Visits that count (n)", network.basedOn],
    ["Years", years(variables)],
    ["Visits without one certain year", network.withoutYear],
    ["Ends of visits that are no city", network.outside],
    ...network.leftOut.map(({ why, rows }) => [`Left out: ${why}`, rows]),
    ["Data", variables.synthetic ? "with made-up visits" : "real visits only"],
    ["Be careful", CAREFUL],
  ];
  return made.filter(([, value]) => value !== null && value !== undefined);
}

export function years({ fromYear, toYear }) {
  if (fromYear && toYear) return fromYear === toYear ? `in ${fromYear}` : `from ${fromYear} to ${toYear}`;
  if (fromYear) return `from ${fromYear} on`;
  return toYear ? `up to ${toYear}` : "of all years";
}

export function measures(network, variables) {
  const of = (name, value, says, how) => ({ name, value, says, how });
  return [
    of("Visits", network.basedOn, "Visits that took place, between places of which at least one is a city.", "Each visit counts once. With years, those count that surely began in them."),
    of("Cities", network.cities.length, "Cities that made or received such a visit.", "Count of cities."),
    of("Links", network.legs.length, "Pairs of a city that travelled and a city that received it.", "Count of ordered pairs. A visit with several stops has a link to each."),
    of("Pairs that visited each other", network.mutual, "Pairs of cities of which each visited the other.", "M: pairs with a link in both directions."),
    of("Share of pairs", percent(network.mutualOfPairs), "How often a pair of cities visited each other, of all pairs with a visit.", "M / (M + A), with M pairs that visited each other and A pairs of which one visited the other."),
    of("Share of links returned", percent(network.mutualOfArcs), "How many links have one that leads back.", "2 M / (2 M + A). Both shares are called reciprocity in libraries."),
  ].map((each) => [each.name, number({ ...each, on: basis(network, variables), source: h("p", {}, SOURCE), document: DOCUMENT, variables })]);
}

const OF_CITY = [
  ["made", "Visits made", "Visits that the city made.", "Count of visits."],
  ["hosted", "Visits received", "Visits that the city received.", "Count of visits."],
  ["hosts", "Cities visited", "Cities that it visited.", "Out-degree: count of links that lead away."],
  ["guests", "Cities received", "Cities that visited it.", "In-degree: count of links that lead to it."],
  ["share", "Share of all visits", "Share of all visits in which it took part.", "Visits with the city / all visits that count."],
];

export function measuresOf(city, network, variables) {
  return OF_CITY.map(([field, name, says, how]) => {
    const value = field === "share" ? percent(city.share) : city[field];
    return [name, number({ name, value, says, how, on: basis(network, variables), source: h("p", {}, SOURCE), document: DOCUMENT, variables })];
  });
}
