"""The shrinker, tried with failures made up for it: it finds the least that fails, and never leaves what is valid."""

import re

import pytest
from graphql import parse, validate

from schema.derived.graphql.build import core, schema
from tests.kit.oracle.world import World
from tests.kit.random.documents import Written, documents
from tests.kit.shrink import shrink

LARGE = Written(
    """query Large($first: Int! = 7, $where: VisitWhere, $order: [VisitOrder!], $id: ID!, $in: Boolean!) {
      city(id: $id) { name aliases }
      asked: visits(first: $first, where: $where, orderBy: $order, asOf: "2009") {
        totalCount @include(if: $in)
        edges { cursor node { ...Told hosts(first: 3) { nodes { name ... on City { population } } } } }
      }
    }
    fragment Told on Visit { ...More id since { text earliest } }
    fragment More on Visit { title note marking }""",
    {
        "where": {
            "and": [{"delegates": {"gte": 12, "lt": 40}}, {"not": {"title": {"contains": "Edge"}}}],
            "id": {"ne": "x"},
        },
        "order": [{"since": "DESC"}, {"title": "ASC"}],
        "id": "city/us-wa-seattle",
        "in": True,
    },
)


def words(question: Written) -> list[str]:
    return re.findall(r"\w+", question.text)


@pytest.mark.parametrize(
    ("sought", "most"),
    [("earliest", 5), ("population", 9), ("cursor", 3), ("delegates", 5), ("aliases", 4), ("orderBy", 5)],
)
def test_the_least_that_fails_is_left(sought: str, most: int) -> None:
    def fails(question: Written) -> bool:
        return sought in f"{question.text} {question.variables}"

    least = shrink(core(schema()), LARGE, fails)
    assert fails(least)
    assert len(words(least)) <= most, least
    assert least.variables == {}


def test_variables_become_literals_of_their_types() -> None:
    text = """query ($text: String!, $types: [FactType!], $last: Int) {
      search(text: $text, types: $types, last: $last) { totalCount } }"""
    asked = Written(text, {"text": "word", "types": ["CITY", "VISIT"], "last": 9})
    least = shrink(core(schema()), asked, lambda each: all(part in each.text for part in ("types", "last", "text:")))
    assert least.variables == {}
    assert words(least)[:2] == ["search", "text"]


def test_two_things_that_fail_together_both_stay() -> None:
    def fails(question: Written) -> bool:
        return "gte" in f"{question}" and "title" in question.text

    least = shrink(core(schema()), LARGE, fails)
    assert fails(least)
    assert len(words(least)) <= 9, least


def test_what_does_not_fail_is_left_alone() -> None:
    assert shrink(core(schema()), LARGE, lambda _: False) == LARGE


def test_time_is_bounded() -> None:
    assert shrink(core(schema()), LARGE, lambda _: True, seconds=0) != Written("", {})


def test_random_questions_stay_valid_on_the_way(world: World) -> None:
    tried = 0

    def fails(question: Written) -> bool:
        nonlocal tried
        tried += 1
        assert validate(core(schema()), parse(question.text)) == []
        return "nodes" in question.text

    for question in documents(core(schema()), world, 5, 12):
        if "nodes" in question.text:
            least = shrink(core(schema()), question, fails)
            assert len(words(least)) <= 12, least
    assert tried > 50
