"""The curated seeds: made anew they are the same bytes, and they hold what was promised of them."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from graph.facts.check import check
from graph.load.files import read_file
from schema.model import model
from seeds.curate import Curated, curate, write
from seeds.curate.__main__ import main
from seeds.curate.bike_share import is_bicycle
from seeds.curate.coverage import page
from seeds.curate.match import Names, NoCity, SeveralCities
from seeds.curate.places import places, size_class
from tests.kit.paths import ROOT, SEEDS

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
        file = read_file(ROWS / name)
        assert (file.problems, check(file.rows, model()).problems) == ((), ())


def test_the_manifest_has_every_raw_file_with_its_checksum() -> None:
    manifest = json.loads((SEEDS / "manifest.json").read_text(encoding="utf-8"))
    assert all(set(entry) == {"file", "version", "sha256", "licence", "source", "note"} for entry in manifest)
    given = {entry["file"]: entry["sha256"] for entry in manifest}
    assert len(given) == len(manifest)
    for file, digest in given.items():
        assert hashlib.sha256((SEEDS / file).read_bytes()).hexdigest() == digest, file
    visible = [path for path in (SEEDS / "sources").iterdir() if path.is_file() and not path.name.startswith(".")]
    assert {f"sources/{path.name}" for path in visible} <= set(given)


def test_the_page_of_what_the_data_cover_is_made_of_the_rows(curated: Curated) -> None:
    every = [row for path in sorted(ROWS.glob("*.jsonl")) for row in rows(path.name)]
    told = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert told == page(every, curated.report), "run `python -m seeds.curate`"
    assert "Of 144 systems that opened by 2010, 131 uses are here" in told
    assert "21 of 200 systems have no use of their own: 17 have no city here, 3 have several" in told
    assert "1,031 of 1,520 feeds are not known to be of bicycles" in told
    assert "0 of 319 rows" in told


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


@pytest.mark.parametrize(
    ("name", "alias"),
    [
        ("New York City", "New York"),
        ("Bogotá", "Bogota"),
        ("Gothenburg", "Göteborg"),
        ("Malmö", "Malmo"),
        ("Frankfurt am Main", "Frankfurt"),
        ("Almere Stad", "Almere"),
    ],
)
def test_a_city_has_the_names_that_tables_use_for_it(name: str, alias: str) -> None:
    assert alias in next(city for city in of("02-cities.jsonl", "City") if city["name"] == name)["aliases"]


def test_no_alias_is_invented_and_none_is_that_of_an_area() -> None:
    files = [path for path in (SEEDS / "sources").iterdir() if path.suffix in (".csv", ".tsv")]
    texts = [
        path.read_text(encoding=encoding)
        for path in files
        for encoding in ("utf-8", "latin-1")
        if _reads(path, encoding)
    ]
    aliases = {alias for city in of("02-cities.jsonl", "City") for alias in city.get("aliases", ())}
    assert {alias for alias in aliases if not any(alias in text for text in texts)} == set()
    assert all(alias.isprintable() for alias in aliases)
    assert not aliases & {"Greater Manchester", "Minneapolis-St. Paul", "Hampton Roads", "Gran San Salvador"}


def _reads(path: Path, encoding: str) -> bool:
    try:
        path.read_text(encoding=encoding)
    except UnicodeDecodeError:
        return False
    return True


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
