// Code that uses the generated types. tsc refuses it if a type is not what the schema says.
import type { Confidence, WhoSaysSoQuery } from "./operations.js";
import type { CityWhere } from "./schema.js";

export function statement(answer: WhoSaysSoQuery): [string, Confidence] | null {
  const { node } = answer;
  return node?.__typename === "Lesson" ? [node.statement, node.confidence] : null;
}

export const where: CityWhere = { name: { startsWith: "S" }, and: [{ population: { gte: 1_000_000 } }] };
// @ts-expect-error: a population is compared with numbers.
export const wrong: CityWhere = { population: { gte: "many" } };
