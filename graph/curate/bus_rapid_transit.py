"""Curation, step 2. In: opening years of bus rapid transit systems, and uses already stated. Out: rows of the others."""

from collections import Counter

from graph.curate.adoptions import Use, adoption_rows, free_id, uses_of
from graph.curate.files import Report, Row
from graph.curate.match import Names, NoCity, SeveralCities
from graph.curate.sources import BRT, source_id
from schema.ids import slug

PRACTICE = "practice/bus-rapid-transit"
SAME_USE_YEARS = 2
"""Starts at most this many years apart are the same use."""

ENCODING = "latin-1"
NO_NAME = ("", "NA")
COUNTRIES = {"Czech Republic": "CZ", "Netherlands": "NL", "Republic of Korea": "KR"}
"""Countries that the file names in another way than GeoNames."""


def bus_rapid_transit(
    systems: list[dict[str, str]],
    named: list[dict[str, str]],
    names: Names,
    countries: dict[str, str],
    existing: list[Row],
) -> tuple[list[Row], Report]:
    """Make the rows of 40-bus-rapid-transit.jsonl, and a report on what became of every system.

    `systems` has the years, `named` the names of systems, `countries` ISO codes by name, `existing` the rows
    that state uses already. A system of a city that has a use since about then makes no row.
    """
    known = uses_of(PRACTICE, existing)
    local, codes = local_names(named), countries | COUNTRIES
    source = source_id(BRT)
    rows: list[Row] = []
    counts: Counter[str] = Counter(systems=len(systems))
    lists: dict[str, list[str]] = {key: [] for key in ("unmatched", "ambiguous", "second", "uncited")}
    for system in sorted(systems, key=lambda each: (each["Value"], each["Country"], each["City"])):
        where, year = f"{system['City']}, {system['Country']}", int(system["Value"])
        try:
            city = names.find(codes[system["Country"]], system["City"])
        except NoCity:
            lists["unmatched"].append(where)
            continue
        except SeveralCities:
            lists["ambiguous"].append(where)
            continue
        there = [use for use in known if use.city == city]
        if same := _same(there, year):
            counts["merged"] += 1
            if source not in same.sources:
                lists["uncited"].append(same.id)
            continue
        if there:
            lists["second"].append(f"{where}, {year}")
        use = Use(free_id(city, PRACTICE, str(year), {each.id for each in known}), city, year, (source,))
        known.append(use)
        name = local.get((system["Country"], slug(system["City"])))
        rows += adoption_rows(use, PRACTICE, _properties(system, name))
    counts["created"] = sum(row.get("label") == "Adoption" for row in rows)
    return rows, {**counts, **{key: sorted(found) for key, found in lists.items()}}


def local_names(named: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    """Return the names of systems by country and city in slug form."""
    return {
        (row["COUNTRY"], slug(row["CITY"])): _repaired(row["SYSTEM_NAME"])
        for row in named
        if row["SYSTEM_NAME"] not in NO_NAME
    }


def _repaired(name: str) -> str:
    """Return the name of a system: unlike the other columns, this one was written in Mac Roman."""
    return " ".join(name.encode(ENCODING).decode("mac_roman").split())


def _same(uses: list[Use], year: int) -> Use | None:
    near = [use for use in uses if use.year is not None and abs(use.year - year) <= SAME_USE_YEARS]
    return min(near, key=lambda use: (abs((use.year or 0) - year), use.id), default=None)


def _properties(system: dict[str, str], name: str | None) -> Row:
    notes = [f"The file calls the place {system['City']}.", "Opening year; in use in about 2016.", system["Year"]]
    return {"localName": name, "since": system["Value"], "note": " ".join(note for note in notes if note)}
