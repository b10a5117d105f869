"""The Cypher script fills a real Neo4j with the network, and changes nothing when it is run again."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from graph.cypher.fragments import Fragment
from graph.export.graphs.exported import Exported
from tests.graphs.given import GIVEN, networks
from tests.graphs.read import Found, expected, found, written
from tests.graphs.test_formats import same
from tests.kit.writer import BlockingWriter

NODES = Fragment("MATCH (n:Leader) RETURN properties(n) AS values")
TIES = Fragment("MATCH (a:Leader)-[r:TRUSTS]->(b:Leader) RETURN a.id AS start, b.id AS end, properties(r) AS values")
EMPTIED = Fragment("MATCH (n:Leader) DETACH DELETE n")
FREED = Fragment("DROP CONSTRAINT exported_Leader_id IF EXISTS")


@pytest.fixture
def neo4j_of_ones_own(writer: BlockingWriter) -> Iterator[BlockingWriter]:
    """A database without nodes of this label; no concept has it."""
    yield writer
    writer.read(EMPTIED)
    writer.alone(FREED)


def run(writer: BlockingWriter, of: Exported) -> None:
    """Run the statements of a script; as the values have no ends of lines, a statement ends where a line ends with `;`."""
    for statement in written("cypher", of).decode().split(";\n"):
        lines = [line for line in statement.splitlines() if not line.startswith("//")]
        if text := "\n".join(lines).strip():
            writer.alone(Fragment(text))


def stored(writer: BlockingWriter, of: Exported) -> Found:
    nodes = {each["values"].pop("id"): each["values"] for each in writer.read(NODES)}
    ties: list[tuple[str, str, dict[str, Any]]] = [(e["start"], e["end"], e["values"]) for e in writer.read(TIES)]
    return found(of.directed, nodes, ties)


@pytest.mark.parametrize("name", GIVEN)
def test_a_script_is_run_twice(neo4j_of_ones_own: BlockingWriter, name: str) -> None:
    of = GIVEN[name]
    for _ in range(2):
        run(neo4j_of_ones_own, of)
        same(stored(neo4j_of_ones_own, of), expected(of, lists=True))


def test_a_comment_ends_where_its_line_ends(neo4j_of_ones_own: BlockingWriter) -> None:
    """Neo4j reads an escaped end of a line before anything else."""
    of = GIVEN["weighted"]
    about = replace(of.about, title="x \\u000A MATCH (n:Leader) DETACH DELETE n;\n MATCH (n:Leader) DETACH DELETE n")
    run(neo4j_of_ones_own, of)
    head = written("cypher", replace(of, about=about)).decode().partition("CREATE")[0]
    neo4j_of_ones_own.alone(Fragment(head + "RETURN 1"))
    same(stored(neo4j_of_ones_own, of), expected(of, lists=True))
    assert all(line.startswith("//") for line in head.splitlines())


def test_random_networks_are_read_back(neo4j_of_ones_own: BlockingWriter) -> None:
    writer = neo4j_of_ones_own

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(networks())
    def each(of: Exported) -> None:
        writer.read(EMPTIED)
        run(writer, of)
        same(stored(writer, of), expected(of, lists=True))

    each()
