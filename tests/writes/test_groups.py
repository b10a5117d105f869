"""Mutations that share a transaction: each is as if it were alone, and none is harmed by another."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from graph.access.viewer import Viewer
from graph.bolt.connect import Address
from graph.bolt.lane.lane import Lane, open_lane
from graph.bolt.lane.transaction import LaneTransaction
from graph.bolt.transaction import Statement
from graph.bolt.write import Unit, Writer
from graph.cypher.fragments import Fragment
from graph.mutations import groups
from graph.mutations.job import Job
from graph.mutations.tasks import Writes
from graph.question.engine import Answer, Question
from graph.question.turns import AtOnce
from tests.writes.conftest import SEATTLE, TURIN, Mutate, editor

UPSERT = """mutation ($rows: [SourceInput!]!, $id: ID) { upsertSources(rows: $rows, requestId: $id) {
  created changed same problems { path code message accepted } nodes { id title note updatedAt } } }"""
NAMING = """mutation ($rows: [TopicInput!]!) { upsertTopics(rows: $rows) {
  created problems { path code message accepted } nodes { name } } }"""
VISITS = """mutation ($rows: [VisitInput!]!) { upsertVisits(rows: $rows) {
  created changed same problems { path message } nodes { id hosts { nodes { id } } } } }"""
PAGES = """mutation ($rows: [VisitInput!]!, $n: Int!) { upsertVisits(rows: $rows) {
  nodes { title hosts(first: $n) { nodes { id } } } } }"""
EVENTS = Fragment(
    "MATCH (e:_Event) WHERE e.fact IN $q.ids "
    "RETURN e.seq AS seq, e.fact AS id, e.did AS did, e.actor AS actor, toString(e.at) AS at ORDER BY seq"
)
STORED = Fragment("MATCH (s:Source) WHERE s.title STARTS WITH 'Group ' RETURN s.title AS title ORDER BY title")
HEAD = Fragment("MATCH (s:_Sequence {name: 'log'}) RETURN s.value AS seq")
BAD = {"title": "Group bad", "confidence": "VERIFIED", "sources": ["source/absent"]}


def row(title: object, **more: Any) -> dict[str, Any]:
    return {"title": f"Group {title}", "confidence": "VERIFIED", **more}


@dataclass
class Together:
    """Asks mutations at the same time. `sizes` are those of the transactions that they shared."""

    mutate: Mutate
    writer: Writer
    sizes: list[int]

    def ask(self, text: str, variables: dict[str, Any], viewer: Viewer | None = None) -> Awaitable[Answer]:
        by = viewer or self.mutate.steward
        return self.mutate.mutations.answer(Question(text, variables), by, self.writer, AtOnce())

    def __call__(self, *asked: Awaitable[Answer]) -> list[Answer]:
        async def every() -> list[Answer]:
            return list(await asyncio.gather(*asked))

        return self.mutate.runner.run(every())

    def upsert(self, *rows: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        """Upsert a source by each of several mutations; return their payloads."""
        return payloads(self(*(self.ask(UPSERT, {"rows": [each], **more}) for each in rows)))

    def ids(self, *rows: dict[str, Any]) -> list[str]:
        return [each["nodes"][0]["id"] for each in self.upsert(*rows)]

    @property
    def stored(self) -> list[str]:
        return [each["title"] for each in self.mutate.writer.read(STORED)]


def payloads(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    assert [answer.errors for answer in answers] == [()] * len(answers)
    return [next(iter((answer.data or {}).values())) for answer in answers]


@pytest.fixture
def over_lane(mutate: Mutate, address: Address, monkeypatch: pytest.MonkeyPatch) -> Iterator[Together]:
    """Mutations over the lane."""
    with asked_over(open_lane(address, 4), mutate, monkeypatch) as made:
        yield made


@pytest.fixture(params=["lane", "driver"])
def together(
    mutate: Mutate, address: Address, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Together]:
    """Mutations over the lane, and over the driver."""
    lane = open_lane(address, 4) if request.param == "lane" else None
    with asked_over(lane, mutate, monkeypatch) as made:
        yield made


@contextmanager
def asked_over(lane: Lane | None, mutate: Mutate, monkeypatch: pytest.MonkeyPatch) -> Iterator[Together]:
    sizes, whole = list[int](), groups._together

    def counted(unit: Unit, clock: groups.Clock, jobs: Sequence[Job]) -> Any:
        sizes.append(len(jobs))
        return whole(unit, clock, jobs)

    monkeypatch.setattr(groups, "_together", counted)
    yield Together(mutate, dataclasses.replace(mutate.writer.writer, lane=lane), sizes)
    if lane is not None:
        lane.close()


def test_mutations_at_the_same_time_are_one_transaction_and_events_of_their_own(together: Together) -> None:
    done = together.upsert(*(row(at) for at in range(8)))
    assert together.sizes == [8]
    ids = [each["nodes"][0]["id"] for each in done]
    assert [each["nodes"][0]["title"] for each in done] == [f"Group {at}" for at in range(8)]
    assert [(each["created"], each["changed"]) for each in done] == [(1, 0)] * 8
    events = together.mutate.writer.read(EVENTS, ids=ids)
    assert [(event["id"], event["did"]) for event in events] == [(id_, "CREATED") for id_ in ids]
    first = events[0]["seq"]
    assert [event["seq"] for event in events] == list(range(first, first + 8))
    times = [event["at"] for event in events]
    assert times == sorted(set(times))
    assert [each["nodes"][0]["updatedAt"][:19] for each in done] == [time[:19] for time in times]
    # Changes of facts that others do not name are one transaction too, and each says what became of its own fact.
    changed = together.upsert(*({"key": {"id": id_}, "note": f"note of {id_}"} for id_ in ids))
    assert together.sizes == [8, 8]
    assert [(each["changed"], each["nodes"][0]["note"]) for each in changed] == [(1, f"note of {id_}") for id_ in ids]


def test_a_refused_row_harms_no_other_mutation(together: Together) -> None:
    good, bad, other = payloads(together(*(together.ask(UPSERT, {"rows": [each]}) for each in (row(1), BAD, row(2)))))
    assert together.sizes == [3]
    assert (good["created"], other["created"]) == (1, 1)
    assert [problem["code"] for problem in bad["problems"]] == ["NOT_FOUND"]
    assert bad["created"] == 0
    assert together.stored == ["Group 1", "Group 2"]


@pytest.mark.parametrize("kind", ["of several", "of one"])
def test_a_mutation_that_fails_after_it_wrote_is_stored_alone_by_none(
    together: Together, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The transaction is rolled back, and the others are written again, each alone."""
    do = Writes.do
    key = {"key": {"title": "Group 2"}} if kind == "of one" else {}

    async def fails(self: Writes, unit: Unit, scene: Any) -> Any:
        done = await do(self, unit, scene)
        if any(node.values.get("note") == "fails" for node in _nodes(self)):
            raise RuntimeError("a fault of ours")
        return done

    monkeypatch.setattr(Writes, "do", fails)
    (before,) = together.mutate.writer.read(HEAD)
    rows = [row(1), row(2, note="fails", **key), row(3)]
    answers = together(*(together.ask(UPSERT, {"rows": [each]}) for each in rows))
    assert [[error.code for error in answer.errors] for answer in answers] == [[], ["INTERNAL"], []]
    assert together.sizes == [3, 1, 1, 1]
    assert together.stored == ["Group 1", "Group 3"]
    (after,) = together.mutate.writer.read(HEAD)
    assert after["seq"] == before["seq"] + 2


