"""Names that wait, over GraphQL: who may write facts of a type sees and decides them, and others learn nothing."""

from dataclasses import replace
from typing import Any

import pytest

from graph.access.rights import Rights
from graph.access.viewer import Viewer
from graph.matching.named import Named
from graph.question.engine import Answer, Question
from graph.question.turns import AtOnce
from tests.matching.conftest import Bench
from tests.matching.test_decisions import IN_SPAIN, ONE, SPRINGS, TWO
from tests.writes.conftest import SEATTLE, Mutate, editor

WHOLE = """key type name country city website at { latitude longitude } numbers { property value } feeds why
  candidates { fact name why } since state means leftOut decidedBy decidedAt"""
LIST = f"""query ($feed: String, $label: FactType, $state: MatchState, $first: Int, $after: String) {{
  matches(feed: $feed, label: $label, state: $state, first: $first, after: $after) {{
    nodes {{ {WHOLE} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"""
DECIDE = f"""mutation ($input: DecideMatchInput!) {{
  decideMatch(input: $input) {{ match {{ {WHOLE} }} problems {{ path code message accepted }} }} }}"""
PORT = Named("Organization", "Match Port", city="Oslo", website="https://match.example", ids=())
EDITOR = replace(editor(SEATTLE), actor="bo")
NOBODY = Viewer("key/eve-1", Rights(1), owner="eve")
READER = Viewer("key/ann-1", Rights(1, ("2:us-wa-seattle",)), owner="ann")
OF_VISITS = editor(SEATTLE, only=frozenset({"Visit"}))
OF_ORGANIZATIONS = editor(SEATTLE, only=frozenset({"Organization"}))


@pytest.fixture
def waiting(bench: Bench, mutate: Mutate) -> Mutate:
    """Two names that wait: a city with two candidates, and an organization without any."""
    bench.put(ONE, TWO, *IN_SPAIN)
    bench.match(replace(SPRINGS, at=None), feed="a")
    bench.match(PORT, feed="b")
    return mutate


def asked(mutate: Mutate, viewer: Viewer, **variables: Any) -> Answer:
    question = Question(LIST, variables)
    return mutate.runner.run(mutate.mutations.drafts(question, viewer, mutate.writer.writer, AtOnce()))


def listed(mutate: Mutate, viewer: Viewer, **variables: Any) -> list[dict[str, Any]]:
    answer = asked(mutate, viewer, **variables)
    assert not answer.errors, answer.errors
    nodes: list[dict[str, Any]] = (answer.data or {})["matches"]["nodes"]
    return nodes


def key(mutate: Mutate, label: str = "CITY") -> str:
    (one,) = listed(mutate, EDITOR, label=label)
    return str(one["key"])


def decide(mutate: Mutate, viewer: Viewer = EDITOR, **given: Any) -> Any:
    return mutate.data(DECIDE, {"input": given}, viewer)["decideMatch"]


def test_who_may_write_sees_names_with_all_that_is_told(waiting: Mutate) -> None:
    springs, port = sorted(listed(waiting, EDITOR), key=lambda each: str(each["type"]))
    assert (springs["name"], springs["country"], springs["feeds"], springs["state"]) == (
        "match springs",
        "Spain",
        ["a"],
        "WAITING",
    )
    assert [each["fact"] for each in springs["candidates"]] == ["city/match-1", "city/match-2"]
    assert (port["city"], port["website"], port["candidates"], port["numbers"]) == (
        "Oslo",
        "https://match.example",
        [],
        [],
    )
    assert (port["means"], port["leftOut"], port["decidedBy"], port["decidedAt"], port["at"]) == (
        None,
        False,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("viewer", "types"),
    [
        (EDITOR, {"CITY", "ORGANIZATION"}),
        (OF_ORGANIZATIONS, {"ORGANIZATION"}),
        (OF_VISITS, set()),
        (READER, set()),
        (NOBODY, set()),
    ],
)
def test_names_are_shown_to_who_may_write_their_facts(waiting: Mutate, viewer: Viewer, types: set[str]) -> None:
    assert {each["type"] for each in listed(waiting, viewer)} == types
    assert {each["type"] for each in listed(waiting, waiting.steward)} == {"CITY", "ORGANIZATION"}


@pytest.mark.parametrize("viewer", [OF_ORGANIZATIONS, OF_VISITS, READER, NOBODY])
@pytest.mark.parametrize("given", [{"id": "city/match-1"}, {"none": True}, {"undo": True}])
def test_who_may_not_decide_is_told_what_is_told_of_an_absent_name(
    waiting: Mutate, viewer: Viewer, given: dict[str, Any]
) -> None:
    here = key(waiting)
    refused, absent = (decide(waiting, viewer, key=each, **given) for each in (here, "city-nowhere"))
    assert refused == absent
    assert [(each["path"], each["code"]) for each in refused["problems"]] == [("input.key", "NOT_FOUND")]
    assert listed(waiting, EDITOR, state="DECIDED") == []


