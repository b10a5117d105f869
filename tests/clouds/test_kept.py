"""What a process keeps: each measure once for a viewer and arguments, until what it is of is written."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.access.rights import Rights
from graph.bolt.read import Reader, Sessions
from graph.cypher.fragments import Fragment
from graph.facts.write import Stamp
from graph.measures.clouds import Clouds
from graph.measures.jobs import Measuring
from graph.measures.learning.jobs import Learning, checked
from graph.measures.wanted import Wanted
from graph.measures.worker import Process
from graph.measures.workers import Workers
from graph.question.networks import Asking
from graph.question.turns import AtOnce
from schema.model import model
from tests.clouds.conftest import FORGET, FORGET_FILE, LATER
from tests.clouds.rosters import person, roster, rows, write
from tests.conftest import SECRET
from tests.kit.writer import BlockingWriter

SET_LEVEL = Fragment(
    "MATCH (a:Fact {id: $q.a})-[t:TRUSTS]->(b:Fact {id: $q.b}) SET t.level = $q.level, t.audience = $q.audience "
    "RETURN t.level AS level"
)
HUBS = Wanted("it", "exchangeNetwork", {"synthetic": True}, (Wanted("hubs", "hubs", {}, (Wanted("made", "made"),)),))
NAMED = Wanted(
    "it",
    "exchangeNetwork",
    {"synthetic": True},
    (Wanted("cities", "cities", {}, (Wanted("city", "city", {}, (Wanted("name", "name"),)),)),),
)


class Kept:
    """A process in this one, which notes the measures that begin."""

    def __init__(self, sessions: Sessions, runner: asyncio.Runner) -> None:
        self.began, self.runner, self.sessions = list[str](), runner, sessions
        self.process = Process(Reader(sessions, 60), self.began.append)

    def learned(self, wanted: Wanted, rights: Rights) -> Any:
        job = Learning(wanted, checked(wanted, model()), rights, synthetic=True, seconds=20.0)
        done = self.runner.run(job.done(self.process))
        return done.data, done.synthetic

    def measured(self, fields: tuple[Wanted, ...], rights: Rights) -> Any:
        wanted = Wanted("it", "cloud", {"roster": roster("kite"), "direction": "UNION"}, fields)
        clouds = Clouds(model(), Workers(None, 20.0))  # type: ignore[arg-type]  # no process is started
        reading = clouds.reading(wanted, Asking((), {}, rights, AtOnce(), synthetic=True))
        return self.runner.run(Measuring(reading, wanted, 20.0, gathered="").done(self.process)).data


@pytest.fixture
def kept(published: BlockingWriter, sessions: Sessions, runner: asyncio.Runner) -> Kept:  # the networks
    return Kept(sessions, runner)


@pytest.fixture
def write_elsewhere(published: BlockingWriter, tmp_path: Path) -> Any:
    """Load a roster that no other test asks for, as often as it is called."""
    paths = list[Path]()

    def load() -> None:
        called = f"elsewhere{len(paths)}"
        made = [each for each in rows("kite", called=called) if each.get("label") == "Roster"]
        paths.append(write(tmp_path / called, made))
        (report,) = published.load(paths[-1:], Stamp(SECRET, LATER.replace(month=7)))
        assert not report.diff.problems, report.diff.problems

    yield load
    published.read(FORGET, at=LATER.replace(month=7))
    for path in paths:
        published.read(FORGET_FILE, file=path.name)


def test_learning_is_measured_once_until_something_is_written(kept: Kept, write_elsewhere: Callable[[], None]) -> None:
    hubs, named = kept.learned(HUBS, Rights()), kept.learned(NAMED, Rights())
    assert kept.began == ["exchangeNetwork"]
    assert hubs[0]["hubs"]
    assert all(each["city"]["name"] for each in named[0]["cities"])
    assert kept.learned(NAMED, Rights()) == named
    kept.learned(HUBS, Rights(1, ("2:it-12-turin",)))
    assert len(kept.began) == 2
    write_elsewhere()
    assert (kept.learned(HUBS, Rights()), kept.learned(NAMED, Rights())) == (hubs, named)
    assert len(kept.began) == 3
    fresh = Kept(kept.sessions, kept.runner)
    assert (fresh.learned(HUBS, Rights()), fresh.learned(NAMED, Rights())) == (hubs, named)


def test_a_network_is_measured_again_only_if_it_changed(
    kept: Kept, published: BlockingWriter, write_elsewhere: Callable[[], None]
) -> None:
    fields = (Wanted("density", "density"), Wanted("smallWorld", "smallWorld"))
    before = kept.measured(fields, Rights())
    assert kept.began == ["density", "smallWorld"]
    write_elsewhere()
    assert kept.measured(fields, Rights()) == before
    assert len(kept.began) == 2
    ends = {"a": person("kite", "001"), "b": person("kite", "002")}
    published.read(SET_LEVEL, **ends, level=7, audience="nobody")
    try:
        write_elsewhere()
        assert kept.measured(fields, Rights())["density"] < before["density"]
        assert len(kept.began) == 4
    finally:
        published.read(SET_LEVEL, **ends, level=4, audience="s0")