def _nodes(task: Writes) -> Sequence[Any]:
    wanted = task.write.work.args[0]  # type: ignore[attr-defined]  # it is a partial of what is wanted
    return list(wanted.nodes)


def test_one_request_twice_in_one_transaction_is_one_write(together: Together) -> None:
    asked = [together.ask(UPSERT, {"rows": [row(at)], "id": "twice"}) for at in (1, 1, 2)]
    first, again, other = together(*asked)
    assert together.sizes == [3]
    assert first.data == again.data
    assert [error.code for error in other.errors] == ["CONFLICT"]
    assert together.stored == ["Group 1"]


def test_two_changes_of_one_fact_are_made_one_after_the_other(together: Together) -> None:
    (made,) = together.upsert(row(1))
    node = made["nodes"][0]
    guarded = {"key": {"id": node["id"]}, "expectedUpdatedAt": node["updatedAt"]}
    first, second = together.upsert({**guarded, "note": "first"}, {**guarded, "note": "second"})
    assert together.sizes == [1, 2]
    assert (first["changed"], second["changed"]) == (1, 0)
    assert [problem["code"] for problem in second["problems"]] == ["CONFLICT"]
    one, other = together.upsert(
        {"key": {"title": "Group new"}, "note": "a", "confidence": "VERIFIED"},
        {"key": {"title": "Group new"}, "note": "b", "confidence": "VERIFIED"},
    )
    assert (one["created"], other["created"], other["changed"]) == (1, 0, 1)
    assert one["nodes"][0]["id"] == other["nodes"][0]["id"]


