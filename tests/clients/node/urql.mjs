// urql, with its cache of documents and with Graphcache. In: the address of a server and a token. Out: JSON with what it got.
import { Client, cacheExchange, fetchExchange, gql, subscriptionExchange } from "@urql/core";
import { cacheExchange as graphcache } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { persistedExchange } from "@urql/exchange-persisted";
import { getIntrospectionQuery } from "graphql";
import { createClient } from "graphql-ws";

const [url, token] = process.argv.slice(2);
const cities = gql`query Cities($after: String) {
  cities(first: 3, after: $after) { totalCount edges { node { id name } } pageInfo { hasNextPage endCursor } }
}`;
const twins = gql`query Twins($near: ID!, $far: ID!) {
  near: city(id: $near) { id twins { edges { relationshipId node { id } } } }
  far: city(id: $far) { id twins { edges { relationshipId node { id } } } }
}`;
const rosters = gql`{ rosters { totalCount } }`;
const plain = new Client({ url, exchanges: [cacheExchange, fetchExchange], preferGetMethod: true });

async function introspected() {
  const { data } = await plain.query(getIntrospectionQuery(), {}, { preferGetMethod: false }).toPromise();
  const keys = { PageInfo: () => null };
  for (const { name, kind, fields } of data.__schema.types) {
    if (kind === "OBJECT" && !fields.some((field) => field.name === "id")) keys[name] = () => null;
  }
  const resolvers = { Query: { cities: relayPagination() } };
  return new Client({ url, exchanges: [graphcache({ schema: data, keys, resolvers }), fetchExchange] });
}

async function pages(client) {
  let ids;
  for (let after = null, n = 0; n < 3; n += 1) {
    const { data, error } = await client.query(cities, { after }).toPromise();
    if (error) throw error;
    ids = data.cities.edges.map((edge) => edge.node.id);
    after = data.cities.pageInfo.endCursor;
  }
  return ids;
}

async function bothEnds(client) {
  const variables = { near: "city/us-wa-seattle", far: "city/fr-52-nantes" };
  const { data } = await client.query(twins, variables).toPromise();
  const ends = (city) => city.twins.edges.map((edge) => [edge.relationshipId, edge.node.id]);
  return { near: ends(data.near), far: ends(data.far) };
}

async function persisted() {
  const sent = [];
  const looking = async (to, options) => {
    sent.push([options.method, options.method === "GET" ? new URL(to).searchParams.has("query") : "query" in JSON.parse(options.body)]);
    return fetch(to, options);
  };
  const exchanges = [persistedExchange({ preferGetForPersistedQueries: true }), fetchExchange];
  const { data, error } = await new Client({ url, exchanges, fetch: looking }).query(cities, {}).toPromise();
  if (error) throw error;
  return { sent, fields: Object.keys(data) };
}

async function overSocket() {
  const socket = createClient({ url: url.replace("http", "ws"), connectionParams: { Authorization: `Bearer ${token}` } });
  const forwardSubscription = (request) => ({
    subscribe: (sink) => ({ unsubscribe: socket.subscribe({ ...request, query: request.query ?? "" }, sink) }),
  });
  const exchanges = [subscriptionExchange({ forwardSubscription, enableAllOperations: true })];
  const { data, error } = await new Client({ url, exchanges }).query(rosters, {}).toPromise();
  if (error) throw error;
  await socket.dispose();
  return data.rosters.totalCount;
}

const refused = await plain.query(gql`{ cities { nodes { nothing } } }`, {}).toPromise();
const fetchOptions = { headers: { authorization: `Bearer ${token}` } };
const named = new Client({ url, exchanges: [fetchExchange], fetchOptions, preferGetMethod: false });
const normalized = await introspected();
console.log(
  JSON.stringify({
    pages: await pages(normalized),
    bothEnds: await bothEnds(normalized),
    persisted: await persisted(),
    refused: refused.error.graphQLErrors[0].extensions.code,
    overSocket: await overSocket(),
    named: (await named.query(rosters, {}).toPromise()).data.rosters.totalCount,
  }),
);
process.exit(0);
