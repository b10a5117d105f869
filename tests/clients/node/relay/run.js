// relay-runtime with the artifacts of relay-compiler, as the hooks of react-relay use it. In: the address of a server and the
// variables of the first query. Out: JSON with the ids of each list, page by page.
const {
  Environment,
  Network,
  RecordSource,
  Store,
  createOperationDescriptor,
  fetchQuery,
  getPaginationMetadata,
  getPaginationVariables,
  getRefetchMetadata,
  getSelector,
} = require("relay-runtime");

const url = process.argv[2];
const variables = JSON.parse(process.argv[3]);
const artifact = (name) => require(`./__generated__/${name}.graphql`);

const network = Network.create(async ({ text }, given) => {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  const answer = await (await fetch(url, { method: "POST", headers, body: JSON.stringify({ query: text, variables: given }) })).json();
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer;
});
const environment = new Environment({ network, store: new Store(new RecordSource()) });
const read = (fragment, reference) => environment.lookup(getSelector(artifact(fragment), reference)).data;
const ids = (list) => list.edges.map((edge) => edge.node.id);

async function ask(request, given) {
  const data = await fetchQuery(environment, request, given, { fetchPolicy: "network-only" }).toPromise();
  environment.retain(createOperationDescriptor(request, given));
  return data;
}

// What `loadNext` and `loadPrevious` do: read the fragment, ask for what comes after or before it, and read it again.
async function pages(fragment, parent, list, direction, count, most) {
  const { refetchableRequest, identifierInfo } = getRefetchMetadata(artifact(fragment), "test");
  const { paginationMetadata } = getPaginationMetadata(artifact(fragment), "test");
  const seen = [];
  for (let reference = parent; seen.length < most; ) {
    const shown = read(fragment, reference);
    const { pageInfo } = shown[list];
    seen.push(ids(shown[list]));
    if (!(direction === "forward" ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break;
    const cursor = direction === "forward" ? pageInfo.endCursor : pageInfo.startCursor;
    const base = identifierInfo ? { [identifierInfo.identifierQueryVariableName]: shown[identifierInfo.identifierField] } : {};
    await ask(refetchableRequest, getPaginationVariables(direction, count, cursor, base, {}, paginationMetadata));
  }
  return seen;
}

// What `refetch` does: the whole fragment again, with other arguments.
async function refetched(fragment, id, list, given) {
  const { refetchableRequest, fragmentRefPathInResponse } = getRefetchMetadata(artifact(fragment), "test");
  const data = await ask(refetchableRequest, { id, ...given });
  return ids(read(fragment, fragmentRefPathInResponse.reduce((value, step) => value[step], data))[list]);
}

async function main() {
  const first = await ask(artifact("appQuery"), variables);
  return {
    node: first.node,
    cities: await pages("app_cities", first, "cities", "forward", 3, 3),
    city: await pages("app_city", first.city, "twins", "forward", 1, 9),
    visit: await pages("app_visit", first.visit, "hosts", "forward", 1, 9),
    person: await pages("app_person", first.person, "knows", "backward", 2, 3),
    refetchedCity: await refetched("app_city", variables.city, "twins", { n: 2 }),
    refetchedVisit: await refetched("app_visit", variables.visit, "hosts", { n: 2 }),
    refetchedPerson: await refetched("app_person", variables.person, "knows", { first: 2 }),
  };
}

main().then((found) => console.log(JSON.stringify(found)));
