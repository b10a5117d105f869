"""The questions that are measured: each as GraphQL and as Cypher written by hand, with the same access predicates."""

from dataclasses import dataclass

VISIBLE = "({v}.level <= $open OR {v}.audience IN $audiences)"


@dataclass(frozen=True)
class Measured:
    """A question in both languages."""

    name: str
    graphql: str
    cypher: str


def visible(*names: str) -> str:
    """Write the access predicate for some variables."""
    return " AND ".join(VISIBLE.replace("{v}", name) for name in names)


TRUSTS = f"""COLLECT {{ MATCH (p)-[t:TRUSTS]->(o) WHERE {visible("t", "o")}
    WITH t, o ORDER BY t.strength DESC, o.id DESC LIMIT 10
    RETURN {{strength: t.strength, node: o {{.name}}}} }}"""

PERSON = f"""COLLECT {{ MATCH (c)<-[l:LIVES_IN]-(p) WHERE {visible("l", "p")}
  WITH p ORDER BY p.name, p.id LIMIT 100
  RETURN p {{.name, trusts: {TRUSTS}}} }}"""

RESIDENTS = """name residents(first: 100, orderBy: {name: ASC}) {
    nodes { name trusts(first: 10, orderBy: {edge: {strength: DESC}}) { edges { strength node { name } } } } }"""

SMALL = Measured(
    "small",
    "query ($id: ID!) { person(id: $id) { id name sector kind confidence } }",
    f"MATCH (p:Person {{id: $id}}) USING INDEX p:Person(id) WHERE {visible('p')} "
    "RETURN p {.id, .name, .sector, .kind, .confidence} AS person",
)
MEDIUM = Measured(
    "medium",
    f"query ($id: ID!) {{ city(id: $id) {{ {RESIDENTS} }} }}",
    f"MATCH (c:City {{id: $id}}) USING INDEX c:City(id) RETURN c {{.name, residents: {PERSON}}} AS city",
)
LARGE = Measured(
    "large",
    f"query ($ids: [ID!]) {{ cities(where: {{id: {{in: $ids}}}}, first: 10) {{ nodes {{ {RESIDENTS} }} }} }}",
    "MATCH (c:City) WHERE c.id IN $ids WITH c ORDER BY c.id LIMIT 10 "
    f"RETURN collect(c {{.name, residents: {PERSON}}}) AS cities",
)
ALL = (SMALL, MEDIUM, LARGE)
