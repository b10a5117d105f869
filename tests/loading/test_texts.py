"""What a row may say: ids that look like no others, texts that show something, whole numbers; problems show the value."""

from typing import Any

import pytest

from graph.facts.check import check
from graph.facts.rows import Row
from schema.model import model

VISIT = {
    "label": "Visit",
    "id": "visit/a",
    "title": "V",
    "kind": "MISSION",
    "status": "HELD",
    "confidence": "SYNTHETIC",
}
CITY = {"label": "City", "id": "city/a", "name": "C", "confidence": "SYNTHETIC"}
ACCEPTED = "accepted are a to z, A to Z, 0 to 9 and - . _ ~ + @ : /"


def problems(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem.field, problem.reason) for problem in check([Row("rows[0]", row)], model()).problems]


@pytest.mark.parametrize(
    ("id_", "says"),
    [
        (
            "visit/chamb\u00e9ry",
            ("'visit/chamb\\xe9ry'", "(LATIN SMALL LETTER E WITH ACUTE)", "write it as visit/chambery"),
        ),
        ("visit/chambe\u0301ry", ("(COMBINING ACUTE ACCENT)", "write it as visit/chambery")),
        ("visit/bugs\u200b33", ("'\\u200b' (ZERO WIDTH SPACE)", "write it as visit/bugs33")),
        ("visit/b\u0430", ("(CYRILLIC SMALL LETTER A)",)),
        ("visit/a\u0000b", ("'\\x00' (no name)",)),
        ("visit/\U0001f6b2", ("(BICYCLE)",)),
    ],
)
def test_an_id_that_may_look_like_another_is_refused(id_: str, says: tuple[str, ...]) -> None:
    ((field, reason),) = problems({**VISIT, "id": id_})
    assert field == "id"
    assert all(part in reason for part in (*says, ACCEPTED)), reason


@pytest.mark.parametrize("id_", ["visit/a", "visit/2014-08.a_B~1+2@x:y"])
def test_plain_ids_are_taken(id_: str) -> None:
    assert problems({**VISIT, "id": id_}) == []


def test_an_own_id_of_a_relationship_is_held_to_the_same() -> None:
    row = {"type": "MADE_BY", "from": "visit/a", "to": "city/a", "id": "made-by/\u00e9", "confidence": "SYNTHETIC"}
    ((field, reason),) = problems(row)
    assert (field, ACCEPTED in reason) == ("id", True)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\u200b", "'\\u200b' shows nothing"),
        (" \t\u00a0\u2060", "shows nothing"),
        ("\u3164", "shows nothing"),
        ("\u0301", "shows nothing"),
        ("a\u0000b", "'a\\x00b' contains the control character U+0000"),
        ("a\u0007", "contains the control character U+0007"),
    ],
)
@pytest.mark.parametrize("name", ["title", "note"])
def test_a_text_that_shows_nothing_is_refused(name: str, text: str, says: str) -> None:
    ((field, reason),) = problems({**VISIT, name: text})
    assert field == name
    assert says in reason


@pytest.mark.parametrize(
    "text", ["a\nb\tc", "\u0928\u094d\u200d\u0926", "e\u0301", "\U0001f468\u200d\U0001f469\u200d\U0001f467"]
)
def test_a_text_that_shows_something_is_taken(text: str) -> None:
    assert problems({**VISIT, "title": text}) == []


@pytest.mark.parametrize(("given", "stored"), [(12.0, 12), (12, 12), (0.0, 0)])
def test_a_whole_number_may_be_written_with_a_point(given: Any, stored: int) -> None:
    (fact,) = check([Row("rows[0]", {**VISIT, "delegates": given})], model()).facts
    assert fact.properties["delegates"] == stored
    assert type(fact.properties["delegates"]) is int


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ({**VISIT, "delegates": 12.5}, "delegates", "12.5 is not a whole number"),
        ({**VISIT, "delegates": "12"}, "delegates", "'12' is not a whole number"),
        ({**VISIT, "delegates": True}, "delegates", "True is not a whole number"),
        ({**VISIT, "delegates": float("inf")}, "delegates", "inf is not a whole number"),
        ({**VISIT, "delegates": -1.0}, "delegates", "-1 is out of range; accepted is 0 or more"),
        ({**CITY, "location": {"latitude": "47.6", "longitude": 1}}, "location.latitude", "'47.6' is not a number"),
        ({**CITY, "location": {"latitude": 47.6, "longitude": True}}, "location.longitude", "True is not a number"),
        ({**VISIT, "title": 7}, "title", "7 is not accepted: input should be a valid string"),
    ],
)
def test_a_problem_shows_the_value(row: dict[str, Any], field: str, reason: str) -> None:
    assert problems(row) == [(field, reason)]


@pytest.mark.parametrize("field", ["kind", "confidence"])
def test_a_word_that_is_not_accepted_is_shown(field: str) -> None:
    ((named, reason),) = problems({**VISIT, field: "TOURISM"})
    assert named == field
    assert reason.startswith("'TOURISM' is not accepted: ")


def test_whole_money_may_be_written_with_a_point() -> None:
    visit = {**VISIT, "costPerDelegate": {"amount": 1200.0, "currency": "USD"}}
    (fact,) = check([Row("rows[0]", visit)], model()).facts
    assert fact.properties["costPerDelegateAmount"] == 1200


def test_a_source_without_sources_cites_itself() -> None:
    source = {"label": "Source", "id": "source/a", "title": "S", "confidence": "VERIFIED"}
    (fact,) = check([Row("rows[0]", source)], model()).facts
    assert fact.properties["sources"] == ["source/a"]
    ((field, _),) = problems({**VISIT, "confidence": "VERIFIED"})
    assert field == "sources"
