"""The table of facts against the rows made of it. In: seeds/sources/facts.csv. Out: nothing lost, nothing made up."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.start.boot import seed_files
from tests.kit.paths import SEEDS

Row = dict[str, Any]


def read_rows() -> list[Row]:
    return [json.loads(line) for path in seed_files() for line in path.read_text(encoding="utf-8").splitlines()]


ROWS = read_rows()
SOURCES = SEEDS / "sources"
TABLE = (SOURCES / "facts.csv").read_text(encoding="utf-8")
FACTS = {row["id"]: row for row in csv.DictReader(io.StringIO(TABLE))}
DATES_OF_LEARNING = {"F100"}
"""Visits whose row also dates a lesson that another row states."""


def made_of(fact: str, label: str = "") -> list[Row]:
    return [row for row in ROWS if f"facts.csv {fact}" in row["rows"] and (not label or row.get("label") == label)]


def made_from(row: Row) -> set[str]:
    """Return the facts that a row was made from."""
    return {origin.removeprefix("facts.csv ") for origin in row["rows"] if origin.startswith("facts.csv ")}


def ties(type_: str, start: str = "", end: str = "") -> list[Row]:
    return [
        row
        for row in ROWS
        if row.get("type") == type_ and (not start or row["from"] == start) and (not end or row["to"] == end)
    ]


def visits() -> list[Row]:
    """List the visits of the table, without those made up and those of other tables."""
    return [row for row in ROWS if row.get("label") == "Visit" and made_from(row)]


def test_there_are_470_facts_and_each_became_something() -> None:
    assert len(FACTS) == 470
    assert [fact for fact in FACTS if not made_of(fact)] == []


def test_every_fact_is_cited_with_its_own_page() -> None:
    sources = {row["id"]: row for row in ROWS if row.get("label") == "Source"}
    lost = []
    for id_, fact in FACTS.items():
        cited = {source for row in made_of(id_) for source in row.get("sources", ())}
        page = fact["source_url"].replace("github:", "https://github.com/")
        here = [source for source in cited if sources[source].get("url") == page]
        # The founding texts have no address: they are known by their title.
        named = [
            source for source in cited if sources[source]["title"].split(",")[0] == fact["source_title"].split(",")[0]
        ]
        if not here and not named:
            lost.append(id_)
    assert lost == []


def test_only_synthetic_facts_have_no_source_and_no_lesson_comes_from_a_visit_row() -> None:
    for row in ROWS:
        assert row.get("sources") or row["confidence"] == "SYNTHETIC", row
    for fact in FACTS.values():
        if fact["kind"] in ("visit", "lighthouse-fellow", "urbact-transfer", "scale-up", "sister", "meeting"):
            assert fact["id"] in DATES_OF_LEARNING or not made_of(fact["id"], "Lesson"), fact["id"]
            assert not made_of(fact["id"], "Adoption"), fact["id"]


def test_visits_are_merged_as_the_table_says() -> None:
    kinds = {fact["id"] for fact in FACTS.values() if fact["kind"] == "visit"}
    assert len(kinds) == 142
    survey = {f"F{n}" for n in range(267, 272)}
    assert all(made_of(fact, "ExchangeStatement") and not made_of(fact, "Visit") for fact in survey)
    assert [fact for fact in ("F113", "F266") if made_of(fact, "Visit")] == []
    own = [visit for visit in visits() if made_from(visit) & kinds]
    assert len(own) == 108
    assert sum(visit["status"] == "PLANNED" for visit in visits()) == 7


@pytest.mark.parametrize(
    ("facts", "hosts"),
    [(("F017", "F018"), 2), (("F026", "F027", "F028"), 3), (tuple(f"F{n}" for n in range(115, 121)), 6)],
)
def test_one_journey_of_several_stops_is_one_visit(facts: tuple[str, ...], hosts: int) -> None:
    found = {visit["id"] for fact in facts for visit in made_of(fact, "Visit")}
    assert len(found) == 1
    assert len(ties("HOSTED_BY", start=found.pop())) >= hosts


def test_planned_visits_are_those_that_nothing_confirms() -> None:
    planned = {fact for visit in visits() if visit["status"] == "PLANNED" for fact in made_from(visit)}
    wanted = [
        "F019",
        "F020",
        "F022",
        "F023",
        "F024",
        "F025",
        "F057",
        *(f"F{n}" for n in (*range(356, 360), *range(369, 374))),
    ]
    assert planned == set(wanted)


def test_an_expert_travels_to_the_learner() -> None:
    (visit,) = made_of("F124", "Visit")
    assert (visit["kind"], visit["since"]) == ("EXPERT_VISIT", "2006-09-27")
    assert [tie["to"] for tie in ties("HOSTED_BY", start=visit["id"])] == ["city/us-wa-seattle"]
    assert ties("MADE_BY", start=visit["id"]) == []


def test_lima_learned_from_london_and_nothing_else_is_said() -> None:
    (lesson,) = made_of("F272", "Lesson")
    assert "since" not in lesson
    assert [tie["from"] for tie in ties("LEARNED", end=lesson["id"])] == ["city/pe-lma-lima"]
    assert len(ties("REMOVED", start=lesson["id"])) == 1
    assert ties("DREW_ON", end=lesson["id"]) == []
    assert ties("GAINED_ON", start=lesson["id"]) == []


def test_order_of_adoption_is_not_influence() -> None:
    for fact in ("F201", "F202", "F203", "F204"):
        assert made_of(fact, "Adoption")
        assert not made_of(fact, "Lesson")


def test_only_adoptions_with_a_source_city_drew_on_a_lesson() -> None:
    for fact in FACTS.values():
        if fact["kind"] == "adoption" and not fact["source_city"]:
            assert not made_of(fact["id"], "Lesson"), fact["id"]


def test_the_series_has_the_values_of_its_row() -> None:
    found = {row["since"]: row["value"] for row in made_of("F239", "Measurement")}
    assert found == {"1992": 11, "1996": 33, "2000": 67, "2004": 137, "2008": 127, "2012": 101, "2016": 58}


def test_a_window_of_observation_is_no_term() -> None:
    seats = ties("SITS_ON", end="council/us-tx-san-antonio-cio-council")
    assert len(seats) == 8
    assert {seat["since"] for seat in seats} == {"[2017..2019]"}
    assert not any("until" in seat for seat in seats)


def test_twin_ties_are_stored_once_and_the_committee_of_1945_is_none() -> None:
    twins = ties("TWINNED_WITH")
    pairs = Counter(tuple(sorted((tie["from"], tie["to"]))) for tie in twins)
    assert set(pairs.values()) == {1}
    assert not any(row.get("type") == "TWINNED_WITH" for row in made_of("F458"))
    toledo = next(tie for tie in twins if "F449" in made_from(tie))
    assert (toledo["since"], {toledo["from"], toledo["to"]}) == ("1931", {"city/es-54-toledo", "city/us-oh-toledo"})


def test_money_stands_with_whoever_paid() -> None:
    stated = [tie for tie in (*ties("SPONSORED"), *ties("JOINED")) if "paid" in tie and made_from(tie)]
    assert {tie["from"] for tie in stated if tie["type"] == "SPONSORED"} == {"organization/snohomish-county"}
    assert sorted(tie["paid"]["amount"] for tie in stated if tie["type"] == "SPONSORED") == [7000, 7400]
    assert {tie["paid"]["amount"] for tie in stated if tie["type"] == "JOINED"} == {25000}
    assert all("costPerDelegate" not in visit for fact in ("F019", "F021", "F030") for visit in made_of(fact, "Visit"))


def test_every_id_stands_once_and_the_manifest_names_every_raw_file() -> None:
    ids = Counter(row["id"] for row in ROWS if "id" in row)
    assert [id_ for id_, count in ids.items() if count > 1] == []
    manifest = json.loads((SEEDS / "manifest.json").read_text(encoding="utf-8"))
    entries = manifest if isinstance(manifest, list) else manifest["files"]
    named = {Path(entry["file"]).name for entry in entries}
    there = {path.name for path in SOURCES.rglob("*") if path.is_file() and path.name != ".gitattributes"}
    assert there <= named
