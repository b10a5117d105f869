// Apollo Client. In: the address of a server and a token. Out: JSON with what the client got.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { relayStylePagination } from "@apollo/client/utilities";
import { createClient } from "graphql-ws";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const [url, token, trusted] = process.argv.slice(2);
const cities = gql`query Cities($after: String) {
  cities(first: 3, after: $after) { totalCount edges { cursor node { id name } } pageInfo { hasNextPage endCursor } }
}`;
const twins = gql`query Twins($near: ID!, $far: ID!) {
  near: city(id: $near) { id twins { edges { relationshipId node { id } } } }
  far: city(id: $far) { id twins { edges { relationshipId node { id } } } }
}`;
const rosters = gql`{ rosters { totalCount } }`;

function client(link) {
  const typePolicies = { Query: { fields: { cities: relayStylePagination() } } };
  return new ApolloClient({ link, cache: new InMemoryCache({ typePolicies }) });
}

async function pages() {
  const made = client(new HttpLink({ uri: url }));
  for (let after = null, n = 0; n < 3; n += 1) {
    const { data } = await made.query({ query: cities, variables: { after }, fetchPolicy: "network-only" });
    after = data.cities.pageInfo.endCursor;
  }
  return made.readQuery({ query: cities }).cities.edges.map((edge) => edge.node.id);
}

async function bothEnds() {
  const { data } = await client(new HttpLink({ uri: url })).query({
    query: twins,
    variables: { near: "city/us-wa-seattle", far: "city/fr-52-nantes" },
  });
  const ends = (city) => city.twins.edges.map((edge) => [edge.relationshipId, edge.node.id]);
  return { near: ends(data.near), far: ends(data.far) };
}

// Each request of a persisted query: how it was sent, and whether with its text.
async function persisted(document) {
  const sent = [];
  const looking = async (to, options) => {
    const body = options.method === "GET" ? new URL(to).searchParams.has("query") : "query" in JSON.parse(options.body);
    sent.push([options.method, body]);
    return fetch(to, options);
  };
  const sha256 = (text) => createHash("sha256").update(text).digest("hex");
  const link = new PersistedQueryLink({
    ...(document ? { generateHash: () => sha256(document) } : { sha256 }),
    useGETForHashedQueries: true,
  }).concat(new HttpLink({ uri: url, fetch: looking }));
  const answer = await client(link).query({ query: document ? gql(document) : cities });
  return { sent, fields: Object.keys(answer.data) };
}

async function errors() {
  const none = client(new HttpLink({ uri: url }));
  const refused = await none.query({ query: gql`{ cities { nodes { nothing } } }`, errorPolicy: "all" });
  const known = client(new HttpLink({ uri: url, headers: { authorization: "Bearer wrong" } }));
  const unknown = await known.query({ query: rosters }).catch((error) => error);
  return {
    refused: [refused.error.constructor.name, refused.error.errors?.[0].extensions.code],
    unknown: [unknown.constructor.name, unknown.statusCode ?? unknown.errors?.[0].extensions.code],
  };
}

async function overSocket() {
  const socket = createClient({ url: url.replace("http", "ws"), connectionParams: { Authorization: `Bearer ${token}` } });
  const made = client(ApolloLink.from([new GraphQLWsLink(socket)]));
  const answers = await Promise.all([made.query({ query: rosters }), made.query({ query: cities })]);
  await socket.dispose();
  return answers.map((answer) => Object.values(answer.data)[0].totalCount);
}

async function named() {
  const headers = { authorization: `Bearer ${token}` };
  const { data } = await client(new HttpLink({ uri: url, headers, useGETForQueries: true })).query({ query: rosters });
  return data.rosters.totalCount;
}

const text = readFileSync(trusted, "utf8");
console.log(
  JSON.stringify({
    pages: await pages(),
    bothEnds: await bothEnds(),
    persisted: await persisted(),
    trusted: await persisted(text),
    errors: await errors(),
    overSocket: await overSocket(),
    named: await named(),
  }),
);
process.exit(0);
