"""Document families. In: x.graphql beside x.plan, x.cypher and x.json. Out: plan, statement and answer are as written.

Each answer must also equal the oracle's, one statement goes over the wire, and other values give the same text.
"""

from pathlib import Path
from typing import Any

import pytest

from graph.engine import Question
from graph.plan.show import show
from tests.conftest import Asker
from tests.family import Family, families, hide_cursors, other_values
from tests.oracle.answer import answer as oracle
from tests.oracle.view import Viewer
from tests.oracle.world import World

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "tests" / "documents", ROOT / "docs" / "queries")

document = pytest.mark.parametrize("family", families(*FOLDERS), ids=lambda family: family.name)


@document
def test_plan_and_statement_are_as_written(ask: Asker, family: Family, rewrite: bool) -> None:
    question = Question(family.text, family.variables)
    compiled, _, _ = ask.engine.bound(ask.engine.ready(question), family.variables, ask.rights(family.viewer))
    assert compiled.statement is not None
    family.expect(".plan", show(compiled.secured), rewrite)
    family.expect(".cypher", compiled.statement.text + "\n", rewrite)


@document
def test_answer_is_as_written_and_takes_one_statement(ask: Asker, family: Family, rewrite: bool) -> None:
    found = ask(family.text, family.variables, family.viewer)
    assert not found.errors
    assert len(ask.sent) == 1
    family.expect_json(found.as_dict(), rewrite)
    family.hold_assertions(found.as_dict())


@document
def test_answer_equals_the_oracle(ask: Asker, world: World, family: Family) -> None:
    rights = ask.rights(family.viewer)
    viewer = Viewer(rights.open, frozenset(rights.audiences))
    found = ask(family.text, family.variables, family.viewer).as_dict()
    expected = oracle(world, family.text, family.variables, viewer)
    assert hide_cursors(found) == hide_cursors(expected)


@document
def test_other_values_give_the_same_statement(ask: Asker, family: Family) -> None:
    def text(document: str, variables: dict[str, Any]) -> str:
        ready = ask.engine.ready(Question(document, variables))
        compiled, _, _ = ask.engine.bound(ready, variables, ask.rights(family.viewer))
        assert compiled.statement is not None
        return compiled.statement.text

    document, variables = other_values(family)
    assert text(document, variables) == text(family.text, family.variables)
