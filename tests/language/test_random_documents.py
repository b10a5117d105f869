"""Random questions: the compiled answer equals the oracle's, for viewers with other rights, by one statement each.

Of 2,000 questions, the same in every run, `make soak` asks all. `make test` asks some of the first 600, with all their kinds of
constructs. Others come from the seed of the run; CITYGRAPH_RANDOM_SEED repeats them.
"""

import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from graphql import OperationDefinitionNode, get_named_type, parse, type_from_ast

from graph.access.rights import Rights
from graph.bolt.read import Note, Reader, ignore
from graph.cypher.fragments import Fragment
from graph.errors import QuestionTooExpensive
from graph.question.compile import Limits
from graph.question.decode import slow
from graph.question.decode.page import Request
from graph.question.engine import Answer, Engine, Question
from schema.derived.graphql.build import core, schema
from schema.domain.evidence import COMMON
from schema.model import model
from tests.conftest import NOW_TEXT, Asker, wire
from tests.kit.family import hide_cursors
from tests.kit.kinds import Kind, Place, covering, kinds
from tests.kit.oracle.answer import answer as oracle
from tests.kit.oracle.view import Viewer
from tests.kit.oracle.world import World
from tests.kit.random.documents import Written, documents, random_seed
from tests.kit.shrink import shrink
from tests.kit.together import together
from tests.kit.writer import BlockingWriter

EACH, FIXED, FEW = 40, 50, 15
"""Questions in a batch, batches of fixed seeds, and the batches of which `make test` takes its questions."""
TIMES, PARTS = 1, 4
"""How often each kind of construct occurs in the questions of `make test`, and the parts in which they are asked."""
FRESH, FRESH_SOAK = 1, 100
"""Batches of the run's own seed."""
CLEAR = Fragment("CALL db.clearQueryCaches() YIELD value RETURN value")
TURIN = ("2:it-12-turin", "2:it-12-turin+us-wa-seattle")


@pytest.fixture
def without_old_plans(seeded: BlockingWriter) -> None:
    """Drop the plans of the batch before: thousands of texts that are never asked again would fill the database's memory."""
    seeded.read(CLEAR)


@dataclass(frozen=True)
class Counted(Reader):
    """A reader that keeps the statements it is given; one for each question, so that several may be under way."""

    texts: list[str] = field(default_factory=list)

    async def value(self, text: str, parameters: dict[str, Any], name: str, note: Note = ignore) -> Any:
        self.texts.append(text)
        return await super().value(text, parameters, name, note)

    async def packed(self, text: str, parameters: dict[str, Any], name: str, note: Note = ignore) -> bytes:
        self.texts.append(text)
        return await super().packed(text, parameters, name, note)


@dataclass(frozen=True)
class Asked:
    """A question, who asked it, what came of it and how many statements it took."""

    question: Written
    rights: Rights
    answer: Answer
    statements: int

    @property
    def too_expensive(self) -> bool:
        return any(isinstance(error, QuestionTooExpensive) for error in self.answer.errors)


def viewers(ask: Asker) -> list[Rights]:
    return [Rights(0), Rights(1, TURIN), ask.rights("steward")]


def ask_all(ask: Asker, questions: Sequence[tuple[Written, Rights]]) -> list[Asked]:
    """Ask questions, a few at a time, each with a reader of its own."""

    async def one(question: Written, rights: Rights) -> Asked:
        reader = Counted(ask.reader.sessions, ask.reader.seconds)
        answer = await ask.engine.ask(Question(*question), rights, reader)
        return Asked(question, rights, answer, len(reader.texts))

    return ask.runner.run(together(one(*pair) for pair in questions))


