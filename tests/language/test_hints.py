"""The commonest mistakes get the word that helps: for each hint a document with the mistake, and words of its error."""

from typing import Any

import pytest

from graph.errors import ParseFailed, QuestionRefused
from graph.question.document.read import DocumentLimits, coerce, read
from schema.derived.graphql.build import core, schema
from schema.model import model

COUNT = "{ totalCount }"
MISTAKES = [
    ("{ cities { name } }", "It is a connection: select nodes { name }."),
    ("{ cities { nodes { country { cities { name } } } } }", "select nodes { name }."),
    ("{ cities { items { name } } }", "its facts are in nodes."),
    ("{ cities { count } }", "The number of all facts is totalCount."),
    ("{ cities { edges { name } } }", "select node { name }."),
    ("{ cities { nodes { twins { edges { id } } } } }", "select node { id }. The relationship's is relationshipId."),
    ("{ cities }", "Write cities { nodes { id } }."),
    ('{ cities(where: {name: "Seattle"}) %s }' % COUNT, 'the value: {eq: "Seattle"}.'),
    ('{ cities(where: {name: ["Turin", "Rome"]}) %s }' % COUNT, 'the value: {in: ["Turin", "Rome"]}.'),
    ("{ cities(where: {population: 5}) %s }" % COUNT, "the value: {eq: 5}."),
    ("{ visits(where: {since: 2018}) %s }" % COUNT, 'the value: {eq: "2018"}.'),
    ('{ visits(where: {kind: "STUDY_TOUR"}) %s }' % COUNT, "the value: {eq: STUDY_TOUR}."),
    ("{ visits(where: {kind: STUDY_TOUR}) %s }" % COUNT, "the value: {eq: STUDY_TOUR}."),
    ('{ visits(where: {kind: {eq: "STUDY_TOUR"}}) %s }' % COUNT, "Write it without quotes: STUDY_TOUR."),
    ("{ visits(where: {kind: {eq: TOUR}}) %s }" % COUNT, "Accepted are STUDY_TOUR, "),
    ('{ cities(where: {country: "us"}) %s }' % COUNT, "and the value: {id: {eq: ...}}."),
    ('{ cities(where: {residents: "a"}) %s }' % COUNT, "write {some: {...}}"),
    (
        '{ cities(where: {residents: {name: {eq: "a"}}}) %s }' % COUNT,
        "It is a list of facts: write {some: {name: ...}}.",
    ),
    ('{ cities(where: [{name: {eq: "a"}}]) %s }' % COUNT, "its field `and` or `or`."),
    ('{ cities(where: {name_contains: "Se"}) %s }' % COUNT, "Write {name: {contains: ...}}."),
    ("{ cities(where: {populationGte: 5}) %s }" % COUNT, "Write {population: {gte: ...}}."),
    ('{ cities(where: {name: {like: "Se"}}) %s }' % COUNT, "Write contains."),
    ('{ cities(where: {name: {equals: "Se"}}) %s }' % COUNT, "Write eq."),
    ('{ cities(where: {name: {sounds: "Se"}}) %s }' % COUNT, "The operators here are eq, ne, in, notIn"),
    ('{ city(name: "Seattle") { id } }', "takes an id; to find by name, ask cities(where: {name: {eq: ...}})."),
    ("{ city { name } }", "city gives one fact by its id; cities gives a list"),
    ('{ cities(residents: "a") %s }' % COUNT, "A list is filtered with where: {residents: {some: {...}}}."),
    ('{ cities(country: "a") %s }' % COUNT, "A list is filtered with where: {country: {...}}."),
    ('{ adoptions(where: {city: "Turin"}) %s }' % COUNT, "Of a list of facts, write {some: {...}}."),
    ('{ cities(name: "Seattle") %s }' % COUNT, "A list is filtered with where: {name: {eq: ...}}."),
    ('{ cities(filter: {name: "a"}) %s }' % COUNT, "A list is filtered with where:"),
    *[("{ cities(%s: 5) %s }" % (name, COUNT), "A list takes first") for name in ("limit", "offset", "skip", "take")],
    ("{ cities { nodes { residents(limit: 5) %s } } }" % COUNT, "and after, which is the endCursor"),
    ("{ cities(order_by: {name: ASC}) %s }" % COUNT, "orderBy: {name: ASC}."),
    ("{ cities(sort: NAME) %s }" % COUNT, "orderBy: {name: ASC}."),
    ('{ cities(orderBy: "population") %s }' % COUNT, "Write a key and a direction: {population: ASC}."),
    ('{ cities(orderBy: {name: "ASC"}) %s }' % COUNT, "Write it without quotes: ASC."),
    ("{ cities(orderBy: {name: ASC, id: DESC}) %s }" % COUNT, "[{since: DESC}, {id: ASC}]."),
    ("{ visits(sort: SINCE) %s }" % COUNT, "orderBy: {title: ASC}."),
    ('{ visits(filter: "a") %s }' % COUNT, 'where: {title: {eq: "..."}}.'),
    ("{ visits(orderBy: since_DESC) %s }" % COUNT, "Write a key and a direction: {since: DESC}."),
    ("{ lessons(orderBy: NEWEST) %s }" % COUNT, "Write a key and a direction: {statement: ASC}."),
    (
        "{ visits(orderBy: {hosts: DESC}) %s }" % COUNT,
        "Of a list of facts, write {count: DESC}; of one fact, such as {name: DESC}.",
    ),
    (
        '{ visits(where: {hosts: {some: {country: {name: {eq: "a"}}}}}) %s }' % COUNT,
        "write {on: {city: {country: ...}}}.",
    ),
    ("{ persons { nodes { id } } }", "Write people."),
    ("{ visitsAggregate { count } }", "Write visits { aggregate { count } }."),
    ("{ citiesConnection { totalCount } }", "Write cities."),
    ("{ cities { nodes { visits { totalCount } } } }", "Did you mean 'visitsMade' or 'visitsHosted'?"),
    ('{ cities { nodes { residents(asOf: "2018") %s } } }' % COUNT, "asOf is an argument of the field at the root"),
    ('{ cities { nodes { country(asOf: "2018") { id } } } }', "holds for everything below it."),
    ('{ node(id: "city/a", asOf: "2018") { id } }', "node takes an id only; ask nodes(ids: [...], asOf: ...)."),
    ('{ node(id: "city/a", synthetic: true) { id } }', "ask nodes(ids: [...], synthetic: ...)."),
    ('mutation { addCity(name: "a") { id } }', "docs/writing.md"),
    ("subscription { cityAdded { id } }", "GET /events/stream"),
    ('{ cities(first: "5") %s }' % COUNT, "Write a number without quotes."),
    ("{ cities(where: {name: {eq: Seattle}}) %s }" % COUNT, "Write a text in double quotes."),
    ('{ cities(where: {"name": {"eq": "a"}}) %s }' % COUNT, "have no quotes: {name: ...}."),
    ("{ citys { nodes { id } } }", "Did you mean 'city' or 'cities'?"),
    ("{ cities { nodes { nmae } } }", "Did you mean 'name'"),
]


