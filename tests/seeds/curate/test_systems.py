"""Bus rapid transit and bike sharing. In: the raw files and the seed rows. Out: the rows are those of the files.

The checks read the raw files and the rows by themselves; only the first test runs the curation.
"""

import csv
import json
import unicodedata
from collections import Counter
from typing import Any

import pytest

from seeds.curate import Curated, curate
from tests.kit.paths import SEEDS

ROWS = SEEDS / "rows"
BUSES, BIKES = "40-bus-rapid-transit.jsonl", "41-bike-share.jsonl"
PRACTICES = {BUSES: "practice/bus-rapid-transit", BIKES: "practice/bike-sharing"}
SYSTEMS, FEEDS = 200, 1520
SAME_USE_YEARS = 2

Row = dict[str, Any]

each_file = pytest.mark.parametrize("name", [BUSES, BIKES])


@pytest.fixture(scope="module")
def made() -> Curated:
    return curate(SEEDS)


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (ROWS / name).read_text(encoding="utf-8").splitlines()]


def raw(name: str, encoding: str = "utf-8") -> list[Row]:
    with (SEEDS / "sources" / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def adoptions(name: str) -> list[Row]:
    return [row for row in rows(name) if row.get("label") == "Adoption"]


def ends(name: str, kind: str) -> list[tuple[str, str]]:
    return [(row["from"], row["to"]) for row in rows(name) if row.get("type") == kind]


def stated(practice: str) -> list[tuple[str, str]]:
    """Cities and starts of the uses of a practice that were stated before."""
    name = "30-adoptions.jsonl"
    city = {adoption: city for city, adoption in ends(name, "MADE")}
    using = {adoption for adoption, used in ends(name, "USES") if used == practice}
    return [(city[row["id"]], row.get("since", "")) for row in adoptions(name) if row["id"] in using]


@each_file
def test_ids_stand_once_and_not_among_the_adoptions_stated_before(name: str) -> None:
    ids = [row["id"] for row in adoptions(name)]
    assert max(Counter(ids).values()) == 1
    assert not set(ids) & {row["id"] for row in adoptions("30-adoptions.jsonl")}


@each_file
def test_each_adoption_is_made_by_one_city_that_exists_and_uses_the_practice(name: str) -> None:
    ids = sorted(row["id"] for row in adoptions(name))
    cities = {row["id"] for row in rows("02-cities.jsonl") if row.get("label") == "City"}
    assert sorted(adoption for _, adoption in ends(name, "MADE")) == ids
    assert sorted(ends(name, "USES")) == [(id_, PRACTICES[name]) for id_ in ids]
    assert {city for city, _ in ends(name, "MADE")} <= cities


@each_file
def test_rows_are_running_verified_and_cite_a_source_that_exists(name: str) -> None:
    files = sorted(ROWS.glob("*.jsonl"))
    sources = {row["id"] for file in files for row in rows(file.name) if row.get("label") == "Source"}
    for row in rows(name):
        assert row["confidence"] == "VERIFIED"
        assert row["sources"]
        assert set(row["sources"]) <= sources
    assert {row["status"] for row in adoptions(name)} == {"RUNNING"}


def test_every_system_of_buses_is_accounted_for(made: Curated) -> None:
    report = made.report["bus rapid transit"]
    assert len(raw("year_system_commenced.csv", "latin-1")) == SYSTEMS == report["systems"]
    led_to_nothing = len(report["unmatched"]) + len(report["ambiguous"])
    assert report["created"] + report["merged"] + led_to_nothing == SYSTEMS
    assert report["created"] == len(adoptions(BUSES))


def test_buses_since_curitiba_1974_are_stated_once() -> None:
    system = next(row for row in raw("year_system_commenced.csv", "latin-1") if row["City"] == "Curitiba")
    assert system["Value"] == "1974"
    assert ("city/br-18-curitiba", "1974") in stated(PRACTICES[BUSES])
    assert "city/br-18-curitiba" not in {city for city, _ in ends(BUSES, "MADE")}


def test_no_system_of_buses_repeats_a_use_stated_for_about_that_year() -> None:
    city = {adoption: city for city, adoption in ends(BUSES, "MADE")}
    before = [(place, int(since[:4])) for place, since in stated(PRACTICES[BUSES]) if since]
    for row in adoptions(BUSES):
        near = [year for place, year in before if place == city[row["id"]]]
        assert all(abs(int(row["since"]) - year) > SAME_USE_YEARS for year in near), row["id"]


def test_opening_years_are_those_of_the_file() -> None:
    in_file = Counter(row["Value"] for row in raw("year_system_commenced.csv", "latin-1"))
    assert Counter(row["since"] for row in adoptions(BUSES)) <= in_file


def test_names_of_systems_are_readable() -> None:
    names = [row["localName"] for row in adoptions(BUSES) if "localName" in row]
    assert {"Züm", "ViveBús", "O-Bahn"} <= set(names)
    assert not {"", "NA"} & set(names)
    assert all(unicodedata.category(letter) != "Cc" for name in names for letter in name)


def test_bike_sharing_stands_once_for_a_city_and_without_a_start() -> None:
    cities = [city for city, _ in ends(BIKES, "MADE")]
    assert len(set(cities)) == len(cities)
    assert not set(cities) & {city for city, _ in stated(PRACTICES[BIKES])}
    assert not any("since" in row or "until" in row for row in adoptions(BIKES))


def test_every_feed_is_accounted_for(made: Curated) -> None:
    report = made.report["bike sharing"]
    assert len(raw("gbfs_systems.csv")) == FEEDS == report["feeds"]
    assert report["created"] == len(adoptions(BIKES)) == report["cities"] - len(report["merged"])
    feeds_of_new_cities = sum(int(row["note"].split()[0]) for row in adoptions(BIKES))
    led_to_nothing = len(report["unmatched"]) + len(report["ambiguous"])
    taken = FEEDS - report["not known to be bicycles"]
    assert feeds_of_new_cities + len(report["merged"]) <= taken - led_to_nothing


def test_names_are_those_of_feeds_and_never_of_scooters_or_cars() -> None:
    names = {row["localName"] for row in adoptions(BIKES)}
    assert names <= {row["Name"].strip() for row in raw("gbfs_systems.csv")}
    others = ("Bird ", "Lime ", "Dott ", "Voi", "VOI", "Zeus ", "Spin ", "Bolt ", "Getaround ", "Cooltra", "Felyx")
    assert not [name for name in names if name.startswith(others)]
