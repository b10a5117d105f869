"""Real names: twin towns of Wikidata (CC0), as `seeds/sources/sister_cities.tsv` has them, and the cities of the seeds.

Of 24,926 rows, 3,052 have two ends that are certain. Each end tells name, country and point. Small towns are in no list of ours.
"""

import csv
import json
import random

import pytest

from graph.matching.named import Named
from schema.domain.countries import COUNTRIES
from seeds.curate.match import Names, NoCity, SeveralCities
from seeds.curate.places import Place
from seeds.curate.twin_towns import Gazetteer
from tests.kit.paths import ROOT
from tests.kit.random.documents import random_seed
from tests.matching.conftest import Bench

CHECKED: list[tuple[str, str, tuple[float, float], str | None]] = [
    ("Toledo", "Spain", (39.867, -4.033), "city/es-54-toledo"),
    ("Toledo", "United States of America", (41.667, -83.583), "city/us-oh-toledo"),
    ("León", "Mexico", (21.12, -101.681), "city/mx-11-leon-de-los-aldama"),
    ("León", "Nicaragua", (12.433, -86.883), "city/ni-08-leon"),
    ("León", "Spain", (42.599, -5.567), "city/es-55-leon"),
    ("Columbus", "United States of America", (32.492, -84.94), "city/us-ga-columbus"),
    ("Columbus", "United States of America", (39.983, -82.983), "city/us-oh-columbus"),
    ("Columbus", "United States of America", (39.214, -85.911), None),  # in Indiana
    ("Kansas City", "United States of America", (39.05, -94.583), None),  # two cities at one river
    ("Springfield", "United States of America", (42.112, -72.547), "city/us-ma-springfield"),
    ("Springfield", "United States of America", (39.927, -83.804), None),  # in Ohio
    ("Portland", "United States of America", (45.517, -122.667), "city/us-or-portland"),
    ("Cologne", "Germany", (50.942, 6.958), "city/de-07-koln"),
    ("Łódź", "Poland", (51.759, 19.459), "city/pl-74-lodz"),
    ("Trois\u2010Rivières", "Canada", (46.35, -72.55), "city/ca-10-trois-rivieres"),
    ("The Hague", "Netherlands", (52.084, 4.317), "city/nl-11-the-hague"),
    ("Ostrava", "Czech Republic", (49.836, 18.293), "city/cz-85-ostrava"),
    ("Brest", "Belarus", (52.133, 23.667), "city/by-01-brest"),
    ("Brest", "France", (48.39, -4.487), "city/fr-53-brest"),
    ("Tripoli", "Lebanon", (34.433, 35.833), "city/lb-09-tripoli"),
    ("Tripoli", "Libya", (32.9, 13.183), "city/ly-77-tripoli"),
    ("Tripoli", "Greece", (37.508, 22.375), None),  # a small town
    ("Worcester", "United Kingdom", (52.191, -2.222), "city/gb-eng-worcester"),
    ("Worcester", "United States of America", (42.267, -71.8), "city/us-ma-worcester"),
    ("Mérida", "Venezuela", (8.583, -71.133), "city/ve-14-merida"),
    ("Mérida", "Spain", (38.916, -6.333), None),  # has fewer than 100,000 people
    ("Naples", "United States of America", (26.153, -81.799), None),  # in Florida
    ("Stockholm", "Denmark", (59.329, 18.069), None),  # the file is wrong
    ("Tilburg", "Kingdom of the Netherlands", (51.57, 5.07), None),  # a state with several countries
    ("Miami Beach", "United States of America", (25.813, -80.134), None),  # not Miami
    ("City of London", "United Kingdom", (51.516, -0.092), None),  # a part of London
    ("Neu-Ulm", "Germany", (48.383, 10.0), None),  # not Ulm
]
"""Names of the file, checked by hand: the city that is meant, or None if it is no city of ours or cannot be told."""
SAMPLE, CERTAIN, ROWS = 600, 1478, 3052


def test_names_that_were_checked_by_hand(bench: Bench) -> None:
    every = {Named("City", name, country, at=at): id_ for name, country, at, id_ in CHECKED}
    matches = bench.match(*every)
    assert {(each.name, each.country): matches[each].id for each in every if matches[each].id != every[each]} == {}


def ends() -> list[tuple[Named, Named]]:
    """Read both ends of each row."""
    with (ROOT / "seeds/sources/sister_cities.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        (
            Named("City", row["origincityLabel"], row["origincountry"], at=_at(row, "origin")),
            Named("City", row["sistercityLabel"], row["destination_countryLabel"], at=_at(row, "destination")),
        )
        for row in rows
    ]


def _at(row: dict[str, str], end: str) -> tuple[float, float]:
    return float(row[f"{end}lat"]), float(row[f"{end}long"])


def gazetteer() -> Gazetteer:
    """Make the gazetteer with which the seeds were curated, from the rows of the seeds."""
    rows = [
        json.loads(line)
        for file in ("01-countries", "02-cities")
        for line in (ROOT / f"seeds/rows/{file}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    codes = {row["name"]: row["isoCode"] for row in rows if row.get("label") == "Country"}
    cities = {row["id"]: _place(row) for row in rows if row.get("label") == "City"}
    return Gazetteer(cities, Names.of(cities), codes | COUNTRIES)


def _place(row: dict[str, object]) -> Place:
    at: dict[str, float] = row["location"]  # type: ignore[assignment]  # as the seeds are
    country = str(row["id"]).removeprefix("city/")[:2].upper()
    aliases = tuple(map(str, row.get("aliases", ())))  # type: ignore[call-overload]  # a list of texts
    return Place(0, str(row["name"]), country, "", at["latitude"], at["longitude"], 0, aliases)


@pytest.mark.soak
def test_the_curation_of_the_seeds_finds_the_same_cities(bench: Bench, pytestconfig: pytest.Config) -> None:
    """The gazetteer also knows some spellings; where the matcher is certain, it is certain of the same city."""
    every, find = sorted({end for row in ends() for end in row}, key=repr), gazetteer().find
    whole = pytestconfig.getoption("soak")
    some = every if whole else random.Random(random_seed()).sample(every, SAMPLE)
    matches = bench.match(*some)
    found = {each: _found(find, each) for each in some}
    differing = {each: (match.id, found[each]) for each, match in matches.items() if match.id != found[each]}
    assert {each: both for each, both in differing.items() if both[0] is not None} == {}
    assert sum(match.id is not None for match in matches.values()) > SAMPLE / 20
    if whole:
        assert sum(match.id is not None for match in matches.values()) == CERTAIN
        assert sum(all(matches[end].id for end in row) for row in ends()) == ROWS


def _found(find: object, named: Named) -> str | None:
    assert callable(find)
    try:
        return str(find(named.country, named.name.replace("\u2010", "-"), named.at))
    except (NoCity, SeveralCities):
        return None
