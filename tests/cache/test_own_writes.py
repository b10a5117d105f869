"""What a server writes itself is in every answer that begins after the acknowledgement, however questions and writes meet."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from graph.answers.kept import Answers
from graph.bolt.changes import Changes
from graph.bolt.read import Reader
from tests.cache.conftest import PRACTICE, STEWARD, TOPIC, UNDER, ask, hits, kept, relate, upsert
from tests.http.running import Running
from tests.kit.random.documents import random_seed

SECONDS, READERS, WRITERS = 5.0, 12, 4
SUMMARY = '{ nodes(ids: ["%s"]) { ... on Practice { summary } } }'
LISTED = '{ practices(where: {name: {eq: "Kept %d"}}) { nodes { summary } } }'
NOTE = f'{{ topic(id: "{TOPIC}") {{ narrower(where: {{id: {{eq: "%s"}}}}) {{ edges {{ note }} }} }} }}'
COUNTED = f'{{ practices(where: {{id: {{eq: "%s"}}, broader: {{some: {{id: {{eq: "{TOPIC}"}}}}}}}}) {{ totalCount }} }}'
FAILS = upsert(0, summary="9", name="")


@dataclass
class Facet:
    """What readers ask of a practice, and its values by the times between which a write of them began and was acknowledged."""

    question: str
    value: Callable[[Any], str | None]
    written: list[tuple[str | None, float, float]] = field(default_factory=lambda: [("0", 0.0, 0.0)])

    def allows(self, value: str | None, began: float, ended: float) -> bool:
        """Whether an answer that began and ended then may say so."""
        certain = max(at for at, (_, _, done) in enumerate(self.written) if done <= began)
        return any(each == value and start <= ended for each, start, _ in self.written[certain:])


def _one(data: Any, *path: Any) -> Any:
    for step in path:
        data = data[step] if not isinstance(step, int) or len(data) > step else None
        if data is None:
            return None
    return data


def facets(at: int) -> dict[str, list[Facet]]:
    """Return what is asked of a practice, by what changes it."""
    id_ = PRACTICE % at
    return {
        "summary": [
            Facet(SUMMARY % id_, lambda data: _one(data, "nodes", 0, "summary")),
            Facet(LISTED % at, lambda data: _one(data, "practices", "nodes", 0, "summary")),
        ],
        "note": [Facet(NOTE % id_, lambda data: _one(data, "topic", "narrower", "edges", 0, "note"))],
        "there": [Facet(COUNTED % id_, lambda data: "0" if data["practices"]["totalCount"] else None)],
    }


async def _sent(client: httpx.AsyncClient, url: str, text: str) -> Any:
    answer = (await client.post(url, json={"query": text}, headers=STEWARD)).json()
    assert "errors" not in answer, answer
    return answer["data"]


async def write(url: str, at: int, of: dict[str, list[Facet]], until: float, dice: random.Random) -> None:
    """Change a practice again and again: its summary, the note of its relationship, whether that is there; sometimes in vain."""
    # Deleted once: made again, the relationship has an id that the server chose.
    count, as_loaded = 0, True
    async with httpx.AsyncClient(timeout=30) as client:
        while time.monotonic() < until:
            count += 1
            kind = dice.choice(("summary", "note", "fails"))
            if kind == "note" and as_loaded and dice.random() < 0.4:
                text, now = (
                    f'mutation {{ deleteFacts(rows: [{{id: "{UNDER % (at,)}"}}]) {{ deleted problems {{ message }} }} }}',
                    None,
                )
                kind = "gone"
            elif kind == "note":
                text, now = relate(at, str(count)), str(count)
            else:
                text, now = (FAILS, None) if kind == "fails" else (upsert(at, summary=str(count)), str(count))
            began = time.monotonic()
            touched = of["summary"] if kind == "summary" else [] if kind == "fails" else [*of["note"], *of["there"]]
            for facet in touched:
                value = now if facet not in of["there"] else None if kind == "gone" else "0"
                facet.written.append((value, began, float("inf")))
            done = next(iter((await _sent(client, url, text)).values()))
            assert bool(done["problems"]) == (kind == "fails"), done
            ended = time.monotonic()
            for facet in touched:
                facet.written[-1] = (*facet.written[-1][:2], ended)
            as_loaded = as_loaded and kind != "gone"


async def read(url: str, every: list[Facet], until: float, dice: random.Random) -> int:
    """Ask again and again; fail if an answer is older than what was acknowledged before its question began."""
    asked = 0
    async with httpx.AsyncClient(timeout=30) as client:
        while time.monotonic() < until:
            facet = dice.choice(every)
            began = time.monotonic()
            value = facet.value(await _sent(client, url, facet.question))
            assert facet.allows(value, began, time.monotonic()), (facet.question, value, facet.written[-3:])
            asked += 1
    return asked


def test_writes_and_questions_from_16_connections(server: Running) -> None:
    url, seed = f"http://127.0.0.1:{server.port}/graphql", random_seed()
    practices = [facets(at) for at in range(WRITERS)]
    every = [facet for of in practices for some in of.values() for facet in some]

    async def crowd() -> list[Any]:
        until = time.monotonic() + SECONDS
        writers = [write(url, at, of, until, random.Random(seed + at)) for at, of in enumerate(practices)]
        readers = [read(url, every, until, random.Random(seed - 1 - at)) for at in range(READERS)]
        return await asyncio.gather(*writers, *readers)

    asked = sum(filter(None, asyncio.run(crowd())))
    assert kept(server).hits > asked / 20, "answers were kept meanwhile"
    assert sum(len(facet.written) - 1 for facet in every) >= WRITERS


def test_a_write_outdates_what_reads_its_label_or_its_type_and_nothing_else(server: Running) -> None:
    cities = "{ cities(first: 3) { nodes { name } } }"
    asked = (SUMMARY % (PRACTICE % 1), NOTE % (PRACTICE % 1), cities)
    for question in asked:
        ask(server, question, steward=True)
        assert hits(server, question, steward=True) == 1
    ask(server, relate(1, "new"), steward=True)
    assert [hits(server, question, steward=True) for question in asked] == [1, 0, 1]
    ask(server, upsert(1, summary="new"), steward=True)
    assert [hits(server, question, steward=True) for question in asked] == [0, 0, 1]
    assert ask(server, NOTE % (PRACTICE % 1))["topic"]["narrower"]["edges"] == [{"note": "new"}]


def test_a_refused_write_outdates_nothing(server: Running) -> None:
    question = SUMMARY % (PRACTICE % 0)
    ask(server, question)
    assert ask(server, FAILS, steward=True)["upsertPractices"]["problems"]
    assert hits(server, question) == 1


class Stale(AssertionError):
    """An answer shows what was before an acknowledged write."""


def race(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a question read before a write and end after it; raise Stale if its answer is kept."""
    question = SUMMARY % (PRACTICE % 2)
    has_read, may_go_on = asyncio.Event(), asyncio.Event()

    def slowly(read: Callable[..., Any]) -> Callable[..., Any]:
        async def slow(self: Reader, text: str, parameters: dict[str, Any], name: str, *more: Any) -> Any:
            value = await read(self, text, parameters, name, *more)
            if name == "Slow":
                has_read.set()
                await may_go_on.wait()
            return value

        return slow

    for way in ("value", "packed"):
        monkeypatch.setattr(Reader, way, slowly(getattr(Reader, way)))
    url = f"http://127.0.0.1:{server.port}/graphql"

    async def both() -> None:
        async with httpx.AsyncClient(timeout=30) as one, httpx.AsyncClient(timeout=30) as other:
            asking = asyncio.create_task(_sent(one, url, f"query Slow {question}"))
            while not has_read.is_set():  # it is set in the loop of the server
                assert not asking.done(), "it must read from the database"
                await asyncio.sleep(0.01)
            await _sent(other, url, upsert(2, summary="after"))
            _loop(server).call_soon_threadsafe(may_go_on.set)
            old = await asking
            assert old["nodes"][0]["summary"] == "0", "it read before the write"
            if (await _sent(other, url, f"query Slow {question}"))["nodes"][0]["summary"] != "after":
                raise Stale

    asyncio.run(both())


def _loop(server: Running) -> asyncio.AbstractEventLoop:
    loop: asyncio.AbstractEventLoop = server.server.servers[0].get_loop()
    return loop


def test_an_answer_that_began_before_a_commit_is_not_kept(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    race(server, monkeypatch)


def test_keeping_it_would_be_found(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = Answers.keep

    def late(self: Answers[Any], key: Any, value: Any, size: int, reads: frozenset[str], _moment: int) -> None:
        keep(self, key, value, size, reads, self.changes.moment)

    monkeypatch.setattr(Answers, "keep", late)
    with pytest.raises(Stale):
        race(server, monkeypatch)


def test_forgetting_the_types_would_be_found(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    same = Changes.same_since

    def labels_only(self: Changes, kinds: frozenset[str], moment: int) -> bool:
        return same(self, {kind for kind in kinds if not kind.isupper()}, moment)

    monkeypatch.setattr(Changes, "same_since", labels_only)
    with pytest.raises(AssertionError):
        test_a_write_outdates_what_reads_its_label_or_its_type_and_nothing_else(server)
