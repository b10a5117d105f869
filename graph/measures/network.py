"""A network as it is measured. In: people and ties. Out: Network: people in the order of their ids, each tie once.

Ties from a person to himself and doubled answers are dropped first: through them, measures of other people would change.
"""

import enum
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from itertools import chain, count, groupby, islice, repeat
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

if TYPE_CHECKING:
    import igraph

Measure = TypeVar("Measure", bound=Callable[..., Any])


class Rule(enum.Enum):
    """How the direction of a tie counts."""

    DIRECTED = "A tie leads from who said it to whom he named."
    UNION = "Two people are tied if one of them named the other."
    MUTUAL = "Two people are tied if each named the other."


class Ties(Sequence[tuple[int, int]]):
    """Pairs of numbers of people. Each takes 16 bytes; a pair is made when it is asked for."""

    def __init__(self, flat: "array[int]") -> None:
        self.flat = flat

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> "Ties":
        """Return ties of pairs."""
        return pairs if isinstance(pairs, cls) else cls(array("q", chain.from_iterable(pairs)))

    @classmethod
    def coded(cls, codes: Iterable[int], size: int) -> "Ties":
        """Return ties of numbers first * size + second."""
        return cls.of(map(divmod, codes, repeat(size)))

    def __len__(self) -> int:
        return len(self.flat) // 2

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.flat[::2], self.flat[1::2], strict=True)

    @overload
    def __getitem__(self, at: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[int, int]]: ...
    def __getitem__(self, at: int | slice) -> tuple[int, int] | list[tuple[int, int]]:
        numbers = range(len(self))[at]
        if isinstance(numbers, int):
            return self.flat[2 * numbers], self.flat[2 * numbers + 1]
        return [self[number] for number in numbers]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ties) and self.flat == other.flat

    def __repr__(self) -> str:
        return f"Ties({list(self)})"

    def __hash__(self) -> int:
        return hash(self.flat.tobytes())


@dataclass(frozen=True)
class Network:
    """People and the ties between them, as numbers of people. Without direction, the lower number of a tie comes first.

    What was measured is kept in `kept`.
    """

    people: tuple[str, ...]
    ties: Ties
    directed: bool
    kept: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def size(self) -> int:
        """Return the number of people."""
        return len(self.people)

    @cached_property
    def graph(self) -> "igraph.Graph":
        """The same for igraph: vertex numbers are those of the people, edge numbers those of the ties."""
        import igraph

        # Pairs one by one: igraph reads an array four times as slowly, and a list of all takes memory.
        return igraph.Graph(self.size, iter(self.ties), directed=self.directed)


def once(measure: Measure) -> Measure:
    """Compute a measure of a network once, if it is asked for in the same words."""

    @wraps(measure)
    def found(given: Network, *asked: Any, **named: Any) -> Any:
        key = (measure, asked, tuple(sorted(named.items())))
        if key not in given.kept:
            given.kept[key] = measure(given, *asked, **named)
        return given.kept[key]

    return cast(Measure, found)


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
    stated = Stated()
    for start, end in ties:
        stated.add(start, (end,))
    return stated.network(people, directed=directed)


@dataclass(frozen=True)
class Stated:
    """Ties as they come: who stated how many, and to whom. Ids are numbered in the order in which they are first seen."""

    number: dict[str, int] = field(default_factory=lambda: defaultdict(count().__next__))
    starts: list[tuple[int, int]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, start: str, ends: Sequence[str]) -> None:
        """Add the ties from one id to others."""
        self.starts.append((self.number[start], len(ends)))
        self.ends.extend(map(self.number.__getitem__, ends))

    def network(self, people: Iterable[str], *, directed: bool) -> tuple[Network, Dropped]:
        """Return the network of people; say what was dropped."""
        ids = tuple(sorted(set(people)))
        place, size, ends = self._places(ids), len(ids), iter(self.ends)
        codes, to_oneself, outside = array("q"), 0, 0
        for one, many in self.starts:
            start = place[one]
            for other in islice(ends, many):
                end = place[other]
                if one == other:
                    to_oneself += 1
                elif start == OUTSIDE or end == OUTSIDE:
                    outside += 1
                else:
                    codes.append(start * size + end if directed or start < end else end * size + start)
        kept = [code for code, _ in groupby(sorted(codes))]
        return Network(ids, Ties.coded(kept, size), directed), Dropped(to_oneself, len(codes) - len(kept), outside)

    def _places(self, ids: Sequence[str]) -> list[int]:
        """Return for each number its place among the people."""
        place = [OUTSIDE] * len(self.number)
        for at, id_ in enumerate(ids):
            if id_ in self.number:
                place[self.number[id_]] = at
        return place


OUTSIDE = -1
"""The place of who is not among the people."""


@once
def under(given: Network, rule: Rule) -> Network:
    """Return the network by another rule of direction; one without direction is the same by every rule."""
    if not given.directed or rule is Rule.DIRECTED:
        return given
    size = given.size
    if rule is Rule.UNION:
        codes = {a * size + b if a < b else b * size + a for a, b in given.ties}
    else:
        arcs = {a * size + b for a, b in given.ties}
        codes = {a * size + b for a, b in given.ties if a < b and b * size + a in arcs}
    return Network(given.people, Ties.coded(sorted(codes), size), directed=False)
