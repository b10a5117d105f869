"""A document that was asked before is not planned again, whatever its values: the database says how long it planned each run."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from graph.access.rights import Rights
from graph.cypher.fragments import Fragment
from graph.question.engine import Question
from tests.conftest import Asker
from tests.kit.writer import BlockingWriter

TEXT = """query ($name: String, $names: [String!], $ids: [ID!]!, $day: Edtf!, $most: Int, $words: String, $level: Marking) {
  people(first: $most, asOf: $day, where: {or: [{name: {eq: $name}}, {name: {in: $names}}, {name: {search: $words}},
      {trusts: {some: {edge: {note: {eq: $name}}, name: {startsWith: $name}}}}]}, orderBy: [{trusts: {count: DESC}}]) {
    nodes { name trusts(first: 3, where: {marking: {lte: $level}, rosters: {none: {name: {eq: $name}}}}) {
      totalCount nodes { name memberships(first: 2, where: {name: {in: $names}}) { nodes { name } } } } } }
  nodes(ids: $ids) { id ... on City { name country { name } visitsHosted(first: 2) { nodes { title } } } }
}"""
AFRESH = tuple(Fragment(f"CALL db.stats.{step}('QUERIES')") for step in ("stop", "clear", "collect"))
PLANNED = Fragment(
    "CALL db.stats.retrieve('QUERIES') YIELD data RETURN data.query AS query, data.invocations AS invocations"
)
CLEAR = Fragment("CALL db.clearQueryCaches() YIELD value RETURN value")
Asking = tuple[dict[str, Any], Rights]
Planning = Callable[[Sequence[Asking]], list[int]]


def given(size: int, null: bool) -> dict[str, Any]:
    """Make values of another size than before, or nulls where they are accepted."""
    text = None if null else "x" * size
    return {
        "name": text,
        "names": None if null else ["y" * min(size, 50)] * min(size, 900),
        "ids": ["city/us-wa-seattle", *["city/not-there"] * min(size, 99)],
        "day": "2009-04-17" if size % 2 else "1991~",
        "most": 1 + size % 20,
        "words": None if null else "z" * min(size, 200),
        "level": None if null else "GREEN",
    }


VARIANTS = [given(size, null) for size in (1, 2, 7, 16, 40, 150, 700, 3_000) for null in (False, True)]


@pytest.fixture
def planning(ask: Asker, seeded: BlockingWriter) -> Planning:
    """Ask, beginning without any plan; return for each run how long the database planned it, in microseconds.

    It is done twice, and the shorter time of a run counts: a pause of a busy machine does not come twice at the same run.
    """

    def asked(runs: Sequence[Asking]) -> list[int]:
        return [min(both) for both in zip(once(runs), once(runs), strict=True)]

    def once(runs: Sequence[Asking]) -> list[int]:
        seeded.read(CLEAR)
        for step in AFRESH:
            seeded.read(step)
        for values, rights in runs:
            answer = ask.runner.run(ask.engine.ask(Question(TEXT, values), rights, ask.reader))
            assert not answer.errors
        (invocations,) = [row["invocations"] for row in seeded.read(PLANNED) if row["query"].startswith("RETURN [")]
        assert len(invocations) == len(runs)
        return [each["elapsedCompileTimeInUs"] for each in invocations]

    return asked


@pytest.mark.parametrize("null", [False, True], ids=["values", "nulls"])
def test_a_run_with_other_values_is_not_planned_again(ask: Asker, planning: Planning, null: bool) -> None:
    """Begun with values or with nulls: what is planned first may not decide what a plan is good for."""
    first, *others = sorted(VARIANTS, key=lambda values: (values["level"] is None) is not null)
    planned = planning([(values, ask.rights("steward")) for values in (first, *others)])
    assert planned[0] > 10 * max(planned[1:]), planned


def test_other_values_give_the_same_compiled_question(ask: Asker) -> None:
    """Nor do we compile it again: what is kept is found for all of these values."""
    ready, rights = ask.engine.ready(Question(TEXT)), ask.rights("steward")
    compiled = [ask.engine.bound(ready, values, rights).compiled for values in VARIANTS]
    assert len({id(each) for each in compiled}) == 1


def test_more_audiences_are_neither_compiled_nor_planned_again(ask: Asker, planning: Planning) -> None:
    """A server learns of audiences while it runs: as many as before or a thousand times as many, it is the same statement."""
    ready = ask.engine.ready(Question(TEXT))
    grown = [Rights(1, tuple(f"2:city-{n}" for n in range(size))) for size in (1, 2, 11, 101, 1_001)]
    assert len({id(ask.engine.bound(ready, VARIANTS[0], rights).compiled) for rights in grown}) == 1
    planned = planning([(VARIANTS[0], rights) for rights in grown])
    assert planned[0] > 10 * max(planned[1:]), planned
