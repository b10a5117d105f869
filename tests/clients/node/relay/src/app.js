// Fragments that refetch and paginate, as components of a Relay project declare them. relay-compiler reads this file.
const { graphql } = require("relay-runtime");

graphql`
  query appQuery($cities: Int!, $city: ID!, $visit: ID!, $person: ID!, $m: Int!, $n: Int!) {
    ...app_cities @arguments(n: $cities)
    city(id: $city) { ...app_city @arguments(n: $m) }
    visit(id: $visit) { ...app_visit @arguments(n: $m) }
    person(id: $person) { ...app_person @arguments(last: $n) }
    node(id: $city) { __typename ... on City { name } }
  }
`;

graphql`
  fragment app_cities on Query
  @argumentDefinitions(n: { type: "Int" }, after: { type: "String" })
  @refetchable(queryName: "CitiesPageQuery") {
    cities(first: $n, after: $after) @connection(key: "App_cities") { totalCount edges { node { id name } } }
  }
`;

graphql`
  fragment app_city on City
  @argumentDefinitions(n: { type: "Int" }, after: { type: "String" })
  @refetchable(queryName: "CityPageQuery") {
    id
    name
    twins(first: $n, after: $after) @connection(key: "City_twins") { edges { relationshipId kind node { id name } } }
  }
`;

graphql`
  fragment app_visit on Visit
  @argumentDefinitions(n: { type: "Int" }, after: { type: "String" })
  @refetchable(queryName: "VisitPageQuery") {
    id
    title
    hosts(first: $n, after: $after) @connection(key: "Visit_hosts") { edges { asNamed node { id name } } }
  }
`;

graphql`
  fragment app_person on Person
  @argumentDefinitions(
    first: { type: "Int" }
    after: { type: "String" }
    last: { type: "Int" }
    before: { type: "String" }
  )
  @refetchable(queryName: "PersonPageQuery") {
    id
    name
    knows(first: $first, after: $after, last: $last, before: $before) @connection(key: "Person_knows") {
      edges { node { id name } }
    }
  }
`;
