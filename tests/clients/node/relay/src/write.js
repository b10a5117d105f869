// Mutations that update lists of the store by Relay's directives, as a Relay project declares them. relay-compiler reads this file.
const { graphql } = require("relay-runtime");

graphql`
  query writeQuery($title: String!, $n: Int!) {
    visits(first: $n, where: { title: { startsWith: $title } }) @connection(key: "Write_visits") {
      edges { node { id title delegates } }
    }
  }
`;

graphql`
  query writeVisitQuery($id: ID!, $n: Int!) {
    visit(id: $id) { ...write_visit @arguments(n: $n) }
  }
`;

graphql`
  fragment write_visit on Visit
  @argumentDefinitions(n: { type: "Int" }, after: { type: "String" })
  @refetchable(queryName: "writeHostsQuery") {
    id
    delegates
    hosts(first: $n, after: $after) @connection(key: "Visit_hosts") { edges { relationshipId arrived { text } node { id name } } }
  }
`;

graphql`
  mutation writeVisitMutation($rows: [VisitInput!]!, $requestId: ID, $lists: [ID!]!) {
    upsertVisits(rows: $rows, requestId: $requestId) {
      nodes @appendNode(connections: $lists, edgeTypeName: "VisitEdge") { id title delegates updatedAt }
      problems { path code message accepted }
    }
  }
`;

graphql`
  mutation writeChangeMutation($rows: [VisitInput!]!) {
    upsertVisits(rows: $rows) {
      nodes { id delegates updatedAt }
      problems { path code message accepted }
    }
  }
`;

graphql`
  mutation writeHostMutation($rows: [HostedByInput!]!, $n: Int!) {
    upsertHostedBy(rows: $rows) {
      starts { ...write_visit @alias @arguments(n: $n) }
      problems { path code message accepted }
    }
  }
`;

graphql`
  mutation writeDeleteMutation($rows: [DeleteInput!]!, $lists: [ID!]!) {
    deleteFacts(rows: $rows) {
      deletedIds @deleteEdge(connections: $lists)
      gone: deletedIds @deleteRecord
      problems { path code message accepted }
    }
  }
`;
