"""The curated seeds: made anew they are the same bytes, and they hold what was promised of them."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph.curate import Curated, curate, write
from graph.curate.__main__ import main
from graph.curate.bike_share import is_bicycle
from graph.curate.match import Names, NoCity, SeveralCities
from graph.curate.places import places, size_class
from graph.load.files import read_file
from graph.load.run import check
from schema.model import model

SEEDS = Path(__file__).parents[2] / "seeds"
ROWS = SEEDS / "rows"


@pytest.fixture(scope="module")
def curated() -> Curated:
    return curate(SEEDS)


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROWS / name).read_text(encoding="utf-8").splitlines()]


def of(name: str, kind: str) -> list[dict[str, Any]]:
    return [row for row in rows(name) if kind in (row.get("label"), row.get("type"))]


def leaders(kind: str) -> list[dict[str, Any]]:
    return of("50-seattle-leaders.jsonl", kind)


def test_made_anew_the_files_are_the_same_bytes(curated: Curated, tmp_path: Path) -> None:
    write(curated, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(curated.files)
    different = [name for name in curated.files if (tmp_path / name).read_bytes() != (ROWS / name).read_bytes()]
    assert different == []


def test_every_row_is_accepted_by_the_loader(curated: Curated) -> None:
    for name in curated.files:
        assert check(read_file(ROWS / name), model()).bad == ()


def test_the_manifest_has_every_raw_file_with_its_checksum() -> None:
    manifest = json.loads((SEEDS / "manifest.json").read_text(encoding="utf-8"))
    assert all(set(entry) == {"file", "version", "sha256", "licence", "source", "note"} for entry in manifest)
    given = {entry["file"]: entry["sha256"] for entry in manifest}
    assert len(given) == len(manifest)
    for file, digest in given.items():
        assert hashlib.sha256((SEEDS / file).read_bytes()).hexdigest() == digest, file
    visible = [path for path in (SEEDS / "sources").iterdir() if path.is_file() and not path.name.startswith(".")]
    assert {f"sources/{path.name}" for path in visible} <= set(given)


def test_a_missing_raw_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tmp_path)]) == 2
    assert "countries.json is missing" in capsys.readouterr().err


def test_there_is_one_city_for_each_number_of_geonames() -> None:
    cities = of("02-cities.jsonl", "City")
    assert len({city["id"] for city in cities}) == len({city["geonamesId"] for city in cities}) == len(cities) == 6262
    found = {city["id"]: city for city in cities}
    assert [found[f"city/{id_}"]["name"] for id_ in ("us-wa-seattle", "it-12-turin", "us-or-portland")] == [
        "Seattle",
        "Turin",
        "Portland",
    ]
    assert "Cologne" in found["city/de-07-koln"]["aliases"]
    assert {tie["from"] for tie in of("02-cities.jsonl", "IN_COUNTRY")} == set(found)
    countries = {country["id"] for country in of("01-countries.jsonl", "Country")}
    assert {tie["to"] for tie in of("02-cities.jsonl", "IN_COUNTRY")} <= countries


def test_every_city_that_a_row_names_is_there() -> None:
    cities = {city["id"] for city in of("02-cities.jsonl", "City")}
    named = {
        end for path in ROWS.glob("*.jsonl") for row in rows(path.name) for end in (row.get("from"), row.get("to"))
    }
    assert {end for end in named if str(end).startswith("city/")} <= cities


def test_of_cities_with_one_id_the_largest_keeps_it() -> None:
    def city(number: str, population: str) -> dict[str, str]:
        place = {"geonameid": number, "name": "León", "countrycode": "ES", "admin1code": "55"}
        return {**place, "latitude": "42.6", "longitude": "-5.6", "population": population}

    found = places([city("1", "100000"), city("2", "200000"), city("3", "100000")], [])
    assert {id_: place.number for id_, place in found.items()} == {
        "city/es-55-leon": 2,
        "city/es-55-leon-1": 1,
        "city/es-55-leon-3": 3,
    }
    names = Names.of(found)
    with pytest.raises(SeveralCities):
        names.find("ES", "Leon")
    with pytest.raises(NoCity):
        names.find("MX", "León")


@pytest.mark.parametrize(
    ("population", "size"),
    [(10_000_000, "MEGA"), (9_999_999, "LARGE"), (5_000_000, "LARGE"), (1_000_000, "MEDIUM"), (500_000, "SMALL")],
)
def test_size_classes_begin_at_their_least_population(population: int, size: str) -> None:
    assert size_class(population).name == size
    assert size_class(499_999).name == "TOWN"


def test_every_bus_rapid_transit_system_is_accounted_for(curated: Curated) -> None:
    report = curated.report["bus rapid transit"]
    lost = len(report["unmatched"]) + len(report["ambiguous"])
    assert (report["systems"], report["created"] + report["merged"] + lost) == (200, 200)
    adoptions = of("40-bus-rapid-transit.jsonl", "Adoption")
    assert len(adoptions) == len({row["id"] for row in adoptions}) == report["created"] == 132
    assert all(row["since"].isdigit() and "until" not in row for row in adoptions)


def test_no_city_has_two_bus_systems_that_began_within_two_years() -> None:
    both = [*rows("30-adoptions.jsonl"), *rows("40-bus-rapid-transit.jsonl")]
    using = {row["from"] for row in both if row.get("type") == "USES" and row["to"] == "practice/bus-rapid-transit"}
    since = {row["id"]: row.get("since") for row in both if row.get("label") == "Adoption"}
    starts: dict[str, list[int]] = {}
    for row in both:
        if row.get("type") == "MADE" and row["to"] in using and (start := since[row["to"]]):
            starts.setdefault(row["from"], []).append(int(start[:4]))
    assert sorted(starts["city/au-02-sydney"]) == [2003, 2007]
    assert sorted(starts["city/br-27-sao-paulo"]) == [1980, 1988]
    assert all(len(years) == 1 or max(years) - min(years) > 2 for years in starts.values())


def test_names_of_bus_systems_are_spelled_as_meant() -> None:
    names = {row["id"]: row.get("localName") for row in of("40-bus-rapid-transit.jsonl", "Adoption")}
    assert names["adoption/ca-08-brampton-bus-rapid-transit"] == "Züm"
    assert names["adoption/mx-19-monterrey-bus-rapid-transit"] == "Ecovía"
    assert "NA" not in names.values()


def test_bike_sharing_has_one_use_for_each_city_and_no_start(curated: Curated) -> None:
    adoptions = of("41-bike-share.jsonl", "Adoption")
    cities = [row["from"] for row in of("41-bike-share.jsonl", "MADE")]
    assert len(adoptions) == len(set(cities)) == len(cities) == curated.report["bike sharing"]["created"]
    assert not any("since" in row or row["status"] != "RUNNING" for row in adoptions)
    existing = rows("30-adoptions.jsonl")
    using = {row["from"] for row in existing if row.get("type") == "USES" and row["to"] == "practice/bike-sharing"}
    assert not {row["from"] for row in existing if row.get("type") == "MADE" and row["to"] in using} & set(cities)


@pytest.mark.parametrize(
    ("name", "id_", "page", "bicycle"),
    [
        ("Dott Poprad", "dott-poprad", "https://ridedott.com/", False),
        ("Citiz Développement", "citiz_developpement", "https://citiz.coop/", False),
        ("Lime Naples", "lime_naples", "https://www.li.me/", False),
        ("Toruński Rower Miejski", "nextbike_tr", "https://torun.example/", True),
        ("Naolib", "nantes", "https://velo.naolib.fr/", True),
        ("V'lille", "lille", "https://www.ilevia.fr/", True),
    ],
)
def test_scooters_and_cars_are_told_from_bicycles(name: str, id_: str, page: str, bicycle: bool) -> None:
    assert is_bicycle({"Name": name, "System ID": id_, "URL": page}) is bicycle


def test_sixty_leaders_are_listed_and_everything_about_them_is_synthetic() -> None:
    everything = rows("50-seattle-leaders.jsonl")
    assert {row["confidence"] for row in everything} == {"SYNTHETIC"}
    assert not any("sources" in row for row in everything)
    people = leaders("Person")
    assert len(people) == len(leaders("LISTED_ON")) == 60
    assert all("(synthetic)" in row["name"] for row in everything if "name" in row)
    shares = Counter(row["sector"] for row in people)
    assert shares == {"BUSINESS": 22, "CIVIC": 11, "ELECTED": 7, "PUBLIC": 12, "ACADEMIC": 5, "YOUTH": 3}
    public = [row for row in everything if "marking" not in row]
    assert {row.get("label") or row["type"] for row in public} == {"Organization", "BASED_IN"}
    hidden = [row for row in everything if "marking" in row]
    assert {(row["marking"], *row["holders"]) for row in hidden} == {("AMBER", "city/us-wa-seattle")}
    tails = [row["id"].rpartition("/")[2] for row in hidden]
    assert len(set(tails)) == len(tails)
    assert all(len(tail) == 16 and set(tail) <= set("abcdefghijklmnopqrstuvwxyz234567") for tail in tails)


def test_who_did_not_answer_sends_no_ties() -> None:
    answered = {(row["from"], row["to"]) for row in leaders("ANSWERED")}
    waves = leaders("Wave")
    assert [(wave["invited"], wave["answered"]) for wave in waves] == [(60, 48), (55, 44)]
    assert Counter(wave for _, wave in answered) == {wave["id"]: wave["answered"] for wave in waves}
    for kind in ("TRUSTS", "KNOWS"):
        assert {(row["from"], row["wave"]) for row in leaders(kind)} <= answered
        once = Counter((row["from"], row["to"], row["wave"]) for row in leaders(kind))
        assert set(once.values()) == {1}
        assert not any(row["from"] == row["to"] for row in leaders(kind))
    assert {row["from"] for row in leaders("WORKS_WITH")} <= {person for person, _ in answered}


def test_trust_has_the_shape_aimed_at_and_calls_are_three_times_as_many() -> None:
    first, second = (wave["id"] for wave in leaders("Wave"))
    arcs = {(row["from"], row["to"]) for row in leaders("TRUSTS") if row["wave"] == first}
    pairs = {frozenset(arc) for arc in arcs}
    assert abs(len(pairs) / (60 * 59 / 2) - 0.15) < 0.025
    answered = {row["from"] for row in leaders("ANSWERED") if row["to"] == first}
    known = [pair for pair in pairs if pair <= answered]
    mutual = [pair for pair in known if all((one, other) in arcs for one in pair for other in pair - {one})]
    assert abs(len(mutual) / len(known) - 0.62) < 0.08
    calls = {frozenset((row["from"], row["to"])) for row in leaders("KNOWS")}
    assert 2.5 < len(calls) / len(pairs) < 3.5
    assert pairs <= calls
    again = {(row["from"], row["to"]) for row in leaders("TRUSTS") if row["wave"] == second}
    assert 0.4 < len(arcs & again) / len(arcs) < 0.9
    assert all(1 <= row["strength"] <= 5 for row in leaders("TRUSTS"))


def test_who_left_is_neither_asked_nor_named_again() -> None:
    left = {row["from"] for row in leaders("LISTED_ON") if "until" in row}
    second = leaders("Wave")[1]["id"]
    assert len(left) == 5
    named = {end for row in leaders("TRUSTS") if row["wave"] == second for end in (row["from"], row["to"])}
    assert not left & (named | {row["from"] for row in leaders("ANSWERED") if row["to"] == second})
