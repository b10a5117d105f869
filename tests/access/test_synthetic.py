"""Synthetic facts: a question sees them only if it asks for them, and then its answer says so.

The rows are a few of their own, real and made up. tests/language/test_queries.py asks the seeds.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.viewers.tokens import ANONYMOUS
from graph.access.rights import Rights
from graph.cypher.facts import READ_AUDIENCES
from graph.cypher.fragments import Fragment
from graph.facts.write import Stamp
from graph.question.engine import Answer, Engine, Question
from tests.conftest import SECRET, Asker
from tests.kit.writer import BlockingWriter

LIMA = "city/pe-lma-lima"
REAL = {"confidence": "REPORTED", "sources": ["source/syn-1"]}
MADE_UP = {"confidence": "SYNTHETIC"}
CLEAR = {"marking": "CLEAR"}
ROWS: list[dict[str, Any]] = [
    {"label": "Source", "id": "source/syn-1", "title": "Source of the synthetic tests", **REAL},
    {"label": "Visit", "id": "visit/syn-1", "title": "Real visit", "kind": "MISSION", "status": "HELD", **REAL},
    {"label": "Visit", "id": "visit/syn-2", "title": "Made visit", "kind": "MISSION", "status": "HELD", **MADE_UP},
    {"type": "MADE_BY", "from": "visit/syn-1", "to": LIMA, **REAL},
    {"type": "MADE_BY", "from": "visit/syn-2", "to": LIMA, **MADE_UP},
    {"type": "HOSTED_BY", "from": "visit/syn-1", "to": "city/it-12-turin", **MADE_UP},
    {"label": "Lesson", "id": "lesson/syn-1", "statement": "A real one.", "since": "2005", **CLEAR, **REAL},
    {"label": "Lesson", "id": "lesson/syn-2", "statement": "A made-up one.", "since": "1990", **CLEAR, **MADE_UP},
    {"type": "LEARNED", "from": LIMA, "to": "lesson/syn-1", **MADE_UP},
    {"label": "Adoption", "id": "adoption/syn-1", "status": "RUNNING", "since": "2010", **REAL},
    {"type": "DREW_ON", "from": "adoption/syn-1", "to": "lesson/syn-1", **REAL},
    {"type": "DREW_ON", "from": "adoption/syn-1", "to": "lesson/syn-2", **REAL},
    {"label": "Person", "id": "person/syn-1", "name": "Green", "kind": "NAMED", "marking": "GREEN", **MADE_UP},
    {
        "label": "Person",
        "id": "person/syn-2",
        "name": "Amber",
        "kind": "NAMED",
        "marking": "AMBER",
        "holders": [LIMA],
        **MADE_UP,
    },
    {
        "label": "Person",
        "id": "person/syn-3",
        "name": "Red",
        "kind": "NAMED",
        "marking": "RED",
        "holders": [LIMA],
        **MADE_UP,
    },
]
FORGET = Fragment(
    "MATCH (n) WHERE n.id CONTAINS '/syn-' OR n:_Load AND n.file = 'syn.jsonl' "
    "OR n:_Audience AND n.audience CONTAINS 'pe-lma-lima' DETACH DELETE n"
)
VISITS = 'where: {id: {in: ["visit/syn-1", "visit/syn-2"]}}'

Ask = Callable[..., Answer]


@pytest.fixture
def asked(ask: Asker, plain_engine: Engine) -> Ask:
    """Ask a server with the default settings."""

    def asking(text: str, rights: Rights = ANONYMOUS, variables: dict[str, Any] | None = None) -> Answer:
        return ask.runner.run(plain_engine.ask(Question(text, variables or {}), rights, ask.reader))

    return asking


@pytest.fixture
def rows(seeded: BlockingWriter, tmp_path: Path) -> Iterator[BlockingWriter]:
    """Load the rows of this module; they are forgotten in the end."""
    path = tmp_path / "syn.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    (report,) = seeded.load([path], Stamp(SECRET, datetime(2026, 2, 1, tzinfo=UTC)))
    assert (report.diff.problems, report.diff.created) == ((), len(ROWS))
    yield seeded
    seeded.unit(lambda unit: unit.run(FORGET))


def told(answer: Answer) -> list[str] | None:
    """Return the fields that an answer says hold synthetic facts; None if it has no extensions."""
    assert not answer.errors
    found: dict[str, Any] = answer.as_dict()
    return found["extensions"]["synthetic"]["fields"] if "extensions" in found else None


# Real and made-up facts together -------------------------------------------------------------------------------------


def test_a_made_up_relationship_between_real_facts_is_hidden_with_what_it_says(asked: Ask, rows: Any) -> None:
    text = '{ visit(id: "visit/syn-1"%s) { hosts { totalCount edges { confidence } } } }'
    real: Any = asked(text % "")
    assert real.data["visit"]["hosts"] == {"totalCount": 0, "edges": []}
    assert told(real) is None
    every: Any = asked(text % ", synthetic: true")
    assert every.data["visit"]["hosts"] == {"totalCount": 1, "edges": [{"confidence": "SYNTHETIC"}]}
    assert told(every) == ["visit"]


def test_a_fact_that_a_made_up_relationship_leads_to_is_told_of(asked: Ask, rows: Any) -> None:
    text = '{ lesson(id: "lesson/syn-1"%s) { learnedBy { name } } }'
    assert asked(text % "").data == {"lesson": {"learnedBy": None}}
    every = asked(text % ", synthetic: true")
    assert (every.data, told(every)) == ({"lesson": {"learnedBy": {"name": "Lima"}}}, ["lesson"])


def test_years_count_from_real_lessons_only(asked: Ask, rows: Any) -> None:
    """The use of 2010 drew on a real lesson of 2005 and on a made-up one of 1990."""
    text = '{ adoption(id: "adoption/syn-1"%s) { lagYears { earliest latest } drewOn { totalCount } } }'
    real: Any = asked(text % "").data
    assert real["adoption"] == {"lagYears": {"earliest": 5, "latest": 5}, "drewOn": {"totalCount": 1}}
    every: Any = asked(text % ", synthetic: true").data
    assert every["adoption"] == {"lagYears": {"earliest": 5, "latest": 20}, "drewOn": {"totalCount": 2}}


@pytest.mark.parametrize(
    ("field", "shows"),
    [
        ('visit(id: "visit/syn-2", synthetic: true) { __typename }', True),
        ('visit(id: "visit/syn-1", synthetic: true) { title sources { id } visitors { nodes { id } } }', False),
        ('nodes(ids: ["visit/syn-1", "visit/none"], synthetic: true) { id }', False),
        ('nodes(ids: ["visit/syn-1", "visit/syn-2"], synthetic: true) { id }', True),
        (f"visits({VISITS}, synthetic: true) {{ totalCount }}", True),
        (f"visits({VISITS}, synthetic: true) {{ aggregate {{ max {{ since }} }} }}", True),
        (f"visits({VISITS}, synthetic: true) {{ aggregate {{ __typename }} }}", False),
        (f"visits({VISITS}, synthetic: true, first: 1) {{ nodes {{ id }} pageInfo {{ hasNextPage }} }}", False),
        (f"visits({VISITS}, synthetic: true, last: 1) {{ nodes {{ id }} pageInfo {{ hasPreviousPage }} }}", True),
        (f"visits({VISITS}, synthetic: true, first: 2) {{ nodes {{ id }} pageInfo {{ hasNextPage }} }}", True),
        (f"visits({VISITS}, synthetic: false) {{ totalCount nodes {{ id }} }}", False),
        ('visits(where: {id: {eq: "visit/syn-1"}}, synthetic: true) { totalCount nodes { id } }', False),
        (
            'visits(where: {id: {eq: "visit/syn-1"}}, synthetic: true) '
            "{ aggregate { groupBy(by: [hosts]) { nodes { count key { hosts { id } } } } } }",
            True,
        ),
        (
            'visits(where: {id: {eq: "visit/syn-1"}}, synthetic: true) '
            "{ aggregate { groupBy(by: [visitors]) { nodes { count key { visitors { id } } } } } }",
            False,
        ),
        (f'city(id: "{LIMA}", synthetic: true) {{ name country {{ name }} }}', False),
        (f'city(id: "{LIMA}", synthetic: true) {{ lessons {{ nodes {{ id }} }} }}', True),
        (
            'node(id: "adoption/syn-1", synthetic: true) { ... on Adoption { drewOn { nodes { id } } } ... on City { name } }',
            True,
        ),
        (
            'node(id: "adoption/syn-1", synthetic: true) { ... on Adoption { status } ... on Visit { hosts { totalCount } } }',
            False,
        ),
        ('search(text: "made visit", types: [VISIT], synthetic: true) { nodes { id } }', True),
        ('search(text: "real visit", types: [VISIT], synthetic: true) { nodes { id } }', False),
        (
            f'path(from: "visit/syn-1", to: "{LIMA}", through: [MADE_BY], synthetic: true) {{ length }}',
            False,
        ),
        (
            'path(from: "visit/syn-1", to: "city/it-12-turin", through: [HOSTED_BY], synthetic: true) { length }',
            True,
        ),
    ],
)
def test_an_answer_says_so_exactly_if_it_holds_a_made_up_fact(asked: Ask, rows: Any, field: str, shows: bool) -> None:
    answer = asked(f"{{ other: cities(first: 1) {{ totalCount }} here: {field} }}")
    assert told(answer) == (["here"] if shows else None)


def test_the_message_names_the_confidence(asked: Ask, rows: Any) -> None:
    answer: Any = asked('{ visit(id: "visit/syn-2", synthetic: true) { title } }').as_dict()
    assert answer["data"] == {"visit": {"title": "Made visit"}}
    assert "made-up facts (confidence SYNTHETIC)" in answer["extensions"]["synthetic"]["message"]


# The argument ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "plain", "set_"),
    [({"s": True}, 2, 2), ({"s": False}, 1, 1), ({"s": None}, 1, 2), ({}, 1, 2)],
)
def test_a_variable_decides_and_without_one_the_setting(
    asked: Ask, ask: Asker, rows: Any, variables: dict[str, Any], plain: int, set_: int
) -> None:
    """Every value is asked twice, so that a cached question of another value would be noticed."""
    text = f"query ($s: Boolean) {{ visits({VISITS}, synthetic: $s) {{ totalCount }} }}"
    for given, counts in [
        ({"s": True}, (2, 2)),
        (variables, (plain, set_)),
        ({"s": False}, (1, 1)),
        (variables, (plain, set_)),
    ]:
        found: Any = asked(text, variables=given).data, ask(text, given, "anonymous").data
        assert tuple(each["visits"]["totalCount"] for each in found) == counts


def test_a_question_that_does_not_ask_is_the_same_statement_as_if_there_were_no_such_facts(
    plain_engine: Engine,
) -> None:
    for text in (
        f"{{ visits({VISITS}) {{ totalCount nodes {{ id }} }} }}",
        f"{{ visits({VISITS}, synthetic: false) {{ totalCount nodes {{ id }} }} }}",
    ):
        prepared = plain_engine.bound(plain_engine.ready(Question(text)), {}, ANONYMOUS)
        compiled, bound = prepared.compiled, prepared.bound
        assert compiled.statement is not None
        assert "All" not in compiled.statement.text
        assert ">=" not in compiled.statement.text
        assert set(bound.parameters["q"]) == {"open", "audiences", "p0", "p1"}


def test_only_the_roots_that_ask_see_them(asked: Ask, rows: Any) -> None:
    found: Any = asked(
        f"{{ a: visits({VISITS}) {{ totalCount }} b: visits({VISITS}, synthetic: true) {{ totalCount }} }}"
    ).data
    assert (found["a"]["totalCount"], found["b"]["totalCount"]) == (1, 2)


def test_a_cursor_fits_only_a_list_that_sees_the_same(asked: Ask, rows: Any) -> None:
    page = "query ($s: Boolean, $after: String) { visits(first: 1, after: $after, synthetic: $s) { pageInfo { endCursor } } }"
    for value in (True, False):
        first: Any = asked(page, variables={"s": value}).data
        after = first["visits"]["pageInfo"]["endCursor"]
        assert not asked(page, variables={"s": value, "after": after}).errors
        refused = asked(page, variables={"s": not value, "after": after})
        assert [error.code for error in refused.errors] == ["BAD_USER_INPUT"]


# Rights ------------------------------------------------------------------------------------------------------------

PEOPLE = """query ($s: Boolean) { people(
  where: {id: {in: ["person/syn-1", "person/syn-2", "person/syn-3"]}}, synthetic: $s
) { nodes { name } } }"""


@pytest.mark.parametrize(
    ("rights", "names"),
    [
        (Rights(0), []),
        (Rights(1), ["Green"]),
        (Rights(1, ("2:it-12-turin",)), ["Green"]),
        (Rights(1, ("2:pe-lma-lima",)), ["Green", "Amber"]),
        (Rights(1, ("2:pe-lma-lima", "3:pe-lma-lima")), ["Green", "Amber", "Red"]),
        (Rights(3), ["Green", "Amber", "Red"]),
    ],
)
def test_markings_hold_for_made_up_facts_too(asked: Ask, rows: Any, rights: Rights, names: list[str]) -> None:
    def seen(value: bool) -> list[str]:
        found: Any = asked(PEOPLE, rights, {"s": value}).data
        return [person["name"] for person in found["people"]["nodes"]]

    assert seen(True) == names
    assert seen(False) == []


def test_an_audience_that_a_made_up_fact_uses_first_is_known_by_its_own_name(rows: BlockingWriter) -> None:
    audiences = rows.read(READ_AUDIENCES)[0]["audiences"]
    assert {"2:pe-lma-lima", "3:pe-lma-lima"} <= set(audiences)
    assert not [audience for audience in audiences if not audience[0].isdigit()]
