"""Curation: the tool that makes seed rows. In: raw files of seeds/sources. Out: files of seeds/rows, the same in every run."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from seeds.curate.bike_share import bike_share
from seeds.curate.bus_rapid_transit import ENCODING, Systems, bus_rapid_transit
from seeds.curate.chains import chains
from seeds.curate.cloud import leaders
from seeds.curate.clouds import CLOUDS
from seeds.curate.files import Report, Row, made_of, read_csv, read_json, read_rows, read_tsv, written
from seeds.curate.lighthouse import lighthouses
from seeds.curate.match import Names
from seeds.curate.places import city_rows, country_rows, ids_as_named, places
from seeds.curate.sources import source_rows
from seeds.curate.spellings import spelled_in_chains, spellings
from seeds.curate.twin_towns import Gazetteer, twin_towns

ARTICLE = "The "
"""GeoNames writes "The Netherlands"; the other files leave the article out."""


@dataclass(frozen=True)
class Curated:
    """The rows of each file by file name, and the report of each step by its name."""

    files: dict[str, list[Row]]
    report: dict[str, Report]


def curate(seeds: Path, progress: Callable[[str], None] = lambda _: None) -> Curated:
    """Make the rows of every curated file from the raw files in `seeds`; raise FileNotFoundError if one is missing."""
    raw = seeds / "sources"
    progress("places")
    countries = read_json(raw / "countries.json")
    named = read_csv(raw / "facts_cities.csv")
    cities = places(read_csv(raw / "cities_pop100k.csv"), named)
    names = Names.of(cities)
    existing = _rows(seeds, "30-adoptions.jsonl")
    progress("chains")
    reading = read_json(seeds / "chains.json")
    pages, told, on_chains = chains(read_csv(raw / "chains.csv"), reading, _others(seeds))
    progress("bus rapid transit")
    codes = {country["name"].removeprefix(ARTICLE): iso for iso, country in countries.items()}
    years = read_csv(raw / "year_system_commenced.csv", ENCODING)
    systems = Systems(years, read_csv(raw / "brt_systems.csv", ENCODING))
    buses, on_buses = bus_rapid_transit(systems, names, codes, existing)
    progress("bike sharing")
    feeds = read_csv(raw / "gbfs_systems.csv")
    bikes, on_bikes = bike_share(feeds, names, existing)
    progress("lighthouse projects")
    parts, on_parts = lighthouses(
        read_csv(raw / "lighthouse_cities.csv"),
        ids_as_named(cities, named),
        _rows(seeds, "10-sources-a.jsonl", "10-sources-b.jsonl"),
        _rows(seeds, "14-eu-programmes.jsonl"),
    )
    progress("twin towns")
    towns = read_tsv(raw / "sister_cities.tsv")
    twins, on_twins = twin_towns(towns, Gazetteer(cities, names, codes), _rows(seeds, "16-cooperation.jsonl"))
    clouds = _clouds(progress)
    spelled = spellings([*_others(seeds), *buses, *bikes, *twins], (years, feeds, towns), names)
    files = {
        "00-sources.jsonl": source_rows(),
        "01-countries.jsonl": country_rows(countries),
        "02-cities.jsonl": city_rows(cities, spelled, spelled_in_chains(reading)),
        "10-sources-c.jsonl": pages,
        "35-chains.jsonl": told,
        "40-bus-rapid-transit.jsonl": buses,
        "41-bike-share.jsonl": bikes,
        "42-lighthouse.jsonl": parts,
        "43-twin-towns.jsonl": twins,
        **{name: rows for name, (rows, _) in clouds.items()},
    }
    report = {
        "places": {"countries": len(countries), "cities": len(cities)},
        "chains": on_chains,
        "bus rapid transit": on_buses,
        "bike sharing": on_bikes,
        "lighthouse projects": on_parts,
        "twin towns": on_twins,
        **{f"leaders of {CLOUDS[name].name}": report for name, (_, report) in clouds.items()},
    }
    return Curated(files, report)


def _clouds(progress: Callable[[str], None]) -> dict[str, tuple[list[Row], Report]]:
    """Make the rows and the report of each city's made-up leaders by file name."""
    clouds = {}
    for name, cloud in CLOUDS.items():
        progress(f"leaders of {cloud.name}")
        rows, report = leaders(cloud)
        clouds[name] = [made_of(row, f"synthetic leaders of {cloud.name}") for row in rows], report
    return clouds


def write(curated: Curated, rows: Path) -> None:
    """Write the curated files into a folder; replace files that are there."""
    rows.mkdir(parents=True, exist_ok=True)
    for name, content in curated.files.items():
        (rows / name).write_bytes(written(content))


def _others(seeds: Path) -> list[Row]:
    """Read the rows that were written by hand from facts.csv."""
    names = {path.name for path in (seeds / "rows").glob("[1-3]*.jsonl")} - {"10-sources-c.jsonl", "35-chains.jsonl"}
    return _rows(seeds, *sorted(names))


def _rows(seeds: Path, *names: str) -> list[Row]:
    return [row for name in names for row in read_rows(seeds / "rows" / name)]
