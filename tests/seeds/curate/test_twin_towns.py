"""Twin towns and lighthouse cities. In: the raw files and the seed rows. Out: the rows are those of the files, stated once.

The expected pairs are found here from the raw file and the rows of the cities; only the reports come from the curation.
"""

import csv
import json
import unicodedata
from collections import Counter, defaultdict
from math import acos, cos, radians, sin
from typing import Any

import pytest

from seeds.curate import Curated, curate
from seeds.curate.lighthouse import lighthouses
from seeds.curate.match import SPELLINGS, Names
from seeds.curate.places import Place
from seeds.curate.twin_towns import Gazetteer, kilometres, twin_towns
from tests.kit.paths import SEEDS

ROWS = SEEDS / "rows"
TWINS, PARTS = "43-twin-towns.jsonl", "42-lighthouse.jsonl"
TOWNS, LISTED = 24_926, 92
WIKIDATA = "source/twin-towns-of-25-european-countries-query-results-of-wikidat"
LIST = "source/cities-of-the-european-lighthouse-projects-lighthouse-cities"
RENAMED = {
    "Cape Verde": "CV",
    "Curaçao": "CW",
    "Czech Republic": "CZ",
    "East Timor": "TL",
    "Netherlands": "NL",
    "Palestine": "PS",
    "Palestinian National Authority": "PS",
    "Palestinian territories": "PS",
    "People's Republic of China": "CN",
    "Republic of Macedonia": "MK",
    "Sao Tomé and Príncipe": "ST",
    "Swaziland": "SZ",
    "United States of America": "US",
}

Row = dict[str, Any]
Pair = tuple[str, ...]


@pytest.fixture(scope="module")
def made() -> Curated:
    return curate(SEEDS)


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (ROWS / name).read_text(encoding="utf-8").splitlines()]


def every(type_: str) -> list[Row]:
    return [row for path in sorted(ROWS.glob("*.jsonl")) for row in rows(path.name) if row.get("type") == type_]


def towns() -> list[Row]:
    first, *others = (SEEDS / "sources" / "sister_cities.tsv").read_text(encoding="utf-8").splitlines()
    return [dict(zip(first.split("\t"), line.split("\t"), strict=True)) for line in others]


def listed() -> list[Row]:
    with (SEEDS / "sources" / "lighthouse_cities.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("ø", "o").replace("ß", "ss")).lower()
    ascii_only = folded.replace("'", "").encode("ascii", "ignore").decode()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in ascii_only).split())


def angle(one: Row, latitude: str, longitude: str) -> float:
    """Degrees between a city and a point, by the law of cosines."""
    south, north = radians(one["location"]["latitude"]), radians(float(latitude))
    turn = radians(one["location"]["longitude"] - float(longitude))
    return acos(min(1.0, sin(south) * sin(north) + cos(south) * cos(north) * cos(turn))) / radians(1)


def expected() -> set[Pair]:
    """Pairs whose ends are found by name or alias within 25 km, a degree of the globe being 111.195 km."""
    cities = {row["id"]: row for row in rows("02-cities.jsonl") if row.get("label") == "City"}
    names = {row["name"].removeprefix("The "): row["isoCode"] for row in rows("01-countries.jsonl")} | RENAMED
    found = defaultdict(list)
    for id_, city in cities.items():
        for name in {plain(each) for each in (city["name"], *city.get("aliases", ()))}:
            found[id_.split("/")[1][:2].upper(), name].append(city)

    def ends(country: str, name: str, latitude: str, longitude: str) -> list[str]:
        named = found.get((names.get(country, ""), plain(name)), [])
        return [city["id"] for city in named if angle(city, latitude, longitude) * 111.195 <= 25]

    pairs = set()
    for row in towns():
        start = ends(row["origincountry"], row["origincityLabel"], row["originlat"], row["originlong"])
        place = (row["destination_countryLabel"], row["sistercityLabel"])
        end = ends(*place, row["destinationlat"], row["destinationlong"])
        if len(start) == len(end) == 1:
            pairs.add(tuple(sorted((start[0], end[0]))))
    return pairs


