"""A core of people who are tied to each other, and a periphery who are not. In: a Network. Out: a core, its fit, core numbers.

Source of the fit: S. Borgatti and M. Everett, Models of core/periphery structures, 1999. Own code: no library has it.
"""

import enum
import math
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from graph.measures.communities import communities
from graph.measures.coreness import coreness
from graph.measures.network import Network, Rule, once, under

EXACT = 15
"""People up to whom every core is tried."""
NONE = -math.inf
"""The fit where there is no correlation: all pairs that count are alike, in the network or in the ideal pattern."""
STARTS, HALVES = 5, 2
"""Starts of the search: people with most ties and as many others, each with neighbours; and random halves of all people."""


class Between(enum.Enum):
    """What the ideal pattern says of a pair of a core person and one of the periphery."""

    IGNORED = None
    TIED = 1
    NOT_TIED = 0


@dataclass(frozen=True)
class Core:
    """A core, as numbers of people, and the correlation of the network with the ideal pattern, -1 to 1."""

    people: tuple[int, ...]
    fit: float
    exact: bool


def core_numbers(given: Network) -> list[int]:
    """Return for each person the largest k of a group in which all have k ties (Seidman 1983), in the union. By igraph."""
    return list(under(given, Rule.UNION).graph.coreness())


def core(given: Network, between: Between = Between.IGNORED, seed: int = 0) -> Core | None:
    """Return the core of the union that fits best: of all up to 15 people, else the best that a seeded search finds.

    Of equal fits the first is taken. None if no core has a fit, such as where all pairs are alike. One person may be a core or
    a periphery, but not if the pairs between them are ignored: then no pair of his counts.
    """
    union = under(given, Rule.UNION)
    if not 0 < len(union.ties) < union.size * (union.size - 1) // 2:
        return None
    cells = _cells(union, between)
    best = max(_every(union.size), key=cells.fit) if union.size <= EXACT else _search(cells, union, random.Random(seed))
    fit = cells.fit(best)
    return None if fit == NONE else Core(tuple(_people(best)), fit, union.size <= EXACT)


@dataclass(frozen=True)
class _Cells:
    """The pairs of people. `near` has the neighbours of each as the bits of a number; so is a core.

    `ends` has the core to which the search climbs from each that it began at.
    """

    near: list[int]
    ties: int
    between: Between
    ends: dict[int, int] = field(default_factory=dict)

    def fit(self, core: int) -> float:
        """Return the correlation of the ties with the ideal pattern of a core."""
        return self.fit_of(*self.counts(core))

    def counts(self, core: int) -> tuple[int, int, int]:
        """Return the people of a core, the ties among them, and those that lead out of it."""
        ends = [(self.near[at] & core).bit_count() for at in _people(core)]
        every = sum(self.near[at].bit_count() for at in _people(core))
        return core.bit_count(), sum(ends) // 2, every - sum(ends)

    def fit_of(self, size: int, inside: int, across: int) -> float:
        """Return the correlation by these counts."""
        return self.fits(size)(inside, across)

    def fits(self, size: int) -> Callable[[int, int], float]:
        """Return what gives the correlation of a core of so many people, by the ties among them and those that lead out."""
        n, every = len(self.near), self.ties
        ideal, cells = size * (size - 1) // 2, n * (n - 1) // 2
        ignored, tied = self.between is Between.IGNORED, self.between is Between.TIED
        if ignored:
            cells -= size * (n - size)
        elif tied:
            ideal += size * (n - size)
        spread_of_ideal, root = cells * ideal - ideal * ideal, math.sqrt

        def fit(inside: int, across: int) -> float:
            ties = every - across if ignored else every
            hits = inside + across if tied else inside
            spread = (cells * ties - ties * ties) * spread_of_ideal
            return (cells * hits - ties * ideal) / root(spread) if spread > 0 else NONE

        return fit


@once
def _cells(union: Network, between: Between) -> _Cells:
    near = [sum(1 << other for other in union.graph.neighbors(at)) for at in range(union.size)]
    return _Cells(near, len(union.ties), between)


def _people(core: int) -> Iterator[int]:
    while core:
        low = core & -core
        yield low.bit_length() - 1
        core ^= low


def _every(size: int) -> range:
    """Return every core that leaves somebody in the periphery."""
    return range(1, (1 << size) - 1)


def _search(cells: _Cells, union: Network, chance: random.Random) -> int:
    """Climb from several cores by moving one person at a time, and return the best end.

    Besides the starts that are always the same it begins at people with their neighbours, and at random.
    """
    order, starts = _starts(union, cells.between)
    some = [*order[:STARTS], *chance.sample(order, min(STARTS, union.size))]
    random_ones = [cells.near[at] | 1 << at for at in some]
    random_ones += [_bits(chance.sample(order, union.size // 2)) for _ in range(HALVES)]
    every = starts.union(random_ones)
    allowed = sorted(each for each in every if 1 <= each.bit_count() < union.size)
    return max((_climbed(cells, start) for start in allowed), key=cells.fit)


@once
def _starts(union: Network, between: Between) -> tuple[list[int], frozenset[int]]:
    """Return the people by degree, and the starts by degree, by coreness and at communities."""
    cells = _cells(union, between)
    order = sorted(range(union.size), key=lambda at: (-cells.near[at].bit_count(), at))
    near_centre, groups = coreness(union), communities(union)
    by_centre = sorted(order, key=lambda at: -near_centre.of[at]) if near_centre else order
    starts = {max(_prefixes(each, union.size), key=cells.fit) for each in (order, by_centre)}
    if groups:
        starts |= {_bits(at for at, of in enumerate(groups.of) if of == number) for number in set(groups.of)}
    return order, frozenset(starts)


def _bits(people: Iterable[int]) -> int:
    return sum(1 << at for at in people)


def _prefixes(order: Sequence[int], size: int) -> list[int]:
    """Return the cores of the first people of an order, from one person to all but one."""
    return list(accumulate((1 << at for at in order[: size - 1]), lambda core, one: core | one))


def _climbed(cells: _Cells, start: int) -> int:
    """Return the end of the climb from a core."""
    if start not in cells.ends:
        cells.ends[start] = _climb(cells, start)
    return cells.ends[start]


def _climb(cells: _Cells, core: int) -> int:
    """Move the one person whose move gains most, until no move gains. Moves of people with equal ties gain alike."""
    n, (size, inside, across) = len(cells.near), cells.counts(core)
    degree = [near.bit_count() for near in cells.near]
    tied = [(near & core).bit_count() for near in cells.near]
    signs = [-1 if core >> at & 1 else 1 for at in range(n)]
    downwards = range(n - 1, -1, -1)
    fit = cells.fit_of(size, inside, across)
    while True:
        # The last one stays, so of each kind the first person. Of equal gains that of the first person counts.
        kinds = dict(zip(zip(reversed(signs), reversed(tied), reversed(degree)), downwards))  # noqa: B905  # equally many
        allowed = {sign: cells.fits(size + sign) for sign in (-1, 1) if 1 <= size + sign < n}
        best, person = fit, n
        for (sign, own, every), at in kinds.items():
            if sign in allowed:
                gained = allowed[sign](inside + sign * own, across + sign * (every - 2 * own))
                if gained > best or (gained == best > fit and at < person):
                    best, person = gained, at
        if best <= fit:
            return core
        sign, own = signs[person], tied[person]
        fit, size = best, size + sign
        inside, across = inside + sign * own, across + sign * (degree[person] - 2 * own)
        core ^= 1 << person
        signs[person] = -sign
        for other in _people(cells.near[person]):
            tied[other] += sign
