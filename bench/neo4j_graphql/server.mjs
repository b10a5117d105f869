// @neo4j/graphql behind Apollo Server. In: JSON on standard input: port, and the address of the database. It serves until it is
// interrupted.
import { readFileSync } from "node:fs";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const { port, uri, username, password, database } = JSON.parse(readFileSync(0, "utf8"));
const typeDefs = `
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
const context = async () => ({ sessionConfig: { database } });
await startStandaloneServer(server, { listen: { host: "127.0.0.1", port, path: "/graphql" }, context });