def test_everybody_without_a_token_is_refused(waiting: Mutate) -> None:
    everybody = Viewer(None, Rights())
    assert [each.code for each in asked(waiting, everybody).errors] == ["FORBIDDEN"]
    answer = waiting(DECIDE, {"input": {"key": key(waiting), "none": True}}, everybody)
    assert [each.code for each in answer.errors] == ["FORBIDDEN"]


def test_a_decision_is_stored_used_and_taken_back(waiting: Mutate, bench: Bench) -> None:
    here = key(waiting)
    made = decide(waiting, key=here, id="city/match-2")
    assert made["problems"] == []
    told = made["match"]
    assert (told["state"], told["means"], told["leftOut"], told["decidedBy"]) == (
        "DECIDED",
        "city/match-2",
        False,
        "bo",
    )
    assert told["decidedAt"] is not None
    assert bench.one(SPRINGS).id == "city/match-2"
    assert [each["key"] for each in listed(waiting, EDITOR, state="DECIDED")] == [here]
    assert listed(waiting, EDITOR, label="CITY") == []
    undone = decide(waiting, key=here, undo=True)["match"]
    assert (undone["state"], undone["means"], undone["decidedBy"]) == ("WAITING", None, None)
    left = decide(waiting, key=here, none=True)["match"]
    assert (left["means"], left["leftOut"]) == (None, True)
    assert bench.one(SPRINGS).left_out


def test_what_cannot_be_decided_is_a_problem(waiting: Mutate) -> None:
    here = key(waiting)
    refused = decide(waiting, key=here, id="city/nowhere")
    assert refused["match"] is None
    (problem,) = refused["problems"]
    assert (problem["path"], problem["code"]) == ("input.id", "NOT_FOUND")
    assert problem["accepted"] == ["city/match-1", "city/match-2"]
    assert [each["code"] for each in decide(waiting, key=here, undo=True)["problems"]] == ["CONFLICT"]
    decide(waiting, key=here, id="city/match-1")
    (problem,) = decide(waiting, key=here, none=True)["problems"]
    assert (problem["code"], "bo has decided" in problem["message"]) == ("CONFLICT", True)


@pytest.mark.parametrize(
    "given", [{}, {"id": "city/match-1", "none": True}, {"none": True, "undo": True}, {"none": False}, {"id": "none"}]
)
def test_a_decision_says_exactly_one_thing(waiting: Mutate, given: dict[str, Any]) -> None:
    answer = waiting(DECIDE, {"input": {"key": key(waiting), **given}}, EDITOR)
    assert [each.code for each in answer.errors] == ["BAD_USER_INPUT"]


def test_a_request_that_is_repeated_decides_once(waiting: Mutate) -> None:
    here = key(waiting)
    first = decide(waiting, key=here, id="city/match-1", requestId="r-match")
    decide(waiting, key=here, undo=True)
    assert decide(waiting, key=here, id="city/match-1", requestId="r-match") == first
    assert [each["state"] for each in listed(waiting, EDITOR, label="CITY")] == ["WAITING"]
    other = waiting(DECIDE, {"input": {"key": here, "none": True, "requestId": "r-match"}}, EDITOR)
    assert [each.code for each in other.errors] == ["CONFLICT"]


def test_pages_feeds_and_labels(waiting: Mutate) -> None:
    assert [each["name"] for each in listed(waiting, EDITOR, feed="b")] == ["Match Port"]
    assert listed(waiting, EDITOR, label="VISIT") == []
    first = (asked(waiting, EDITOR, first=1).data or {})["matches"]
    assert (first["pageInfo"]["hasNextPage"], first["pageInfo"]["hasPreviousPage"]) == (True, False)
    second = (asked(waiting, EDITOR, first=1, after=first["pageInfo"]["endCursor"]).data or {})["matches"]
    assert (second["pageInfo"]["hasNextPage"], second["pageInfo"]["hasPreviousPage"]) == (False, True)
    assert len({each["key"] for each in (*first["nodes"], *second["nodes"])}) == 2
    for wrong in ({"first": 0}, {"first": 51}, {"after": "x"}, {"after": "eA=="}):
        assert [each.code for each in asked(waiting, EDITOR, **wrong).errors] == ["BAD_USER_INPUT"]


def test_names_are_asked_for_without_facts(waiting: Mutate) -> None:
    mixed = waiting.ask("{ matches { nodes { key } } cities(first: 1) { nodes { id } } }", {}, "steward")
    assert [each.code for each in mixed.errors] == ["BAD_USER_INPUT"]
