"""Records to JSON: the native writer gives the bytes that Python gives, for documents and random questions over random worlds.

The tests of the language ask through the native writer too, where it is installed, and compare with the oracle.
"""

import logging
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from graph.access.rights import Rights
from graph.bolt.read import Reader
from graph.errors import QuestionTooExpensive
from graph.question.cursor import Cursors
from graph.question.decode.native import Library, Writer
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
from tests.native.worlds import FLOATS, NUMBERS, TEXTS, Worlds

EACH, RECORDS, CHANGES = 120, 6, 3
"""How many random questions are asked, the records of each, and how often each of them is changed."""
READ = 5
"""One document in so many is also read from the database."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep the log silent: a random record has many absent values."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def prepared(ask: Asker, question: Written, rights: Rights) -> Prepared | None:
    """Prepare a question; None if it is refused or reads nothing."""
    try:
        ready = ask.engine.ready(Question(*question))
        made = ask.engine.bound(ready, question.variables, rights)
    except QuestionTooExpensive:
        return None
    return None if made.compiled.statement is None else made


def of_documents(ask: Asker) -> list[Prepared]:
    written = [(Written(each.text, each.variables), ask.rights(each.viewer)) for each in families(DOCUMENTS, QUESTIONS)]
    return [made for each in written if (made := prepared(ask, *each)) is not None]


def of_chance(ask: Asker, world: World) -> list[Prepared]:
    rights = (ask.rights("anonymous"), ask.rights("steward"))
    questions = documents(core(schema()), world, random_seed(), EACH)
    made = (prepared(ask, question, rights[at % 2]) for at, question in enumerate(questions))
    return [each for each in made if each is not None]


class Comparison:
    """Compares both ways from a record to JSON for one question."""

    def __init__(self, library: Library, asked: Prepared) -> None:
        self.compiled = asked.compiled
        self.request = Request(asked.bound.parameters["q"], asked.bound.scopes, Cursors(SECRET).seal)
        writer = library.writer(asked.compiled.plan)
        assert isinstance(writer, Writer)
        self.writer = writer

    def made_up(self, record: list[Any]) -> bool:
        """Compare everything for a record that may not fit the plan; return whether it does and has all that is required."""
        fits = outcome(lambda: shaped(self.compiled, record, self.request).data)
        return isinstance(fits, bytes) and self.whole(pack(record))

    def whole(self, packed: bytes) -> bool:
        """Compare everything for a record that fits; return whether it was written."""
        expected = shaped(self.compiled, unpack(packed), self.request)
        found = self.writer.write(packed, self.request, unpack)
        if found is None:
            # Python shapes what the library leaves to it, such as a truth value where texts are stored.
            return False
        assert found.json == orjson.dumps(expected.data)
        assert not expected.errors
        assert found.synthetic == expected.synthetic
        assert found.may_have_missed or not may_have_missed(expected.data or {})
        return True

    def broken(self, record: Any) -> bool:
        """Compare the JSON for a record that may not fit. What the library writes, Python must write too."""
        packed = pack(record)
        native = outcome(lambda: self.writer.write(packed, self.request, unpack))
        python = outcome(lambda: self.compiled.shaper(record, self.request))
        assert agree(native, python), (record, native, python)
        return bool(native == python)


def changed(value: Any, chance: random.Random) -> Any:
    """Return a record with other texts, numbers and lengths of lists, and with values that are absent."""
    if isinstance(value, list):
        kept = value[: chance.randrange(len(value))] if value and chance.random() < 0.03 else value
        return [changed(each, chance) for each in kept]
    if value is None or chance.random() > 0.05:
        return value
    if chance.random() < 0.2:
        return None
    return chance.choice((*TEXTS, "197X") if isinstance(value, str) else (*NUMBERS, *FLOATS))


@pytest.mark.parametrize("source", ["documents", "random questions"])
def test_records_of_random_worlds(offline: Asker, library: Library, world: World, source: str) -> None:
    """Each record is compared as it is, and after changes by which it may not fit."""
    chance = random.Random(random_seed())
    every = of_documents(offline) if source == "documents" else of_chance(offline, world)
    fit: Counter[bool] = Counter()
    other: Counter[bool] = Counter()
    for asked in every:
        comparison = Comparison(library, asked)
        for _ in range(RECORDS):
            record = Worlds(chance).row(asked.compiled.plan.row)
            fit[comparison.made_up(record)] += 1
            for _ in range(CHANGES):
                other[comparison.broken(changed(record, chance))] += 1
    assert fit[True] > fit.total() * 0.7
    assert other[True] > other.total() * 0.2


def test_records_of_the_database(ask: Asker, packing: Reader, library: Library) -> None:
    for asked in of_documents(ask)[::READ]:
        assert asked.compiled.statement is not None
        reading = packing.packed(asked.compiled.statement.text, asked.bound.parameters, "native")
        assert Comparison(library, asked).whole(ask.runner.run(reading))
