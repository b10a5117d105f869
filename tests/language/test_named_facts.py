"""Names of facts in filters: what they mean, where they are known, and what is refused. Answers are worked out by hand.

The visits are those of `worlds/edges.jsonl`: number n is made by Seattle, Turin or Portland in turn and goes to the next of
them; visits 0 and 2 go on to the third.
"""

from collections.abc import Callable
from typing import Any

import pytest

from app.viewers.tokens import ANONYMOUS
from graph.cypher.fragments import Fragment, clause
from graph.cypher.spans import earliest, latest
from graph.errors import BadUserInput, QuestionTooExpensive
from graph.question.compile import Limits
from graph.question.engine import Engine, Question
from schema.language.edtf import parse
from tests.conftest import Asker
from tests.kit.writer import BlockingWriter

VISITS = "[" + ", ".join(f'"visit/edge-{n}"' for n in range(8)) + "]"
TEXTS = (
    *("2005", "2005-06", "2005-06-15", "1991~", "1992?", "1992%", "200X", "19XX", "2004-XX", "2004-05-XX", "0987"),
    *("2017/..", "../2012", "2006~/2013~", "[1998..2001]", "[..1999]", "[2000..]", "[2024, 2025]", "[2025,2024-03]"),
    *("[1989..1992]/[2003,2001-02]", "2012-12-31", "2013-01-01", "9999"),
)
"""Dates of every form that is accepted."""


@pytest.fixture
def engine(new_engine: Callable[[Limits], Engine]) -> Engine:
    return new_engine(Limits())


def compile_(engine: Engine, text: str, variables: dict[str, Any] | None = None) -> str:
    statement = engine.bound(engine.ready(Question(text)), variables or {}, ANONYMOUS).compiled.statement
    assert statement is not None
    return statement.text


def visits(ask: Asker, where: str) -> str:
    """Return the numbers of the visits of the edge cases that a filter leaves."""
    text = f"{{ visits(synthetic: true, where: {{id: {{in: {VISITS}}}, {where}}}) {{ nodes {{ id }} }} }}"
    found: Any = ask(text, {}, "anonymous")
    assert not found.errors
    return "".join(node["id"][-1] for node in found.data["visits"]["nodes"])


# What names mean ---------------------------------------------------------------------------------------------------


def test_reciprocal_visits(ask: Asker) -> None:
    """Portland and Seattle visited each other, so did Portland and Turin. Seattle went to Turin, but Turin not to Seattle."""
    back = f'on: {{city: {{visitsMade: {{some: {{id: {{in: {VISITS}}}, hosts: {{some: {{same: "one"}}}}}}}}}}}}'
    text = f"""{{ cities(synthetic: true, where: {{
        as: "one", visitsMade: {{some: {{id: {{in: {VISITS}}}, hosts: {{some: {{not: {{same: "one"}}, {back}}}}}}}}}
    }}) {{
        nodes {{ name visitsMade(where: {{id: {{in: {VISITS}}}}}) {{ nodes {{
          hosts(where: {{{back}}}) {{ nodes {{ name }} }} }} }} }} }} }}"""
    found: Any = ask(text, {}, "anonymous").data
    hosts = {
        city["name"]: [[host["name"] for host in visit["hosts"]["nodes"]] for visit in city["visitsMade"]["nodes"]]
        for city in found["cities"]["nodes"]
    }
    assert hosts == {
        "Seattle": [["Portland"], [], []],
        "Turin": [["Portland"], ["Portland"], ["Portland"]],
        "Portland": [["Turin", "Seattle"], ["Seattle"]],
    }


@pytest.mark.parametrize(("operator", "numbers"), [("before", "134"), ("after", "07")])
def test_visits_before_and_after_another_visit_of_the_same_city(ask: Asker, operator: str, numbers: str) -> None:
    """Visit 3 (2010~) is after 0 (2009-04-17); 1 (2009) and 4 (20XX) are after 7 (0001-01-01). Nothing else is sure."""
    other = f'id: {{in: {VISITS}}}, since: {{{operator}: {{fact: "visit"}}}}'
    assert (
        visits(ask, f'as: "visit", visitors: {{some: {{on: {{city: {{visitsMade: {{some: {{{other}}}}}}}}}}}}}')
        == numbers
    )


