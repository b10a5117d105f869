"""`citygraph up` is killed with -9 at many moments of its first starts, then started again: everything is there.

`make test` kills one platform at each step and at a random moment before it may heal, for the healing takes longest.
`make soak` also kills each of many platforms once, at a moment of its own.
"""

import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.start.boot import seed_files
from graph.managed import fetch, manifest
from tests.kit.oracle.world import World
from tests.kit.random.documents import random_seed
from tests.recovery.platform import LOADS, Platform, counts, default_cache

LAST_MOMENT = 14.0
"""Seconds; by then the seeds are loaded, or nearly so."""
KILLS, SINGLE = 1, 30
"""Moments at random at which the first platform is killed besides; further platforms, killed once each."""


@pytest.fixture(scope="module")
def expected() -> tuple[int, int]:
    """How many nodes and relationships the seeds have, as the oracle reads them."""
    world = World.read(seed_files(), "2026-01-31T12:00:00.000Z")
    return len(world.nodes), len(world.relationships)


@pytest.fixture
def platform(neo4j: None, tmp_path: Path) -> Iterator[Platform]:
    made = Platform(tmp_path / "data of a newcomer")
    made.data.mkdir()
    yield made
    if made.process and made.process.poll() is None:
        made.kill()
    made.until_no_server()


def heals(platform: Platform, expected: tuple[int, int]) -> None:
    """Start again after a kill and find every seed."""
    platform.start()
    platform.until_ready()
    with platform.writer() as writer:
        assert counts(writer) == expected
        assert {record["file"] for record in writer.read(LOADS)} == {path.name for path in seed_files()}
        assert not any(record["bad"] for record in writer.read(LOADS))
    assert platform.stop() == 0
    platform.until_no_server()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "moments" in metafunc.fixturenames:
        dice = random.Random(random_seed())
        kills = [KILLS] + [1] * (SINGLE if metafunc.config.getoption("soak") else 0)
        drawn = [tuple(round(dice.uniform(0.2, LAST_MOMENT), 2) for _ in range(number)) for number in kills]
        ids = ["each-step", *(f"single-{at}" for at in range(SINGLE))][: len(drawn)]
        metafunc.parametrize(("steps", "moments"), [(at == 0, each) for at, each in enumerate(drawn)], ids=ids)


@pytest.mark.soak
def test_it_heals_after_kills(
    tmp_path: Path, platform: Platform, expected: tuple[int, int], steps: bool, moments: tuple[float, ...]
) -> None:
    if steps:
        kill_at_each_step(tmp_path, platform)
    for moment in moments:
        platform.start()
        time.sleep(moment)
        platform.kill()
    heals(platform, expected)


def _log_says(platform: Platform, words: str) -> Callable[[], bool]:
    return lambda: words in platform.log.read_text()


def kill_at_each_step(tmp_path: Path, platform: Platform) -> None:
    """Kill while jars are downloaded, while Neo4j starts, while constraints are made, and while the third file is loaded."""
    wanted = [jar.filename for jar in manifest.load()]
    platform.cache = tmp_path / "cache"
    jars = platform.settings.jars
    jars.mkdir(parents=True)
    for path in fetch.fetch(default_cache() / "neo4j" / "jars"):
        if path.name in wanted[20:]:
            shutil.copy(path, jars)
    platform.start()
    platform.until(
        lambda: any(path.suffix == ".jar" for path in jars.parent.rglob("*") if path.name in wanted[:20]), "a jar"
    )
    platform.kill()
    assert not all((jars / name).exists() for name in wanted), "the kill came too late"

    platform.start()
    platform.until(lambda: platform.server().pid > 0, "Neo4j's process")
    platform.kill()
    assert all((jars / name).exists() for name in wanted)
    assert not _log_says(platform, "Neo4j answers at")(), "the kill came too late"

    platform.start()
    platform.until(_log_says(platform, "Neo4j answers at"), "Neo4j")
    time.sleep(0.5)
    platform.kill()
    assert not _log_says(platform, "Loaded")(), "the kill came too late"

    platform.start()
    platform.until(lambda: platform.loaded() >= 2, "two files")
    platform.kill()
    assert not _log_says(platform, "Loaded")(), "the kill came too late"
