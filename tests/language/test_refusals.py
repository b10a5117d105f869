"""Input that the language does not take: one error each, BAD_USER_INPUT, that names the place and says what is accepted."""

from typing import Any

import pytest

from graph.errors import BadUserInput
from graph.question.engine import Question
from tests.conftest import Asker

SEARCH = "query ($text: String!) { search(text: $text) { totalCount } }"
NAMED = "query ($text: String) { practices(where: {summary: {search: $text}}) { totalCount } }"
PATH = '{ path(from: "person/edge-0", to: "person/edge-1", through: %s) { length } }'
GROUPS = "{ efforts { aggregate { groupBy(%s) { nodes { count key { %s } } } } } }"
EVERY = "sinceYear, untilYear, confidence, marking, people, city"


def refusal(ask: Asker, text: str, variables: dict[str, Any] | None = None) -> str:
    """Return the message of the one error that a question is answered with."""
    found = ask(text, variables or {}, "anonymous")
    assert found.data is None
    (error,) = found.errors
    assert error.code == "BAD_USER_INPUT"
    assert not ask.sent
    return error.message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{ people(first: 1, last: 1) { totalCount } }", ("people", "first", "last")),
        ("{ people(last: -1) { totalCount } }", ("people.last: a page of -1 rows", "accepted are 0 to 100")),
        ("{ people(last: 101) { totalCount } }", ("people.last: a page of 101 rows", "accepted are 0 to 100")),
        ("{ people(first: -1) { totalCount } }", ("people.first: a page of -1 rows", "accepted are 0 to 100")),
        ('{ search(text: "a", first: 2, last: 2) { totalCount } }', ("search", "first", "last")),
        (
            '{ search(text: "a", last: 101) { totalCount } }',
            ("search.last: a page of 101 rows", "accepted are 0 to 100"),
        ),
        (
            '{ person(id: "person/edge-0") { trusts(last: 400) { totalCount } } }',
            ("trusts.last: a page of 400 rows", "accepted are 0 to 100"),
        ),
    ],
)
def test_page_sizes(offline: Asker, text: str, says: tuple[str, ...]) -> None:
    message = refusal(offline, text)
    assert all(part in message for part in says), message


@pytest.mark.parametrize(
    ("by", "key", "says"),
    [
        ("by: []", "sinceYear", "accepted are 1 to 5"),
        ("by: [city, city]", "city { id }", "each once"),
        (f"by: [{EVERY}]", "sinceYear", "accepted are 1 to 5"),
        ("by: [sinceYear]", "city { id }", "sinceYear"),
        ("by: [sinceYear, city]", "people", "sinceYear, city"),
        ("by: [city], first: -1", "city { id }", "accepted are 0 to 100"),
        ("by: [city], first: 101", "city { id }", "accepted are 0 to 100"),
    ],
)
def test_groups(offline: Asker, by: str, key: str, says: str) -> None:
    message = refusal(offline, GROUPS % (by, key))
    assert message.startswith("efforts.aggregate.")
    assert says in message, message


@pytest.mark.parametrize("document", [SEARCH, NAMED])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "0 words; accepted are 1 to 10"),
        (" -- !? \u0301 ", "0 words; accepted are 1 to 10"),
        ("a b c d e f g h i j k", "11 words; accepted are 1 to 10"),
        ("a" * 201, "201 characters; accepted are at most 200"),
    ],
)
def test_words(offline: Asker, document: str, text: str, says: str) -> None:
    assert says in refusal(offline, document, {"text": text})


@pytest.mark.parametrize("text", ["a b c d e f g h i j", "a" * 200, '+*?~:\\"(', "é", "AND OR NOT"])
def test_words_up_to_the_limits_are_taken(ask: Asker, text: str) -> None:
    if text == '+*?~:\\"(':
        assert "0 words" in refusal(ask, SEARCH, {"text": text})
    else:
        assert not ask(SEARCH, {"text": text}, "anonymous").errors


