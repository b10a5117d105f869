"""Rounds of random writes with kills, checked. `make test` has two; `make soak` has fifty, and a crowd with more writes."""

import asyncio
from collections.abc import Iterator
from itertools import count, islice

import pytest

from tests.histories.checker import check
from tests.histories.crowd import WRITERS, WRITES, crowd
from tests.histories.plan import APP, NEO4J, plan
from tests.histories.rounds import Stage, stage, table
from tests.kit.random.documents import random_seed

ROUNDS, FEW_WRITES = 50, 1
MOST_SECONDS = 60.0
"""p99 that 200 writers must see on a machine that does much else; docs/writing.md has measured figures."""


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as running:
        yield running


@pytest.fixture(scope="module")
def played(neo4j: None, runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    opened = stage(tmp_path_factory.mktemp("histories"))
    yield runner.run(opened.__aenter__())
    runner.run(opened.__aexit__(None, None, None))


def seeds(soak: bool) -> list[int]:
    """Return the seeds of a run: in a short one, a round that kills a server and a round that kills Neo4j."""
    first = random_seed() % 1_000_000
    if soak:
        return list(range(first, first + ROUNDS))
    targets = ({APP}, {NEO4J})
    return [next(n for n in count(first) if {kill.target for kill in plan(n).kills} == target) for target in targets]


@pytest.mark.soak
def test_what_was_acknowledged_is_stored_once_and_in_order(
    played: Stage, runner: asyncio.Runner, pytestconfig: pytest.Config
) -> None:
    outcomes = []
    for seed in seeds(pytestconfig.getoption("soak")):
        outcome = runner.run(played.run(plan(seed)))
        violations = check(outcome.history)
        assert not violations, f"python -m tests.histories 1 {seed}: {[str(each) for each in islice(violations, 10)]}"
        assert all(write.answer for write in outcome.history.writes), "each write was repeated until it was answered"
        assert outcome.struck, "a process was killed"
        outcomes.append(outcome)
    runner.run(played.until_up())
    print(table(outcomes))


@pytest.mark.soak
def test_200_writers_of_one_client_on_one_city_are_all_acknowledged(
    played: Stage, runner: asyncio.Runner, pytestconfig: pytest.Config
) -> None:
    writes = WRITES if pytestconfig.getoption("soak") else FEW_WRITES
    seen = runner.run(crowd(played.apps[0].url, played.keys[0][1], "crowd", WRITERS, writes))
    print(seen)
    assert not seen.refused
    assert seen.acknowledged == WRITERS * writes
    assert seen.p99 < MOST_SECONDS
