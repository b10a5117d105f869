"""A made-up network of ties. In: parameters and a seeded random generator. Out: directed ties between numbered people.

Each pair is drawn with a chance that depends on blocks and sectors; some ties are mutual; then triads are closed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

Arc = tuple[int, int]
"""A directed tie: the numbers of two people."""


@dataclass(frozen=True)
class Shape:
    """Parameters of a network: chances from 0 to 1. `homophily` multiplies the chance of a pair of the same sector."""

    within: float
    between: float
    homophily: float
    reciprocity: float
    closure: float
    core: tuple[float, float] = (0, 0)
    """Chances of a pair with one person, and with both, in the core; used only if there is a core."""


@dataclass(frozen=True)
class People:
    """Numbered people: the block and the sector of each, and the numbers of the people in the core."""

    blocks: Sequence[int]
    sectors: Sequence[str]
    core: frozenset[int] = frozenset()

    def pairs(self) -> Iterator[Arc]:
        """Yield every pair of people once, in order."""
        return combinations(range(len(self.blocks)), 2)

    def together(self, one: int, other: int) -> bool:
        """Return whether two people are in the same block."""
        return self.blocks[one] == self.blocks[other]


@dataclass(frozen=True)
class Change:
    """How a network changes from one wave to the next, as shares from 0 to 1."""

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
    """Return for each person the people with a tie in either direction."""
    near: list[set[int]] = [set() for _ in range(count)]
    for one, other in arcs:
        near[one].add(other)
        near[other].add(one)
    return near


def later(arcs: set[Arc], people: People, shape: Shape, change: Change, random: Random) -> tuple[set[Arc], set[int]]:
    """Return the network some years later, and the people who have left it by then."""
    count = len(people.blocks)
    left = set(random.sample(range(count), round(change.leaving * count)))
    kept = set()
    for one, other in people.pairs():
        between = {arc for arc in ((one, other), (other, one)) if arc in arcs}
        chance = change.mutual_kept if len(between) == 2 else change.one_way_kept
        if between and not {one, other} & left and random.random() < chance:
            kept |= between
    missing = round(change.refilled * (len(arcs) - len(kept)))
    closing = round(change.by_closing * missing)
    goal = len(kept)
    for number, closes in ((closing, True), (missing - closing, False)):
        goal += number
        while len(kept) < goal:
            kept |= _new_tie(kept, people, shape, (left, closes), random)
    return kept, left


def _new_tie(arcs: set[Arc], people: People, shape: Shape, rule: tuple[set[int], bool], random: Random) -> set[Arc]:
    """Draw the ties of a pair of people who stay and have no tie yet.

    If the tie is to close a triad, the two have a contact in common. If there is a core, one of the two is in it.
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
    """Draw the ties of a pair: both, or one in a random direction."""
    one, other = pair
    if random.random() < reciprocity:
        return {(one, other), (other, one)}
    return {(one, other)} if random.random() < 0.5 else {(other, one)}


def _closed(arcs: set[Arc], people: People, shape: Shape, random: Random) -> set[Arc]:
    """Close triads inside blocks: draw ties for pairs that have two contacts in common."""
    near = neighbours(arcs, len(people.blocks))
    closed = set(arcs)
    for one, other in people.pairs():
        if other in near[one] or not people.together(one, other) or len(near[one] & near[other]) < 2:
            continue
        if random.random() < shape.closure:
            closed |= _tied((one, other), shape.reciprocity, random)
    return closed
