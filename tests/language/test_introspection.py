"""Questions about the schema: they say what graphql-core says, and what was answered once costs next to nothing."""

import asyncio
import gzip
import threading
import time
from typing import Any

import orjson
import pytest
from graphql import execute_sync, get_introspection_query, parse, print_ast

from graph.question import engine as engine_module
from graph.question.compile import Limits
from graph.question.document.introspect import introspect
from graph.question.engine import Answer, Engine, Question
from schema.derived.graphql.build import core, schema
from tests.conftest import Asker

EVERYTHING: dict[str, Any] = {
    "specified_by_url": True,
    "directive_is_repeatable": True,
    "schema_description": True,
    "input_value_deprecation": True,
    "one_of": True,
}
TOOLS = {
    "the default of graphql-js": get_introspection_query(),
    "without descriptions": get_introspection_query(descriptions=False),
    "with input values": get_introspection_query(schema_description=True, input_value_deprecation=True),
    "with everything": get_introspection_query(**EVERYTHING),
}
MOST_SECONDS, MOST_BYTES = 0.020, 150_000
OTHERS = [
    '{ __type(name: "City") { name kind fields { name args { name defaultValue } type { name ofType { name } } } } }',
    '{ __type(name: "Nothing") { name } }',
    '{ a: __type(name: "Place") { possibleTypes { name } interfaces { name } } __typename b: __typename }',
    '{ __type(name: "VisitKind") { enumValues(includeDeprecated: true) { name isDeprecated deprecationReason } } }',
    '{ __type(name: "CityOrder") { ...I isOneOf } } fragment I on __Type { inputFields { ...V } } '
    "fragment V on __InputValue { name type { ...T } } fragment T on __Type { kind ofType { kind name __typename } }",
    "{ __schema { directives { name locations isRepeatable args { name } } subscriptionType { name } description } }",
    "{ __schema { q: queryType { name } queryType { kind ... on __Type { fields { name } } } } }",
    "query A($on: Boolean = false) { __schema { queryType { name @skip(if: true) kind @include(if: $on) } } }",
]


def asked(asker: Asker, text: str, variables: dict[str, Any] | None = None) -> Answer:
    return asker.runner.run(asker.engine.ask(Question(text, variables or {}), asker.rights("anonymous"), asker.reader))


@pytest.mark.parametrize("text", [*TOOLS.values(), *OTHERS])
def test_the_answer_is_that_of_graphql_core(offline: Asker, text: str) -> None:
    expected = execute_sync(core(schema()), parse(text))
    assert not expected.errors
    assert orjson.dumps(asked(offline, text).as_dict()["data"]) == orjson.dumps(expected.data)


@pytest.mark.parametrize("on", [True, False])
def test_variables_choose_what_is_told(offline: Asker, on: bool) -> None:
    text = "query ($on: Boolean!, $of: String!) { __type(name: $of) { name @include(if: $on) kind } }"
    told = {"name": "City", "kind": "OBJECT"} if on else {"kind": "OBJECT"}
    assert asked(offline, text, {"on": on, "of": "City"}).as_dict() == {"data": {"__type": told}}


@pytest.mark.parametrize("tool", TOOLS)
def test_an_answer_that_is_kept_costs_little(offline: Asker, tool: str) -> None:
    packed = asked(offline, TOOLS[tool]).packed
    assert packed is not None
    assert len(packed.gzip) <= MOST_BYTES

    def again() -> float:
        begun = time.process_time()
        assert asked(offline, TOOLS[tool]).packed is packed
        return time.process_time() - begun

    assert min(again() for _ in range(5)) <= MOST_SECONDS
    assert gzip.decompress(packed.gzip) == packed.body == b'{"data":' + packed.data + b"}"
    assert packed.size == len(packed.body)


@pytest.fixture
def engine(offline: Asker, monkeypatch: pytest.MonkeyPatch) -> tuple[Asker, list[int]]:
    """An engine that has answered nothing, and the threads in which it asked the schema."""
    threads: list[int] = []

    def noted(*given: Any) -> dict[str, Any]:
        threads.append(threading.get_ident())
        return introspect(*given)

    monkeypatch.setattr(engine_module, "introspect", noted)
    compiler = offline.engine.compiler
    fresh = Engine(compiler.schema, compiler.model, Limits(), offline.engine._cursors)
    return Asker(fresh, offline.reader, offline.runner, offline.audiences), threads


def test_what_many_ask_at_once_is_answered_once(engine: tuple[Asker, list[int]]) -> None:
    asker, threads = engine
    question = Question(TOOLS["the default of graphql-js"])

    async def together() -> list[Answer]:
        asking = (asker.engine.ask(question, asker.rights("anonymous"), asker.reader) for _ in range(20))
        return await asyncio.gather(*asking)

    answers = asker.runner.run(together())
    assert all(answer.packed is not None for answer in answers)
    assert len(threads) == 1


def test_blanks_make_no_other_question(engine: tuple[Asker, list[int]]) -> None:
    asker, threads = engine
    text = TOOLS["the default of graphql-js"]
    first, second = asked(asker, text), asked(asker, f"# a tool\n{print_ast(parse(text))}")
    assert first.packed is second.packed is not None
    assert len(threads) == 1


def test_other_variables_and_another_operation_are_another_question(engine: tuple[Asker, list[int]]) -> None:
    asker, threads = engine
    text = "query A($of: String!) { __type(name: $of) { name } } query B { __schema { queryType { name } } }"
    for name, variables, data in (
        ("A", {"of": "City"}, {"__type": {"name": "City"}}),
        ("A", {"of": "Visit"}, {"__type": {"name": "Visit"}}),
        ("B", {}, {"__schema": {"queryType": {"name": "Query"}}}),
    ):
        question = Question(text, variables, name)
        answer = asker.runner.run(asker.engine.ask(question, asker.rights("anonymous"), asker.reader))
        assert answer.as_dict() == {"data": data}
    assert len(threads) == 3


def test_a_refusal_is_kept_too(engine: tuple[Asker, list[int]]) -> None:
    asker, threads = engine
    fields = "fields(includeDeprecated: true) { name args { name type { name } } }"
    text = "{ __schema { %s } }" % " ".join(f"a{at}: types {{ {fields} }}" for at in range(20))
    for _ in range(3):
        (error,) = asked(asker, text).errors
        assert "200,000 values" in error.message
    assert len(threads) == 1


def test_a_client_that_goes_away_takes_nothing_from_others(engine: tuple[Asker, list[int]]) -> None:
    asker, threads = engine
    question = Question(TOOLS["the default of graphql-js"])

    async def one_leaves() -> Answer:
        first, second = (
            asyncio.ensure_future(asker.engine.ask(question, asker.rights("anonymous"), asker.reader)) for _ in range(2)
        )
        await asyncio.sleep(0.01)
        first.cancel()
        return await second

    assert asker.runner.run(one_leaves()).packed is not None
    assert len(threads) == 1
