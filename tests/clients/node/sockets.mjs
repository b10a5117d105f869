// graphql-ws over the WebSocket of Node. In: the address of a server and a token. Out: JSON with what the client got.
import { createClient } from "graphql-ws";

const [url, token] = process.argv.slice(2);
const at = url.replace("http", "ws");
const page = (first) => ({ query: "query ($n: Int) { cities(first: $n) { nodes { id } } }", variables: { n: first } });

// Many questions at once over one connection, answered each by its own.
async function many() {
  const client = createClient({ url: at });
  const counts = await Promise.all(
    Array.from({ length: 16 }, async (_, n) => {
      const answers = [];
      for await (const answer of client.iterate(page(n + 1))) answers.push(answer);
      return answers.map((answer) => answer.data.cities.nodes.length);
    }),
  );
  await client.dispose();
  return counts;
}

async function refused() {
  const client = createClient({ url: at });
  const failed = await new Promise((done) => client.subscribe({ query: "{ nothing }" }, { next: done, error: done, complete: done }));
  await client.dispose();
  return failed.map((error) => error.extensions.code);
}

// A question that is left after it was sent; the connection answers the next one.
async function left() {
  const client = createClient({ url: at, lazy: false });
  const seen = [];
  client.subscribe(page(5), { next: (answer) => seen.push(answer), error: () => {}, complete: () => {} })();
  for await (const answer of client.iterate(page(2))) seen.push(answer.data.cities.nodes.length);
  await client.dispose();
  return seen;
}

async function unknownToken() {
  let closed;
  const client = createClient({
    url: at,
    connectionParams: { Authorization: "Bearer wrong" },
    retryAttempts: 0,
    on: { closed: (event) => (closed = event.code) },
  });
  await new Promise((done) => client.subscribe(page(1), { next: done, error: done, complete: done }));
  return closed;
}

async function byId() {
  const client = createClient({ url: at, connectionParams: async () => ({ authToken: token }) });
  const asked = { query: "", extensions: { documentId: "who-says-so" } };
  const answers = [];
  for await (const answer of client.iterate(asked)) answers.push(Object.keys(answer.data));
  await client.dispose();
  return answers;
}

console.log(
  JSON.stringify({
    many: await many(),
    refused: await refused(),
    left: await left(),
    unknownToken: await unknownToken(),
    byId: await byId(),
  }),
);
process.exit(0);
