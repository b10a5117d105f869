"""Random worlds of names that are almost equal: the matcher does what the oracle does, and never takes what is not certain."""

import random

import pytest

from graph.matching.named import Match, Named
from tests.kit.random.documents import random_seed
from tests.matching.conftest import FORGET, Bench
from tests.matching.oracle import Outcome, outcome, things
from tests.matching.worlds import COUNTRIES, cities, named, organizations

COUNT = 40
ROUNDS, ROUNDS_OF_SOAK = 3, 60


@pytest.mark.soak
def test_random_worlds_are_matched_as_the_oracle_does(bench: Bench, pytestconfig: pytest.Config) -> None:
    certain = doubtful = 0
    for round_ in range(ROUNDS_OF_SOAK if pytestconfig.getoption("soak") else ROUNDS):
        draw = random.Random(f"{random_seed()} {round_}")
        rows = [*cities(draw, COUNT), *organizations(draw, COUNT)]
        diff = bench.put(*rows)
        problems = [each for each in diff.problems if each.code != "REFUSED_WITH"]
        assert not problems, problems[:3]
        every = {label: things(bench.writer, label) for label in ("City", "Organization")}
        matches = bench.match(*named(draw, rows))
        for name, match in matches.items():
            expected = outcome(name, every[name.label], COUNTRIES)
            assert told(name, match, expected) == (expected.id, frozenset()), (name, match, expected)
            certain, doubtful = certain + (match.id is not None), doubtful + bool(expected.offered and match.id is None)
        assert bench.match(*matches) == matches
        bench.writer.read(FORGET)
    assert certain > 30 * ROUNDS / 3
    assert doubtful > 100 * ROUNDS / 3


def told(name: Named, match: Match, expected: Outcome) -> tuple[str | None, frozenset[str]]:
    """Return the id that was taken, and which facts should have been offered and were not; only ten are."""
    offered = frozenset(each.id for each in match.candidates)
    missing = frozenset() if match.id or len(match.candidates) == 10 else expected.offered - offered
    return match.id, missing