def messages(text: str, variables: dict[str, Any] | None = None, *, suggestions: bool = True) -> str:
    """Return the messages of the errors that a document is refused with."""
    types, limits = core(schema()), DocumentLimits(suggestions=suggestions)

    def ask() -> None:
        document = read(text, types, limits, model())
        coerce(types, document.operation(None), variables or {}, limits)

    with pytest.raises((QuestionRefused, ParseFailed)) as refused:
        ask()
    return str(refused.value)


@pytest.mark.parametrize(("text", "says"), MISTAKES)
def test_a_common_mistake_gets_the_word_that_helps(text: str, says: str) -> None:
    assert says in messages(text)


@pytest.mark.parametrize(
    ("variable", "type_", "value", "says"),
    [
        ("where", "CityWhere", {"name": "Seattle"}, 'the value: {eq: "Seattle"}.'),
        ("where", "CityWhere", {"and": [{"population": 5}]}, "the value: {eq: 5}."),
        ("orderBy", "[CityOrder!]", "name", "a direction: {name: ASC}."),
        ("first", "Int", "5", "Write a number without quotes."),
        ("first", "Int!", None, "not to be null."),
    ],
)
def test_a_mistake_in_a_variable_gets_it_too(variable: str, type_: str, value: Any, says: str) -> None:
    text = f"query ($v: {type_}) {{ cities({variable}: $v) {COUNT} }}"
    assert says in messages(text, {"v": value})


@pytest.mark.parametrize("text", ["{ cities { name } }", '{ cities(where: {name: "a"}) %s }' % COUNT])
def test_no_hint_names_the_schema_without_suggestions(text: str) -> None:
    message = messages(text, suggestions=False)
    assert "nodes" not in message
    assert "eq" not in message


def test_a_hint_that_names_nothing_is_always_given() -> None:
    assert "GET /events/stream" in messages("subscription { a }", suggestions=False)


def test_a_long_value_leaves_room_for_the_hint() -> None:
    assert messages('{ cities(where: {name: "%s"}) %s }' % ("a" * 500, COUNT)).endswith("the value: {eq: ...}.")


def test_a_property_of_the_fact_is_not_called_one_of_relationships() -> None:
    assert "relationships" not in messages("{ cities { edges { name } } }")
    assert "is a property of relationships" in messages("{ cities { edges { asNamed } } }")


def test_the_mended_questions_are_taken() -> None:
    """What the hints advise is right: these are questions."""
    for text in (
        "{ cities { nodes { name } totalCount } }",
        '{ cities(where: {name: {eq: "Seattle"}, residents: {some: {name: {eq: "a"}}}}) { nodes { id } } }',
        "{ cities(first: 5, orderBy: [{name: ASC}, {id: DESC}]) { edges { node { name } } } }",
        "{ visits(orderBy: [{hosts: {count: DESC}}, {since: DESC}, {id: ASC}]) { aggregate { count } } }",
        '{ visits(where: {hosts: {some: {on: {city: {country: {name: {eq: "a"}}}}}}}) { totalCount } }',
        '{ nodes(ids: ["city/a"], asOf: "2018", synthetic: true) { id } }',
        '{ visits(asOf: "2018", where: {kind: {eq: STUDY_TOUR}, since: {eq: "2018"}}) { nodes { id } } }',
    ):
        document = read(text, core(schema()), DocumentLimits(), model())
        assert document.operations, text
