// The token of the viewer: a field whose value is kept until the tab is closed, and the headers that send it.

const KEY = "citygraph.token";

export function keepToken(field) {
  field.value = sessionStorage.getItem(KEY) ?? "";
  field.addEventListener("input", () => sessionStorage.setItem(KEY, field.value.trim()));
}

export function headers() {
  const token = sessionStorage.getItem(KEY);
  const sent = { "content-type": "application/json", accept: "application/graphql-response+json" };
  return token ? { ...sent, authorization: `Bearer ${token}` } : sent;
}
