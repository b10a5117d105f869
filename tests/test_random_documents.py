"""Random questions, in a fixed number: the compiled answer equals the oracle's, for viewers with other rights."""

import pytest

from graph.access import Rights
from graph.decode import slow
from graph.decode.page import Request
from graph.engine import Question
from graph.errors import QuestionTooExpensive
from schema.graphql.build import core, schema
from tests.conftest import Asker
from tests.family import hide_cursors
from tests.oracle.answer import answer as oracle
from tests.oracle.view import Viewer
from tests.oracle.world import World
from tests.random_documents import documents

BATCHES, EACH = 10, 40
TURIN = ("2:it-12-turin", "2:it-12-turin+us-wa-seattle")


@pytest.mark.parametrize("seed", range(BATCHES))
def test_compiled_answers_equal_the_oracle(ask: Asker, world: World, seed: int) -> None:
    viewers = [Rights(0), Rights(1, TURIN), ask.rights("steward")]
    compared = 0
    for at, text in enumerate(documents(core(schema()), world, seed, EACH)):
        rights = viewers[at % len(viewers)]
        found = ask.runner.run(ask.engine.ask(Question(text), rights, ask.reader))
        if any(isinstance(error, QuestionTooExpensive) for error in found.errors):
            continue
        expected = oracle(world, text, None, Viewer(rights.open, frozenset(rights.audiences)))
        assert hide_cursors(found.as_dict()) == hide_cursors(expected), text
        compared += 1
    assert compared > EACH * 0.8


def test_the_careful_shaper_agrees_with_the_generated_one(ask: Asker, world: World) -> None:
    for text in documents(core(schema()), world, 99, EACH):
        ready = ask.engine.ready(Question(text))
        try:
            compiled, _, bound = ask.engine.bound(ready, {}, ask.rights("steward"))
        except QuestionTooExpensive:
            continue
        if compiled.statement is None:
            continue
        record = ask.runner.run(ask.reader.value(compiled.statement.text, bound.parameters, "compare"))
        request = Request(bound.parameters["q"], bound.scopes, lambda scope, values: repr((scope, values)))
        assert slow.shape(compiled.plan.shape, record, request) == (compiled.shaper(record, request), [])
