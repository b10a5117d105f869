"""What a relationship or a type does not have is refused, although lists of facts of one type share their GraphQL types."""

from typing import Any

import pytest

from graph.errors import QuestionError, QuestionRefused
from graph.question.document.read import DocumentLimits, read
from schema.derived.graphql.build import core, schema
from schema.model import model
from tests.conftest import Asker

KNOWS_HAS_NO_STRENGTH = "`strength` is not a property of KNOWS, to which `knows` leads; accepted are id, since,"
ITS_EDGES_NEITHER = KNOWS_HAS_NO_STRENGTH.replace("are id,", "are relationshipId,")
NO_EDGE = "`edge` compares the relationship that leads to a fact; none leads to"


def refused(ask: Asker, text: str, variables: dict[str, Any] | None = None) -> QuestionError:
    """Return the one error that a question is answered with; nothing is sent to the database."""
    answer = ask(text, variables or {}, "anonymous")
    assert answer.data is None
    (error,) = answer.errors
    assert not ask.sent
    return error


IN_DOCUMENTS = {
    "an edge of another relationship": ("{ people { nodes { knows { edges { strength } } } } }", ITS_EDGES_NEITHER),
    "in a fragment": (
        "fragment E on PersonEdge { strength } "
        "{ people { nodes { trusts { edges { ...E } } knows { edges { ... { ...E } } } } } }",
        ITS_EDGES_NEITHER,
    ),
    "an edge of a root list": (
        "{ people { edges { since { text } } } }",
        "`since` is a property of relationships, and none leads here.",
    ),
    "a computed field of another relationship": (
        "{ people { nodes { knows { edges { inNextWave } } } } }",
        "`inNextWave` is not a property of KNOWS",
    ),
    "a filter of another relationship": (
        "{ people { nodes { knows(where: {edge: {strength: {gte: 3}}}) { totalCount } } } }",
        KNOWS_HAS_NO_STRENGTH,
    ),
    "deep in a filter": (
        "{ cities(where: {not: {rosters: {some: {people: {every: {or: [{knows: {none: {edge: {and: "
        "[{strength: {gte: 3}}]}}}}]}}}}}}) { totalCount } }",
        KNOWS_HAS_NO_STRENGTH,
    ),
    "a filter of a root list": (
        "{ people(where: {edge: {strength: {gte: 3}}}) { totalCount } }",
        f"{NO_EDGE} `people`.",
    ),
    "a filter of what a property refers to": (
        "{ people(where: {trusts: {some: {edge: {wave: {edge: {note: {isNull: true}}}}}}}) { totalCount } }",
        f"{NO_EDGE} `wave`.",
    ),
    "an order of another relationship": (
        "{ people { nodes { knows(orderBy: [{edge: {strength: ASC}}]) { totalCount } } } }",
        KNOWS_HAS_NO_STRENGTH,
    ),
    "an order of a root list": ("{ people(orderBy: [{edge: {since: ASC}}]) { totalCount } }", f"{NO_EDGE} `people`."),
    "an order below a fact": (
        "{ cities(orderBy: [{country: {edge: {since: ASC}}}]) { totalCount } }",
        f"{NO_EDGE} `country`.",
    ),
    "a fact where a list stands": (
        '{ lessons(where: {topics: {name: {eq: "x"}}}) { totalCount } }',
        "`name` stands in some, none, every of `topics`. It is a list of facts: write {some: {name: ...}}.",
    ),
    "a list where a fact stands": (
        '{ adoptions(where: {city: {some: {name: {eq: "x"}}}}) { totalCount } }',
        "`some` belongs to a list, and `city` is compared fact by fact: write the fields of the fact here.",
    ),
    "a list at the root": (
        "{ cities(where: {count: {gte: 1}}) { totalCount } }",
        "`count` belongs to a list, and `cities` is compared fact by fact: write the fields of the fact here.",
    ),
    "a list in a list": (
        "{ cities(where: {visitsHosted: {some: {none: {}}}}) { totalCount } }",
        "`none` belongs to a list, and `visitsHosted` is compared fact by fact: write the fields of the fact here.",
    ),
    "a key of another type": (
        "{ cities { aggregate { groupBy(by: [country, hosts]) { nodes { count } } } } }",
        "Facts of type `City` are not grouped by `hosts`; accepted are sinceYear, untilYear,",
    ),
    "an extreme of another type": (
        "{ people { aggregate { min { population } } } }",
        "`Person` has no property `population`.",
    ),
    "a number of another type": (
        "fragment N on Numbers { population } { cities { aggregate { sum { ...N } } } visits { aggregate { avg { ...N } } } }",
        "`Visit` has no property `population`.",
    ),
    "a text that is a number of another type": (
        "{ partnerships { aggregate { max { value } } } }",
        "`value` of `Partnership` is no number and no date.",
    ),
    "an extreme of another type in a group": (
        "{ people { aggregate { groupBy(by: [sector]) { nodes { max { population } } } } } }",
        "`Person` has no property `population`.",
    ),
    "an edge below a filter by type": (
        "{ organizations(where: {members: {some: {on: {person: {edge: {strength: {gte: 3}}}}}}}) { totalCount } }",
        "`strength` is not a property of MEMBER_OF",
    ),
    "a key without a group": ("{ cities { aggregate { key { name } } } }", "Only a group of `groupBy` has a `key`."),
    "groups of a group": (
        "{ cities { aggregate { groupBy(by: [country]) { nodes { groupBy(by: [name]) { totalCount } } } } } }",
        "A group has no groups: name several fields in `by`.",
    ),
    "groups without their list": (
        "{ cities { aggregate { groupBy(by: [country]) { count } } } }",
        "`groupBy` has a list of groups: write {nodes {count}}.",
    ),
    "a list of groups without groups": (
        "{ cities { aggregate { totalCount } } }",
        "`totalCount` stands in `groupBy`, which has the groups.",
    ),
    "a list of groups in a group": (
        "{ cities { aggregate { groupBy(by: [country]) { nodes { pageInfo { hasNextPage } } } } } }",
        "`pageInfo` stands in `groupBy`, and not in one of its groups.",
    ),
    "an order of groups by a number of another type": (
        "{ cities { aggregate { groupBy(by: [country], orderBy: [{sum: {delegates: DESC}}]) { totalCount } } } }",
        "`City` has no property `delegates`.",
    ),
    "two fields in a key of an order": (
        "{ cities(orderBy: [{name: ASC, population: DESC}]) { totalCount } }",
        "A key of an order has exactly one field, not 2.",
    ),
    "an order by a property of a list": (
        "{ cities(orderBy: [{twins: {name: ASC}}]) { totalCount } }",
        "`twins` is a list: sort by its number, {twins: {count: DESC}}, and say with `where` what is counted.",
    ),
    "an order by what is counted alone": (
        "{ cities(orderBy: [{twins: {where: {}}}]) { totalCount } }",
        "`twins` is a list: sort by its number,",
    ),
    "an order by the number of the list itself": (
        "{ cities(orderBy: [{count: DESC}]) { totalCount } }",
        "`count` stands below a list of related facts, whose number it is about.",
    ),
    "a filter of what is counted": (
        "{ people(orderBy: [{knows: {count: DESC, where: {edge: {strength: {gte: 3}}}}}]) { totalCount } }",
        KNOWS_HAS_NO_STRENGTH,
    ),
    "a type that cannot stand at an end": (
        "{ lessons { nodes { gainedOn { nodes { ... on City { name } } } } } }",
        "Fragment cannot be spread here as objects of type 'EventOrProgrammeOrVisit' can never be of type 'City'.",
    ),
}


