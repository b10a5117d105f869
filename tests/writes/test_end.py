"""Ends: `until` is set on facts and relationships that rows name by id."""

from typing import Any

import pytest

from graph.access.rights import Rights
from graph.access.viewer import Viewer
from tests.writes.conftest import SEATTLE, TURIN, Mutate, editor
from tests.writes.test_upsert import OSLO, SOURCE, visit

END = """mutation ($rows: [EndInput!]!, $partial: Boolean) { endFacts(rows: $rows, partial: $partial) {
  changed same endedIds nodes { id until { text } } problems { path code message accepted } } }"""


@pytest.fixture
def source(mutate: Mutate) -> str:
    return str(mutate.upsert("Sources", SOURCE)["nodes"][0]["id"])


@pytest.fixture
def twins(mutate: Mutate, source: str) -> str:
    """The id of a relationship between two cities that goes on."""
    row = {"from": OSLO, "to": TURIN, "since": "2001", "sources": [source], "confidence": "VERIFIED"}
    done = mutate.upsert("TwinnedWith", row)
    assert (done["created"], done["problems"]) == (1, [])
    return str(done["ids"][0])


def end(mutate: Mutate, *rows: dict[str, Any], viewer: Viewer | None = None, **more: Any) -> Any:
    return mutate.data(END, {"rows": list(rows), **more}, viewer)["endFacts"]


def until(mutate: Mutate) -> Any:
    """Return when the two cities ceased to be twins."""
    asked = (
        "query ($id: ID!, $to: ID!) { city(id: $id) { twins(where: {id: {eq: $to}}) { edges { until { text } } } } }"
    )
    data = mutate.ask(asked, {"id": OSLO, "to": TURIN}, "steward").data or {}
    (edge,) = data["city"]["twins"]["edges"]
    return edge["until"] and edge["until"]["text"]


def test_a_relationship_ends_and_the_same_again_changes_nothing(mutate: Mutate, twins: str) -> None:
    row = {"id": twins, "until": "2031-05"}
    assert end(mutate, row) == {"changed": 1, "same": 0, "endedIds": [twins], "nodes": [], "problems": []}
    assert until(mutate) == "2031-05"
    assert end(mutate, row) == {"changed": 0, "same": 1, "endedIds": [twins], "nodes": [], "problems": []}


def test_without_a_day_it_ends_today(mutate: Mutate, twins: str) -> None:
    assert end(mutate, {"id": twins})["changed"] == 1
    assert until(mutate) == "2026-03-01"


def test_a_node_ends_and_is_shown(mutate: Mutate, source: str) -> None:
    (made,) = mutate.upsert("Visits", visit(source))["nodes"]
    done = end(mutate, {"id": made["id"], "until": "2031-06"})
    assert done["nodes"] == [{"id": made["id"], "until": {"text": "2031-06"}}]


def test_what_has_ended_is_not_ended_again(mutate: Mutate, twins: str) -> None:
    end(mutate, {"id": twins, "until": "2031-05"})
    (problem,) = end(mutate, {"id": twins, "until": "2032"})["problems"]
    assert (problem["path"], problem["code"], problem["accepted"]) == ("rows[0].until", "CONFLICT", ["2031-05"])
    assert until(mutate) == "2031-05"


def test_rows_that_cannot_end_are_problems_in_their_order(mutate: Mutate, twins: str, source: str) -> None:
    rows = [
        {"id": "twinned-with/no-such"},
        {"id": twins, "until": "1999"},
        {"id": source, "until": "31/05/2031"},
        {"id": twins},
    ]
    done = end(mutate, *rows)
    assert [(each["path"], each["code"]) for each in done["problems"]] == [
        ("rows[0].id", "NOT_FOUND"),
        ("rows[1].until", "INVALID"),
        ("rows[2].until", "INVALID"),
        ("rows[3].id", "CONFLICT"),
    ]
    assert (done["endedIds"], until(mutate)) == ([], None)
    partly = end(mutate, rows[0], {"id": twins, "until": "2031"}, partial=True)
    assert (partly["endedIds"], len(partly["problems"])) == ([twins], 1)


def test_a_hidden_fact_and_an_absent_one_are_the_same(mutate: Mutate, source: str) -> None:
    hidden = {"marking": "AMBER", "holders": ["city/us-or-portland"]}
    secret = mutate.upsert("Visits", visit(source, **hidden))["nodes"][0]["id"]
    answers = [end(mutate, {"id": id_}, viewer=editor(SEATTLE)) for id_ in (secret, "visit/absent")]
    assert str(answers[0]).replace(secret, "-") == str(answers[1]).replace("visit/absent", "-")


def test_only_who_may_write_a_fact_ends_it(mutate: Mutate, twins: str) -> None:
    (problem,) = end(mutate, {"id": twins}, viewer=Viewer("member", Rights(1)))["problems"]
    assert problem["code"] == "NOT_ALLOWED"
    assert until(mutate) is None


@pytest.mark.parametrize("until", ["2031-06/..", "[2031..]"])
def test_an_open_end_is_no_end(mutate: Mutate, twins: str, until: str) -> None:
    (problem,) = end(mutate, {"id": twins, "until": until})["problems"]
    assert (problem["path"], problem["code"]) == ("rows[0].until", "INVALID")
    assert "is open, and so no end" in problem["message"]


def test_an_unknown_fact_to_end_names_the_nearest(mutate: Mutate, source: str) -> None:
    (made,) = mutate.upsert("Visits", visit(source))["nodes"]
    (problem,) = end(mutate, {"id": made["id"][:-1]})["problems"]
    assert (problem["code"], problem["accepted"]) == ("NOT_FOUND", [made["id"]])
    assert f"did you mean {made['id']}?" in problem["message"]
