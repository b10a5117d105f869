"""Leaders of Turin and Portland, made up. In: the committed rows. Out: they are what they say they are.

Who did not agree to be named leads to no name but by the one relationship that only the steward sees.
"""

import json
import re
from typing import Any

import pytest

from tests.kit.paths import SEEDS

ROWS = SEEDS / "rows"
RANDOM_ID = re.compile(r"[a-z-]+/[a-z2-7]{16}")
PUBLIC = {"Organization", "BASED_IN", "Office", "OFFICE_OF"}

Row = dict[str, Any]


class Cloud:
    """The rows of one city."""

    def __init__(self, file: str, city: str, people: int, response: float, density: float) -> None:
        self.rows: list[Row] = [json.loads(line) for line in (ROWS / file).read_text(encoding="utf-8").splitlines()]
        self.city, self.people, self.response, self.density = city, people, response, density
        self.waves = sorted(self.of("Wave"), key=lambda wave: str(wave["since"]))
        self.pseudonyms = {row["id"] for row in self.of("Person") if row["kind"] == "PSEUDONYMOUS"}

    def of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if kind in (row.get("label"), row.get("type"))]

    def told(self, kind: str, wave: Row) -> set[tuple[str, str]]:
        return {(row["from"], row["to"]) for row in self.of(kind) if row["wave"] == wave["id"]}

    def answered(self, *consents: str) -> set[str]:
        return {row["from"] for row in self.of("ANSWERED") if row["consent"] in consents}


@pytest.fixture(
    scope="module",
    params=[
        ("51-turin-leaders.jsonl", "city/it-12-turin", 80, 0.85, 0.23),
        ("52-portland-leaders.jsonl", "city/us-or-portland", 120, 0.74, 0.06),
    ],
    ids=["Turin", "Portland"],
)
def cloud(request: pytest.FixtureRequest) -> Cloud:
    return Cloud(*request.param)


def density(arcs: set[tuple[str, str]], people: int) -> float:
    return len({frozenset(arc) for arc in arcs}) / (people * (people - 1) / 2)


def test_trust_is_about_as_dense_as_it_is_to_be(cloud: Cloud) -> None:
    named = [row for row in cloud.of("Person") if row["kind"] == "NAMED"]
    assert len(named) == cloud.people
    # Some answers are not shown by their consent, so what is shown is thinner than what was told.
    shown = density(cloud.told("TRUSTS", cloud.waves[0]), cloud.people)
    assert 0.65 * cloud.density <= shown <= 1.1 * cloud.density


def test_weak_ties_are_denser(cloud: Cloud) -> None:
    weak, strong = (density(cloud.told(kind, cloud.waves[0]), cloud.people) for kind in ("KNOWS", "TRUSTS"))
    assert 2.1 <= weak / strong <= 3.5


def test_the_second_wave_asks_those_who_stayed(cloud: Cloud) -> None:
    first, second = cloud.waves
    left = {row["from"] for row in cloud.of("LISTED_ON") if "until" in row}
    assert len(left) == round(0.08 * cloud.people)
    assert (first["invited"], second["invited"]) == (cloud.people, cloud.people - len(left))
    assert not left & {end for arc in cloud.told("TRUSTS", second) for end in arc}


def test_most_answered_and_the_count_leaves_out_who_withdrew(cloud: Cloud) -> None:
    for wave in cloud.waves:
        ties = [row for row in cloud.of("ANSWERED") if row["to"] == wave["id"]]
        assert len(ties) == round(cloud.response * wave["invited"])
        assert wave["answered"] == sum(row["consent"] != "WITHDRAWN" for row in ties)


def test_every_consent_is_there(cloud: Cloud) -> None:
    given = {row["consent"] for row in cloud.of("ANSWERED")}
    assert given == {"NAMED", "PSEUDONYM", "AGGREGATE_ONLY", "WITHDRAWN"}


def test_who_answered_for_counts_alone_or_withdrew_has_no_ties(cloud: Cloud) -> None:
    silent = cloud.answered("AGGREGATE_ONLY", "WITHDRAWN")
    ends = {row[end] for kind in ("TRUSTS", "KNOWS") for row in cloud.of(kind) for end in ("from", "to")}
    assert silent
    assert not silent & ends


def test_a_pseudonym_is_of_one_wave_and_leads_to_no_name(cloud: Cloud) -> None:
    met = [row for row in cloud.rows if {row.get("from"), row.get("to")} & cloud.pseudonyms]
    assert {row["type"] for row in met} == {"ANSWERED", "TRUSTS", "KNOWS", "SAME_PERSON_AS"}
    assert all(row["marking"] == "RED" and row["holders"] == [cloud.city] for row in met)
    assert cloud.answered("PSEUDONYM") == cloud.pseudonyms
    for id_ in cloud.pseudonyms:
        waves = {row.get("wave", row["to"]) for row in met if id_ == row["from"] and row["type"] != "SAME_PERSON_AS"}
        assert len(waves) == 1
    people = {row["id"]: row for row in cloud.of("Person")}
    for id_ in cloud.pseudonyms:
        assert people[id_]["marking"] == "RED"
        assert people[id_]["sector"] in ("BUSINESS", "CIVIC", "PUBLIC")
        assert not {"ageBand", "origin"} & set(people[id_])


def test_who_asked_for_a_pseudonym_is_not_shown_by_others(cloud: Cloud) -> None:
    behind = {row["from"]: row["to"] for row in cloud.of("SAME_PERSON_AS")}
    asked = {row["from"]: row["to"] for row in cloud.of("ANSWERED") if row["consent"] == "PSEUDONYM"}
    for pseudonym, wave in asked.items():
        named = {end for row in cloud.of("TRUSTS") if row["wave"] == wave for end in (row["from"], row["to"])}
        assert behind[pseudonym] not in named


def test_only_the_city_sees_its_people_and_all_of_it_is_made_up(cloud: Cloud) -> None:
    assert {row["confidence"] for row in cloud.rows} == {"SYNTHETIC"}
    for row in cloud.rows:
        if (row.get("label") or row["type"]) in PUBLIC:
            assert "marking" not in row
        else:
            assert row["marking"] in ("AMBER", "RED")
            assert row["holders"] == [cloud.city]
            assert RANDOM_ID.fullmatch(row["id"])


def test_offices_change_hands_between_the_waves(cloud: Cloud) -> None:
    terms: dict[str, list[Row]] = {}
    for row in cloud.of("HOLDS"):
        terms.setdefault(row["to"], []).append(row)
    assert len(terms) == 4
    changed = [sorted(held, key=lambda row: str(row["since"])) for held in terms.values() if len(held) == 2]
    assert len(changed) == 3
    for first, second in changed:
        assert "2023-05" <= first["until"] < second["since"] <= "2025-05"
        assert "until" not in second
        assert first["from"] != second["from"]
