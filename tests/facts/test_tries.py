"""A unit of work whose failure the database cannot explain is tried again, and given up after a few tries."""

import pytest
from neo4j.exceptions import Neo4jError

from graph.bolt.connect import DatabaseUnavailable
from graph.bolt.write import UNKNOWN_TRIES, Unit
from graph.cypher.fragments import Fragment
from tests.kit.writer import BlockingWriter


class Unlucky:
    """Work that fails so many times, then returns 1 from the database."""

    def __init__(self, times: int, code: str) -> None:
        self.left, self.code, self.done = times, code, 0

    async def __call__(self, unit: Unit) -> int:
        self.done += 1
        if self.left:
            self.left -= 1
            raise Neo4jError._hydrate_neo4j(code=self.code, message="an index is being undone")
        return int((await unit.run(Fragment("RETURN 1 AS one")))[0]["one"])


UNKNOWN = "Neo.DatabaseError.General.UnknownError"


@pytest.mark.parametrize("times", [0, 1, UNKNOWN_TRIES - 1])
def test_what_the_database_cannot_explain_is_tried_again(writer: BlockingWriter, times: int) -> None:
    work = Unlucky(times, UNKNOWN)
    assert (writer.unit(work), work.done) == (1, times + 1)


def test_it_is_given_up_after_a_few_tries(writer: BlockingWriter) -> None:
    work = Unlucky(100, UNKNOWN)
    with pytest.raises(DatabaseUnavailable, match="UnknownError"):
        writer.unit(work)
    assert work.done == UNKNOWN_TRIES


def test_what_it_can_explain_is_not(writer: BlockingWriter) -> None:
    work = Unlucky(1, "Neo.ClientError.Statement.SyntaxError")
    with pytest.raises(DatabaseUnavailable, match="SyntaxError"):
        writer.unit(work)
    assert work.done == 1
