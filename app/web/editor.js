// The editor: GraphiQL on this server, with the token of the field above it. The address may bring a question and variables.

import { headers, keepToken } from "./token.js";

const given = new URLSearchParams(location.search);

async function fetcher(asked, options) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { ...headers(), ...options?.headers },
    body: JSON.stringify(asked),
  });
  return response.json();
}

keepToken(document.getElementById("token"));
ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher,
    query: given.get("q") ?? given.get("query") ?? undefined,
    variables: given.get("variables") ?? undefined,
    defaultQuery: "# Type a question here; Ctrl-Space completes, Ctrl-Enter asks.\n{\n  cities(first: 5) {\n    nodes { name }\n  }\n}\n",
    inputValueDeprecation: true,
  }),
);
