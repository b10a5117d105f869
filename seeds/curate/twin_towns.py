"""Curation of twin towns. In: twin towns as Wikidata has them, and existing rows. Out: rows of pairs that have no row yet.

The file has no years and no ids, and does not say what the two cities call their relationship.
"""

from math import asin, cos, radians, sin, sqrt

from seeds.curate.files import ORIGIN, Report, Row, made_of, relationship
from seeds.curate.match import Names, locate, only
from seeds.curate.places import Place
from seeds.curate.sources import TWINS, source_id

SOURCE = source_id(TWINS)
REACH = 25.0
"""A city with the right name is the one meant if it is at most so many kilometres from the point in the file."""

EARTH = 6371.0
"""Mean radius of the Earth in kilometres."""

COUNTRIES = {
    "Cape Verde": "CV",
    "Curaçao": "CW",
    "Czech Republic": "CZ",
    "East Timor": "TL",
    "Palestine": "PS",
    "Palestinian National Authority": "PS",
    "Palestinian territories": "PS",
    "People's Republic of China": "CN",
    "Republic of Macedonia": "MK",
    "Sao Tomé and Príncipe": "ST",
    "Swaziland": "SZ",
    "United States of America": "US",
}
"""Codes of countries whose names differ from those of GeoNames; former states have no code here."""


Pair = tuple[str, str]
"""Ids of two cities, the smaller id first."""


class Gazetteer:
    """Finds a city by country, name and point."""

    def __init__(self, cities: dict[str, Place], names: Names, countries: dict[str, str]) -> None:
        self._cities, self._names, self._codes = cities, names, countries | COUNTRIES

    def find(self, country: str, name: str, point: tuple[float, float]) -> str:
        """Return the id of the city; raise NoCity or SeveralCities if not exactly one is near the point."""
        ids = self._names.ids(self._codes.get(country, ""), name)
        return only([id_ for id_ in ids if self._kilometres(id_, point) <= REACH], name)

    def _kilometres(self, id_: str, point: tuple[float, float]) -> float:
        city = self._cities[id_]
        return kilometres((city.latitude, city.longitude), point)


def twin_towns(towns: list[Row], cities: Gazetteer, existing: list[Row]) -> tuple[list[Row], Report]:
    """Make the rows of 43-twin-towns.jsonl and a report on every row of the file.

    A pair that `existing` states makes no row, because two rows would be two versions of one fact. But it should cite the
    file beside its own source: `uncited` lists the pairs that do not.
    """
    begun = locate(towns, lambda row: cities.find(row["origincountry"], row["origincityLabel"], _point(row, "origin")))
    ended = locate(
        begun.found,
        lambda item: cities.find(
            item[1]["destination_countryLabel"], item[1]["sistercityLabel"], _point(item[1], "destination")
        ),
    )
    pairs: dict[Pair, list[str]] = {}
    for end, (start, row) in ended.found:
        pairs.setdefault(_pair(start, end), []).append(row[ORIGIN])
    stated = {_pair(row["from"], row["to"]): row for row in existing if row.get("type") == "TWINNED_WITH"}
    merged = sorted(set(pairs) & set(stated))
    new = sorted(set(pairs) - set(stated))
    rows = [made_of(relationship("TWINNED_WITH", *pair, SOURCE), *pairs[pair]) for pair in new]
    report: Report = {"rows": len(towns), "matched": len(ended.found), "pairs": len(pairs), "created": len(rows)}
    report["merged"] = [_between(pair) for pair in merged]
    report["uncited"] = [_between(pair) for pair in merged if SOURCE not in stated[pair]["sources"]]
    report["unnamed"] = [_between(pair) for pair in merged if not set(pairs[pair]) <= set(stated[pair]["rows"])]
    report["unmatched"] = [_where(row) for row in (*begun.unmatched, *(row for _, row in ended.unmatched))]
    report["ambiguous"] = [_where(row) for row in (*begun.ambiguous, *(row for _, row in ended.ambiguous))]
    return rows, report


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance in kilometres of two points, each given as latitude and longitude in degrees."""
    (south, west), (north, east) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _pair(one: str, other: str) -> Pair:
    return min(one, other), max(one, other)


def _point(row: Row, end: str) -> tuple[float, float]:
    return float(row[f"{end}lat"]), float(row[f"{end}long"])


def _between(pair: Pair) -> str:
    return " -- ".join(id_.removeprefix("city/") for id_ in pair)


def _where(row: Row) -> str:
    origin = f"{row['origincityLabel']}, {row['origincountry']}"
    return f"{origin} -- {row['sistercityLabel']}, {row['destination_countryLabel']}"
