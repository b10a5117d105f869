"""Noninterference: facts that a viewer may not see change no byte of any answer, cursors included.

The same holds for synthetic facts, which are for everybody, and questions that do not ask for them.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.access.rights import Rights
from graph.cypher.fragments import Fragment
from graph.facts.write import Stamp
from graph.question.engine import Engine, Question
from schema.derived.graphql.build import core, schema
from seeds import QUESTIONS
from tests.conftest import NOW, SECRET, Asker
from tests.kit.family import families
from tests.kit.kinds import covering
from tests.kit.oracle.world import World
from tests.kit.paths import DOCUMENTS
from tests.kit.random.documents import Written, documents
from tests.kit.together import together
from tests.kit.writer import BlockingWriter

FORGET = Fragment("MATCH (n) WHERE n.id CONTAINS '/hidden-' DETACH DELETE n")
FORGET_TIES = Fragment("MATCH ()-[r]->() WHERE r.id CONTAINS '/hidden-' DELETE r")
FORGET_LOAD = Fragment("MATCH (l:_Load {file: 'hidden.jsonl'}) DELETE l")
FORGET_AUDIENCE = Fragment("MATCH (a:_Audience) WHERE a.audience CONTAINS 'us-or-portland' DELETE a")
HIDDEN = {"confidence": "SYNTHETIC", "marking": "AMBER", "holders": ["city/us-or-portland"]}
SYNTHETIC = {"confidence": "SYNTHETIC", "marking": "CLEAR"}
RANDOM, RANDOM_SOAK = 40, 600
"""How many random questions are asked."""
EVERYBODY, TURIN = Rights(0), Rights(1, ("2:it-12-turin", "2:it-12-turin+us-wa-seattle"))
WRITTEN = (DOCUMENTS / "language", QUESTIONS)
EXTRA = ("visits", "organizations", "lessons", "adoptions", "people")
COMPUTED = (
    '{ search(text: "edge", first: 5) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id } '
    "highlights { property text ranges { start end } } } } }",
    '{ search(text: "zürich") { totalCount nodes { id } } search_last: search(text: "edge person 0", last: 2) '
    "{ pageInfo { hasPreviousPage startCursor } nodes { id } } }",
    '{ organizations(where: {name: {search: "zur"}}) { totalCount nodes { id name } } }',
    "{ people { aggregate { count min { since } max { since recordedAt } groupBy(by: [kind, sinceYear]) "
    "{ totalCount nodes { count distinct key { kind sinceYear } min { since } } } } } }",
    '{ organizations(asOf: "2015", first: 5, orderBy: [{visitsHosted: {count: DESC, where: {delegates: {gte: 1}}}}]) '
    "{ certainCount nodes { id visitsHosted { certainCount aggregate(distinct: true) { count sum { delegates } } } } } }",
    '{ organizations(where: {name: {is: "hidden in turin"}}) { totalCount } councils(asOf: "2018") { nodes { size { certain '
    "possible } members { totalCount certainCount } } } }",
    "{ visits { aggregate { count min { delegates since } max { delegates } avg { delegates } sum { delegates } "
    "groupBy(by: [status], first: 3) { nodes { count key { status } sum { delegates } } } } } }",
    "{ visits { aggregate { groupBy(by: [marking, kind]) { nodes { count key { marking kind } } } } } "
    "lessons { aggregate { min { since } groupBy(by: [learnedBy]) { nodes { count key { learnedBy { id } } } } } } }",
    '{ person(id: "person/edge-0") { trusts { aggregate { count groupBy(by: [name]) { nodes { count key { name } } } } } '
    "trustedBy { aggregate { count max { since } } } memberships { aggregate { count } } } }",
    "{ people(first: 30, orderBy: [{trustedBy: {count: DESC}}, {name: ASC}]) { edges { cursor node { id } } } }",
    "{ organizations(first: 30, orderBy: [{visitsHosted: {count: DESC}}]) { pageInfo { endCursor } nodes { id } } }",
    "{ cities(first: 10, orderBy: [{visitsMade: {count: DESC}}, {lessonsGiven: {count: DESC}}]) { "
    "edges { cursor node { id } } } }",
    "{ people(last: 7, orderBy: [{name: ASC}]) { pageInfo { hasPreviousPage hasNextPage startCursor } "
    "edges { cursor node { id } } } }",
    "{ visits(last: 7, orderBy: [{title: ASC}]) { pageInfo { hasPreviousPage startCursor endCursor } nodes { id } } }",
    "{ people(last: 5, where: {trustedBy: {none: {edge: {strength: {gte: 5}}}}}) { nodes { id } pageInfo { startCursor } } }",
    "{ people(where: {trusts: {every: {edge: {strength: {gte: 3}}}}}, first: 50) { totalCount nodes { id } } }",
    '{ path(from: "person/lang-dia", to: "person/edge-0", through: [TRUSTS]) { length nodes { id } ties { id } } }',
    '{ path(from: "person/lang-ann", to: "person/lang-eve", through: [WORKS_WITH, KNOWS]) { length nodes { id } ties { id } } '
    'to_city: path(from: "visit/edge-0", to: "lesson/edge-0", through: [MADE_BY, HOSTED_BY, FROM, LEARNED]) { nodes { id } } '
    'nowhere: path(from: "person/edge-0", to: "person/hidden-1", through: [TRUSTS]) { length } }',
    '{ wave(id: "wave/comp-2") { tieChange { lasted appeared ended unknown } } }',
    '{ person(id: "person/comp-a") { trustsWithoutSharedBoard { id } trusts { edges { relationshipId inNextWave } } } }',
    '{ person(id: "person/comp-c") { sharesBoardWithoutTrust { id } } }',
    '{ organization(id: "organization/comp-1") { sharesCouncilWithoutProject { id } } }',
    '{ adoption(id: "adoption/comp-stated") { lagYears { earliest latest stated } } }',
    '{ adoption(id: "adoption/comp-dated") { lagYears { earliest latest stated } } }',
    "{ visits { aggregate { groupBy(by: [visitors, hosts], first: 100) { "
    "totalCount nodes { count key { visitors { id } hosts { id } } } } } } "
    "people { aggregate { groupBy(by: [memberships, kind]) { nodes { count key { memberships { id } kind } } } } } }",
    '{ visits(where: {about: {id: {eq: "topic/mobility"}}}) { totalCount } lessons(where: {not: {about: {}}}) { totalCount } }',
    "{ visits(where: {sources: {count: {gte: 1}}}) { totalCount nodes { id } } "
    "people(where: {trusts: {some: {edge: {wave: {}}}}}) { totalCount } }",
    '{ visits(first: 100, where: {as: "late", visitors: {some: {on: {city: {visitsMade: {some: {not: {same: "late"}, '
    'since: {before: {fact: "late"}}}}}}}}}) { totalCount nodes { id } } people(where: {as: "one", trusts: {some: {trusts: '
    '{some: {same: "one"}}}}}) { totalCount } }',
)
"""What is computed over many facts, where one hidden fact too many would show."""


def hidden_rows(world: World, stated: dict[str, Any] = HIDDEN) -> list[dict[str, Any]]:
    """Make facts that collide with visible ones: equal values, first and last in every order, a hub of many ties."""
    return [row | stated if stated is HIDDEN else {**row, "holders": [], **stated} for row in _hidden_rows(world)]


def _hidden_rows(world: World) -> list[dict[str, Any]]:
    dice = random.Random(7)
    rows: list[dict[str, Any]] = []
    people = [id_ for id_, fact in world.nodes.items() if fact.label == "Person" and fact.marking == 0]
    for n in range(20):
        name = dice.choice(["", "!", "zzzz", "Edge person 0", "Zürich"]) + f" {n}"
        rows.append(
            {"label": "Person", "id": f"person/hidden-{n}", "name": name, "kind": "NAMED", "since": "1970", **HIDDEN}
        )
        rows.append({"label": "Organization", "id": f"organization/hidden-{n}", "name": name, "kind": "NGO", **HIDDEN})
        visit = {"title": name, "kind": "STUDY_TOUR", "status": "HELD", "delegates": n, "since": "2009"}
        rows.append({"label": "Visit", "id": f"visit/hidden-{n}", **visit, **HIDDEN})
        rows.append({"label": "Lesson", "id": f"lesson/hidden-{n}", "statement": name, "since": "1900", **HIDDEN})
    for n, person in enumerate(people * 3):
        ends = {"from": f"person/hidden-{n % 20}", "to": person}
        rows.append({"type": "TRUSTS", "id": f"trusts/hidden-{n}", **ends, "strength": 5, **HIDDEN})
        other = dice.choice([each for each in people if each != person])
        rows.append({"type": "KNOWS", "id": f"knows/hidden-{n}", "from": person, "to": other, **HIDDEN})
    for n in range(20):
        city = dice.choice(["city/us-wa-seattle", "city/it-12-turin"])
        for type_, start, end in (
            ("MADE_BY", f"visit/hidden-{n}", city),
            ("HOSTED_BY", f"visit/edge-{n % 8}", f"organization/hidden-{n}"),
            ("MEMBER_OF", f"person/edge-{n % 4}", f"organization/hidden-{n}"),
            ("DREW_ON", f"adoption/edge-{n % 6}", f"lesson/hidden-{n}"),
            ("FROM", f"lesson/edge-{n % 6}", "city/us-or-portland"),
            ("ABOUT", f"visit/edge-{n % 8}", "topic/mobility" if n % 2 else "practice/bus-rapid-transit"),
        ):
            rows.append(hidden_tie(type_, str(n), start, end))
    return rows + computed_rows()


def hidden_tie(type_: str, name: str, start: str, end: str, **values: Any) -> dict[str, Any]:
    prefix = type_.lower().replace("_", "-")
    return {"type": type_, "id": f"{prefix}/hidden-{name}", "from": start, "to": end, **values, **HIDDEN}


def computed_rows() -> list[dict[str, Any]]:
    """Make facts each of which would change a computed field: a wave between, an answer, a membership, a project, years."""
    ann, ben, board = "person/comp-a", "person/comp-b", "organization/comp-board"
    return [
        {"label": "Wave", "id": "wave/hidden-1", "name": "Between", "since": "2021", "invited": 3, **HIDDEN},
        {"label": "Outcome", "id": "outcome/hidden-1", "statement": "At once.", "statedLagYears": 0, **HIDDEN},
        hidden_tie("OF_ROSTER", "comp", "wave/hidden-1", "roster/comp"),
        hidden_tie("ANSWERED", "comp", ben, "wave/comp-2", consent="NAMED"),
        hidden_tie("TRUSTS", "comp", "person/comp-c", ann, wave="wave/comp-2", since="2022"),
        hidden_tie("TRUSTS", "comp-2", "person/comp-d", "person/comp-c", wave="wave/comp-2", since="2022"),
        hidden_tie("MEMBER_OF", "comp", ben, board),
        hidden_tie("FOLLOWS", "comp", "organization/comp-3", "project/comp"),
        hidden_tie("LED_TO", "comp", "adoption/comp-stated", "outcome/hidden-1"),
        hidden_tie("DREW_ON", "comp", "adoption/comp-dated", "lesson/hidden-1"),
        {"label": "Measurement", "id": "measurement/hidden-1", "value": 7, "role": "ACTUAL", "since": "2012", **HIDDEN},
        hidden_tie("SIZE_OF", "comp", "measurement/hidden-1", "council/certain-0"),
        hidden_tie("SITS_ON", "comp", board, "council/certain-0", since="2001", lastConfirmed="2030"),
    ]


@pytest.fixture
def hide(seeded: BlockingWriter, world: World, tmp_path: Path) -> Iterator[Any]:
    """Add hidden facts when called; take them away in the end."""

    def add(stated: dict[str, Any] = HIDDEN) -> None:
        path = tmp_path / "hidden.jsonl"
        path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in hidden_rows(world, stated)))
        (report,) = seeded.load([path], Stamp(SECRET, NOW))
        assert report.diff.problems == ()
        assert report.diff.created > 300

    yield add
    for statement in (FORGET_TIES, FORGET, FORGET_LOAD, FORGET_AUDIENCE):
        seeded.alone(statement)


@pytest.fixture(scope="module")
def questions(pytestconfig: pytest.Config, world: World) -> list[Written]:
    """Random questions, written ones, whole lists whose first and last rows matter, and what is computed over many.

    Most of the time Neo4j plans. So `make test` takes written questions until it has every kind of construct, and
    `make soak` takes all.
    """
    soak = pytestconfig.getoption("soak")
    written = [Written(family.text, family.variables) for family in families(*WRITTEN)]
    if not soak:
        written = [place.question for place in covering(core(schema()), [written], 1, lambda _: True)]
    lists = [
        Written(f"{{ {name}(first: 100) {{ totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ id }} }} }}", {})
        for name in EXTRA
    ]
    drawn = documents(core(schema()), world, 4242, RANDOM_SOAK if soak else RANDOM)
    return [*drawn, *written, *lists, *(Written(text, {}) for text in COMPUTED)]


@pytest.fixture(scope="module")
def default_questions(questions: list[Written]) -> list[Written]:
    """The questions that do not say whether they see synthetic facts."""
    return [each for each in questions if "synthetic:" not in each.text]


@pytest.fixture(scope="module")
def before(ask: Asker, questions: list[Written]) -> list[bytes]:
    """The answers without the facts that a test adds and takes away."""
    return answers(ask, questions)


def answers(ask: Asker, asked: list[Written], engine: Engine | None = None) -> list[bytes]:
    each = [
        (engine or ask.engine).ask(Question(*question), rights, ask.reader)
        for question in asked
        for rights in (EVERYBODY, TURIN)
    ]
    return [orjson.dumps(answer.as_dict()) for answer in ask.runner.run(together(each))]


@pytest.mark.soak
def test_hidden_facts_change_no_byte_of_any_answer(
    ask: Asker, questions: list[Written], before: list[bytes], hide: Any
) -> None:
    hide()
    after = answers(ask, questions)
    changed = [questions[at // 2] for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert changed == []


@pytest.mark.soak
def test_synthetic_facts_change_no_byte_of_an_answer_to_a_question_that_does_not_ask_for_them(
    ask: Asker, plain_engine: Engine, default_questions: list[Written], questions: list[Written], before: Any, hide: Any
) -> None:
    plain = answers(ask, default_questions, plain_engine)
    hide(SYNTHETIC)
    after = answers(ask, default_questions, plain_engine)
    changed = [
        default_questions[at // 2].text for at, pair in enumerate(zip(plain, after, strict=True)) if pair[0] != pair[1]
    ]
    assert changed == []
    many = len(COMPUTED)  # the last questions, which are over many facts
    wide = answers(ask, questions[-many:])
    seen = [one != other for one, other in zip(before[-2 * many :], wide, strict=True)]
    assert sum(seen) >= 20, "the edit would prove nothing if no question that asks for synthetic facts saw it"


def test_the_edit_is_one_that_a_viewer_with_rights_sees(ask: Asker, questions: list[Written], hide: Any) -> None:
    """The test above would prove nothing if nobody could see the difference."""
    portland = Rights(1, ("2:us-or-portland",))

    def seen() -> list[bytes]:
        asked = (ask.engine.ask(Question(*each), portland, ask.reader) for each in questions)
        return [orjson.dumps(answer.as_dict()) for answer in ask.runner.run(together(asked))]

    before = seen()
    hide()
    changed = [each.text for each, one, other in zip(questions, before, seen(), strict=True) if one != other]
    assert len(changed) >= 10
    assert set(COMPUTED) <= set(changed), set(COMPUTED) - set(changed)


@pytest.mark.parametrize("text", COMPUTED)
def test_what_is_computed_over_many_facts_has_an_answer(ask: Asker, text: str) -> None:
    """Two equal refusals would prove nothing either."""
    assert not ask(text, {}, "anonymous").errors