@pytest.mark.parametrize(("text", "says"), IN_DOCUMENTS.values(), ids=IN_DOCUMENTS)
def test_validation_refuses_it_in_a_document(offline: Asker, text: str, says: str) -> None:
    error = refused(offline, text)
    assert error.code == "GRAPHQL_VALIDATION_FAILED"
    assert error.locations
    assert str(error).startswith(says), str(error)


IN_VARIABLES = {
    "a filter of another relationship": (
        "query ($w: PersonWhere) { people { nodes { knows(where: $w) { totalCount } } } }",
        {"w": {"edge": {"strength": {"gte": 3}}}},
        KNOWS_HAS_NO_STRENGTH,
    ),
    "a part of a filter": (
        "query ($e: PersonEdgeWhere) { people(where: {knows: {some: {edge: $e}}}) { totalCount } }",
        {"e": {"or": [{"strength": {"gte": 3}}]}},
        KNOWS_HAS_NO_STRENGTH,
    ),
    "a filter of a root list": (
        "query ($w: PersonWhere) { people(where: $w) { totalCount } }",
        {"w": {"edge": {"since": {"isNull": True}}}},
        NO_EDGE,
    ),
    "a fact where a list stands": (
        "query ($w: TopicWhere) { lessons(where: {topics: $w}) { totalCount } }",
        {"w": {"name": {"eq": "x"}}},
        "It is a list of facts: write {some: {name: ...}}.",
    ),
    "a list where a fact stands": (
        "query ($w: CityWhere) { cities(where: $w) { totalCount } }",
        {"w": {"some": {}}},
        "`some` belongs to a list",
    ),
    "an order of another relationship": (
        "query ($o: [PersonOrder!]) { people { nodes { knows(orderBy: $o) { totalCount } } } }",
        {"o": [{"edge": {"strength": "ASC"}}]},
        KNOWS_HAS_NO_STRENGTH,
    ),
    "an order of a root list": (
        "query ($o: [PersonOrder!]) { people(orderBy: $o) { totalCount } }",
        {"o": [{"edge": {"since": "ASC"}}]},
        "none leads to the facts of this list",
    ),
    "an order below a fact": (
        "query ($o: CountryOrder!) { cities(orderBy: [{country: $o}]) { totalCount } }",
        {"o": {"edge": {"since": "ASC"}}},
        "orderBy.edge stands beside the fields of a fact",
    ),
    "an order by a property of a list": (
        "query ($o: [CityOrder!]) { cities(orderBy: $o) { totalCount } }",
        {"o": [{"twins": {"name": "ASC"}}]},
        "`twins` is a list: sort by its number",
    ),
    "two fields in a key of an order": (
        "query ($o: [CityOrder!]) { cities(orderBy: $o) { totalCount } }",
        {"o": [{"name": "ASC", "population": "DESC"}]},
        "accepted is exactly one",
    ),
    "an order by the number of the list itself": (
        "query ($o: [CityOrder!]) { cities(orderBy: $o) { totalCount } }",
        {"o": [{"count": "DESC"}]},
        "`count` stands below a list of related facts",
    ),
    "a filter of what is counted": (
        "query ($o: [PersonOrder!]) { people(orderBy: $o) { totalCount } }",
        {"o": [{"knows": {"count": "ASC", "where": {"edge": {"strength": {"gte": 3}}}}}]},
        KNOWS_HAS_NO_STRENGTH,
    ),
    "an order of groups by a number of another type": (
        "query ($o: [GroupOrder!]) { cities { aggregate { groupBy(by: [country], orderBy: $o) { totalCount } } } }",
        {"o": [{"sum": {"delegates": "DESC"}}]},
        "sum has no delegates here",
    ),
    "a key of another type": (
        "query ($by: [GroupBy!]!) { cities { aggregate { groupBy(by: $by) { nodes { count } } } } }",
        {"by": ["hosts"]},
        "`City` is not grouped by `hosts`; accepted are sinceYear,",
    ),
}


