"""A preview says what a write would change, and writes nothing."""

from typing import Any

import pytest

from graph.bolt.write import Unit
from graph.cypher.fragments import Fragment
from graph.facts.check import check
from graph.facts.decide import decide
from graph.facts.diff import Diff
from schema.model import model
from tests.facts.door import CITY, LEARNED, LESSON, OTHER, STATED, Door, rows, stamp

EVERYTHING = Fragment(
    "MATCH (n) WITH count(n) AS nodes, max(n.updatedAt) AS updated "
    "OPTIONAL MATCH ()-[r]->() RETURN nodes, updated, count(r) AS relationships"
)
REFUSED = {**OTHER, "sources": ["source/door-9"]}
EXCHANGED = ({**CITY, "geonamesId": OTHER["geonamesId"]}, {**OTHER, "geonamesId": CITY["geonamesId"]})


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ((), (CITY, LESSON, LEARNED)),
        ((CITY, LESSON), (CITY, {**LESSON, "statement": "M"}, LEARNED, REFUSED)),
        ((CITY, LESSON, LEARNED), (CITY, LESSON, LEARNED)),
        ((CITY, LESSON, LEARNED), ({**LEARNED, "since": "2001"},)),
        ((CITY, OTHER), EXCHANGED),
        ((CITY, LESSON, LEARNED), ({"label": "City", "id": "city/door-1", "name": "D", **STATED},)),
        ((), ()),
    ],
)
def test_a_preview_is_the_diff_of_the_write_and_writes_nothing(
    door: Door, before: tuple[dict[str, Any], ...], then: tuple[dict[str, Any], ...]
) -> None:
    door.put(*before)
    counted, stored = door.writer.read(EVERYTHING), door.stored()
    foreseen = door.preview(*then)
    assert (door.writer.read(EVERYTHING), door.stored()) == (counted, stored)
    assert door.put(*then, day=2) == foreseen
    assert foreseen.accepted + len({problem.where for problem in foreseen.problems}) == len(then)


def test_a_decision_alone_writes_nothing(door: Door) -> None:
    door.put(CITY)
    counted, stored = door.writer.read(EVERYTHING), door.stored()

    async def decided(unit: Unit) -> tuple[list[str], int]:
        made = await decide(unit, check(rows(*EXCHANGED, LESSON, REFUSED), model()), stamp().key)
        return [fact.id for fact in made.facts], len(made.problems)

    assert door.writer.unit(decided) == (["city/door-1", "city/door-2", "lesson/door-1"], 1)
    assert (door.writer.read(EVERYTHING), door.stored()) == (counted, stored)


def test_diffs_add_up_and_name_only_the_first_changed() -> None:
    one = Diff(1, 3, 5, ("a", "b", "c"))
    assert one + Diff(2, 4, 6, ("d", "e", "f", "g")) == Diff(3, 7, 11, ("a", "b", "c", "d", "e"))
    assert one.accepted == 9
