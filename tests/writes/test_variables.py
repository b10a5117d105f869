"""The variables of a mutation: they are read once, and what is wrong with them is told alike every time."""

from typing import Any

import pytest
from graphql import get_variable_values

from graph.access.rights import Rights
from graph.access.viewer import Viewer
from tests.writes.conftest import Mutate

TEXT = """mutation ($rows: [SourceInput!]!, $first: Int = 3, $note: Boolean!) { upsertSources(rows: $rows) {
  created problems { path } nodes { title note @include(if: $note) sameAs(first: $first) { nodes { id } } } } }"""
ROW = {"title": "Variables", "confidence": "VERIFIED"}
WRONG: list[dict[str, Any]] = [
    {"rows": [{**ROW, "confidence": "SURE"}], "note": True},
    {"rows": [{**ROW, "titel": "Variables"}], "note": True},
    {"rows": [ROW], "note": "yes"},
    {"rows": [ROW], "note": True, "first": "many"},
    {"rows": [ROW]},
    {"rows": None, "note": True},
]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each time that variables are coerced."""
    times: list[int] = []

    def counts(*of: Any, **more: Any) -> Any:
        times.append(1)
        return get_variable_values(*of, **more)

    monkeypatch.setattr("graph.question.document.read.get_variable_values", counts)
    return times


def test_variables_are_coerced_once(mutate: Mutate, counted: list[int]) -> None:
    """That of a new document, and that of one that was run before."""
    for times in range(1, 4):
        data = mutate.data(TEXT, {"rows": [{**ROW, "title": f"V{times}"}], "note": True, "first": None})
        assert data["upsertSources"]["nodes"][0]["title"] == f"V{times}"
        assert len(counted) == times


def test_the_facts_of_the_answer_have_the_variables_and_their_defaults(mutate: Mutate) -> None:
    ids = [node["id"] for node in mutate.upsert("Sources", *({**ROW, "title": f"D{at}"} for at in range(4)))["nodes"]]
    for at, (first, shown) in enumerate(((None, 3), (2, 2))):
        row = {**ROW, "title": f"Same {at}", "note": "n", "sources": ids[:1], "sameAs": [{"to": id_} for id_ in ids]}
        asked = {"rows": [row], "note": at == 0} | ({"first": first} if first else {})
        (node,) = mutate.data(TEXT, asked)["upsertSources"]["nodes"]
        assert len(node["sameAs"]["nodes"]) == shown
        assert ("note" in node) == (at == 0)


@pytest.mark.parametrize("variables", WRONG)
def test_wrong_variables_are_told_alike_before_and_after_the_document_is_known(
    mutate: Mutate, variables: dict[str, Any]
) -> None:
    text = f"# {variables}\n{TEXT}"
    first = mutate(text, variables)
    assert [error.code for error in first.errors] == ["BAD_USER_INPUT"]
    mutate.data(text, {"rows": [ROW], "note": True})
    assert mutate(text, variables).as_dict() == first.as_dict()
    # Who may not write is told so, whatever he sends and whether or not the document is known.
    anonymous = Viewer(None, Rights(0))
    for asked in (text, f"# new\n{text}"):
        assert [error.code for error in mutate(asked, variables, anonymous).errors] == ["FORBIDDEN"]
