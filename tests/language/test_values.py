"""Arguments in variables: what is read once serves all variables of the same shape."""

from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLEnumValue, GraphQLID, GraphQLInputField, GraphQLInputObjectType, GraphQLList

from graph.question.document.values import Variable, given, of_value, shape

IDS = GraphQLList(GraphQLID)
ROW = GraphQLInputObjectType("Row", {"ids": GraphQLInputField(IDS), "id": GraphQLInputField(GraphQLID)})
LISTS: dict[str, tuple[Any, list[Any]]] = {
    "ids": (IDS, [["a"], ["a", "b"], [], [None, "c"]]),
    "groups": (GraphQLList(IDS), [[["a"]], [["a", "b"], ["c"]], []]),
    "enums": (
        GraphQLList(GraphQLEnumType("Kind", {each: GraphQLEnumValue(each) for each in ("ONE", "TWO")})),
        [["ONE"], ["TWO", "ONE"], []],
    ),
    "rows": (GraphQLList(ROW), [[{"ids": ["a"]}], [{"ids": ["b", "c"]}], [{"ids": ["d"]}, {"id": "e"}], []]),
}


@pytest.mark.parametrize("name", LISTS)
def test_what_was_read_serves_every_list_of_the_same_shape(name: str) -> None:
    type_, values = LISTS[name]
    served = 0
    for first in values:
        read = of_value(first, type_, Variable("v"))
        for later in values:
            if shape(first, type_) == shape(later, type_):
                served += first != later
                assert given(read, {"v": later}) == later
    assert served
