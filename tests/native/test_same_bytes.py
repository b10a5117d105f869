"""Answers of real records: the native writer gives the bytes that Python gives, for documents, random questions and viewers."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest

from graph.access.rights import Rights
from graph.errors import QuestionTooExpensive
from graph.question.compile import Compiled
from graph.question.cursor import Cursors
from graph.question.decode.native import Library
from graph.question.decode.page import Request
from graph.question.engine import Prepared, Question, shaped
from graph.question.missed_names import may_have_missed
from schema.derived.graphql.build import core, schema
from seeds import QUESTIONS
from tests.conftest import SECRET, Asker
from tests.kit.family import families
from tests.kit.oracle.world import World
from tests.kit.paths import DOCUMENTS
from tests.kit.random.documents import Written, documents, random_seed
from tests.native.packing import pack, unpack

FIXED, EACH = range(2000, 2006), 40
"""Seeds whose questions every run asks, and how many of each. One more batch comes from the seed of the run."""


def prepared(ask: Asker, question: Written, rights: Rights) -> Prepared | None:
    """Prepare a question; None if it is refused or reads nothing."""
    ready = ask.engine.ready(Question(*question))
    try:
        made = ask.engine.bound(ready, question.variables, rights)
    except QuestionTooExpensive:
        return None
    return None if made.compiled.statement is None else made


def record(ask: Asker, asked: Prepared) -> bytes:
    """Return the record of a question."""
    assert asked.compiled.statement is not None
    return pack(ask.runner.run(ask.reader.value(asked.compiled.statement.text, asked.bound.parameters, "native")))


def compare(library: Library, asked: Prepared, packed: bytes) -> bool:
    """Compare both ways from record to JSON; return whether there was an answer, which is left to Python if a value is absent."""
    compiled: Compiled = replace(asked.compiled, native=library)
    request = Request(asked.bound.parameters["q"], asked.bound.scopes, Cursors(SECRET).seal)
    assert compiled.writer is not None
    found, expected = compiled.writer.write(packed, request, unpack), shaped(compiled, unpack(packed), request)
    if found is None:
        assert expected.errors
        return False
    assert found.json == orjson.dumps(expected.data)
    assert not expected.errors
    assert found.synthetic == expected.synthetic
    assert found.may_have_missed or not may_have_missed(expected.data or {})
    return True


def viewers(ask: Asker) -> tuple[Rights, ...]:
    return (ask.rights("anonymous"), ask.rights("steward"))


@pytest.fixture
def quiet() -> Iterator[None]:
    """Keep the log silent: a random record has many absent values."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_documents(ask: Asker, library: Library) -> None:
    compared = 0
    for family in families(DOCUMENTS, QUESTIONS):
        asked = prepared(ask, Written(family.text, family.variables), ask.rights(family.viewer))
        if asked is not None:
            assert compare(library, asked, record(ask, asked)), family.name
            compared += 1
    assert compared > 80


@pytest.mark.usefixtures("quiet")
def test_random_questions_and_worlds(ask: Asker, library: Library, world: World) -> None:
    """Each record is also compared after changes: what another world, or a broken one, would have in the same places."""
    done: Counter[Any] = Counter()
    for seed in (*FIXED, random_seed()):
        for at, question in enumerate(documents(core(schema()), world, seed, EACH)):
            asked = prepared(ask, question, viewers(ask)[at % 2])
            if asked is None:
                continue
            packed = record(ask, asked)
            done[compare(library, asked, packed)] += 1
    assert done[True] > len(FIXED) * EACH * 0.7
