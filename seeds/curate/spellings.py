"""Other names of cities. In: rows, and the tables that they were made from. Out: how the tables write the names of cities."""

from collections import defaultdict
from collections.abc import Iterable

from seeds.curate.files import ORIGIN, Row
from seeds.curate.match import Names

COLUMNS = ("City", "Location", "origincityLabel", "sistercityLabel")
"""Columns of the tables that have names of cities."""

OF_AREAS = (" - ", "Gran ", "Metropolitan", "metropolitan")
"""What names of areas contain; an area is not another name of its city."""


def spellings(rows: Iterable[Row], tables: Iterable[list[Row]], names: Names) -> dict[str, set[str]]:
    """Return the names that tables use for cities, by id, of those rows of the tables that facts were made from."""
    written = {row[ORIGIN]: [row[column] for column in COLUMNS if column in row] for table in tables for row in table}
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.get("type") in ("MADE", "TWINNED_WITH"):
            for name in (name for origin in row["rows"] for name in written.get(origin, ())):
                for city in (row["from"], row["to"]):
                    _add(found, city, name.split(", ")[0].strip(), names)
    return found


def spelled_in_chains(reading: Row) -> dict[str, set[str]]:
    """Return the names that chains.csv uses for cities, by id, without text in brackets."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, id_ in reading["places"].items():
        if id_.startswith("city/") and name not in reading["areas"]:
            found[id_].add(name.split(" (")[0])
    return found


def _add(found: dict[str, set[str]], city: str, name: str, names: Names) -> None:
    """Add a name if it is one of the city's, and of no area around it."""
    name = "".join(letter for letter in name if letter.isprintable())
    if city.startswith("city/") and not any(word in name for word in OF_AREAS):
        country = city.removeprefix("city/").split("-")[0].upper()
        if city in names.ids(country, name):
            found[city].add(name)
