"""A network as it is measured. In: people and ties. Out: Network: people in the order of their ids, each tie once.

Ties from a person to himself and doubled answers are dropped first: through them, measures of other people would change.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import igraph


class Rule(enum.Enum):
    """How the direction of a tie counts."""

    DIRECTED = "A tie leads from who said it to whom he named."
    UNION = "Two people are tied if one of them named the other."
    MUTUAL = "Two people are tied if each named the other."


@dataclass(frozen=True)
class Network:
    """People and the ties between them, as numbers of people. Without direction, the lower number of a tie comes first."""

    people: tuple[str, ...]
    ties: tuple[tuple[int, int], ...]
    directed: bool

    @property
    def size(self) -> int:
        """Return the number of people."""
        return len(self.people)

    @cached_property
    def graph(self) -> "igraph.Graph":
        """The same for igraph: vertex numbers are those of the people."""
        import igraph

        return igraph.Graph(self.size, self.ties, directed=self.directed)


@dataclass(frozen=True)
class Dropped:
    """Ties that were given and do not count: to oneself, a second time, and to or from somebody who is not among the people."""

    to_oneself: int = 0
    twice: int = 0
    outside: int = 0


def network(
    people: Iterable[str], ties: Iterable[tuple[str, str]], *, directed: bool = True
) -> tuple[Network, Dropped]:
    """Make a network of people by id and their ties; say what was dropped."""
    ids = tuple(sorted(set(people)))
    number = {id_: at for at, id_ in enumerate(ids)}
    kept, to_oneself, twice, outside = set[tuple[int, int]](), 0, 0, 0
    for start, end in ties:
        if start == end:
            to_oneself += 1
        elif start not in number or end not in number:
            outside += 1
        else:
            tie = _ordered(number[start], number[end], directed=directed)
            twice += tie in kept
            kept.add(tie)
    return Network(ids, tuple(sorted(kept)), directed), Dropped(to_oneself, twice, outside)


def under(given: Network, rule: Rule) -> Network:
    """Return the network by another rule of direction; one without direction is the same by every rule."""
    if not given.directed or rule is Rule.DIRECTED:
        return given
    arcs = set(given.ties)
    pairs = {_ordered(start, end, directed=False) for start, end in arcs if rule is Rule.UNION or (end, start) in arcs}
    return Network(given.people, tuple(sorted(pairs)), directed=False)


def _ordered(start: int, end: int, *, directed: bool) -> tuple[int, int]:
    return (start, end) if directed or start < end else (end, start)