def test_the_ties_are_those_that_names_and_points_give() -> None:
    pairs, ties = expected(), every("TWINNED_WITH")
    cited = {(tie["from"], tie["to"]) for tie in ties if WIKIDATA in tie["sources"]}
    assert len(pairs) > 2_000
    assert pairs <= cited
    otherwise = {(country.lower(), name) for (country, _), name in SPELLINGS.items()}
    for pair in cited - pairs:
        assert any((id_[5:7], name) in otherwise for id_ in pair for name in [id_.split("-", 2)[2]]), pair


def test_a_tie_is_stated_once_from_the_smaller_id_and_says_no_more_than_the_file() -> None:
    ties = every("TWINNED_WITH")
    assert max(Counter(frozenset((tie["from"], tie["to"])) for tie in ties).values()) == 1
    assert all(tie["from"] < tie["to"] for tie in ties)
    for tie in rows(TWINS):
        assert set(tie) == {"type", "from", "to", "sources", "confidence", "rows"}
        assert (tie["sources"], tie["confidence"]) == ([WIKIDATA], "VERIFIED")


def test_every_row_of_towns_is_accounted_for(made: Curated) -> None:
    report = made.report["twin towns"]
    assert len(towns()) == TOWNS == report["rows"]
    assert report["matched"] + len(report["unmatched"]) + len(report["ambiguous"]) == TOWNS
    assert report["created"] + len(report["merged"]) == report["pairs"] < report["matched"]
    assert report["created"] == len(rows(TWINS))


@pytest.mark.parametrize(
    ("ends", "sources"),
    [
        ({"city/es-54-toledo", "city/us-oh-toledo"}, 2),
        ({"city/gb-eng-coventry", "city/ru-84-volgograd"}, 2),
        ({"city/gb-eng-coventry", "city/nl-03-arnhem"}, 1),
        ({"city/gb-sct-glasgow", "city/it-12-turin"}, 1),
    ],
)
def test_a_tie_stated_before_cites_the_file_too(ends: set[str], sources: int) -> None:
    (tie,) = (tie for tie in every("TWINNED_WITH") if {tie["from"], tie["to"]} == ends)
    assert len(tie["sources"]) == sources


def test_no_tie_stated_before_misses_the_file_as_its_source(made: Curated) -> None:
    assert made.report["twin towns"]["uncited"] == []
    assert made.report["lighthouse projects"]["uncited"] == []
    assert made.report["bus rapid transit"]["uncited"] == []


@pytest.mark.parametrize("step", ["bus rapid transit", "bike sharing", "lighthouse projects", "twin towns"])
def test_a_fact_stated_before_names_the_row_of_the_file_too(made: Curated, step: str) -> None:
    assert made.report[step]["unnamed"] == []


def test_of_two_cities_of_one_name_the_point_tells() -> None:
    twins = {end for tie in rows(TWINS) for end in (tie["from"], tie["to"]) if "city/it-12-turin" in tie.values()}
    assert "city/br-11-campo-grande" in twins
    assert "city/br-27-campo-grande" not in twins


def place(number: int, name: str, latitude: float) -> Place:
    return Place(number, name, "US", "MO", latitude, -94.0, 100_000)


