"""What holds for a document family. In: a family, and what asks the engine. Out: nothing; a check that fails raises.

With `rewrite` a check writes the expected files anew, all but what the document itself says.
"""

from typing import Any

from graph.bolt.connect import Address
from graph.bolt.profile import measure
from graph.cypher.layout import laid_out
from graph.question.compile import Compiled
from graph.question.engine import Question
from graph.question.show import show
from tests.conftest import Asker
from tests.kit.family import Family, hide_cursors
from tests.kit.one_line import on_one_line
from tests.kit.oracle.answer import answer as oracle
from tests.kit.oracle.view import Viewer
from tests.kit.oracle.world import World
from tests.kit.other_values import other_values

WANDERS, FEW = 1.1, 50
"""Hits wander from one load to the next, because relationships lie in another order in the store: mostly by up to 41. Where a
statement stops at the first match it can be more: 25,169 to 27,843 of `filters-by-references` in a dozen loads."""


def plan_and_statement(ask: Asker, family: Family, rewrite: bool) -> None:
    """The plan and the statement are as written beside the document."""
    compiled = _compiled(ask, family, family.text, family.variables)
    family.expect(".plan", show(compiled.secured), rewrite)
    laid = laid_out(_text(compiled))
    assert on_one_line(laid) == _text(compiled)
    family.expect(".cypher", laid + "\n", rewrite)


def answer(ask: Asker, family: Family, rewrite: bool) -> None:
    """The answer is as written and as the document itself says; one statement goes over the wire."""
    found = ask(family.text, family.variables, family.viewer)
    assert not found.errors
    assert len(ask.sent) == 1
    family.hold_assertions(found.as_dict())
    family.expect_json(found.as_dict(), rewrite)


def work(ask: Asker, address: Address, family: Family, rewrite: bool) -> None:
    """The plan uses the indexes that the document names, and does no more work than is written beside it."""
    compiled, parameters = _bound(ask, family, family.text, family.variables)
    assert compiled.statement is not None
    done = measure(address, compiled.statement, parameters)
    missing = [sorted(one_of) for one_of in family.indexes if not one_of & done.indexes]
    assert not missing, f"the plan does not use {missing}; it uses {sorted(done.indexes)}"
    assert family.indexes or not done.indexes, f"the plan uses {sorted(done.indexes)}, and the document says none"
    beside = family.beside(".hits")
    written = int(beside.read_text(encoding="utf-8")) if beside.exists() else 0
    if rewrite and not (_within(done.total, written) and _within(written, done.total)):
        written = done.total
        beside.write_text(f"{written}\n", encoding="utf-8")
    assert beside.exists(), f"{beside} is missing; CITYGRAPH_REWRITE=1 writes it"
    assert _within(done.total, written), f"{done.total} database hits, where {written} are written"


def _within(hits: int, written: int) -> bool:
    return written > 0 and hits <= written * WANDERS + FEW


def against_the_oracle(ask: Asker, world: World, family: Family) -> None:
    """The answer equals that of the oracle."""
    rights = ask.rights(family.viewer)
    viewer, synthetic = Viewer(rights.open, frozenset(rights.audiences)), ask.engine.compiler.limits.synthetic
    expected = oracle(world, family.text, family.variables, viewer, synthetic=synthetic)
    assert hide_cursors(ask(family.text, family.variables, family.viewer).as_dict()) == hide_cursors(expected)


def other_values_same_statement(ask: Asker, family: Family) -> None:
    """Other values of the same shape give the same bytes of Cypher."""
    document, variables = other_values(family.text, family.variables)
    other = _text(_compiled(ask, family, document, variables))
    assert other == _text(_compiled(ask, family, family.text, family.variables))


def _compiled(ask: Asker, family: Family, text: str, variables: dict[str, Any]) -> Compiled:
    return _bound(ask, family, text, variables)[0]


def _bound(ask: Asker, family: Family, text: str, variables: dict[str, Any]) -> tuple[Compiled, dict[str, Any]]:
    ready = ask.engine.ready(Question(text, variables))
    prepared = ask.engine.bound(ready, variables, ask.rights(family.viewer))
    compiled, bound = prepared.compiled, prepared.bound
    return compiled, bound.parameters


def _text(compiled: Compiled) -> str:
    assert compiled.statement is not None
    return compiled.statement.text
