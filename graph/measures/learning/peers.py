"""Cities from which a city may learn. In: problems, and what was learned, of each city. Out: Peers with the reasons.

Two numbers stand side by side and are never added: how alike the problems are, and how alike what was learned.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """A city, the ids of the subjects of its problems, and of the subjects that it has learned or used."""

    city: str
    problems: frozenset[str] = frozenset()
    learned: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reason:
    """Something that both cities have; `cities` is how many have it: the fewer, the more it says."""

    subject: str
    cities: int


@dataclass(frozen=True)
class Peer:
    """Another city. Likeness is Jaccard's: shared by all that either has, 0 to 1 (P. Jaccard, 1901); None if neither has any.

    Reasons begin with the rarest. `can_teach` are problems of the city, not yet learned there, that the other has learned about;
    `can_learn` is the same the other way round.
    """

    city: str
    problems: float | None
    learned: float | None
    shared_problems: tuple[Reason, ...]
    shared_learning: tuple[Reason, ...]
    can_teach: tuple[str, ...]
    can_learn: tuple[str, ...]


@dataclass(frozen=True)
class Peers:
    """The peers of a city. `compared` others have a problem or learned something; `empty` others have neither."""

    city: str
    peers: tuple[Peer, ...]
    compared: int
    empty: int


def peers(profiles: Iterable[Profile], city: str, most: int = 10) -> Peers | None:
    """Return who shares most with a city: by likeness of problems, then by what it can teach, then by likeness of
    learning, then by id; None for an unknown city.

    Who shares nothing with it and can teach it nothing is no peer.
    """
    by_city = {each.city: each for each in profiles}
    here = by_city.pop(city, None)
    if here is None:
        return None
    every = [here, *by_city.values()]
    problems = Counter(subject for each in every for subject in each.problems)
    learned = Counter(subject for each in every for subject in each.learned)
    others = [each for each in by_city.values() if each.problems or each.learned]
    found = [_peer(here, other, problems, learned) for other in others]
    fits = [each for each in found if each.shared_problems or each.shared_learning or each.can_teach]
    fits.sort(key=lambda each: (-(each.problems or 0), -len(each.can_teach), -(each.learned or 0), each.city))
    return Peers(city, tuple(fits[:most]), len(others), len(by_city) - len(others))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float | None:
    """Return shared by all that either has; None if neither has any."""
    either = one | other
    return len(one & other) / len(either) if either else None


def _peer(here: Profile, other: Profile, problems: Counter[str], learned: Counter[str]) -> Peer:
    return Peer(
        other.city,
        jaccard(here.problems, other.problems),
        jaccard(here.learned, other.learned),
        _reasons(here.problems & other.problems, problems),
        _reasons(here.learned & other.learned, learned),
        tuple(sorted((here.problems - here.learned) & other.learned)),
        tuple(sorted((other.problems - other.learned) & here.learned)),
    )


def _reasons(shared: frozenset[str], cities: Counter[str]) -> tuple[Reason, ...]:
    return tuple(Reason(each, cities[each]) for each in sorted(shared, key=lambda each: (cities[each], each)))
