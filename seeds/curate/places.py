"""Curation of places. In: GeoNames' cities of 100,000 people or more, cities that the facts name, countries. Out: rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from schema.domain.places import SizeClass
from schema.language.ids import city_id
from seeds.curate.files import ORIGIN, Row, made_of, node, relationship
from seeds.curate.sources import GEONAMES, source_id

AREAS = frozenset(
    {
        "Hampton Roads",
        "Minneapolis-St. Paul",
        "Nea Propontida",
        "Research Triangle",
        "Silicon Valley",
        "Tepebasi/Eskisehir",
    }
)
"""Names in the facts of areas that are larger or smaller than the city they are mapped to, so not aliases of the city."""

SIZES = (
    (10_000_000, SizeClass.MEGA),
    (5_000_000, SizeClass.LARGE),
    (1_000_000, SizeClass.MEDIUM),
    (500_000, SizeClass.SMALL),
)


@dataclass(frozen=True)
class Place:
    """A city of GeoNames; `number` is its id there, `aliases` are names that the facts use for it."""

    number: int
    name: str
    country: str
    division: str
    latitude: float
    longitude: float
    population: int
    aliases: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


def places(cities: list[Row], named: list[Row]) -> dict[str, Place]:
    """Return one place for each GeoNames number by the id of its city, the largest first.

    If several cities would get the same id, the largest gets it, and the others get it with their number appended.
    """
    aliases, rows = _aliases(named), _rows(cities, named)
    by_number = {each.number: each for each in (_place(row, row["geonames_name"], aliases, rows) for row in named)}
    by_number |= {each.number: each for each in (_place(row, row["name"], aliases, rows) for row in cities)}
    by_id: dict[str, Place] = {}
    for place in sorted(by_number.values(), key=lambda each: (-each.population, each.number)):
        plain = city_id(place.country, place.division, place.name)
        by_id[f"{plain}-{place.number}" if plain in by_id else plain] = place
    return by_id


def ids_as_named(by_id: dict[str, Place], named: list[Row]) -> dict[str, str]:
    """Return the ids of cities by the names that the facts use for them, text in brackets included."""
    ids = {place.number: id_ for id_, place in by_id.items()}
    return {row["name_in_facts"]: ids[int(row["geonameid"])] for row in named}


def country_rows(countries: dict[str, Any]) -> list[Row]:
    """Make the rows of 01-countries.jsonl; a population of 0 is left out, because it means unknown or uninhabited."""
    source = source_id(GEONAMES)
    return [
        made_of(
            node(
                "Country",
                f"country/{iso.lower()}",
                {"name": country["name"].strip(), "isoCode": iso, "population": country["population"] or None},
                source,
            ),
            f"countries.json {iso}",
        )
        for iso, country in sorted(countries.items())
    ]


def city_rows(by_id: dict[str, Place], *spelled: dict[str, set[str]]) -> list[Row]:
    """Make the rows of 02-cities.jsonl: each city, then its relationship to its country.

    `spelled` has further names of cities, as tables write them.
    """
    source = source_id(GEONAMES)
    rows = []
    for id_, place in sorted(by_id.items()):
        names = {name for each in spelled for name in each.get(id_, ())}
        country = relationship("IN_COUNTRY", id_, f"country/{place.country.lower()}", source)
        rows += [made_of(fact, *place.rows) for fact in (node("City", id_, _properties(place, names), source), country)]
    return rows


def size_class(population: int) -> SizeClass:
    """Return the size class of a city with this population."""
    return next((size for least, size in SIZES if population >= least), SizeClass.TOWN)


def _properties(place: Place, names: set[str]) -> Row:
    return {
        "name": place.name,
        "aliases": sorted({*place.aliases, *names} - {place.name}),
        "location": {"latitude": place.latitude, "longitude": place.longitude},
        "population": place.population,
        "sizeClass": size_class(place.population).name,
        "geonamesId": place.number,
    }


def _place(row: Row, name: str, aliases: dict[str, set[str]], rows: dict[str, list[str]]) -> Place:
    return Place(
        number=int(row["geonameid"]),
        name=name,
        country=row["countrycode"],
        division=row["admin1code"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        population=int(row["population"]),
        aliases=tuple(sorted(aliases[row["geonameid"]] - {name})),
        rows=tuple(rows[row["geonameid"]]),
    )


def _rows(*tables: list[Row]) -> dict[str, list[str]]:
    """Collect the rows of tables by GeoNames number."""
    rows: dict[str, list[str]] = defaultdict(list)
    for row in (row for table in tables for row in table if ORIGIN in row):
        rows[row["geonameid"]].append(row[ORIGIN])
    return rows


def _aliases(named: Iterable[Row]) -> dict[str, set[str]]:
    """Collect the names in the facts by GeoNames number, without text in brackets."""
    aliases: dict[str, set[str]] = defaultdict(set)
    for row in named:
        name = row["name_in_facts"].split(" (")[0]
        if name not in AREAS:
            aliases[row["geonameid"]].add(name)
    return aliases
