"""Which mutations of one transaction are written side by side: those of which none could read what another writes."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from graph.access.rights import Rights
from graph.bolt.write import NotTaken, Unit, Writer
from graph.facts.found import Looked, Value
from graph.facts.write import now
from graph.mutations.begin import Began
from graph.mutations.groups import Groups
from graph.mutations.job import Job, side_by_side
from graph.mutations.requests import request
from graph.mutations.writes import SMALL, Write, write
from schema.language.writes import DELETE
from schema.model import model

VISIT, OTHER, SOURCE = "visit/a", "visit/b", "source/a"


def upsert(of: str, *rows: dict[str, Any]) -> Write:
    return write(f"upsert{of}", rows, model(), "2026-01-01")


def change(id_: str, **values: Any) -> Write:
    of = {"visit": "Visits", "source": "Sources", "city": "Cities"}[id_.partition("/")[0]]
    return upsert(of, {"key": {"id": id_}, **values})


STORED: dict[str, dict[str, Any]] = {
    VISIT: {"id": VISIT, "title": "A", "sources": [SOURCE]},
    OTHER: {"id": OTHER, "title": "B", "sources": [SOURCE]},
    SOURCE: {"id": SOURCE, "title": "S", "sources": [SOURCE]},
    "city/no": {"id": "city/no", "name": "No", "geonamesId": 7, "sources": [SOURCE]},
}
"""What is stored, so far as these mutations look at it."""


def looked(each: Write) -> Looked:
    """Return what is read when a write begins."""
    values: dict[Value, Any] = {}
    for label, name, value in each.values:
        spec = model().concepts[label]
        of = [node for id_, node in STORED.items() if id_.startswith(f"{spec.prefix}/") and node.get(name) == value]
        if of:
            values[label, name, value] = of
    nodes = {id_: STORED[id_] for id_ in each.keys if id_ in STORED}
    return Looked(each.keys, nodes, each.named, each.named & STORED.keys(), each.values, values)


def numbered(*writes: Write, requests: tuple[str | None, ...] = ()) -> list[list[int]]:
    """Put mutations into rounds, as if none of them changed what is stored; return their numbers."""

    async def work() -> list[list[int]]:
        ids = [*requests, *[None] * len(writes)]
        jobs = [
            Job(each, request("me", id_, "body"), Rights(0), _never) for each, id_ in zip(writes, ids, strict=False)
        ]
        rest, made = list(jobs), []
        while rest:
            began = {job: Began(now(), None, looked(job.write)) for job in rest if job.write}
            made.append([jobs.index(job) for job in side_by_side(began)])
            rest = [job for job in rest if jobs.index(job) not in made[-1]]
        return made

    return asyncio.run(work())


async def _never(*_: Any) -> dict[str, Any]:
    raise AssertionError


NEW = upsert("Visits", {"title": "New", "sources": [SOURCE]})
NAMED = upsert("Visits", {"key": {"title": "Named"}, "sources": [SOURCE]})
HOSTED = upsert("Visits", {"title": "Hosted", "hosts": [{"to": "city/no"}]})


def hosted(start: str, end: str, **values: Any) -> Write:
    return upsert("HostedBy", {"from": start, "to": end, **values})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (change(VISIT, note="n"), change(OTHER, note="n")),
        (change(VISIT, note="n"), change(SOURCE, note="n")),
        (NEW, NEW),
        (NEW, change(VISIT, note="n")),
        (NEW, NAMED),
        (NAMED, upsert("Visits", {"key": {"title": "Another"}, "note": "n"})),
        (NAMED, upsert("Lessons", {"key": {"title": "Named"}})),
        (NAMED, change(VISIT, note="n")),
        (upsert("Visits", {"key": {"title": "A"}, "note": "n"}), change(OTHER, note="n")),
        (HOSTED, HOSTED),
        (HOSTED, hosted(VISIT, "city/no")),
        (hosted(VISIT, "city/no"), hosted(OTHER, "city/no")),
        (hosted(VISIT, "city/no"), hosted(VISIT, "city/yes")),
        (change(VISIT, sources=["source/b"]), change(OTHER, note="n")),
        (upsert("Cities", {"name": "One", "geonamesId": 1}), upsert("Cities", {"name": "Two", "geonamesId": 2})),
    ],
    ids=[
        "other facts", "other types", "new facts", "a new fact and another one", "a new fact and another name",
        "other names", "one name of two concepts", "a new name", "a known name and another fact", "new facts at one fact",
        "relationships at one fact", "two starts", "two ends", "a list that is replaced", "unique values",
    ],
)  # fmt: skip
def test_mutations_that_cannot_meet_go_side_by_side(one: Write, other: Write) -> None:
    assert numbered(one, other) == [[0, 1]]
    assert numbered(other, one) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (change(VISIT, note="n"), change(VISIT, title="t")),
        (change(SOURCE, marking="RED"), NEW),
        (change(SOURCE, note="n"), change(OTHER, sources=[SOURCE])),
        (change(SOURCE, marking="RED"), change(OTHER, sources=["source/b"])),
        (NAMED, NAMED),
        (NAMED, upsert("Visits", {"title": "Named"})),
        (NAMED, upsert("Visits", {"key": {"title": "  named "}})),
        (NAMED, change(VISIT, title="Named")),
        (upsert("Visits", {"key": {"title": "A"}, "note": "n"}), change(VISIT, note="n")),
        (upsert("Visits", {"key": {"title": "A"}, "note": "n"}), hosted(VISIT, "city/no")),
        (upsert("Visits", {"key": {"title": "A"}, "hosts": [{"to": "city/no"}]}), hosted(VISIT, "city/yes")),
        (change("city/no", note="n"), hosted(VISIT, "city/no")),
        (change("city/no", note="n"), HOSTED),
        (hosted(VISIT, "city/no"), hosted(VISIT, "city/no", note="n")),
        (upsert("TwinnedWith", {"from": "city/a", "to": "city/b"}), upsert("TwinnedWith", {"from": "city/b", "to": "city/a"})),
        (upsert("HostedBy", {"id": "hosted-by/x", "note": "n"}), hosted(VISIT, "city/no")),
        (upsert("HostedBy", {"id": "hosted-by/x", "note": "n"}), upsert("HostedBy", {"id": "hosted-by/y", "note": "n"})),
        (upsert("HostedBy", {"id": "hosted-by/x", "note": "n"}), change(VISIT, marking="RED")),
        (hosted(VISIT, "city/no", sources=[SOURCE]), change(OTHER, marking="RED")),
        (upsert("Under", {"from": "topic/a", "to": "topic/b"}), upsert("Under", {"from": "topic/c", "to": "topic/d"})),
        (upsert("Learned", {"from": "city/a", "to": "lesson/a"}), upsert("Learned", {"from": "city/b", "to": "lesson/a"})),
        (upsert("Learned", {"from": "city/a", "to": "lesson/a"}), hosted(VISIT, "city/no", marking="RED")),
        (upsert("Cities", {"name": "One", "geonamesId": 1}), upsert("Cities", {"name": "Two", "geonamesId": 1})),
        (upsert("Cities", {"name": "One", "geonamesId": 7}), change("city/no", note="n")),
        (upsert("Cities", {"name": "One", "geonamesId": 7}), change("city/no", geonamesId=8)),
    ],
    ids=[
        "the same fact", "a source that is named", "the same source", "the source of a list that is replaced", "one new name",
        "a name and a new fact with it", "one name in other letters", "a name that another one takes", "a known name",
        "a known name at an end", "a known name and relationships", "the end of a relationship", "the end of a new one",
        "one relationship", "one relationship from both ends", "a relationship by id and by ends", "two relationships by id",
        "ends that are not known", "a list of a relationship", "a circle", "an end that takes one", "who is at an end",
        "a unique value", "a unique value and its owner", "a unique value that becomes free",
    ],
)  # fmt: skip
def test_mutations_that_could_meet_go_one_after_the_other(one: Write, other: Write) -> None:
    assert numbered(one, other) == [[0], [1]]
    assert numbered(other, one) == [[0], [1]]


def test_one_request_twice_goes_one_after_the_other() -> None:
    assert numbered(NEW, NEW, requests=("r", "r")) == [[0], [1]]
    assert numbered(NEW, NEW, requests=("r", "s")) == [[0, 1]]


def test_a_mutation_passes_only_those_that_it_cannot_meet() -> None:
    first, again, other = change(VISIT, note="1"), change(VISIT, note="2"), change(OTHER, note="3")
    assert numbered(first, again, other, first) == [[0, 2], [1], [3]]
    # What waits keeps its place before those that it could meet.
    both = upsert("Visits", {"key": {"id": VISIT}, "note": "4"}, {"key": {"id": OTHER}, "note": "4"})
    assert numbered(first, both, other) == [[0], [1], [2]]


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
