"""The permutation test of the E-I index, beside a plain loop over the same orders; and a plain climb to a core."""

import math
import random
from operator import itemgetter

import pytest

from graph.measures import core, mixing
from graph.measures.network import Rule, network, under


def plain(ties: list[tuple[int, int]], groups: list[str | None], seed: int) -> tuple[float, float]:
    """Deal the groups with random.shuffle and count the ties between groups one by one: mean index and p-value."""
    people = [at for at, group in enumerate(groups) if group]
    known = [tie for tie in ties if set(tie) <= set(people)]
    dealt, chance, found = [groups[at] for at in people], random.Random(seed), list[int]()

    def external(of: dict[int, str | None]) -> int:
        return sum(of[a] != of[b] for a, b in known)

    own = external(dict(zip(people, dealt, strict=True)))
    for _ in range(mixing.PERMUTATIONS):
        chance.shuffle(dealt)
        found.append(external(dict(zip(people, dealt, strict=True))))
    mean = sum(found) / len(found)
    as_far = sum(abs(each - mean) >= abs(own - mean) - 1e-9 for each in found)
    return 2 * mean / len(known) - 1, (as_far + 1) / (len(found) + 1)


@pytest.mark.parametrize(("people", "groups", "together"), [(40, 4, None), (40, 4, 7), (400, 300, None), (7, 1, None)])
def test_the_orders_are_those_of_a_plain_shuffle(
    people: int, groups: int, together: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if only a few orders are counted together, if there are more groups than fit in a byte, and if there is only one."""
    if together:
        monkeypatch.setattr(mixing, "MOST_DEALT", together * people)
        monkeypatch.setattr(mixing, "LEAST_TOGETHER", 1)
    dice = random.Random(people + groups)
    ids = [f"p{at:03}" for at in range(people)]
    given, _ = network(ids, [(dice.choice(ids), dice.choice(ids)) for _ in range(3 * people)])
    dealt = [None if dice.random() < 0.1 else f"g{dice.randrange(groups)}" for _ in ids]
    found = mixing.e_i_by_chance(given, dealt, seed=3)
    assert found is not None
    assert (found.mean, found.p_value) == plain(list(given.ties), dealt, 3)
    assert found.permutations == mixing.PERMUTATIONS


def test_a_p_value_is_never_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    """The given order counts as one of all; of many ties fewer orders are tried, and their number is told."""
    ids = [f"p{at:02}" for at in range(20)]
    given, _ = network(ids, [(a, b) for a in ids for b in ids if a != b and (a < "p10") == (b < "p10")])
    groups = ["x" if each < "p10" else "y" for each in ids]
    found = mixing.e_i_by_chance(given, groups)
    assert found is not None
    assert found.p_value == pytest.approx(1 / 1_001, abs=3 / 1_001)
    assert found.p_value >= 1 / 1_001
    monkeypatch.setattr(mixing, "MOST_STEPS", 0)
    fewer = mixing.e_i_by_chance(given, groups)
    assert fewer is not None
    assert (fewer.permutations, fewer.p_value >= 1 / 101) == (100, True)


@pytest.mark.parametrize("between", core.Between)
def test_a_climb_takes_the_best_move_until_none_betters_the_core(between: core.Between) -> None:
    """A plain climb that computes each fit from the pairs themselves takes the same way from each start."""
    dice = random.Random(5)
    ids = [f"p{at:02}" for at in range(PEOPLE)]
    central = {each: dice.random() for each in ids}
    ties = [(a, b) for a in ids for b in ids if a < b and dice.random() < central[a] * central[b]]
    union = under(network(ids, ties)[0], Rule.UNION)
    cells, tied = core._cells(union, between), set(union.ties)
    for size in (1, 2, 5, 9, 15):
        start = set(dice.sample(range(PEOPLE), size))
        end = core._climb(cells, sum(1 << at for at in start))
        assert {at for at in range(PEOPLE) if end >> at & 1} == climbed(tied, start, between)
        assert cells.fit(end) == pytest.approx(fit(tied, climbed(tied, start, between), between))


PEOPLE = 16


def climbed(ties: set[tuple[int, int]], people: set[int], between: core.Between) -> set[int]:
    """Move the one person whose move gains most, of equal ones the first, until no move gains."""
    here = fit(ties, people, between)
    while True:
        moves = [people ^ {at} for at in range(PEOPLE) if 1 <= len(people ^ {at}) < PEOPLE]
        gains = [round(fit(ties, each, between), 12) for each in moves]
        if max(gains) <= round(here, 12):
            return people
        people, here = moves[gains.index(max(gains))], max(gains)


def fit(ties: set[tuple[int, int]], people: set[int], between: core.Between) -> float:
    """Return Pearson's correlation of the ties with the ideal pattern, over the pairs that it says something of."""
    pairs = [(a, b) for a in range(PEOPLE) for b in range(a + 1, PEOPLE)]
    known = [(pair in ties, ideal) for pair in pairs if (ideal := said(len(people & set(pair)), between)) is not None]
    xs, ys = list(map(itemgetter(0), known)), list(map(itemgetter(1), known))
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    shared = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    squares = sum((x - mean_x) ** 2 for x in xs) * sum((y - mean_y) ** 2 for y in ys)
    return float(shared / squares**0.5) if squares else -math.inf


def said(in_core: int, between: core.Between) -> int | None:
    """Return what the ideal pattern says of a pair by how many of it are in the core."""
    by_count: dict[int, int | None] = {2: 1, 1: between.value, 0: 0}
    return by_count[in_core]