def town(name: str, latitude: str, other: str = "Here", country: str = "United States of America") -> Row:
    origin = {"origincityLabel": other, "origincountry": "United States", "originlat": "10", "originlong": "-94"}
    end = {"sistercityLabel": name, "destination_countryLabel": country}
    return {"(row)": "sister_cities.tsv 2", **origin, **end, "destinationlat": latitude, "destinationlong": "-94"}


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        (town("Twin", "39.1"), "ambiguous"),
        (town("Alone", "50.2"), "created"),
        (town("Alone", "50.3"), "unmatched"),
        (town("Alone", "50.2", country="Prussia"), "unmatched"),
        (town("Alone", "50.2", other="Nowhere"), "unmatched"),
        (town("Hamlet", "39.1"), "unmatched"),
    ],
)
def test_a_row_without_exactly_one_city_at_both_ends_creates_nothing(row: Row, outcome: str) -> None:
    cities = {
        f"city/{each.number}": each
        for each in (place(1, "Twin", 39.0), place(2, "Twin", 39.2), place(3, "Alone", 50.0), place(4, "Here", 10.0))
    }
    made, report = twin_towns([row], Gazetteer(cities, Names.of(cities), {"United States": "US"}), [])
    assert [(each["from"], each["to"]) for each in made] == ([("city/3", "city/4")] if outcome == "created" else [])
    assert report["created"] == len(made)
    assert (len(report["unmatched"]), len(report["ambiguous"])) == (outcome == "unmatched", outcome == "ambiguous")


def test_ambiguous_and_unmatched_rows_of_the_file_created_nothing(made: Curated) -> None:
    report = made.report["twin towns"]
    assert "Linz, Austria -- Kansas City, United States of America" in report["ambiguous"]
    assert any("Spittal an der Drau, Austria -- Porcia" in row for row in report["unmatched"])
    assert not any(
        "kansas-city" in end for tie in rows(TWINS) for end in (tie["from"], tie["to"]) if "linz" in str(tie)
    )
    assert not any("spittal" in str(tie) for tie in rows(TWINS))


def test_distances_are_those_of_the_globe() -> None:
    assert abs(kilometres((0.0, 0.0), (0.0, 90.0)) - 10_007.5) < 1
    assert kilometres((45.0, 7.0), (45.0, 7.0)) == 0


def test_every_role_of_the_list_is_stated_once(made: Curated) -> None:
    parts = Counter((tie["from"], tie["to"], tie["role"]) for tie in every("TAKES_PART_IN"))
    assert max(parts.values()) == 1
    report = made.report["lighthouse projects"]
    assert len(listed()) == LISTED == report["rows"]
    assert report["created"] + report["merged"] + len(report["unmatched"]) == LISTED
    names = {
        row["name"]: row["id"]
        for row in (*rows("14-eu-programmes.jsonl"), *rows(PARTS))
        if row.get("label") == "Programme"
    }
    stated = Counter((programme, role) for _, programme, role in parts.elements())
    for project, role in {(row["project"], row["role"]) for row in listed()}:
        wanted = sum((row["project"], row["role"]) == (project, role) for row in listed())
        assert stated[names[project], role.upper()] == wanted, (project, role)


def test_what_the_list_says_without_a_page_is_unverified() -> None:
    unread = [row for row in listed() if row["status"] == "U"]
    (programme, *parts) = rows(PARTS)
    assert (programme["name"], programme["since"], programme["until"]) == ("MAKING-CITY", "2018", "2024")
    assert [part["role"].lower() for part in parts] == [row["role"] for row in unread]
    assert {row["confidence"] for row in rows(PARTS)} == {"UNVERIFIED"}
    assert [row["sources"] for row in rows(PARTS)] == [[LIST]] * 4


def test_a_city_of_the_list_that_is_unknown_creates_nothing() -> None:
    row = {
        "(row)": "lighthouse_cities.csv 2",
        "project": "P",
        "role": "fellow",
        "city": "Nowhere",
        "years": "2017-",
        "source": "https://p.example",
        "status": "P",
    }
    assert lighthouses([row], {}, [], []) == (
        [],
        {
            "rows": 1,
            "created": 0,
            "merged": 0,
            "programmes": [],
            "uncited": [],
            "unnamed": [],
            "unmatched": ["Nowhere, fellow in P"],
        },
    )
    programme, part = lighthouses([row], {"Nowhere": "city/x"}, [], [])[0]
    assert (programme["id"], part["to"], part["from"]) == ("programme/p", "programme/p", "city/x")
    assert part["confidence"] == "PARTLY"
    assert (part["since"], "until" in part, part["note"]) == ("2017", False, "The list names https://p.example.")
