"""Leaders of Seattle, made up. In: the committed rows. Out: they are regenerated, and they are what they say they are.

Only the first test runs the generator; the others read the rows by themselves.
"""

import json
import re
from collections import Counter
from typing import Any

import pytest

from tests.kit.paths import SEEDS

FILE = SEEDS / "rows" / "50-seattle-leaders.jsonl"
CITY = "city/us-wa-seattle"
SECTORS = {"BUSINESS": 22, "CIVIC": 11, "ELECTED": 7, "PUBLIC": 12, "ACADEMIC": 5, "YOUTH": 3}
PUBLIC = {"Organization", "BASED_IN", "Office", "OFFICE_OF"}
RANDOM_ID = re.compile(r"[a-z-]+/[a-z2-7]{16}")

Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def of(rows: list[Row], kind: str) -> list[Row]:
    return [row for row in rows if kind_of(row) == kind]


def kind_of(row: Row) -> str:
    return str(row.get("label") or row["type"])


def waves(rows: list[Row]) -> list[Row]:
    return sorted(of(rows, "Wave"), key=lambda wave: str(wave["since"]))


def told(rows: list[Row], kind: str, wave: Row) -> set[tuple[str, str]]:
    return {(row["from"], row["to"]) for row in of(rows, kind) if row["wave"] == wave["id"]}


def density(arcs: set[tuple[str, str]], people: int) -> float:
    return len({frozenset(arc) for arc in arcs}) / (people * (people - 1) / 2)


def test_sixty_leaders_in_their_sectors(rows: list[Row]) -> None:
    people = of(rows, "Person")
    assert len(people) == 60
    assert Counter(person["sector"] for person in people) == SECTORS
    assert all(person["kind"] == "NAMED" and person["name"].endswith("(synthetic)") for person in people)


def test_all_rows_say_that_they_are_made_up(rows: list[Row]) -> None:
    assert {row["confidence"] for row in rows} == {"SYNTHETIC"}
    assert not any("sources" in row for row in rows)
    for kind in ("Roster", "Wave", "Organization", "Office"):
        assert all(row["name"].endswith("(synthetic)") and "true of nobody" in row["note"] for row in of(rows, kind))


def test_only_the_city_sees_its_people_and_their_ties(rows: list[Row]) -> None:
    confidential = [row for row in rows if kind_of(row) not in PUBLIC]
    assert all(row["marking"] == "AMBER" and row["holders"] == [CITY] for row in confidential)
    assert all(RANDOM_ID.fullmatch(row["id"]) for row in confidential)
    public = [row for row in rows if kind_of(row) in PUBLIC]
    assert all(row.get("marking", "CLEAR") == "CLEAR" and "holders" not in row for row in public)


def test_every_end_is_there(rows: list[Row]) -> None:
    known = {row["id"] for row in rows if "label" in row} | {CITY}
    assert all({row["from"], row["to"]} <= known for row in rows if "type" in row)


def test_who_did_not_answer_sends_nothing(rows: list[Row]) -> None:
    for wave in waves(rows):
        answered = {row["from"] for row in of(rows, "ANSWERED") if row["to"] == wave["id"]}
        assert len(answered) == wave["answered"] == round(0.8 * wave["invited"])
        senders = {sender for kind in ("TRUSTS", "KNOWS") for sender, _ in told(rows, kind, wave)}
        assert senders <= answered


def test_everybody_who_answered_agreed_to_be_named(rows: list[Row]) -> None:
    assert {row["consent"] for row in of(rows, "ANSWERED")} == {"NAMED"}


@pytest.mark.parametrize("kind", ["TRUSTS", "KNOWS"])
def test_one_tie_for_each_pair_and_wave_and_none_to_oneself(rows: list[Row], kind: str) -> None:
    ties = [(row["from"], row["to"], row["wave"]) for row in of(rows, kind)]
    assert len(ties) == len(set(ties))
    assert all(sender != receiver for sender, receiver, _ in ties)


def test_ties_are_dated_with_their_wave(rows: list[Row]) -> None:
    dates = {wave["id"]: wave["since"] for wave in of(rows, "Wave")}
    assert all(row["since"] == dates[row["wave"]] for row in [*of(rows, "TRUSTS"), *of(rows, "KNOWS")])
    assert {row["strength"] for row in of(rows, "TRUSTS")} == {1, 2, 3, 4, 5}


def test_the_second_wave_asks_those_who_stayed(rows: list[Row]) -> None:
    first, second = waves(rows)
    left = {row["from"] for row in of(rows, "LISTED_ON") if "until" in row}
    assert (first["invited"], second["invited"], len(left)) == (60, 55, 5)
    assert not left & {end for arc in told(rows, "TRUSTS", second) for end in arc}


def test_trust_is_as_dense_as_it_is_to_be(rows: list[Row]) -> None:
    first = waves(rows)[0]
    arcs = told(rows, "TRUSTS", first)
    assert 0.13 <= density(arcs, first["invited"]) <= 0.17
    assert 0.5 <= sum(arc[::-1] in arcs for arc in arcs) / len(arcs) <= 0.8


def test_weak_ties_are_about_three_times_denser(rows: list[Row]) -> None:
    first = waves(rows)[0]
    weak, strong = (density(told(rows, kind, first), first["invited"]) for kind in ("KNOWS", "TRUSTS"))
    assert 2.5 <= weak / strong <= 4


def test_each_leader_is_listed_and_works_for_one_organization(rows: list[Row]) -> None:
    people = {row["id"] for row in of(rows, "Person")}
    for kind in ("LISTED_ON", "WORKS_FOR"):
        ties = of(rows, kind)
        assert len(ties) == len(people)
        assert {row["from"] for row in ties} == people


def test_organizations_are_of_several_kinds_and_based_in_the_city(rows: list[Row]) -> None:
    organizations = of(rows, "Organization")
    assert 10 <= len(organizations) <= 15
    assert len({row["kind"] for row in organizations}) >= 6
    assert {(row["from"], row["to"]) for row in of(rows, "BASED_IN")} == {(row["id"], CITY) for row in organizations}
