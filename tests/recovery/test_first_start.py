"""`citygraph up` is killed with -9 at many moments of its first start, then started again: everything is there."""

import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.start.boot import seed_files
from graph.managed import manifest
from tests.kit.oracle.world import World
from tests.recovery.platform import LOADS, Platform, counts, default_cache

DICE = random.Random(2026)
MOMENTS = tuple(round(DICE.uniform(0.2, 14.0), 2) for _ in range(10))


def test_the_moments_differ() -> None:
    assert len(set(MOMENTS)) == 10


@pytest.fixture(scope="module")
def expected() -> tuple[int, int]:
    """How many facts and ties the seeds have, as the oracle reads them."""
    world = World.read(seed_files(), "2026-01-31T12:00:00.000Z")
    return len(world.nodes), len(world.ties)


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


@pytest.mark.parametrize("moment", MOMENTS)
def test_it_heals_after_a_kill_at_a_random_moment(platform: Platform, expected: tuple[int, int], moment: float) -> None:
    platform.start()
    time.sleep(moment)
    platform.kill()
    heals(platform, expected)


def _log_says(platform: Platform, words: str) -> Callable[[], bool]:
    return lambda: words in platform.log.read_text()


def test_it_heals_after_a_kill_while_neo4j_starts(platform: Platform, expected: tuple[int, int]) -> None:
    platform.start()
    platform.until(lambda: platform.server().pid > 0, "Neo4j's process")
    platform.kill()
    heals(platform, expected)


def test_it_heals_after_a_kill_while_constraints_are_made(platform: Platform, expected: tuple[int, int]) -> None:
    platform.start()
    platform.until(_log_says(platform, "Neo4j answers at"), "Neo4j")
    time.sleep(0.5)
    platform.kill()
    assert not _log_says(platform, "Loaded")(), "the kill came too late"
    heals(platform, expected)


def test_it_heals_after_a_kill_while_the_third_file_is_loaded(platform: Platform, expected: tuple[int, int]) -> None:
    platform.start()
    platform.until(lambda: platform.loaded() >= 2, "two files")
    platform.kill()
    assert not _log_says(platform, "Loaded")(), "the kill came too late"
    heals(platform, expected)


def test_it_heals_after_a_kill_while_it_downloads(
    tmp_path: Path, platform: Platform, expected: tuple[int, int]
) -> None:
    wanted = [jar.filename for jar in manifest.load()]
    platform.cache = tmp_path / "cache"
    jars = platform.settings.jars
    jars.mkdir(parents=True)
    for name in wanted[20:]:
        shutil.copy(default_cache() / "neo4j" / "jars" / name, jars / name)
    platform.start()
    platform.until(
        lambda: any(path.suffix == ".jar" for path in jars.parent.rglob("*") if path.name in wanted[:20]), "a jar"
    )
    platform.kill()
    heals(platform, expected)
    assert all((jars / name).exists() for name in wanted)