def test_dates_of_other_names_and_of_relationships(ask: Asker) -> None:
    """The first stop of every visit is dated 2009-04-17: surely after visit 7 began, and surely before visit 3."""
    arrived = 'as: "visit", hosts: {some: {edge: {arrived: {%s: {fact: "visit", date: "since"}}}}}'
    assert visits(ask, arrived % "after") == "7"
    assert visits(ask, arrived % "before") == "3"
    earlier = f'id: {{in: {VISITS}}}, since: {{before: {{fact: "stop", date: "arrived"}}}}'
    made = f"on: {{city: {{visitsMade: {{some: {{{earlier}}}}}}}}}"
    assert visits(ask, f'hosts: {{some: {{edge: {{as: "stop"}}, {made}}}}}') == "036"


def test_a_relationship_has_a_name(ask: Asker) -> None:
    """A city that hosted a visit hosted it once: there is no second relationship between the two."""
    back = 'as: "visit", hosts: {some: {edge: {as: "stop"}, on: {city: {visitsHosted: {some: {same: "visit", edge: {%s}}}}}}}'
    assert visits(ask, back % 'same: "stop"') == "01234567"
    assert visits(ask, back % 'not: {same: "stop"}') == ""


@pytest.mark.parametrize(
    ("visit", "quantifier", "count"),
    [(0, "every", 0), (3, "every", 1), (0, "some", 1), (0, "none", 0), (1, "none", 1)],
)
def test_quantifiers_over_a_named_fact(ask: Asker, visit: int, quantifier: str, count: int) -> None:
    """Visit 0 was made by Seattle and by an organization, visit 3 by Seattle alone, visit 1 by Turin."""
    of_visit = f'{{some: {{id: {{eq: "visit/edge-{visit}"}}, visitors: {{{quantifier}: {{same: "city"}}}}}}}}'
    route = "visitsMade" if visit != 1 else "visitsHosted"
    city = "city/us-wa-seattle" if visit != 1 else "city/us-or-portland"
    where = f'as: "city", id: {{eq: "{city}"}}, {route}: {of_visit}'
    found: Any = ask(f"{{ cities(synthetic: true, where: {{{where}}}) {{ totalCount }} }}", {}, "anonymous").data
    assert found["cities"]["totalCount"] == count


# Dates -------------------------------------------------------------------------------------------------------------

BEFORE = clause(
    "UNWIND $q.pairs AS p RETURN {latest} < {earliest} AS before",
    latest=latest(Fragment("p[0]")),
    earliest=earliest(Fragment("p[1]")),
)


def surely_before(seeded: BlockingWriter, pairs: list[tuple[str | None, str | None]]) -> list[bool]:
    return [bool(record["before"]) for record in seeded.read(BEFORE, pairs=[list(pair) for pair in pairs])]


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2004", "2005", True),
        ("2005", "2005-06", False),
        ("2005-06-14", "2005-06-15", True),
        ("2005-06-15", "2005-06-15", False),
        ("2004-12-31", "2005", True),
        ("2004-02", "2004-02-29", False),
        ("1991~", "1992?", True),
        ("199X", "2000", True),
        ("199X", "1999", False),
        ("[1998..2001]", "2001-05", False),
        ("[2025,2024-03]", "2026", True),
        ("[2025,2024-03]", "2025", False),
        ("2017/..", "2026", False),
        ("../2012", "2013", True),
        ("2011", "../2012", False),
        (None, "2013", False),
        ("2011", None, False),
    ],
)
def test_a_date_is_surely_before_another(
    seeded: BlockingWriter, one: str | None, other: str | None, before: bool
) -> None:
    assert surely_before(seeded, [(one, other)]) == [before]


def test_dates_of_every_form_are_compared_by_the_days_that_they_may_mean(seeded: BlockingWriter) -> None:
    pairs: list[tuple[str | None, str | None]] = [(one, other) for one in TEXTS for other in TEXTS]
    expected = []
    for one, other in pairs:
        last, first = parse(one or "").latest, parse(other or "").earliest
        expected.append(last is not None and first is not None and last < first)
    found = surely_before(seeded, pairs)
    assert [pair for pair, got, wanted in zip(pairs, found, expected, strict=True) if got != wanted] == []


# What is refused ---------------------------------------------------------------------------------------------------

USE = "{ adoptions(where: {%s}) { nodes { city { visitsMade(where: {%s}) { totalCount } } aggregate: drewOn { totalCount } } } }"


