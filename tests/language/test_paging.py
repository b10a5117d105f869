"""Paging: a walk through all pages gives the whole list once, in its order, whatever the order; cursors fit one list only."""

import base64
from typing import Any

import pytest

from app.viewers.tokens import ANONYMOUS
from graph.bolt.connect import Address
from graph.bolt.profile import measure
from graph.cypher.fragments import Fragment
from graph.question.engine import Question
from tests.conftest import Asker
from tests.kit.oracle.answer import answer as oracle
from tests.kit.oracle.view import Viewer
from tests.kit.oracle.world import World
from tests.kit.writer import BlockingWriter

PAGE = """query ($after: String) { list: %s
  { edges { cursor %s node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }"""
TIES = """query ($after: String) { node: person(id: "person/edge-0") { list: trusts(first: %d, after: $after, orderBy: %s)
  { edges { cursor id node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }"""

ORDERS = (
    "[]",
    "[{title: ASC}]",
    "[{title: DESC}, {delegates: ASC}]",
    "[{delegates: DESC}]",
    "[{since: ASC}, {until: DESC}]",
    "[{since: DESC}]",
    "[{recordedAt: DESC}]",
    "[{marking: DESC}, {note: ASC}]",
    "[{status: ASC}, {id: DESC}]",
)


def walk(ask: Asker, text: str, viewer: str) -> list[Any]:
    """Follow the cursors to the end."""
    rows: list[Any] = []
    after = None
    for _ in range(200):
        answer = ask(text, {"after": after}, viewer)
        assert not answer.errors
        data: Any = answer.data
        page = (data.get("node") or data)["list"]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        rows += [{k: v for k, v in edge.items() if k != "cursor"} for edge in page["edges"]]
        assert page["edges"][-1]["cursor"] == page["pageInfo"]["endCursor"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return rows
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("viewer", ["anonymous", "steward"])
@pytest.mark.parametrize("order", ORDERS)
def test_pages_of_a_root_list_are_the_whole_list(ask: Asker, world: World, order: str, viewer: str) -> None:
    arguments = f"visits(first: %d, after: $after, orderBy: {order}, where: {{kind: {{eq: STUDY_TOUR}}}})"
    rights = ask.rights(viewer)
    whole = PAGE % (arguments % 100, "")
    expected = oracle(world, whole, {}, Viewer(rights.open, frozenset(rights.audiences)))["data"]["list"]["edges"]
    walked = walk(ask, PAGE % (arguments % 7, ""), viewer)
    assert [row["node"]["id"] for row in walked[:100]] == [edge["node"]["id"] for edge in expected]
    assert len({row["node"]["id"] for row in walked}) == len(walked)


@pytest.mark.parametrize("order", ["[]", "[{edge: {strength: DESC}}]", "[{edge: {frequency: ASC}}, {name: DESC}]"])
def test_pages_of_ties_keep_parallel_ties_apart(ask: Asker, world: World, order: str) -> None:
    whole = oracle(world, TIES % (50, order), {}, Viewer(1, frozenset(ask.rights("steward").audiences)))
    expected = [edge["id"] for edge in whole["data"]["node"]["list"]["edges"]]
    assert [row["id"] for row in walk(ask, TIES % (2, order), "steward")] == expected


CITIES = "query ($after: String) { cities(first: 2, after: $after%s) { edges { cursor node { name } } } }"


def first_cursor(ask: Asker, more: str = "", viewer: str = "anonymous") -> str:
    data: Any = ask(CITIES % more, {}, viewer).data
    cursor: str = data["cities"]["edges"][0]["cursor"]
    return cursor


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("", ", orderBy: [{name: ASC}]"),
        (", orderBy: [{name: ASC}]", ", orderBy: [{name: DESC}]"),
        (', where: {name: {eq: "Lima"}}', ', where: {name: {eq: "Turin"}}'),
        (', where: {name: {gte: "Lima"}}', ', where: {name: {ne: "Lima"}}'),
        (
            ', where: {or: [{name: {gte: "Lima"}, population: {gte: 1}}]}',
            ', where: {or: [{name: {gte: "Lima"}}, {population: {gte: 1}}]}',
        ),
        ("", ', asOf: "2000"'),
        ("", ", where: {visitsMade: {some: {}}}"),
        (", where: {visitsMade: {none: {}}}", ", where: {visitsMade: {some: {}}}"),
        (", where: {not: {visitsMade: {some: {}}}}", ", where: {visitsHosted: {some: {}}}"),
    ],
)
def test_a_cursor_of_another_list_is_a_clear_error(ask: Asker, given: str, used: str) -> None:
    found = ask(CITIES % used, {"after": first_cursor(ask, given)}, "anonymous")
    assert [error.code for error in found.errors] == ["BAD_USER_INPUT"]
    assert "endCursor" in found.errors[0].message


