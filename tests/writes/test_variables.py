"""The variables of a mutation: they are read once, and what is wrong with them is told alike every time."""

from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, get_variable_values

from graph.access.rights import Rights
from graph.access.viewer import Viewer
from schema.derived.graphql.build import core, schema
from tests.writes.conftest import Mutate

TEXT = """mutation ($rows: [SourceInput!]!, $first: Int = 3, $note: Boolean!) { upsertSources(rows: $rows) {
  created problems { path } nodes { title note @include(if: $note) sameAs(first: $first) { nodes { id } } } } }"""
FACTS = ("nodes", "starts", "ends")
"""Fields of a payload with facts."""
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


def below(type_: GraphQLObjectType) -> set[GraphQLObjectType]:
    """Return a type of a payload and those of its fields, without the facts, which questions of their own ask for."""
    found, left = set[GraphQLObjectType](), [type_]
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            named = [get_named_type(f.type) for name, f in each.fields.items() if name not in FACTS]
            left += [one for one in named if isinstance(one, GraphQLObjectType)]
    return found


def test_what_is_selected_of_a_payload_depends_on_no_variable() -> None:
    """It is kept with the document for requests with other variables, so nothing in it takes arguments but facts."""
    root = core(schema()).mutation_type
    assert root is not None
    payloads = {get_named_type(field.type) for field in root.fields.values()}
    types = set().union(*(below(each) for each in payloads if isinstance(each, GraphQLObjectType)))
    assert {"RowProblem", "Draft"} <= {each.name for each in types}
    takes = [f"{each.name}.{name}" for each in types for name, f in each.fields.items() if f.args and name not in FACTS]
    assert takes == []
