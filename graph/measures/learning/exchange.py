"""Who visits whom: the exchange network of cities. In: visits, and a filter. Out: Exchange: cities, legs, dyads, and years.

A leg leads from a city that travelled to a city that received it: travel, whichever of the two taught the other.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from graph.measures.learning.basis import Basis, basis, year_of
from graph.measures.learning.facts import HELD, Contact, Visit
from schema.language.edtf import When


@dataclass(frozen=True)
class Wanted:
    """Which visits count. With a first or last year those count that surely began in these years; with a city those that it
    made or hosted.
    """

    first_year: int | None = None
    last_year: int | None = None
    subject: str | None = None
    city: str | None = None


class Role(Enum):
    """What a city is in the network: in figure one a circle, a square, or both."""

    VISITOR = "It made visits and received none."
    HOST = "It received visits and made none."
    BOTH = "It made visits and received some."


@dataclass(frozen=True)
class CityExchange:
    """One city: visits that it made and received, in how many cities it was a guest (out-degree), and of how many it was the
    host (in-degree). `share` is that of all visits in which it took part, 0 to 1.
    """

    city: str
    role: Role
    made: int
    hosted: int
    hosts: int
    guests: int
    share: float


@dataclass(frozen=True)
class Leg:
    """How often one city travelled to another."""

    visitor: str
    host: str
    visits: int


@dataclass(frozen=True)
class Dyads:
    """Pairs of cities with a visit between them. Source: S. Wasserman and K. Faust, Social Network Analysis, 1994, chapter 13.

    `of_pairs` is the share of these pairs that visited each other, `of_arcs` the share of directions that are returned.
    """

    mutual: int
    one_way: int
    of_pairs: float | None
    of_arcs: float | None


@dataclass(frozen=True)
class YearOfExchange:
    """Visits whose year is known, the legs of their journeys, and the cities that took part, in one year."""

    year: int
    visits: int
    legs: int
    cities: int


@dataclass(frozen=True)
class Exchange:
    """The network: cities and legs by id, years in order. `years` leaves out visits that may be of several years.

    `outside` counts ends of visits that are no city of the network, `to_itself` legs from a city to itself.
    """

    cities: tuple[CityExchange, ...]
    legs: tuple[Leg, ...]
    dyads: Dyads
    years: tuple[YearOfExchange, ...]
    basis: Basis
    without_year: int
    outside: int
    to_itself: int


def exchange(visits: Iterable[Visit], cities: Iterable[str], wanted: Wanted | None = None) -> Exchange:
    """Return the exchange network among the given cities, of the visits that are wanted. Each visit counts once by id."""
    known = frozenset(cities)
    chosen, left_out = _chosen(visits, known, wanted or Wanted())
    made, hosted, legs = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    outside = to_itself = 0
    for visit in chosen:
        travelled, received = _ends(visit, known)
        outside += len({*visit.visitors} - known) + len({*visit.hosts} - known)
        made.update(travelled)
        hosted.update(received)
        to_itself += len(travelled & received)
        legs.update(_legs(visit, known))
    touched = Counter(city for visit in chosen for city in frozenset().union(*_ends(visit, known)))
    hosts, guests = Counter(visitor for visitor, _ in legs), Counter(host for _, host in legs)
    of_cities = tuple(
        CityExchange(
            city,
            _role(made[city], hosted[city]),
            made[city],
            hosted[city],
            hosts[city],
            guests[city],
            touched[city] / len(chosen),
        )
        for city in sorted(touched)
    )
    return Exchange(
        of_cities,
        tuple(Leg(*pair, legs[pair]) for pair in sorted(legs)),
        dyads(legs),
        _years(chosen, known),
        basis(len(chosen), left_out),
        sum(year_of(visit.when) is None for visit in chosen),
        outside,
        to_itself,
    )


@dataclass(frozen=True)
class OfSubject:
    """How many visits were about a subject."""

    subject: str
    visits: int


def counted(visits: Iterable[Visit], cities: Iterable[str], wanted: Wanted | None = None) -> list[Visit]:
    """Return the visits that count, by id."""
    return _chosen(visits, frozenset(cities), wanted or Wanted())[0]


def dyads(pairs: Iterable[tuple[str, str]]) -> Dyads:
    """Count pairs that visited each other and pairs of which one visited the other, however often."""
    arcs = frozenset(pair for pair in pairs if pair[0] != pair[1])
    mutual = sum((host, visitor) in arcs for visitor, host in arcs) // 2
    one_way = len(arcs) - 2 * mutual
    of_pairs = mutual / (mutual + one_way) if arcs else None
    return Dyads(mutual, one_way, of_pairs, 2 * mutual / len(arcs) if arcs else None)


def hubs(of: Exchange, most: int = 10) -> tuple[CityExchange, ...]:
    """Return the cities that took part in most visits; among equals those with more partners, then by id."""
    return tuple(sorted(of.cities, key=lambda each: (-each.share, -(each.hosts + each.guests), each.city))[:most])


def by_subject(visits: Iterable[Visit], cities: Iterable[str], wanted: Wanted | None = None) -> tuple[OfSubject, ...]:
    """Count the visits that are wanted about each subject, in the order of ids. A visit about several counts for each."""
    found = Counter(subject for visit in counted(visits, cities, wanted) for subject in visit.subjects)
    return tuple(OfSubject(subject, found[subject]) for subject in sorted(found))


def contacts(visits: Iterable[Visit], cities: Iterable[str], wanted: Wanted | None = None) -> list[Contact]:
    """Return each leg of each visit that is wanted, by visit and cities."""
    known = frozenset(cities)
    chosen, _ = _chosen(visits, known, wanted or Wanted())
    return [
        Contact(visitor, host, visit.id, visit.when, visit.subjects)
        for visit in chosen
        for visitor, host in sorted(_legs(visit, known))
    ]


def _chosen(visits: Iterable[Visit], known: frozenset[str], wanted: Wanted) -> tuple[list[Visit], Counter[str]]:
    """Return the visits that count in the order of their ids, and how many do not, by reason."""
    left_out, chosen = Counter[str](), dict[str, Visit]()
    for visit in sorted(visits, key=lambda each: each.id):
        why = "given twice" if visit.id in chosen else _why_not(visit, known, wanted)
        if why:
            left_out[why] += 1
        else:
            chosen[visit.id] = visit
    return list(chosen.values()), left_out


def _why_not(visit: Visit, known: frozenset[str], wanted: Wanted) -> str | None:
    """Say why a visit does not count; None if it does."""
    if visit.status != HELD:
        return "of another status"
    if wanted.subject is not None and wanted.subject not in visit.subjects:
        return "about something else"
    if wanted.city is not None and wanted.city not in {*visit.visitors, *visit.hosts}:
        return "of other cities"
    if wanted.first_year is not None or wanted.last_year is not None:
        why = _outside_of_years(visit.when, wanted)
        if why:
            return why
    return None if any(_ends(visit, known)) else "without a city of the network"


def _outside_of_years(when: When | None, wanted: Wanted) -> str | None:
    """Say why a date is not surely in the years that are wanted."""
    first = wanted.first_year if wanted.first_year is not None else -1
    last = wanted.last_year if wanted.last_year is not None else 9_999
    if when is None:
        return "without a date"
    begins = when.earliest.year if when.earliest else None
    ends = when.latest.year if when.latest else None
    if (ends is not None and ends < first) or (begins is not None and begins > last):
        return "in other years"
    sure = (begins is not None or first == -1) and (ends is not None or last == 9_999)
    return None if sure and (begins or 0) >= first and (ends or 0) <= last else "perhaps in other years"


def _ends(visit: Visit, known: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    return known & {*visit.visitors}, known & {*visit.hosts}


def _legs(visit: Visit, known: frozenset[str]) -> set[tuple[str, str]]:
    visitors, hosts = _ends(visit, known)
    return {(visitor, host) for visitor in visitors for host in hosts if visitor != host}


def _role(made: int, hosted: int) -> Role:
    if made and hosted:
        return Role.BOTH
    return Role.VISITOR if made else Role.HOST


def _years(chosen: Iterable[Visit], known: frozenset[str]) -> tuple[YearOfExchange, ...]:
    of = dict[int, list[Visit]]()
    for visit in chosen:
        year = year_of(visit.when)
        if year is not None:
            of.setdefault(year, []).append(visit)
    return tuple(
        YearOfExchange(
            year,
            len(of[year]),
            sum(len(_legs(visit, known)) for visit in of[year]),
            len(frozenset().union(*(end for visit in of[year] for end in _ends(visit, known)))),
        )
        for year in sorted(of)
    )