def test_the_refusal_of_a_cursor_names_the_date_too(ask: Asker) -> None:
    (error,) = ask(CITIES % ', asOf: "2000"', {"after": first_cursor(ask)}, "anonymous").errors
    assert "another order, filter, date (`asOf`) or viewer" in error.message
    assert "the same order, filter, date and viewer" in error.message


def test_a_cursor_of_another_viewer_is_refused(ask: Asker) -> None:
    found = ask(CITIES % "", {"after": first_cursor(ask, viewer="steward")}, "anonymous")
    assert [error.code for error in found.errors] == ["BAD_USER_INPUT"]


def test_a_changed_cursor_is_refused(ask: Asker) -> None:
    raw = bytearray(base64.urlsafe_b64decode(first_cursor(ask) + "=="))
    for at in (0, 11, 12, len(raw) - 3):
        changed = bytes(raw[:at]) + bytes([raw[at] ^ 1]) + bytes(raw[at + 1 :])
        cursor = base64.urlsafe_b64encode(changed).decode().rstrip("=")
        assert [error.code for error in ask(CITIES % "", {"after": cursor}, "anonymous").errors] == ["BAD_USER_INPUT"]


def test_a_page_does_not_shift_when_a_row_before_it_is_added(ask: Asker, seeded: BlockingWriter) -> None:
    text = "query ($after: String) { sources(first: 3, after: $after) { nodes { id } pageInfo { endCursor } } }"
    first: Any = ask(text, {}, "anonymous").data
    after = {"after": first["sources"]["pageInfo"]["endCursor"]}
    before = ask(text, after, "anonymous").data
    seeded.unit(
        lambda unit: unit.run(
            Fragment("CREATE (:Source:Fact {id: 'source/0', title: 't', marking: 0, level: 0, audience: '0'})")
        )
    )
    try:
        assert ask(text, after, "anonymous").data == before
    finally:
        seeded.unit(lambda unit: unit.run(Fragment("MATCH (s:Source {id: 'source/0'}) DELETE s")))


@pytest.mark.parametrize("order", ["", ", orderBy: [{name: ASC}]"])
def test_a_page_reads_its_own_rows_wherever_it_stands(ask: Asker, address: Address, order: str) -> None:
    """Lists in the order of an index read about as many rows for a late page as for the first."""
    text = (
        "query ($after: String) { cities(first: 50, after: $after%s) { nodes { name } pageInfo { endCursor } } }"
        % order
    )
    after = None
    for _ in range(5):
        data: Any = ask(text, {"after": after}, "anonymous").data
        after = data["cities"]["pageInfo"]["endCursor"]
        question = Question(text, {"after": after})
        prepared = ask.engine.bound(ask.engine.ready(question), question.variables, ANONYMOUS)
        compiled, bound = prepared.compiled, prepared.bound
        assert compiled.statement is not None
        assert measure(address, compiled.statement, bound.parameters).total < 1_000