@pytest.mark.parametrize(
    ("through", "says"),
    [
        ("[]", "accepted are one or more"),
        ("[TRUSTS], maxHops: 0", "maxHops is 0; accepted are 1 to 6"),
        ("[TRUSTS], maxHops: 7", "maxHops is 7; accepted are 1 to 6"),
        ("[TRUSTS], maxHops: -1", "maxHops is -1; accepted are 1 to 6"),
    ],
)
def test_paths(offline: Asker, through: str, says: str) -> None:
    message = refusal(offline, PATH % through)
    assert message.startswith("path")
    assert says in message


def cursor(ask: Asker, text: str) -> str:
    found: Any = ask(text, {}, "anonymous").data
    (connection,) = found.values()
    return str(connection["pageInfo"]["endCursor"])


def test_a_cursor_of_a_search_fits_no_list_and_no_other_search(ask: Asker) -> None:
    taken = cursor(ask, '{ search(text: "zyklotur", first: 1) { pageInfo { endCursor } } }')
    for other in (
        "query ($c: String) { people(first: 1, after: $c) { totalCount } }",
        "query ($c: String) { people(first: 1, orderBy: [{name: ASC}], after: $c) { totalCount } }",
        'query ($c: String) { search(text: "zyklo", after: $c) { totalCount } }',
        'query ($c: String) { search(text: "zyklotur", types: [EVENT], before: $c) { totalCount } }',
    ):
        assert "endCursor" in refusal(ask, other, {"c": taken})


def test_a_cursor_of_a_list_fits_no_search(ask: Asker) -> None:
    for text in (
        "{ people(first: 1) { pageInfo { endCursor } } }",
        "{ people(first: 1, orderBy: [{name: ASC}]) { pageInfo { endCursor } } }",
    ):
        other = 'query ($c: String) { search(text: "zyklotur", before: $c) { totalCount } }'
        assert "endCursor" in refusal(ask, other, {"c": cursor(ask, text)})


@pytest.mark.parametrize("given", ["", "x", "é", "A" * 5_000])
def test_what_is_no_cursor(offline: Asker, given: str) -> None:
    for text in (
        "query ($c: String) { people(last: 1, before: $c) { totalCount } }",
        'query ($c: String) { search(text: "zyklotur", after: $c) { totalCount } }',
    ):
        assert "endCursor" in refusal(offline, text, {"c": given})


def test_an_operator_with_null_finds_nothing(ask: Asker) -> None:
    assert ask(NAMED, {"text": None}, "anonymous").as_dict() == {"data": {"practices": {"totalCount": 0}}}


@pytest.mark.parametrize(
    ("declared", "key", "variables"),
    [
        ("$o: CountryOrder", "{country: $o}", {"o": None}),
        ("$o: VisitOrder = {count: DESC}", "{visitsHosted: $o}", {"o": None}),
        ("$o: OrderDirection", "{name: $o}", {"o": None}),
        ("$o: OrderDirection", "{name: $o}", {}),
    ],
)
def test_a_key_of_an_order_that_a_variable_leaves_empty(
    offline: Asker, declared: str, key: str, variables: dict[str, Any]
) -> None:
    text = f"query ({declared}) {{ cities(first: 1, orderBy: [{key}]) {{ totalCount }} }}"
    assert "accepted is exactly one" in refusal(offline, text, variables)


def test_a_text_that_is_no_cursor_is_named_where_it_stands(offline: Asker) -> None:
    text = "query ($c: String) { cities(before: $c) { totalCount } }"
    assert "cities.before: this is no cursor" in refusal(offline, text, {"c": "Ann"})


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ('search(text: "a", types: $many)', {"many": ["CITY"] * 1_001}),
        ("people(where: {marking: {in: $many}})", {"many": ["CLEAR"] * 1_001}),
    ],
)
def test_long_lists_of_words(offline: Asker, text: str, variables: dict[str, Any]) -> None:
    of = "FactType" if "types" in text else "Marking"
    assert "at most 1000" in refusal(offline, f"query ($many: [{of}!]) {{ {text} {{ totalCount }} }}", variables)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{ __typename }", "has no operation 'A'; it has one without a name."),
        ("query B { __typename } query C { __typename }", "has no operation 'A'; it has: B, C."),
    ],
)
def test_an_operation_that_is_not_there(offline: Asker, text: str, says: str) -> None:
    with pytest.raises(BadUserInput, match=says):
        offline.engine.ready(Question(text, {}, "A"))