def shown(answer: dict[str, Any]) -> str:
    """Write an answer so that order, types and values count; 1.0 is 1, as in GraphQL's Float."""
    return json.dumps(_whole(hide_cursors(answer)), ensure_ascii=False)


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _whole(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@dataclass(frozen=True)
class Difference:
    """In what an answer differs from the oracle's: the kind, and how."""

    kind: str
    how: str


def difference(world: World, asked: Asked) -> Difference | None:
    """Compare an answer with the oracle's; None where they are equal."""
    if asked.too_expensive:
        return None
    viewer = Viewer(asked.rights.open, frozenset(asked.rights.audiences))
    found, expected = asked.answer.as_dict(), oracle(world, *asked.question, viewer)
    if "errors" in expected or asked.answer.errors:
        codes = " ".join(error.code for error in asked.answer.errors)
        return Difference(f"errors {codes}", f"{found.get('errors')}; the oracle has {expected.get('errors')}")
    if shown(found) != shown(expected):
        return Difference("answer", f"found    {shown(found)}\nexpected {shown(expected)}")
    if asked.statements == 1:
        return None
    # Nothing has to be read for names of types; then the answer is that of an empty world.
    nothing_read = asked.statements == 0 and shown(oracle(World(NOW_TEXT), *asked.question, viewer)) == shown(expected)
    return None if nothing_read else Difference("statements", f"it took {asked.statements} statements")


def batch_of(world: World, seed: int) -> list[Written]:
    return documents(core(schema()), world, seed, EACH)


def compare(ask: Asker, world: World, places: Sequence[Place]) -> list[Asked]:
    """Compare questions with the oracle; the first that differs is made smaller and shown."""
    rights = viewers(ask)
    batch = ask_all(ask, [(each.question, rights[(each.batch + each.at) % 3]) for each in places])
    for asked, place in zip(batch, places, strict=True):
        if difference(world, asked):
            pytest.fail(explained(ask, world, asked, place.batch), pytrace=False)
    return batch


def explained(ask: Asker, world: World, asked: Asked, seed: int) -> str:
    """Show the smallest question that still differs in the same way, and how."""
    kind = differs.kind if (differs := difference(world, asked)) else ""

    def again(question: Written) -> tuple[Asked, Difference | None]:
        (tried,) = ask_all(ask, [(question, asked.rights)])
        return tried, difference(world, tried)

    def fails(question: Written) -> bool:
        found = again(question)[1]
        return found is not None and found.kind == kind

    logging.disable(logging.CRITICAL)  # the log of every try would hide what this shows
    try:
        smallest, left = again(shrink(core(schema()), asked.question, fails))
    finally:
        logging.disable(logging.NOTSET)
    return (
        f"seed {seed}, this run's own seed {random_seed()}, viewer {asked.rights}\n{smallest.question.text}\n"
        f"variables {json.dumps(smallest.question.variables, ensure_ascii=False)}\n{left and left.how}\n"
        f"--- as written\n{asked.question.text}\n{json.dumps(asked.question.variables, ensure_ascii=False)}"
    )


def few_are_refused(batch: Sequence[Asked]) -> None:
    assert sum(asked.too_expensive for asked in batch) <= len(batch) * 0.15


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    soak = metafunc.config.getoption("soak")
    for name, numbers in {"part": FIXED if soak else PARTS, "batch": FRESH_SOAK if soak else FRESH}.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, range(numbers))


@pytest.fixture(scope="module")
def whole(pytestconfig: pytest.Config, world: World) -> list[list[Written]]:
    """The questions of the fixed seeds."""
    return [batch_of(world, seed) for seed in range(FIXED if pytestconfig.getoption("soak") else FEW)]


@pytest.fixture(scope="module")
def affordable(new_engine: Callable[[Limits], Engine]) -> Callable[[Written], bool]:
    """Whether a question is within the limits, so that its answer can be compared."""
    engine = new_engine(Limits())

    def within(question: Written) -> bool:
        try:
            engine.bound(engine.ready(Question(*question)), question.variables, Rights(0))
        except QuestionTooExpensive:
            return False
        return True

    return within


@pytest.fixture(scope="module")
def parts(
    pytestconfig: pytest.Config, whole: list[list[Written]], affordable: Callable[[Written], bool]
) -> list[list[Place]]:
    """The questions that this run asks of them, in parts."""
    if pytestconfig.getoption("soak"):
        return [[Place(seed, at, each) for at, each in enumerate(batch)] for seed, batch in enumerate(whole)]
    chosen = covering(core(schema()), whole, TIMES, affordable)
    return [chosen[part::PARTS] for part in range(PARTS)]


def test_every_kind_of_construct_is_asked_for(
    whole: list[list[Written]], parts: list[list[Place]], affordable: Callable[[Written], bool]
) -> None:
    """A kind that is not asked for occurs in questions over the limits only."""
    asked = frozenset[Kind]().union(*(kinds(core(schema()), place.question) for part in parts for place in part))
    others = [each for batch in whole for each in batch if kinds(core(schema()), each) - asked]
    assert len(asked) > 250
    assert not [each for each in others if affordable(each)]
    assert all(part for part in parts)


