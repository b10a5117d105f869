"""Which mutations of one transaction are written side by side: those of which none could read what another writes."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from graph.access.rights import Rights
from graph.bolt.write import NotTaken, Unit, Writer
from graph.facts.write import now
from graph.mutations.groups import Groups
from graph.mutations.job import Job, rounds
from graph.mutations.requests import request
from graph.mutations.writes import SMALL, Write, write
from schema.language.writes import DELETE
from schema.model import model

VISIT, OTHER, SOURCE = "visit/a", "visit/b", "source/a"


def upsert(of: str, *rows: dict[str, Any]) -> Write:
    return write(f"upsert{of}", rows, model(), "2026-01-01")


def change(id_: str, **values: Any) -> Write:
    return upsert("Visits" if id_.startswith("visit/") else "Sources", {"key": {"id": id_}, **values})


def numbered(*writes: Write | None, requests: tuple[str | None, ...] = ()) -> list[list[int]]:
    """Put mutations into rounds; return their numbers."""

    async def work() -> list[list[int]]:
        ids = [*requests, *[None] * len(writes)]
        jobs = [
            Job(each, request("me", id_, "body"), Rights(0), _never) for each, id_ in zip(writes, ids, strict=False)
        ]
        return [[jobs.index(job) for job in round] for round in rounds(jobs)]

    return asyncio.run(work())


async def _never(*_: Any) -> dict[str, Any]:
    raise AssertionError


NEW = upsert("Visits", {"title": "New", "sources": [SOURCE]})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (change(VISIT, note="n"), change(OTHER, note="n")),
        (change(VISIT, note="n"), change(SOURCE, note="n")),
        (NEW, NEW),
        (NEW, change(VISIT, note="n")),
    ],
    ids=["other facts", "other types", "new facts", "a new fact and another one"],
)
def test_mutations_of_different_facts_go_side_by_side(one: Write, other: Write) -> None:
    assert numbered(one, other) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (change(VISIT, note="n"), change(VISIT, title="t")),
        (change(SOURCE, marking="RED"), NEW),
        (change(SOURCE, note="n"), change(OTHER, sources=[SOURCE])),
        (change(VISIT, sources=["source/b"]), change(OTHER, note="n")),
        (upsert("Visits", {"key": {"title": "New"}}), change(OTHER, note="n")),
        (upsert("Visits", {"title": "New", "hosts": [{"to": "country/no"}]}), change(OTHER, note="n")),
        (upsert("Cities", {"name": "New", "geonamesId": "1"}), change(OTHER, note="n")),
        (write(DELETE, [{"id": VISIT}], model(), ""), change(OTHER, note="n")),
        (None, change(OTHER, note="n")),
    ],
    ids=[
        "the same fact", "a source that is named", "the same source", "a list that is replaced", "a natural key",
        "relationships", "a unique value", "a delete", "a draft",
    ],
)  # fmt: skip
def test_mutations_that_could_meet_go_one_after_the_other(one: Write | None, other: Write) -> None:
    assert numbered(one, other) == [[0], [1]]
    assert numbered(other, one) == [[0], [1]]


def test_one_request_twice_goes_one_after_the_other() -> None:
    assert numbered(NEW, NEW, requests=("r", "r")) == [[0], [1]]
    assert numbered(NEW, NEW, requests=("r", "s")) == [[0, 1]]


def test_a_mutation_passes_only_those_that_it_cannot_meet() -> None:
    first, again, other = change(VISIT, note="1"), change(VISIT, note="2"), change(OTHER, note="3")
    assert numbered(first, again, other, first) == [[0, 2], [1], [3]]
    alone = upsert("Visits", {"key": {"title": "New"}})
    assert numbered(first, alone, other) == [[0], [1], [2]]


def test_only_small_upserts_share_a_transaction() -> None:
    rows = [{"title": f"New {at}"} for at in range(SMALL + 1)]
    assert upsert("Visits", *rows[:SMALL]).is_small
    assert not upsert("Visits", *rows).is_small
    assert not upsert("Visits", *({**row, "hosts": [{"to": "country/no"}]} for row in rows[: SMALL // 2 + 1])).is_small
    assert not write(DELETE, [{"id": VISIT}], model(), "").is_small


@dataclass(frozen=True)
class Away(Writer):
    """A writer whose database is gone."""

    tried: list[object] = field(default_factory=list)

    async def unit(self, work: Callable[[Unit], Awaitable[Any]]) -> Any:
        self.tried.append(work)
        await asyncio.sleep(0)
        raise NotTaken("The database is gone.")


def test_mutations_of_a_group_do_not_wait_one_by_one_for_a_database_that_is_gone() -> None:
    async def work() -> tuple[list[object], int]:
        groups, writer = Groups(), Away(driver=None, database="neo4j")  # type: ignore[arg-type]  # it is not used
        jobs = [Job(change(f"visit/{at}", note="n"), None, Rights(0), _never) for at in range(10)]
        ended = await asyncio.gather(*(groups.run(writer, now, job) for job in jobs), return_exceptions=True)
        return [type(each) for each in ended], len(writer.tried)

    assert asyncio.run(work()) == ([NotTaken] * 10, 1)
