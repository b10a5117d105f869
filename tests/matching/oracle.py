"""The rules of matching a second time, slowly: over the list of all facts, without indexes, candidates or folded columns.

In: stored facts as they are, a name. Out: the id that is certain, or the ids of the facts that have its name or number.
"""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from graph.cypher.fragments import Fragment
from graph.matching.named import Named
from tests.kit.writer import BlockingWriter

PUBLIC = "n.marking = 0 AND n.confidence <> 'SYNTHETIC'"
CITIES = Fragment(
    f"MATCH (n:City) WHERE {PUBLIC} RETURN n.id AS id, [n.name] + coalesce(n.aliases, []) AS names, "
    "n.geonamesId AS geonamesId, n.wikidataId AS wikidataId, n.location.latitude AS lat, n.location.longitude AS lon, "
    "[(n)-[:IN_COUNTRY]->(c) | c.id] AS countries, null AS website, [] AS seats, "
    "[(n)-[s:SAME_AS]-(m) WHERE s.marking = 0 AND s.confidence <> 'SYNTHETIC' | m.id] AS same"
)
ORGANIZATIONS = Fragment(
    f"MATCH (n:Organization) WHERE {PUBLIC} RETURN n.id AS id, [n.name] AS names, null AS geonamesId, null AS wikidataId, "
    "null AS lat, null AS lon, n.website AS website, [] AS countries, "
    "[(n)-[s:BASED_IN]->(c) WHERE s.marking = 0 AND s.confidence <> 'SYNTHETIC' | "
    "{id: c.id, names: [c.name] + coalesce(c.aliases, []), countries: [(c)-[:IN_COUNTRY]->(l) | l.id]}] AS seats, "
    "[(n)-[s:SAME_AS]-(m) WHERE s.marking = 0 AND s.confidence <> 'SYNTHETIC' | m.id] AS same"
)


@dataclass(frozen=True)
class Thing:
    """A fact, or several records that are merged."""

    id: str
    records: tuple[dict, ...]  # type: ignore[type-arg]  # as the database returns them

    @cached_property
    def names(self) -> set[str]:
        return {plain(name) for each in self.records for name in each["names"]}

    def values(self, prop: str) -> set[object]:
        return {each[prop] for each in self.records if each[prop] is not None}

    @cached_property
    def seats(self) -> list[tuple[str, set[str], set[str]]]:
        every = [seat for each in self.records for seat in each["seats"]]
        return [(seat["id"], {plain(name) for name in seat["names"]}, set(seat["countries"])) for seat in every]

    @cached_property
    def countries(self) -> set[str]:
        own = {country for each in self.records for country in each["countries"]}
        return own | {country for _, _, countries in self.seats for country in countries}

    def km(self, at: tuple[float, float]) -> float | None:
        places = [(each["lat"], each["lon"]) for each in self.records if each["lat"] is not None]
        return min((globe(at, place) for place in places), default=None)


def things(writer: BlockingWriter, label: str) -> list[Thing]:
    """Read all facts of a label that everybody may see; merged records are one thing, with the smallest id."""
    records = {each["id"]: each for each in writer.read(CITIES if label == "City" else ORGANIZATIONS)}
    owner = {id_: id_ for id_ in records}
    for _ in records:
        # The smallest id wanders along the merges, until nothing moves.
        moved = False
        for id_, record in records.items():
            least = min([owner[id_], *(owner[other] for other in record["same"] if other in owner)])
            moved, owner[id_] = moved or least != owner[id_], least
        if not moved:
            break
    groups: dict[str, list[dict]] = {}  # type: ignore[type-arg]  # as the database returns them
    for id_, record in records.items():
        groups.setdefault(owner[id_], []).append(record)
    return [Thing(id_, tuple(group)) for id_, group in sorted(groups.items())]


@cache
def plain(name: str) -> str:
    """Write the letters and digits of a name without accents; everything else parts words."""
    text = unicodedata.normalize("NFKD", name.casefold())
    for letter, other in (
        ("ß", "ss"),
        ("ø", "o"),
        ("ł", "l"),
        ("đ", "d"),
        ("ð", "d"),
        ("þ", "th"),
        ("æ", "ae"),
        ("œ", "oe"),
    ):
        text = text.replace(letter, other)
    text = text.replace("ı", "i")
    kept = "".join(c if c.isalnum() else "" if unicodedata.category(c)[0] == "M" else " " for c in text)
    return " ".join(kept.split())


def globe(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the kilometres between two points, by the angle between their vectors."""

    def vector(point: tuple[float, float]) -> tuple[float, float, float]:
        lat, lon = (math.radians(each) for each in point)
        return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)

    a, b = vector(one), vector(other)
    cross = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return 6371.0088 * math.atan2(math.hypot(*cross), sum(x * y for x, y in zip(a, b, strict=True)))


def site(address: str | None) -> tuple[str, str] | None:
    """Write an address as host and path."""
    if not address:
        return None
    host, _, path = address.split("://")[-1].partition("/")
    return host.lower().removeprefix("www."), path.rstrip("/")


@dataclass(frozen=True)
class Outcome:
    """The certain id, or None; and the things that have the name or the number, which a person is offered first."""

    id: str | None
    offered: frozenset[str]


def outcome(named: Named, every: Sequence[Thing], countries: dict[str, str]) -> Outcome:
    """Match a name; `countries` has the ids of countries by what they are called in the world of the test."""
    country = countries.get(named.country or "")
    numbered = [each for each in every if any(value in each.values(prop) for prop, value in named.ids)]
    called = [each for each in every if plain(named.name) and plain(named.name) in each.names]
    offered = frozenset(each.id for each in (*numbered, *called))
    if numbered:
        if len(numbered) > 1 or excluded(named, numbered[0], country, 100.0) or other_number(named, numbered[0]):
            return Outcome(None, offered)
        return Outcome(numbered[0].id, offered)
    possible = [each for each in called if not excluded(named, each, country, 25.0)]
    if len(possible) != 1 or other_number(named, possible[0]):
        return Outcome(None, offered)
    return Outcome(possible[0].id if agrees(named, possible[0], country) else None, offered)


def other_number(named: Named, thing: Thing) -> bool:
    """Whether a number is told and the thing has another one of its kind."""
    return any(thing.values(prop) and value not in thing.values(prop) for prop, value in named.ids)


def excluded(named: Named, thing: Thing, country: str | None, most_km: float) -> bool:
    """Whether something that is told speaks against a thing."""
    if country and thing.countries and country not in thing.countries:
        return True
    if named.label == "City":
        km = None if named.at is None else thing.km(named.at)
        return km is not None and km > most_km
    if named.city and thing.seats and not at_seat(named, thing):
        return True
    told, own = site(named.website), [site(str(each)) for each in thing.values("website")]
    return bool(told and own and told[0] not in {each[0] for each in own if each})


def at_seat(named: Named, thing: Thing) -> list[set[str]]:
    """Return the countries of the seats that the city may be."""
    wanted = named.city or ""
    return [countries for id_, names, countries in thing.seats if wanted == id_ or plain(wanted) in names]


def agrees(named: Named, thing: Thing, country: str | None) -> bool:
    """Whether what must agree does."""
    if named.label == "City":
        near = named.at is None or (thing.km(named.at) is not None)
        return bool(country and country in thing.countries and near)
    own = {site(str(each)) for each in thing.values("website")}
    if site(named.website) and site(named.website) in own:
        return True
    by_id = any(id_ == named.city for id_, _, _ in thing.seats)
    return bool(named.city) and (by_id or any(country in countries for countries in at_seat(named, thing)))
