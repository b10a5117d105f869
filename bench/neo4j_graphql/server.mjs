// @neo4j/graphql behind Apollo Server. In: JSON on standard input: port, and the address of the database. It serves until it is
// interrupted.
import { readFileSync } from "node:fs";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const { port, uri, username, password, database, audiences } = JSON.parse(readFileSync(0, "utf8"));
// A rule of the library can compare the audience with a value of the context, but no number: the level is written out.
const RULE = `@authorization(filter: [{ requireAuthentication: false, where: { node: {
  OR: [{ level: { lte: 0 } }, { audience: { in: "$context.audiences" } }] } } }])`;
const typeDefs = `
  type City @node {
    id: ID!
    name: String!
    residents: [Person!]! @relationship(type: "LIVES_IN", direction: IN, properties: "Marked")
  }
  type Person @node ${RULE} {
    id: ID!
    name: String
    sector: String
    kind: String
    confidence: String
    level: Int!
    audience: String!
    trusts: [Person!]! @relationship(type: "TRUSTS", direction: OUT, properties: "Trust")
  }
  type Marked @relationshipProperties {
    level: Int!
    audience: String!
  }
  type Trust @relationshipProperties {
    strength: Int
    level: Int!
    audience: String!
  }
  enum Confidence { VERIFIED REPORTED }
  type Source @node(labels: ["LibrarySource"]) {
    id: ID!
    title: String!
    note: String
    confidence: Confidence!
    recordedAt: DateTime! @timestamp(operations: [CREATE])
    updatedAt: DateTime! @timestamp(operations: [CREATE, UPDATE])
  }
`;
const driver = neo4j.driver(uri, neo4j.auth.basic(username, password));
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const server = new ApolloServer({ schema, introspection: false });
const context = async () => ({ audiences, sessionConfig: { database } });
await startStandaloneServer(server, { listen: { host: "127.0.0.1", port, path: "/graphql" }, context });
