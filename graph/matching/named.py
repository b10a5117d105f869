"""What is to be matched and what came of it. In: nothing. Out: Named, Candidate, Match, Matcher."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Named:
    """A fact as a source names it: the label of its concept and what the source tells of it. It can be a key of a dict.

    `ids` are pairs of a unique property and its value, such as ("geonamesId", 5809844). `at` is latitude and longitude in
    degrees.
    """

    label: str
    name: str
    country: str | None = None
    city: str | None = None
    website: str | None = None
    at: tuple[float, float] | None = None
    ids: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A fact that may be meant: its id, its name, and why it is offered, such as "same name, 4 km away"."""

    id: str
    name: str
    why: str


@dataclass(frozen=True)
class Match:
    """What came of a name: the id of the one fact that is meant, or None with the candidates among which a person decides.

    With `left_out` a person has decided that it means no fact: what depends on it is left out, and nothing waits.
    """

    id: str | None
    candidates: tuple[Candidate, ...] = ()
    why: str = ""
    left_out: bool = False


class Matcher(Protocol):
    """Matches names."""

    @property
    def version(self) -> str:
        """Return what changes whenever a name may match otherwise than before."""
        ...

    async def match(self, feed: str | None, named: Collection[Named]) -> Mapping[Named, Match]:
        """Return the match of each name, and store those that wait for a person. Without a feed nothing is stored."""
        ...
