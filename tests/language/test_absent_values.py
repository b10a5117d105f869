"""A required value that is missing from the record makes its nearest nullable parent null, and an error names its path.

The database can only lose such a value by somebody else's hand, so the records here are written by hand.
"""

from typing import Any

import pytest

from graph.question.decode.page import Request
from graph.question.engine import Question, shaped
from tests.conftest import Asker

ONE = '{ one: city(id: "city/a") { name country { name } } }'
MANY = "{ some: cities { nodes { name } } }"
NODES = '{ nodes(ids: ["city/a", "city/b"], synthetic: false) { id } }'
ABSTRACT = '{ node(id: "city/a", synthetic: false) { ... on City { name } ... on Visit { title } } }'


def answered(offline: Asker, text: str, record: list[Any]) -> tuple[Any, list[tuple[str | int, ...]]]:
    """Shape a record; return the data and the paths of the errors."""
    prepared = offline.engine.bound(offline.engine.ready(Question(text)), {}, offline.rights("anonymous"))
    compiled, bound = prepared.compiled, prepared.bound
    answer = shaped(compiled, record, Request(bound.parameters["q"], bound.scopes, lambda *_: "cursor"))
    assert all(error.code == "INTERNAL" for error in answer.errors)
    return answer.data, [error.path for error in answer.errors]


@pytest.mark.parametrize(
    ("text", "record", "data", "paths"),
    [
        (ONE, [[["A", ["Peru"]]]], {"one": {"name": "A", "country": {"name": "Peru"}}}, []),
        (ONE, [[["A", None]]], {"one": {"name": "A", "country": None}}, []),
        (ONE, [[["A", [None]]]], {"one": {"name": "A", "country": None}}, [("one", "country", "name")]),
        (ONE, [[[None, ["Peru"]]]], {"one": None}, [("one", "name")]),
        (ONE, [[]], {"one": None}, []),
        (MANY, [[["A"], ["B"]]], {"some": {"nodes": [{"name": "A"}, {"name": "B"}]}}, []),
        (MANY, [[["A"], [None]]], None, [("some", "nodes", 1, "name")]),
        (NODES, [[["city/b"]]], {"nodes": [None, {"id": "city/b"}]}, []),
        (ABSTRACT, [[["City", ["A"]]]], {"node": {"name": "A"}}, []),
        (ABSTRACT, [[["City", [None]]]], {"node": None}, [("node", "name")]),
    ],
)
def test_null_goes_up_to_the_nearest_nullable_parent(
    offline: Asker, text: str, record: list[Any], data: Any, paths: list[tuple[str | int, ...]]
) -> None:
    assert answered(offline, text, record) == (data, paths)