def test_what_is_hidden_in_the_same_transaction_is_as_if_it_were_absent(together: Together) -> None:
    """A steward hides a source just before an editor names it."""
    (source,) = together.ids(row("hidden"))
    by = editor(SEATTLE)

    def names(id_: str) -> Awaitable[Answer]:
        stated = {"name": "Group topic", "confidence": "VERIFIED", "sources": [id_], "holders": [SEATTLE]}
        return together.ask(NAMING, {"rows": [stated]}, by)

    hides = together.ask(UPSERT, {"rows": [{"key": {"id": source}, "marking": "AMBER", "holders": [TURIN]}]})
    hidden, named = payloads(together(hides, names(source)))
    assert hidden["changed"] == 1
    absent = source[:-1] + ("a" if source[-1] != "a" else "b")
    (unknown,) = payloads(together(names(absent)))
    assert str(named).replace(source, absent) == str(unknown)
    assert named["problems"]


def test_each_has_its_own_writer_in_the_log(together: Together) -> None:
    other = dataclasses.replace(together.mutate.steward, actor="other")
    asked = [together.ask(UPSERT, {"rows": [row(at)]}, other if at % 2 else together.mutate.steward) for at in range(4)]
    ids = [each["nodes"][0]["id"] for each in payloads(together(*asked))]
    assert together.sizes == [4]
    events = together.mutate.writer.read(EVENTS, ids=ids)
    assert [(event["id"], event["actor"]) for event in events] == [
        (id_, "other" if at % 2 else "steward") for at, id_ in enumerate(ids)
    ]