@pytest.mark.parametrize(("text", "variables", "says"), IN_VARIABLES.values(), ids=IN_VARIABLES)
def test_the_planner_refuses_it_in_a_variable(offline: Asker, text: str, variables: dict[str, Any], says: str) -> None:
    error = refused(offline, text, variables)
    assert error.code == "BAD_USER_INPUT"
    assert says in str(error), str(error)


def test_the_names_that_would_fit_are_told_only_with_suggestions() -> None:
    for text in (IN_DOCUMENTS[name][0] for name in ("a filter of another relationship", "a key of another type")):
        with pytest.raises(QuestionRefused) as refused:
            read(text, core(schema()), DocumentLimits(suggestions=False), model())
        assert "accepted" not in str(refused.value)


def test_each_place_is_refused(offline: Asker) -> None:
    text = "{ people(where: {edge: {}, some: {}}) { edges { strength wave { id } } nodes { knows { edges { strength } } } } }"
    assert len(offline(text, {}, "anonymous").errors) == 5


@pytest.mark.parametrize(
    "text",
    [
        "{ people { edges { __typename cursor node { id } } } }",
        '{ search(text: "a") { edges { cursor highlights { text } node { id } } } }',
        "{ people(where: {offices: null}) { totalCount } }",
        "{ lessons { nodes { gainedOn { nodes { id ... on Visit { title } ... on Fact { note } __typename } } } } }",
        "{ people { nodes { trusts { edges { strength wave { id } } "
        "aggregate { groupBy(by: [sector]) { nodes { count } } } } } } }",
    ],
)
def test_what_fits_is_taken(offline: Asker, text: str) -> None:
    codes = [error.code for error in offline(text, {}, "anonymous").errors]
    assert "GRAPHQL_VALIDATION_FAILED" not in codes
    assert "BAD_USER_INPUT" not in codes