@pytest.mark.soak
@pytest.mark.usefixtures("without_old_plans")
def test_compiled_answers_equal_the_oracle(ask: Asker, world: World, parts: list[list[Place]], part: int) -> None:
    with wire(ask.sent):
        batch = compare(ask, world, parts[part])
        sent = len(ask.sent)
    assert sent == sum(asked.statements for asked in batch)
    few_are_refused(batch)


@pytest.mark.soak
@pytest.mark.usefixtures("without_old_plans")
def test_other_questions_each_time(ask: Asker, world: World, batch: int) -> None:
    seed = random_seed() * 1_000 + batch
    few_are_refused(compare(ask, world, [Place(seed, at, each) for at, each in enumerate(batch_of(world, seed))]))


def test_the_same_seed_gives_the_same_questions(world: World) -> None:
    one, again, other = (batch_of(world, seed) for seed in (8, 8, 9))
    assert one == again
    assert one != other


def test_what_asks_of_the_schema_alone_takes_no_statement(ask: Asker) -> None:
    texts = ("{ __typename }", "{ __schema { queryType { name } } }", '{ __type(name: "City") { name } __typename }')
    for asked in ask_all(ask, [(Written(text, {}), Rights(0)) for text in texts]):
        assert not asked.answer.errors
        assert asked.statements == 0


NAME = re.compile(r"f\d+")
"""A name of a fact, which belongs to the shape of a filter, as the names of its dates do."""


@cache
def _dates() -> set[str]:
    own = [spec.properties for spec in model().concepts.values()]
    own += [spec.properties for spec in model().relationships.values()]
    return {name for properties in (COMMON, *own) for name, prop in properties.items() if prop.kind.is_date}


def other_variables(question: Written) -> dict[str, Any]:
    """Change the values of variables, not their shape: lengths, nulls, directions and words of enums stay."""
    operation = next(each for each in parse(question.text).definitions if isinstance(each, OperationDefinitionNode))
    declared = operation.variable_definitions or ()
    types = {each.variable.name.value: type_from_ast(core(schema()), each.type) for each in declared}
    return {name: _other(value, types[name]) for name, value in question.variables.items()}


def _other(value: Any, type_: Any) -> Any:
    named = get_named_type(type_)
    if isinstance(value, dict):
        return {key: _other(part, named.fields[key].type) for key, part in value.items()}
    if isinstance(value, list):
        return [_other(item, named) for item in value]
    if value is None or named.name not in ("String", "ID", "Int", "BigInt", "Float", "Edtf", "Instant"):
        return value
    if isinstance(value, str) and (NAME.fullmatch(value) or value in _dates()):
        return value
    if named.name in ("Int", "BigInt", "Float"):
        # A page of 0 rows has a statement of its own.
        return value - 1 if value > 2 else value + 1 if value else value
    return {"Edtf": "1999-12", "Instant": "2001-01-01T00:00:00Z"}.get(named.name, f"{value} x")


def test_other_values_in_the_variables_give_the_same_statement(offline: Asker, world: World) -> None:
    compared = 0
    for question in documents(core(schema()), world, 4711, EACH * 3):
        if not question.variables:
            continue
        ready, rights = offline.engine.ready(Question(*question)), offline.rights("steward")
        try:
            one, other = (
                offline.engine.bound(ready, variables, rights).compiled.statement
                for variables in (question.variables, other_variables(question))
            )
        except QuestionTooExpensive:
            continue
        assert one == other, question
        compared += 1
    assert compared > EACH


def test_the_careful_shaper_agrees_with_the_generated_one(ask: Asker, world: World) -> None:
    for question in documents(core(schema()), world, 99, EACH):
        ready = ask.engine.ready(Question(*question))
        try:
            prepared = ask.engine.bound(ready, question.variables, ask.rights("steward"))
            compiled, bound = prepared.compiled, prepared.bound
        except QuestionTooExpensive:
            continue
        if compiled.statement is None:
            continue  # it reads nothing
        record = ask.runner.run(ask.reader.value(compiled.statement.text, bound.parameters, "compare"))
        request = Request(bound.parameters["q"], bound.scopes, lambda scope, values: repr((scope, values)))
        assert slow.shape(compiled.plan.shape, record, request) == (compiled.shaper(record, request), [])
