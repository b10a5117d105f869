"""Statements of a script that fills somebody's own Neo4j with a network. In: a label, a type. Out: Fragments around literals."""

from dataclasses import dataclass

from graph.cypher.fragments import EMPTY, Fragment, clause, name


@dataclass(frozen=True)
class Script:
    """The statements. Each of two parts stands around a list of rows; every statement changes nothing when it is run again."""

    label: str
    type: str
    by_wave: bool

    @property
    def constraint(self) -> Fragment:
        """Make ids unique, and find nodes by them."""
        return clause(
            "CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE",
            name=name(f"exported_{self.label}_id"),
            label=name(self.label),
        )

    @property
    def nodes(self) -> tuple[Fragment, Fragment]:
        """Write nodes; a row is a map of their properties."""
        return Fragment("UNWIND "), clause(
            " AS row MERGE (n:{label} {{id: row.id}}) SET n += row", label=name(self.label)
        )

    @property
    def ties(self) -> tuple[Fragment, Fragment]:
        """Write ties; a row is a list: the ids of the ends, a map of properties, and the id of a wave."""
        return Fragment("UNWIND "), clause(
            " AS row MATCH (a:{label} {{id: row[0]}}) MATCH (b:{label} {{id: row[1]}}) "
            "MERGE (a)-[r:{type}{key}]->(b) SET r += row[2]",
            label=name(self.label),
            type=name(self.type),
            key=Fragment(" {wave: row[3]}") if self.by_wave else EMPTY,
        )
