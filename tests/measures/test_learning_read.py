"""What is read from the database for a viewer is what the oracle says that he sees; hidden facts change nothing."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.access.rights import Rights
from graph.bolt.read import Reader, Sessions
from graph.cypher.fragments import Fragment
from graph.facts.write import Stamp
from graph.measures.learning import read
from graph.measures.learning.exchange import exchange
from graph.measures.learning.mixing import mixing
from graph.measures.learning.read import Reading
from schema.model import model
from tests.conftest import NOW, SECRET
from tests.kit.oracle.view import View, Viewer
from tests.kit.oracle.world import World
from tests.kit.writer import BlockingWriter
from tests.measures import learned

Read = Callable[[Callable[[Reading], Coroutine[Any, Any, Any]], Rights, bool], Any]
TURIN = "2:it-12-turin"
FORGET = Fragment("MATCH (n) WHERE n.id CONTAINS '/measured-' DETACH DELETE n")
FORGET_TIES = Fragment("MATCH ()-[r]->() WHERE r.id CONTAINS '/measured-' DELETE r")
FORGET_LOAD = Fragment("MATCH (l:_Load {file: 'learning.jsonl'}) DELETE l")
HIDDEN = {"confidence": "SYNTHETIC", "marking": "AMBER", "holders": ["city/us-or-portland"]}
SEATTLE, BOGOTA, TOPIC = "city/us-wa-seattle", "city/co-34-bogota", "topic/mobility"


@pytest.fixture
def reads(seeded: BlockingWriter, sessions: Sessions, runner: asyncio.Runner) -> Read:
    def read_for(what: Callable[[Reading], Coroutine[Any, Any, Any]], rights: Rights, synthetic: bool) -> Any:
        return runner.run(what(Reading(Reader(sessions, 60), rights, model(), synthetic)))

    return read_for


@pytest.mark.parametrize(
    ("rights", "viewer", "synthetic"),
    [
        (Rights(), Viewer(), False),
        (Rights(1, (TURIN,)), Viewer(1, frozenset({TURIN})), True),
        (Rights(3, (TURIN,)), Viewer(3, frozenset({TURIN})), False),
    ],
)
def test_a_viewer_reads_what_he_sees(
    reads: Read, world: World, rights: Rights, viewer: Viewer, synthetic: bool
) -> None:
    view = View(world, viewer, synthetic=synthetic)
    found = reads(read.exchange_facts, rights, synthetic)
    assert list(found.visits) == learned.visits(view)
    assert list(found.cities) == [fact.id for fact in learned.nodes(view, "City")]
    facts = reads(read.learning_facts, rights, synthetic)
    assert list(facts.lessons) == learned.lessons(view)
    assert list(facts.adoptions) == learned.adoptions(view)
    assert list(facts.outcomes) == learned.outcomes(view)
    assert list(reads(read.projects, rights, synthetic)) == learned.projects(view)
    councils = reads(read.councils, rights, synthetic)
    assert [each.id for each in councils] == [fact.id for fact in learned.nodes(view, "Council")]
    for each in councils:
        assert list(each.meetings) == learned.meetings(view, each.id)
        assert list(each.seats) == learned.seats(view, each.id)
    journeys = {each.id: each for each in reads(read.journeys, rights, synthetic)}
    gained = [id_ for fact in learned.nodes(view, "Lesson") for id_ in learned.ends(view, fact, "GainedOn")]
    assert {id_: each.lessons for id_, each in journeys.items()} == {id_: gained.count(id_) for id_ in journeys}
    for fact in learned.nodes(view, "Visit"):
        cost = fact.values.get("costPerDelegate")
        assert (journeys[fact.id].per_delegate is None) == (cost is None)
        assert sum(each.amount for each in journeys[fact.id].payments) == sum(
            tie.values["paid"]["amount"]
            for name in ("Joined", "Sponsored")
            for _, tie in learned.met(view, fact, name, starting=False)
            if tie.values.get("paid")
        )


def hidden_rows() -> list[dict[str, Any]]:
    """Hidden visits between visible cities, a hidden leg and a hidden subject of visible visits, and hidden uses and seats."""
    visits = [{"label": "Visit", "id": f"visit/measured-{n}", "title": "hidden", "kind": "MISSION", "status": "HELD",
               "since": "2011"} for n in range(3)]  # fmt: skip
    ties: list[tuple[str, str, str]] = [
        *(("MADE_BY", each["id"], SEATTLE) for each in visits),
        *(("HOSTED_BY", each["id"], BOGOTA) for each in visits),
        ("HOSTED_BY", "visit/us-wa-seattle-1982-baltimore", BOGOTA),
        ("ABOUT", "visit/us-wa-seattle-1982-baltimore", TOPIC),
        ("MADE", SEATTLE, "adoption/measured-1"),
        ("USES", "adoption/measured-1", "practice/bus-rapid-transit"),
        ("SITS_ON", "organization/boeing", "council/us-tx-san-antonio-cio-council"),
    ]
    adoption = {"label": "Adoption", "id": "adoption/measured-1", "status": "RUNNING", "since": "1970"}
    rows = [*visits, adoption]
    rows += [
        {"type": type_, "from": start, "to": end, "id": f"{type_.lower().replace('_', '-')}/measured-{number}"}
        for number, (type_, start, end) in enumerate(ties)
    ]
    return [row | HIDDEN for row in rows]


@pytest.fixture
def hidden(seeded: BlockingWriter, tmp_path: Path) -> Iterator[Callable[[], None]]:
    def load() -> None:
        path = tmp_path / "learning.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in hidden_rows()), encoding="utf-8")
        (report,) = seeded.load([path], Stamp(SECRET, NOW))
        assert report.diff.problems == ()

    yield load
    for statement in (FORGET_TIES, FORGET_LOAD):
        seeded.alone(statement)
    seeded.unit(lambda unit: unit.run(FORGET))


def test_hidden_facts_change_nothing(reads: Read, hidden: Callable[[], None]) -> None:
    every = (read.exchange_facts, read.learning_facts, read.councils, read.projects, read.journeys)

    def of(rights: Rights) -> tuple[Any, ...]:
        facts = [reads(each, rights, True) for each in every]
        found = exchange(facts[0].visits, facts[0].cities)
        sizes = {id_: each.size for id_, each in facts[0].cities.items()}
        return facts, found, mixing(found, sizes, shuffles=20)

    everybody, portland = Rights(), Rights(0, ("2:us-or-portland",))
    before, before_there = of(everybody), of(portland)
    hidden()
    assert of(everybody) == before
    after_there = of(portland)
    assert after_there[1].basis.used == before_there[1].basis.used + 3, "else the hidden visits would prove nothing"
    assert after_there[0][1] != before_there[0][1]
    assert after_there[0][2] != before_there[0][2]
