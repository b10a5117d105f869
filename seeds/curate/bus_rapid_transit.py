"""Curation of bus rapid transit. In: opening years of systems, and existing rows. Out: rows of uses that have no row yet."""

from dataclasses import dataclass

from schema.language.ids import slug
from seeds.curate.adoptions import Use, adoption_rows, free_id, uses_of
from seeds.curate.files import ORIGIN, Report, Row, made_of
from seeds.curate.match import Names, locate, written_otherwise
from seeds.curate.sources import BRT, source_id

PRACTICE = "practice/bus-rapid-transit"
SOURCE = source_id(BRT)
SAME_USE_YEARS = 2
"""Two rows whose starts are at most so many years apart are about the same use."""

ENCODING = "latin-1"
NO_NAME = ("", "NA")
COUNTRIES = {"Czech Republic": "CZ", "Netherlands": "NL", "Republic of Korea": "KR"}
"""Codes of countries whose names differ from those of GeoNames."""


@dataclass(frozen=True)
class Systems:
    """The two tables of systems: one with opening years, one with names."""

    years: list[Row]
    names: list[Row]


def bus_rapid_transit(
    systems: Systems, names: Names, countries: dict[str, str], existing: list[Row]
) -> tuple[list[Row], Report]:
    """Make the rows of 40-bus-rapid-transit.jsonl and a report on every system.

    `countries` has ISO codes by name; `existing` are rows that state uses already. A system makes no row if its city has
    a use that began at about the same time.
    """
    codes, local, known = countries | COUNTRIES, local_names(systems.names), uses_of(PRACTICE, existing)
    ordered = sorted(systems.years, key=lambda each: (each["Value"], each["Country"], each["City"]))
    located = locate(ordered, lambda each: names.find(codes[each["Country"]], each["City"]))
    rows: list[Row] = []
    made: set[str] = set()
    report: Report = {"systems": len(ordered), "created": 0, "merged": 0, "second": [], "uncited": [], "unnamed": []}
    for city, system in located.found:
        year = int(system["Value"])
        if same := _same(known, city, year):
            report["merged"] += 1
            report["uncited"] += [] if SOURCE in same.sources else [same.id]
            if same.id in made:
                rows = [made_of(row, system[ORIGIN]) if same.id in row.values() else row for row in rows]
            elif system[ORIGIN] not in same.rows:
                report["unnamed"].append(f"{same.id}: {system[ORIGIN]}")
            continue
        report["second"] += [f"{_where(system)}, {year}"] if any(use.city == city for use in known) else []
        report["created"] += 1
        made.add(id_ := free_id(city, PRACTICE, str(year), {each.id for each in known}))
        known.append(Use(id_, city, year, (SOURCE,), (system[ORIGIN],)))
        rows += adoption_rows(known[-1], PRACTICE, _properties(system, codes[system["Country"]], local))
    report["by 2010"] = sum(int(system["Value"]) <= 2010 for system in ordered)
    report["unmatched"] = [_where(system) for system in located.unmatched]
    return rows, {**report, "ambiguous": [_where(system) for system in located.ambiguous]}


def local_names(named: list[Row]) -> dict[tuple[str, str], str]:
    """Return the names of systems by country and city in slug form."""
    return {
        (row["COUNTRY"], slug(row["CITY"])): _repaired(row["SYSTEM_NAME"])
        for row in named
        if row["SYSTEM_NAME"] not in NO_NAME
    }


def _repaired(name: str) -> str:
    """Return the name of a system, decoded as Mac Roman: only this column has that encoding."""
    return " ".join(name.encode(ENCODING).decode("mac_roman").split())


def _same(uses: list[Use], city: str, year: int) -> Use | None:
    """Return the city's use that began nearest to the year; None if that is too far away to be the same use."""
    near = [(abs(use.year - year), use.id, use) for use in uses if use.city == city and use.year is not None]
    years, _, use = min(near, default=(SAME_USE_YEARS + 1, "", None))
    return use if years <= SAME_USE_YEARS else None


def _where(system: Row) -> str:
    return f"{system['City']}, {system['Country']}"


def _properties(system: Row, country: str, local: dict[tuple[str, str], str]) -> Row:
    notes = ["Opening year; in use in about 2016.", system["Year"]]
    if written_otherwise(country, system["City"]):
        notes.insert(0, f"The file calls the place {system['City']}.")
    name = local.get((system["Country"], slug(system["City"])))
    return {"localName": name, "since": system["Value"], "note": " ".join(note for note in notes if note)}
