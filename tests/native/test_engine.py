"""The engine with the native writer: questions are answered by it, and where it is of no use, by Python with the same bytes."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.http.answering import encoded
from graph.bolt.read import Reader
from graph.question.compile import Limits
from graph.question.cursor import Cursors
from graph.question.decode.native import Library, Written
from graph.question.engine import Answer, Engine, Question
from schema.derived.graphql.build import core, schema
from schema.model import model
from tests.conftest import SECRET, Asker
from tests.native.packing import pack

NAMES = (
    "{ cities(first: 30, orderBy: {name: ASC}) { totalCount nodes { id name } pageInfo { hasNextPage endCursor } } }"
)
EMPTY = '{ cities(where: {name: {eq: "SEATTLE"}}) { nodes { name } } }'
PEOPLE = "{ people(first: 50, synthetic: true) { nodes { name confidence } } cities(first: 1) { nodes { name } } }"
MIXED = '{ __typename a: cities(first: 2) { nodes { name } } __type(name: "City") { name } b: cities(first: 1) { totalCount } }'
MISSING = '{ city(id: "city/of-nobody") { name } }'


def engine(library: Library | None, *, hints: bool = False) -> Engine:
    return Engine(core(schema()), model(), Limits(hints=hints, synthetic=True), Cursors(SECRET), library)


@dataclass(frozen=True)
class Asking:
    """Asks an engine over the seeds, with a reader that has records as bytes."""

    ask: Asker
    reader: Reader

    def __call__(self, of: Engine, text: str) -> Answer:
        return self.ask.runner.run(of.ask(Question(text), self.ask.rights("steward"), self.reader))


@pytest.fixture
def asked(ask: Asker, packing: Reader) -> Asking:
    return Asking(ask, packing)


@pytest.mark.parametrize("text", [NAMES, EMPTY, PEOPLE, MIXED, MISSING])
def test_answers_are_the_same_bytes(asked: Asking, library: Library, text: str) -> None:
    native, python = (asked(engine(each, hints=True), text) for each in (library, None))
    assert encoded(native).body == encoded(python).body
    assert native.as_dict() == python.as_dict()
    assert isinstance(native.shown, Written) is (text is not MIXED)
    assert isinstance(python.shown, dict)


def test_what_is_said_beside_the_data_is_the_same(asked: Asking, library: Library) -> None:
    hinted, made_up = (asked(engine(library, hints=True), text) for text in (EMPTY, PEOPLE))
    assert [hint["field"] for hint in hinted.hints] == ["cities"]
    assert made_up.synthetic == ("people",)


def test_a_plan_that_the_library_does_not_know_is_shaped_by_python(
    asked: Asking, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "_make", lambda *_: None)
    answer = asked(engine(library), NAMES)
    assert isinstance(answer.shown, dict)
    assert encoded(answer).body == encoded(asked(engine(None), NAMES)).body


def test_an_absent_value_is_told_as_python_tells_it(
    asked: Asking, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record lacks a name that is required: the nearest nullable parent becomes null, and an error names the path."""

    async def nameless(*_: Any) -> bytes:
        return pack([[[None]]])

    of = engine(library)
    monkeypatch.setattr(Reader, "packed", nameless)
    answer = asked(of, '{ city(id: "city/it-12-turin") { __typename name } }')
    assert answer.data == {"city": None}
    assert [error.path for error in answer.errors] == [("city", "name")]
