"""Curation, a made-up network. In: parameters and a seeded generator. Out: directed ties between numbered people.

Each pair is drawn with a chance that depends on blocks and sectors, and some are mutual; then triads are closed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

Arc = tuple[int, int]


@dataclass(frozen=True)
class Shape:
    """Parameters of a network; chances lie between 0 and 1, `homophily` multiplies the chance within a sector."""

    within: float
    between: float
    homophily: float
    reciprocity: float
    closure: float
    core: tuple[float, float] = (0, 0)
    """Chances of a pair with one, and with both, in the core; only where there is a core."""


@dataclass(frozen=True)
class People:
    """Numbered people: the block and the sector of each, and who is of the core."""

    blocks: Sequence[int]
    sectors: Sequence[str]
    core: frozenset[int] = frozenset()

    def pairs(self) -> Iterator[Arc]:
        """List every pair of people once, in order."""
        return combinations(range(len(self.blocks)), 2)

    def together(self, one: int, other: int) -> bool:
        """Tell whether two people are of the same block."""
        return self.blocks[one] == self.blocks[other]


@dataclass(frozen=True)
class Change:
    """How a network changes from one wave to the next, in shares."""

    mutual_kept: float = 0.86
    one_way_kept: float = 0.55
    leaving: float = 0.08
    refilled: float = 0.85
    by_closing: float = 0.70


def draw(people: People, shape: Shape, random: Random) -> set[Arc]:
    """Draw a network."""
    arcs: set[Arc] = set()
    for one, other in people.pairs():
        chance = _chance(people, shape, len({one, other} & people.core), (one, other))
        if people.sectors[one] == people.sectors[other]:
            chance *= shape.homophily
        if random.random() < chance:
            arcs |= _tied((one, other), shape.reciprocity, random)
    return _closed(arcs, people, shape, random)


def _chance(people: People, shape: Shape, in_core: int, pair: Arc) -> float:
    if in_core:
        return shape.core[in_core - 1]
    return shape.within if people.together(*pair) else shape.between


def neighbours(arcs: set[Arc], count: int) -> list[set[int]]:
    """Return whom each person is tied to in either direction."""
    found: list[set[int]] = [set() for _ in range(count)]
    for one, other in arcs:
        found[one].add(other)
        found[other].add(one)
    return found


def later(arcs: set[Arc], people: People, shape: Shape, change: Change, random: Random) -> tuple[set[Arc], set[int]]:
    """Return the network as it is some years later, and who has left it by then."""
    count = len(people.blocks)
    left = set(random.sample(range(count), round(change.leaving * count)))
    kept = set()
    for one, other in people.pairs():
        there = {arc for arc in ((one, other), (other, one)) if arc in arcs}
        chance = change.mutual_kept if len(there) == 2 else change.one_way_kept
        if there and not {one, other} & left and random.random() < chance:
            kept |= there
    missing = round(change.refilled * (len(arcs) - len(kept)))
    closing = round(change.by_closing * missing)
    goal = len(kept)
    for number, closes in ((closing, True), (missing - closing, False)):
        goal += number
        while len(kept) < goal:
            kept |= _new_tie(kept, people, shape, (left, closes), random)
    return kept, left


def _new_tie(arcs: set[Arc], people: People, shape: Shape, rule: tuple[set[int], bool], random: Random) -> set[Arc]:
    """Draw a pair without a tie among those who stay, with a shared contact where the tie is to close a triad.

    Where there is a core, new ties lead to it.
    """
    left, closes = rule
    near = neighbours(arcs, len(people.blocks))
    open_pairs = [
        (one, other)
        for one, other in people.pairs()
        if one not in left
        and other not in left
        and other not in near[one]
        and (bool(near[one] & near[other]) or not closes)
        and (people.together(one, other) or not closes)
        and (bool({one, other} & people.core) or not people.core)
    ]
    return _tied(random.choice(open_pairs), shape.reciprocity, random)


def _tied(pair: Arc, reciprocity: float, random: Random) -> set[Arc]:
    """Return the ties of a pair: both, or one in either direction."""
    one, other = pair
    if random.random() < reciprocity:
        return {(one, other), (other, one)}
    return {(one, other)} if random.random() < 0.5 else {(other, one)}


def _closed(arcs: set[Arc], people: People, shape: Shape, random: Random) -> set[Arc]:
    """Close triads inside blocks: pairs with two shared contacts."""
    near = neighbours(arcs, len(people.blocks))
    closed = set(arcs)
    for one, other in people.pairs():
        if other in near[one] or not people.together(one, other) or len(near[one] & near[other]) < 2:
            continue
        if random.random() < shape.closure:
            closed |= _tied((one, other), shape.reciprocity, random)
    return closed
