"""Answers of real records: the native writer gives the bytes that Python gives, for documents, random questions and viewers."""

import logging
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest

from graph.access.rights import Rights
from graph.bolt.read import Reader
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
from tests.native.made import agree, outcome
from tests.native.packing import pack, unpack

FIXED, EACH, CHANGES = range(2000, 2003), 40, 5
"""Seeds whose questions every run asks, how many of each, and how often a record is changed. One
more batch has the seed of the run."""


def prepared(ask: Asker, question: Written, rights: Rights) -> Prepared | None:
    """Prepare a question; None if it is refused or reads nothing."""
    ready = ask.engine.ready(Question(*question))
    try:
        made = ask.engine.bound(ready, question.variables, rights)
    except QuestionTooExpensive:
        return None
    return None if made.compiled.statement is None else made


def record(ask: Asker, packing: Reader, asked: Prepared) -> bytes:
    """Return the record of a question, as the database sends it."""
    assert asked.compiled.statement is not None
    return ask.runner.run(packing.packed(asked.compiled.statement.text, asked.bound.parameters, "native"))


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


def test_documents(ask: Asker, packing: Reader, library: Library) -> None:
    compared = 0
    for family in families(DOCUMENTS, QUESTIONS):
        asked = prepared(ask, Written(family.text, family.variables), ask.rights(family.viewer))
        if asked is not None:
            assert compare(library, asked, record(ask, packing, asked)), family.name
            compared += 1
    assert compared > 80


TEXTS = ("", 'a "b"\n\\', "日本 😀\x00", "197X", "2016/2022", "2001-02-03", "City", "Person", "x" * 300)
NUMBERS = (0, -1, 3, 2**31, 2**53 + 1, -(2**63), 1.0, -0.0, 1e16, 0.1, 5e-324)


def changed(value: Any, chance: random.Random) -> Any:
    """Return what a record of another world may hold: other texts, numbers and lengths of lists, and values that are absent."""
    if isinstance(value, list):
        kept = value[: chance.randrange(len(value))] if value and chance.random() < 0.03 else value
        return [changed(each, chance) for each in kept]
    if chance.random() > 0.1:
        return value
    if chance.random() < 0.2:
        return None
    return chance.choice(TEXTS) if isinstance(value, str) else chance.choice(NUMBERS) if value is not None else value


def compare_changed(library: Library, asked: Prepared, record: Any) -> bool:
    """Compare both ways for a record that may not fit; return whether the library wrote it. Then Python must write the same."""
    request = Request(asked.bound.parameters["q"], asked.bound.scopes, Cursors(SECRET).seal)
    writer, packed = library.writer(asked.compiled.plan), pack(record)
    assert writer is not None
    native = outcome(lambda: writer.write(packed, request, unpack))
    python = outcome(lambda: asked.compiled.shaper(record, request))
    assert agree(native, python), (record, native, python)
    return native == python


@pytest.mark.usefixtures("quiet")
def test_random_questions_and_worlds(ask: Asker, packing: Reader, library: Library, world: World) -> None:
    """Each record is compared as it is, and after changes."""
    chance = random.Random(random_seed())
    whole: Counter[bool] = Counter()
    other: Counter[bool] = Counter()
    for seed in (*FIXED, random_seed()):
        for at, question in enumerate(documents(core(schema()), world, seed, EACH)):
            asked = prepared(ask, question, viewers(ask)[at % 2])
            if asked is None:
                continue
            packed = record(ask, packing, asked)
            whole[compare(library, asked, packed)] += 1
            plain = unpack(packed)
            for _ in range(CHANGES):
                other[compare_changed(library, asked, changed(plain, chance))] += 1
    assert whole[True] > len(FIXED) * EACH * 0.7
    assert other[True] > len(FIXED) * EACH
