#!/usr/bin/env bash
# Guess: an @authorization rule of @neo4j/graphql compares any property with a value of the context: "$context.name", "$jwt.name".
# Seen: it does for String and ID. For Int and Float the type definitions are refused, so a rule cannot say
# "the viewer's clearance is at least the level of this fact" unless levels are stored as text.
# Needs node 20 or newer and npm; no database. Takes a minute.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"; echo '{"private": true, "type": "module"}' > package.json
npm install --silent --no-audit --no-fund @neo4j/graphql@7.6.3 graphql@16.15.0 neo4j-driver@6.3.0
cat > rule.js <<'JS'
import { Neo4jGraphQL } from "@neo4j/graphql";
console.warn = () => {};
const made = async (type, operator, value) => {
  const rule = `@authorization(filter: [{ where: { node: { level: { ${operator}: "${value}" } } } }])`;
  const typeDefs = `type Fact @node ${rule} { id: ID! level: ${type}! }`;
  try {
    await new Neo4jGraphQL({ typeDefs }).getSchema();
    return "accepted";
  } catch (error) {
    return "refused: " + [error].flat()[0].message;
  }
};
const seen = {};
for (const value of ["$context.clearance", "$jwt.clearance"])
  for (const type of ["String", "ID", "Int", "Float"]) {
    const said = (seen[`${type} eq ${value}`] = await made(type, "eq", value));
    console.log(`${type} eq ${value}: ${said}`);
  }
const right = Object.entries(seen).every(([name, said]) => said.startsWith(/^(String|ID)/.test(name) ? "accepted" : "refused"));
process.exit(right ? 0 : 1);
JS
npm ls --depth 0; node rule.js
