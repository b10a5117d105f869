"""Kept statements: whatever was asked before, a request gets the statement that a fresh engine would write for it."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from app.viewers.tokens import ANONYMOUS
from graph.access.rights import Rights
from graph.errors import QuestionError, QuestionRefused
from graph.question.compile import Limits
from graph.question.engine import Engine, Question

TEXT = """query Q($first: Int, $after: String, $where: PersonWhere, $order: [PersonOrder!], $way: OrderDirection! = ASC,
  $names: [String!], $in: Boolean = true, $out: Boolean!, $ids: [ID!]!, $day: Edtf) {
  people(first: $first, after: $after, where: $where, orderBy: $order, asOf: $day) @include(if: $in) {
    totalCount @skip(if: $out)
    edges { cursor node { name trusts(where: {name: {in: $names}}, orderBy: [{name: $way}]) { totalCount } } }
  }
  nodes(ids: $ids) { id }
}"""
WHERES: tuple[Any, ...] = (
    None,
    {},
    {"name": {"eq": "a"}},
    {"name": {"eq": None}},
    {"name": {"ne": "a"}},
    {"name": {"in": ["a", "b"]}},
    {"or": [{"name": {"eq": "a"}}, {}]},
    {"or": [{"name": {"eq": "a"}}]},
    {"not": {"sector": {"eq": "CIVIC"}}},
    {"trusts": {"some": {}}},
    {"trusts": {"count": {"gte": 1}}},
)
ORDERS: tuple[Any, ...] = (
    None,
    [],
    [{"name": "ASC"}],
    [{"name": "DESC"}],
    [{"sector": "ASC"}, {"name": "ASC"}],
    {"id": "ASC"},
)


def given(dice: random.Random) -> dict[str, Any]:
    """Draw variables; each may be absent, and null where that is accepted."""
    drawn = {
        "first": dice.choice([None, 1, 5]),
        "after": None,
        "where": dice.choice(WHERES),
        "order": dice.choice(ORDERS),
        "way": dice.choice(["ASC", "DESC"]),
        "names": dice.choice([None, [], ["a"], ["a", "b"]]),
        "in": dice.choice([True, False]),
        "day": dice.choice([None, "2009"]),
    }
    kept = {name: value for name, value in drawn.items() if dice.random() < 0.8}
    return kept | {"out": dice.choice([True, False]), "ids": ["a"] * dice.randint(0, 2)}


def statement(engine: Engine, variables: dict[str, Any], rights: Rights, text: str = TEXT) -> str:
    """Return the statement for a request, or the code of its refusal."""
    try:
        compiled = engine.bound(engine.ready(Question(text)), variables, rights).compiled
    except QuestionRefused as refused:
        return refused.errors[0].code
    except QuestionError as error:
        return error.code
    return compiled.statement.text if compiled.statement else ""


@pytest.mark.parametrize("seed", range(4))
def test_a_kept_statement_is_that_of_a_fresh_engine(new_engine: Callable[[Limits], Engine], seed: int) -> None:
    dice, old = random.Random(seed), new_engine(Limits())
    texts = set()
    for _ in range(150):
        variables, rights = given(dice), dice.choice([ANONYMOUS, Rights(1, ("2:a",)), Rights(1, ("2:a", "2:b"))])
        kept = statement(old, variables, rights)
        assert kept == statement(new_engine(Limits()), variables, rights), variables
        texts.add(kept)
    assert len(texts) > 20


@pytest.mark.parametrize(
    "text",
    [
        'query($a: ID = "city/us-wa-seattle") { nodes(ids: [$a]) { id } cities(where: {id: {eq: $a}}) { totalCount } }',
        'query($a: String = "x") { cities(where: {name: {in: [$a], ne: $a}}) { totalCount } }',
        'query($a: String = "x") { cities(where: {or: [{name: {in: ["y", $a]}}, {name: {eq: $a}}]}) { totalCount } }',
    ],
)
def test_a_null_in_a_list_is_refused_whatever_was_asked_before(
    new_engine: Callable[[Limits], Engine], text: str
) -> None:
    engine, null, some = new_engine(Limits()), {"a": None}, {"a": "city/it-12-turin"}
    assert statement(engine, null, ANONYMOUS, text) == "BAD_USER_INPUT"
    assert statement(engine, some, ANONYMOUS, text) != "BAD_USER_INPUT"
    assert statement(engine, null, ANONYMOUS, text) == "BAD_USER_INPUT"
    assert statement(engine, {}, ANONYMOUS, text) == statement(engine, some, ANONYMOUS, text)


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        (
            "query A($x: String) { people(where: {name: {eq: $x}}) { totalCount } } "
            "query B($x: String) { ...F } fragment F on Query { cities(after: $x) { totalCount } }",
            {"x": "Ann"},
        ),
        (
            "query A($x: String, $s: Boolean!) { people(where: {name: {eq: $x}}) { totalCount } "
            "cities(after: $x) @skip(if: $s) { totalCount } }",
            {"x": "Ann", "s": True},
        ),
    ],
)
def test_a_cursor_that_nothing_uses_is_not_read(
    new_engine: Callable[[Limits], Engine], text: str, variables: dict[str, Any]
) -> None:
    engine = new_engine(Limits())
    assert engine.bound(engine.ready(Question(text, operation_name="A")), variables, ANONYMOUS).compiled.statement
