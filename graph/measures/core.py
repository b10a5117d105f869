"""A core of people who are tied to each other, and a periphery who are not. In: a Network. Out: a core, its fit, core numbers.

Source of the fit: S. Borgatti and M. Everett, Models of core/periphery structures, 1999. Own code: no library has it.
"""

import enum
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from graph.measures.network import Network, Rule, under

EXACT = 15
"""People up to whom every core is tried."""
LEAST = 2
"""Fewest people of a core, and of a periphery."""
STARTS = 20
"""Random cores from which the search for a better one begins, beside those of the people with the most ties."""


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

    Of equal fits the first is taken. None if there are fewer than four people, or all pairs are alike.
    """
    union = under(given, Rule.UNION)
    if union.size < 2 * LEAST or not 0 < len(union.ties) < union.size * (union.size - 1) // 2:
        return None
    cells = _Cells.of(union, between)
    best = max(_every(union.size), key=cells.fit) if union.size <= EXACT else _search(cells, union, random.Random(seed))
    people = tuple(at for at in range(union.size) if best >> at & 1)
    return Core(people, cells.fit(best), union.size <= EXACT)


@dataclass(frozen=True)
class _Cells:
    """The pairs of people. `near` has the neighbours of each as the bits of a number; so is a core."""

    near: list[int]
    ties: int
    between: Between

    @classmethod
    def of(cls, union: Network, between: Between) -> "_Cells":
        near = [sum(1 << other for other in union.graph.neighbors(at)) for at in range(union.size)]
        return cls(near, len(union.ties), between)

    def fit(self, core: int) -> float:
        """Return the correlation of the ties with the ideal pattern of a core."""
        return self.fit_of(*self.counts(core))

    def counts(self, core: int) -> tuple[int, int, int]:
        """Return the people of a core, the ties among them, and those that lead out of it."""
        ends = [(self.near[at] & core).bit_count() for at in _people(core)]
        every = sum(self.near[at].bit_count() for at in _people(core))
        return core.bit_count(), sum(ends) // 2, every - sum(ends)

    def moved(self, core: int, counts: tuple[int, int, int], person: int) -> tuple[int, int, int]:
        """Return the counts when a person has come into a core or has gone out of it."""
        size, inside, across = counts
        near = self.near[person]
        tied = (near & core).bit_count()
        rest = near.bit_count() - tied
        if core >> person & 1:
            return size - 1, inside - tied, across + tied - rest
        return size + 1, inside + tied, across - tied + rest

    def fit_of(self, size: int, inside: int, across: int) -> float:
        """Return the correlation by these counts."""
        n = len(self.near)
        ideal, hits = size * (size - 1) // 2, inside
        cells, ties = n * (n - 1) // 2, self.ties
        if self.between is Between.IGNORED:
            cells, ties = cells - size * (n - size), ties - across
        elif self.between is Between.TIED:
            ideal, hits = ideal + size * (n - size), inside + across
        spread = (cells * ties - ties**2) * (cells * ideal - ideal**2)
        return (cells * hits - ties * ideal) / math.sqrt(spread) if spread > 0 else -1.0


def _people(core: int) -> Iterator[int]:
    while core:
        low = core & -core
        yield low.bit_length() - 1
        core ^= low


def _every(size: int) -> Iterator[int]:
    return (core for core in range(1 << size) if LEAST <= core.bit_count() <= size - LEAST)


def _search(cells: _Cells, union: Network, chance: random.Random) -> int:
    """Climb from several cores by moving one person at a time, and return the best end."""
    order = sorted(range(union.size), key=lambda at: (-cells.near[at].bit_count(), at))
    by_ties = [sum(1 << at for at in order[:size]) for size in range(LEAST, union.size - LEAST + 1)]
    starts = [max(by_ties, key=cells.fit)]
    starts += [sum(1 << at for at in chance.sample(order, union.size // 2)) for _ in range(STARTS)]
    return max((_climbed(cells, start) for start in starts), key=cells.fit)


def _climbed(cells: _Cells, core: int) -> int:
    n, counts = len(cells.near), cells.counts(core)
    fit = cells.fit_of(*counts)
    while True:
        moves = [(cells.moved(core, counts, at), at) for at in range(n)]
        allowed = [(cells.fit_of(*after), -at, after) for after, at in moves if LEAST <= after[0] <= n - LEAST]
        best, person, after = max(allowed, default=(fit, 0, counts))
        if best <= fit:
            return core
        core, counts, fit = core ^ 1 << -person, after, best