def test_who_goes_away_harms_no_other(together: Together, monkeypatch: pytest.MonkeyPatch) -> None:
    """One leaves while the others are written; one leaves before its turn."""
    do, begun = Writes.do, asyncio.Event()

    async def slowly(self: Writes, unit: Unit, scene: Any) -> Any:
        begun.set()
        await asyncio.sleep(0.1)
        return await do(self, unit, scene)

    monkeypatch.setattr(Writes, "do", slowly)

    async def work() -> list[Answer]:
        tasks = [asyncio.ensure_future(together.ask(UPSERT, {"rows": [row(at)]})) for at in range(3)]
        await begun.wait()
        late = [asyncio.ensure_future(together.ask(UPSERT, {"rows": [row(at)]})) for at in (3, 4)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        late[0].cancel()
        done = await asyncio.gather(*tasks, *late, return_exceptions=True)
        assert [isinstance(each, asyncio.CancelledError) for each in done] == [True, False, False, True, False]
        return [each for each in done if isinstance(each, Answer)]

    done = payloads(together.mutate.runner.run(work()))
    assert [each["created"] for each in done] == [1, 1, 1]
    assert {"Group 1", "Group 2", "Group 4"} <= set(together.stored) <= {f"Group {at}" for at in (0, 1, 2, 4)}


def test_if_everybody_goes_away_nothing_is_stored(together: Together, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = asyncio.Event()

    async def forever(self: Writes, unit: Unit, scene: Any) -> Any:
        begun.set()
        await asyncio.sleep(60)

    async def work() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(Writes, "do", forever)
            tasks = [asyncio.ensure_future(together.ask(UPSERT, {"rows": [row(at)]})) for at in range(3)]
            await begun.wait()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    together.mutate.runner.run(work())
    assert together.stored == []
    assert together.upsert(row("after"))[0]["created"] == 1


def test_no_answer_comes_before_the_commit(over_lane: Together, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit fails for good: nobody is told that his fact is stored, and all are told so after the tries of the group."""
    lose, asked = LaneTransaction.commit, list[int]()

    async def lost(self: LaneTransaction) -> None:
        asked.append(1)
        await self.rollback()
        raise OSError("the connection is lost")

    monkeypatch.setattr(LaneTransaction, "commit", lost)
    over_lane.writer = dataclasses.replace(over_lane.writer, tries=2)
    answers = over_lane(*(over_lane.ask(UPSERT, {"rows": [row(at)]}) for at in range(2)))
    assert [[error.code for error in answer.errors] for answer in answers] == [["UNAVAILABLE"]] * 2
    assert len(asked) == 2
    monkeypatch.setattr(LaneTransaction, "commit", lose)
    assert over_lane.stored == []


def test_a_group_takes_no_more_round_trips_than_one_mutation(
    over_lane: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    send: Callable[..., Any] = LaneTransaction._exchange
    sent: list[int] = []

    async def counted(self: LaneTransaction, *of: Any, **more: Any) -> Any:
        sent.append(1)
        return await send(self, *of, **more)

    monkeypatch.setattr(LaneTransaction, "_exchange", counted)
    ids = over_lane.ids(*(row(at) for at in range(8)))
    assert len(sent) == 4, "begin, write, answer, commit"
    sent.clear()
    over_lane.upsert(*({"key": {"id": id_}, "note": "n"} for id_ in ids))
    assert len(sent) == 4


def test_one_statement_reads_what_mutations_of_a_group_show(
    over_lane: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that ask for other pages are read by another one, and each is shown its own facts."""
    send, sent = LaneTransaction.all, list[str]()

    async def noted(self: LaneTransaction, statements: Sequence[Statement]) -> Any:
        sent.extend(text for text, _ in statements)
        return await send(self, statements)

    monkeypatch.setattr(LaneTransaction, "all", noted)
    (source, *_) = over_lane.ids(*(row(at) for at in range(8)))
    assert len(sent) == 4, "begin, write, log, answer"
    stated = {"kind": "STUDY_TOUR", "status": "PLANNED", "sources": [source], "confidence": "VERIFIED"}
    rows = [{"title": f"Group {at}", **stated, "hosts": [{"to": TURIN}, {"to": SEATTLE}]} for at in range(6)]
    sent.clear()
    asked = [over_lane.ask(PAGES, {"rows": [each], "n": 1 + at % 2}) for at, each in enumerate(rows)]
    done = [each["nodes"][0] for each in payloads(over_lane(*asked))]
    assert [(each["title"], len(each["hosts"]["nodes"])) for each in done] == [
        (f"Group {at}", 1 + at % 2) for at in range(6)
    ]
    assert sent.count(sent[-1]) == 2, "an answer for each size of a page"


def test_names_and_relationships_of_a_group_are_written_side_by_side(
    over_lane: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All nodes are written by one statement, and all relationships; alone, a mutation writes both in one round trip."""
    send: Callable[..., Any] = LaneTransaction._exchange
    sent: list[int] = []

    async def counted(self: LaneTransaction, *of: Any, **more: Any) -> Any:
        sent.append(1)
        return await send(self, *of, **more)

    (source,) = over_lane.ids(row("source"))
    monkeypatch.setattr(LaneTransaction, "_exchange", counted)
    stated = {"kind": "STUDY_TOUR", "status": "PLANNED", "sources": [source], "confidence": "VERIFIED"}
    hosts = {"hosts": [{"to": TURIN}], "visitors": [{"to": SEATTLE}]}
    rows = [{"key": {"title": f"Group {at}"}, **stated, **hosts, "note": "n"} for at in range(8)]
    new = {**rows[0], "key": {"title": "Group new"}}
    # What is stored between two facts that are stored is read too.
    for trips, each in ((5, rows), (4, [new]), (5, rows[:1])):
        sent.clear()
        done = payloads(over_lane(*(over_lane.ask(VISITS, {"rows": [one]}) for one in each)))
        assert [(one["created"] + one["same"], one["problems"]) for one in done] == [(3, [])] * len(each)
        assert [one["nodes"][0]["hosts"]["nodes"] for one in done] == [[{"id": TURIN}]] * len(each)
        assert len(sent) == trips


def test_a_trial_run_spoils_no_transaction_of_others(together: Together) -> None:
    """A dry run ends its transaction without a commit, so it has one of its own."""
    tries = """mutation ($rows: [SourceInput!]!) { upsertSources(rows: $rows, draft: {dryRun: true}) {
      draft { changes { action } } problems { path } } }"""
    asked = [together.ask(UPSERT, {"rows": [row(1)]}), together.ask(tries, {"rows": [row(2)]})]
    first, tried, last = payloads(together(*asked, together.ask(UPSERT, {"rows": [row(3)]})))
    assert (first["created"], last["created"]) == (1, 1)
    assert [each["action"] for each in tried["draft"]["changes"]] == ["CREATED"]
    assert together.sizes == [2]
    assert together.stored == ["Group 1", "Group 3"]
