"""Texts are compared by code points, in which they are sorted, also where UTF-16 would have another order."""

import operator
from collections.abc import Callable
from typing import Any

import pytest

from graph.question.codepoints import MOST, WITHIN, is_high, operand
from graph.question.engine import Question
from tests.conftest import Asker
from tests.kit.oracle.world import World

COMPARED: dict[str, Callable[[str, str], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}
TEXTS = (
    "（a",
    "🚲 b",
    "\ufffdx",
    "𝔘y",
    "a（",
    "a🚲",
    "a\ufe0f",
    "\ue000",
    "\U0010ffff",
    "（🚲",
    "（（",
    "🚲（",
    "🚲🚲",
    "a",
    "z",
)
BEGINS = "organization/edge-high-"
BY_VALUE = """query ($ids: [ID!], $v: String) {
  organizations(first: 100, where: {id: {in: $ids}, %s: {%s: $v}}) { nodes { id } } }"""
BY_FILTER = """query ($w: OrganizationWhere) { organizations(first: 100, where: $w) { nodes { id } } }"""
BY_NEGATION = """query ($ids: [ID!], $v: String) {
  organizations(first: 100, where: {id: {in: $ids}, not: {%s: {%s: $v}}}) { nodes { id } } }"""


def stored(world: World, column: str) -> dict[str, str]:
    return {id_: str(node.values[column]) for id_, node in world.nodes.items() if id_.startswith(BEGINS)}


def found(ask: Asker, text: str, **values: Any) -> set[str]:
    answer = ask(text, values)
    assert not answer.errors, answer.errors
    data: Any = answer.data
    return {node["id"] for node in data["organizations"]["nodes"]}


@pytest.mark.parametrize("column", ["name", "note"])
@pytest.mark.parametrize("name", COMPARED)
def test_filters_compare_by_code_points(ask: Asker, world: World, column: str, name: str) -> None:
    """`name` has an index and `note` has none: how a text compares does not depend on it."""
    rows = stored(world, column)
    assert len(rows) > len(TEXTS)
    for text in [*TEXTS, *rows.values()]:
        fit = {id_ for id_, value in rows.items() if COMPARED[name](value, text)}
        assert found(ask, BY_VALUE % (column, name), ids=[*rows], v=text) == fit, text
        where = {"id": {"in": [*rows]}, "and": [{column: {name: text}}]}
        assert found(ask, BY_FILTER, w=where) == fit, text
        assert found(ask, BY_NEGATION % (column, name), ids=[*rows], v=text) == rows.keys() - fit, text


def test_only_an_order_of_such_texts_is_written_otherwise(ask: Asker) -> None:
    """Equal texts are equal in any order: for them nothing is compiled again, whatever the characters."""
    ordered = ask.engine.ready(Question(BY_VALUE % ("name", "gt")))
    same = ask.engine.ready(Question(BY_VALUE % ("name", "eq")))
    rights = ask.rights("steward")

    def statement(ready: Any, text: str) -> int:
        return id(ask.engine.bound(ready, {"ids": [f"organization/{text}"], "v": text}, rights).compiled)

    assert len({statement(same, text) for text in TEXTS}) == 1
    assert len({statement(ordered, text) for text in ("", "a", "é", "漢", "\ud7ff")}) == 1
    assert len({statement(ordered, text) for text in TEXTS}) == 2


def test_what_needs_care_is_bounded() -> None:
    assert not is_high("漢字 é a")
    assert not is_high(7)
    assert is_high("a\ufe0f")
    made = operand("🚲" * WITHIN * 10)
    assert len(made["before"]) == MOST
    assert made["behind"] == []