@pytest.mark.parametrize(
    ("where", "below", "says"),
    [
        ('same: "use"', "", "adoptions.where.same: no filter around this one names a fact 'use'; known are none."),
        (
            'city: {as: "city"}, drewOn: {some: {learnedBy: {same: "city"}}}',
            "",
            "'city' is named in adoptions.where.city and not known here. A name is known inside the filter that gives it",
        ),
        (
            'city: {as: "city"}',
            'visitors: {some: {same: "city"}}',
            "'city' is named in adoptions.where.city and not known",
        ),
        (
            'as: "use", city: {as: "use"}',
            "",
            "adoptions.where.city.as: a filter around this one names a fact 'use' too",
        ),
        ('as: "a use"', "", "adoptions.where.as: 'a use' is no name; accepted are letters and digits"),
        ('as: "1st"', "", "a letter first"),
        ('as: "use"', 'same: "use"', "'use' is an Adoption, and what is filtered here is a Visit"),
        (
            'as: "use"',
            'hosts: {some: {edge: {arrived: {before: {fact: "use"}}}}}',
            "'use' has no date 'arrived'; accepted are since, until, lastConfirmed.",
        ),
        (
            'as: "use"',
            'since: {before: {fact: "visit"}}',
            "no filter around this one names a fact 'visit'; known are 'use'.",
        ),
        (
            "",
            "visitors: {some: {on: {person: {}}}}",
            "no person can be there; accepted are city, region, country, organization",
        ),
    ],
)
def test_refusals(engine: Engine, where: str, below: str, says: str) -> None:
    with pytest.raises(BadUserInput) as refused:
        compile_(engine, USE % (where, below))
    assert says in refused.value.message, refused.value.message


def test_a_name_is_not_known_in_groups(engine: Engine) -> None:
    """A group has many rows. What the lists around name is known there."""
    text = """{ visits(where: {as: "visit"}) { nodes { hosts { aggregate { groupBy(by: [name]) { nodes { count } } } } }
      aggregate { groupBy(by: [programmes]) { nodes {
        key { programmes { editions(where: {same: "visit"}) { totalCount } } } } } } } }"""
    with pytest.raises(BadUserInput, match=r"'visit' is named in visits\.where and not known here"):
        compile_(engine, text)


# Limits, keys and cursors ------------------------------------------------------------------------------------------


def test_a_relation_to_a_named_fact_does_not_count_as_nesting(engine: Engine) -> None:
    nested = "visitors: {some: {on: {city: {visitsMade: {some: {hosts: {some: {on: {city: {%s}}}}}}}}}}"
    assert compile_(
        engine, '{ visits(where: {as: "a", %s}) { totalCount } }' % (nested % 'visitsHosted: {some: {same: "a"}}')
    )
    for further in ("visitsHosted: {some: {}}", 'visitsHosted: {every: {same: "a"}}'):
        with pytest.raises(QuestionTooExpensive):
            compile_(engine, '{ visits(where: {as: "a", %s}) { totalCount } }' % (nested % further))


@pytest.mark.parametrize(
    "given",
    [
        {"n": "a", "d": {"fact": "a"}},
        {"n": "a", "d": {"fact": "a", "date": "until"}},
        {"n": "a", "d": None},
        {"n": None, "d": None},
    ],
)
def test_names_in_variables_are_part_of_the_key(
    new_engine: Callable[[Limits], Engine], engine: Engine, given: dict[str, Any]
) -> None:
    text = """query ($w: VisitWhere, $n: String, $d: NamedDate) {
      visits(where: $w) { totalCount } other: visits(where: {as: $n, since: {before: $d}}) { totalCount } }"""

    def returned(same: str) -> dict[str, Any]:
        return {"as": "a", "returned": {"some": {"as": "b", "returnedBy": {"some": {"same": same}}}}}

    asked = [given | {"w": where} for where in (returned("a"), {"as": "a"}, None)]
    for _ in range(2):
        for variables in asked:
            assert compile_(engine, text, variables) == compile_(new_engine(Limits()), text, variables)
    for refused in (given | {"w": returned("x")}, {"n": "b", "d": {"fact": "a"}}):
        with pytest.raises(BadUserInput):
            compile_(engine, text, refused)


def test_a_cursor_fits_no_list_with_another_name(ask: Asker) -> None:
    text = """query ($c: String) { visits(synthetic: true, first: 1, after: $c, where: {as: "a", visitors: {some: {as: "b",
      on: {city: {lessons: {none: {learnedBy: {%s}}}}}}}}) { pageInfo { endCursor } } }"""
    other = 'not: {same: "b"}'
    found: Any = ask(text % other, {}, "anonymous").data
    cursor = found["visits"]["pageInfo"]["endCursor"]
    assert not ask(text % other, {"c": cursor}, "anonymous").errors
    (error,) = ask(text % 'same: "b"', {"c": cursor}, "anonymous").errors
    assert "cursor" in error.message
