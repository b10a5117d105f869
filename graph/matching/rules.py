"""The rules of matching. In: a name with what its source tells, facts. Out: the fact that is meant, or candidates.

A fact is taken if its name, or a unique value of it, is equal, what else is told agrees, and no other fact may be meant.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import asin, cos, inf, radians, sin, sqrt

from graph.matching.fold import SHORTEST, Near, Web, differ_by_one, folded
from graph.matching.named import Candidate, Match, Named
from schema.language.declare import Matched

EARTH_KM = 6371.0088
MOST_CANDIDATES = 10
Point = tuple[float, float]


class Says(enum.Enum):
    """What a piece of evidence says of a fact."""

    AGREES = "it speaks for the fact"
    SILENT = "it is not told, or not known of the fact"
    CONTRADICTS = "it speaks of another fact"


@dataclass(frozen=True)
class Town:
    """A city of a fact: its id, the lines of its names, and ids of its countries."""

    id: str
    lines: frozenset[str]
    countries: frozenset[str]


@dataclass(frozen=True)
class Entry:
    """What the rules know of a fact. Records that are merged are one entry, with the smallest id."""

    id: str
    name: str
    lines: frozenset[str] = frozenset()
    unique: frozenset[tuple[str, str | int]] = frozenset()
    points: tuple[Point, ...] = ()
    countries: frozenset[str] = frozenset()
    towns: tuple[Town, ...] = ()
    webs: frozenset[Web] = frozenset()


@dataclass(frozen=True)
class Asked:
    """A name as the rules see it. `countries` has the id of the country that is told, nothing if it is not known."""

    named: Named
    line: str
    near: Near = field(default_factory=Near)
    ids: tuple[tuple[str, str | int], ...] = ()
    countries: frozenset[str] = frozenset()
    town: str = ""
    web: Web | None = None


@dataclass(frozen=True)
class Judged:
    """A fact with what each piece of evidence says of it; `km` is the distance, None if it is not known.

    `has_number` says that a unique value is equal, and `has_another` that one is not.
    """

    entry: Entry
    is_named: bool
    has_number: bool
    has_another: bool
    country: Says
    city: Says
    website: Says
    place: Says
    km: float | None
    how: str = ""
    of: Matched = field(default_factory=lambda: Matched(()), repr=False)

    @property
    def evidence(self) -> tuple[Says, ...]:
        """Return what is told beside name and unique values."""
        return self.country, self.city, self.website, self.place

    @property
    def may_be_meant(self) -> bool:
        """Whether nothing that is told beside unique values excludes it; farther away than a city is wide excludes."""
        return Says.CONTRADICTS not in self.evidence and (self.km is None or self.km <= self.of.within_km)

    @property
    def is_confirmed(self) -> bool:
        """Whether it is surely meant, if no other fact may be meant."""
        needed = [getattr(self, each) for each in self.of.needs]
        if self.has_another or not self.may_be_meant:
            return False
        return (not needed or Says.AGREES in needed) and self.place is not Says.SILENT

    @property
    def order(self) -> tuple[int, float, str]:
        """Return its place among candidates."""
        against = self.has_another or Says.CONTRADICTS in self.evidence
        strength = 0 if self.has_number else 2 if self.is_named else 4 if self.website is Says.AGREES else 6
        return strength + against, inf if self.km is None else self.km, self.entry.id

    def candidate(self) -> Candidate:
        """Return it with the reason why it is offered."""
        return Candidate(self.entry.id, self.entry.name, ", ".join(self._reasons()))

    def _reasons(self) -> Iterable[str]:
        if self.has_number or self.has_another:
            yield "same number" if self.has_number else "another number"
        yield "same name" if self.is_named else self.how or "another name"
        for word in ("country", "city", "website"):
            says = getattr(self, word)
            if says is not Says.SILENT:
                yield f"{'same' if says is Says.AGREES else 'another'} {word}"
        if self.km is not None:
            yield f"{self.km:,.0f} km away" if self.km < inf else "no place on the globe is told"


def decide(asked: Asked, entries: Sequence[Entry], matched: Matched) -> Match:
    """Return the match of a name among facts that have its name or a unique value, or are near it."""
    judged = sorted((judge(asked, each, matched) for each in entries), key=lambda each: each.order)
    numbered = [each for each in judged if each.has_number]
    if numbered:
        (first, *others) = numbered
        if not (others or first.has_another or Says.CONTRADICTS in first.evidence):
            return Match(first.entry.id, why="same number")
        why = "several facts have this number" if others else "the number is right, and what else is told is not"
        return _doubtful(why, judged)
    named = [each for each in judged if each.is_named]
    possible = [each for each in named if each.may_be_meant]
    if len(possible) == 1 and possible[0].is_confirmed:
        return Match(possible[0].entry.id, why=possible[0].candidate().why)
    return _doubtful(_why(asked, named, possible, matched), judged)


def judge(asked: Asked, entry: Entry, matched: Matched) -> Judged:
    """Compare a name with a fact."""
    is_named, km = asked.line in entry.lines, _km(asked.named.at, entry.points)
    told = asked.named.at is not None and bool(matched.near)
    return Judged(
        entry,
        is_named,
        has_number=any(pair in entry.unique for pair in asked.ids),
        has_another=_has_another(asked, entry),
        country=_one_of(asked.countries, entry.countries),
        city=_city(asked, entry),
        website=_website(asked.web, entry.webs),
        place=_place(km, told=told, matched=matched),
        km=km,
        how="" if is_named else how_near(asked, entry),
        of=matched,
    )


def how_near(asked: Asked, entry: Entry) -> str:
    """Say how a name that is not equal is near; empty if it is not."""
    if asked.near.lines & entry.lines:
        return "the name of a part"
    words, own = asked.line.strip(), folded(entry.name).strip()
    if f" {own} ".startswith(f" {words} ") or f" {own} ".endswith(f" {words} "):
        return "a longer name"
    return "one letter differs" if len(words) >= SHORTEST and differ_by_one(words, own) else ""


def is_worth_showing(judged: Judged) -> bool:
    """Whether a person is offered a fact: not one with only a near name, of another country or far away."""
    if judged.is_named or judged.has_number or judged.website is Says.AGREES:
        return True
    return bool(judged.how) and Says.CONTRADICTS not in judged.evidence


def _doubtful(why: str, judged: Sequence[Judged]) -> Match:
    shown = [each for each in judged if is_worth_showing(each)][:MOST_CANDIDATES]
    return Match(None, tuple(each.candidate() for each in shown), why)


def _why(asked: Asked, named: Sequence[Judged], possible: Sequence[Judged], matched: Matched) -> str:
    if not asked.line:
        return "the name has no letter or digit, or is too long"
    if asked.named.country and not asked.countries:
        return "the country is not known"
    if not named:
        return "no fact has this name"
    if len(possible) > 1:
        return "several facts may be meant"
    if not possible:
        return "what else is told speaks against each fact of this name"
    (one,) = possible
    if one.has_another:
        return "the fact of this name has another number"
    if one.place is Says.SILENT:
        return "it is not known where the fact of this name lies"
    return f"the name alone is not enough: {' or '.join(matched.needs)} must agree"


def _has_another(asked: Asked, entry: Entry) -> bool:
    """Whether a fact has other values of a unique property that is told."""
    return any(
        any(prop == own for own, _ in entry.unique) and (prop, value) not in entry.unique for prop, value in asked.ids
    )


def _one_of(told: frozenset[str], known: frozenset[str]) -> Says:
    if not told or not known:
        return Says.SILENT
    return Says.AGREES if told & known else Says.CONTRADICTS


def _city(asked: Asked, entry: Entry) -> Says:
    """Compare the city. Its name alone contradicts, but agrees only with its country."""
    if not asked.named.city or not entry.towns:
        return Says.SILENT
    if any(asked.named.city == town.id for town in entry.towns):
        return Says.AGREES
    called = [town for town in entry.towns if asked.town in town.lines]
    if not called:
        return Says.CONTRADICTS
    return Says.AGREES if any(asked.countries & town.countries for town in called) else Says.SILENT


def _website(told: Web | None, known: frozenset[Web]) -> Says:
    """Compare web addresses. Pages of one host may be of several organizations, so that only another host contradicts."""
    if told is None or not known:
        return Says.SILENT
    if told in known:
        return Says.AGREES
    return Says.SILENT if told.host in {each.host for each in known} else Says.CONTRADICTS


def _place(km: float | None, *, told: bool, matched: Matched) -> Says:
    """Compare places. Where no place is told, nothing is missing."""
    if not told:
        return Says.AGREES
    if km is None:
        return Says.SILENT
    return Says.CONTRADICTS if km > matched.apart_km else Says.AGREES if km <= matched.within_km else Says.SILENT


def _km(told: Point | None, known: Sequence[Point]) -> float | None:
    if told is None or not known:
        return None
    return min(kilometres(told, each) for each in known) if _is_on_the_globe(told) else inf


def _is_on_the_globe(point: Point) -> bool:
    return -90 <= point[0] <= 90 and -180 <= point[1] <= 180


def kilometres(one: Point, other: Point) -> float:
    """Return the distance on the globe, in kilometres, of two points of latitude and longitude in degrees."""
    (south, west), (north, east) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def merged(entries: Sequence[Entry]) -> Entry:
    """Make one entry of records that are merged. It has the smallest id, and the name of that record."""
    first = min(entries, key=lambda each: each.id)
    return Entry(
        first.id,
        first.name,
        frozenset().union(*(each.lines for each in entries)),
        frozenset().union(*(each.unique for each in entries)),
        tuple(point for each in entries for point in each.points),
        frozenset().union(*(each.countries for each in entries)),
        tuple(town for each in entries for town in each.towns),
        frozenset().union(*(each.webs for each in entries)),
    )
