"""A document family: a question with what is expected of it. In: folders. Out: families that can check or be rewritten.

The head of a document holds `# viewer:`, `# variables:`, `# index:` for each index that the plan must use, `# system:` for what
it shows, and assertions, `# expect: /json/pointer = value`; no switch overwrites the head.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphql import FloatValueNode, IntValueNode, StringValueNode, Visitor, parse, print_ast, visit

from app.start.trusted import lines
from graph.bolt.connect import Address
from graph.bolt.profile import measure
from graph.question.compile import Compiled
from graph.question.engine import Question
from graph.question.show import show
from schema.language.edtf import EdtfError
from schema.language.edtf import parse as parse_edtf
from seeds import QUESTIONS
from tests.conftest import Asker
from tests.kit.oracle.answer import answer as oracle
from tests.kit.oracle.view import Viewer
from tests.kit.oracle.world import World
from tests.kit.paths import DOCUMENTS

CURSORS = {"cursor", "startCursor", "endCursor"}
WANDERS, FEW = 1.1, 50
"""Hits wander from one load to the next, by up to 41 where that is much: ties lie in another order in the store."""


@dataclass(frozen=True)
class Family:
    """A document and the files beside it."""

    path: Path
    text: str
    viewer: str
    variables: dict[str, Any] = field(hash=False)
    assertions: tuple[tuple[str, str], ...]
    indexes: tuple[frozenset[str], ...]
    systems: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    def expect(self, suffix: str, found: str, rewrite: bool) -> None:
        """Compare a text with the file beside the document, or write it."""
        beside = self.beside(suffix)
        if rewrite:
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(found, encoding="utf-8")
        assert beside.exists(), f"{beside} is missing; CITYGRAPH_REWRITE=1 writes it"
        assert found == beside.read_text(encoding="utf-8")

    def expect_json(self, found: Any, rewrite: bool) -> None:
        self.expect(".json", json.dumps(hide_cursors(found), indent=1, ensure_ascii=False) + "\n", rewrite)

    def beside(self, suffix: str) -> Path:
        """Return the path of an expected file; those of the documentation's questions stand with the tests."""
        folder = self.path.parent
        if folder == QUESTIONS:
            folder = DOCUMENTS / "queries"
        return folder / f"{self.path.stem}{suffix}"

    def hold_assertions(self, found: Any) -> None:
        """Check what the document itself says of its answer."""
        for pointer, expected in self.assertions:
            assert at(found, pointer) == json.loads(expected), pointer


def families(*folders: Path) -> list[Family]:
    """Read every document below some folders."""
    return [_family(path) for folder in folders for path in sorted(folder.rglob("*.graphql"))]


def _family(path: Path) -> Family:
    text = path.read_text(encoding="utf-8")
    told = lines(text)
    pairs = [line.partition(" = ") for line in told.keys.get("expect", ())]
    return Family(
        path=path,
        text=text,
        viewer=told.keys["viewer"][0],
        variables=json.loads(told.first("variables", "{}")),
        assertions=tuple((pointer, value) for pointer, _, value in pairs),
        indexes=_indexes(told.keys.get("index", ())),
        systems=tuple(map(int, told.keys.get("system", ()))),
    )


def _indexes(given: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """Read the indexes that a plan must use, of each line one; `none - reason` says that it rightly uses none."""
    assert given, "a document names the indexes of its plan: `# index: City(name, id)`, or `# index: none - reason`"
    none = [line for line in given if line.startswith("none")]
    assert not none or (len(given) == 1 and re.fullmatch(r"none - \w.{10,}\.", given[0])), given
    return () if none else tuple(frozenset(line.split(" or ")) for line in given)


def at(found: Any, pointer: str) -> Any:
    """Return what a JSON pointer leads to; a last step `#` counts."""
    for step in pointer.strip("/").split("/"):
        if step == "#":
            found = len(found)
        else:
            found = found[int(step)] if isinstance(found, list) else found[step]
    return found


def hide_cursors(found: Any) -> Any:
    """Replace the text of cursors, which are opaque, but not their absence."""
    if isinstance(found, dict):
        return {k: "…" if k in CURSORS and v is not None else hide_cursors(v) for k, v in found.items()}
    return [hide_cursors(item) for item in found] if isinstance(found, list) else found


def other_values(family: Family) -> tuple[str, dict[str, Any]]:
    """Return the same document with other values in it, of the same shape."""
    changed = print_ast(visit(parse(family.text), _Other()))
    return changed, {name: _other(value) for name, value in family.variables.items()}


def _other(value: Any) -> Any:
    if isinstance(value, str):
        return value if value in ("ASC", "DESC") else _other_text(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return value + 1 if value < 100 else value - 1
    if isinstance(value, list):
        return [_other(item) for item in value]
    return {key: _other(inner) for key, inner in value.items()}


def _other_text(value: str) -> str:
    if value.endswith("Z"):
        return value.replace("20", "19", 1)
    try:
        parse_edtf(value)
    except EdtfError:
        return f"{value} 'x\\"
    return "1999-12"


class _Other(Visitor):
    """Changes literals; a page size stays within its limits."""

    def enter_string_value(self, node: StringValueNode, *_: Any) -> StringValueNode:
        return StringValueNode(value=_other_text(node.value), block=False)

    def enter_int_value(self, node: IntValueNode, *_: Any) -> IntValueNode:
        return IntValueNode(value=str(_other(int(node.value))))

    def enter_float_value(self, node: FloatValueNode, *_: Any) -> FloatValueNode:
        return FloatValueNode(value=str(float(node.value) + 1))


def plan_and_statement(ask: Asker, family: Family, rewrite: bool) -> None:
    """The plan and the statement are as written beside the document."""
    compiled = _compiled(ask, family, family.text, family.variables)
    family.expect(".plan", show(compiled.secured), rewrite)
    family.expect(".cypher", _text(compiled) + "\n", rewrite)


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
    expected = oracle(world, family.text, family.variables, Viewer(rights.open, frozenset(rights.audiences)))
    assert hide_cursors(ask(family.text, family.variables, family.viewer).as_dict()) == hide_cursors(expected)


def other_values_same_statement(ask: Asker, family: Family) -> None:
    """Other values of the same shape give the same bytes of Cypher."""
    document, variables = other_values(family)
    other = _text(_compiled(ask, family, document, variables))
    assert other == _text(_compiled(ask, family, family.text, family.variables))


def _compiled(ask: Asker, family: Family, text: str, variables: dict[str, Any]) -> Compiled:
    return _bound(ask, family, text, variables)[0]


def _bound(ask: Asker, family: Family, text: str, variables: dict[str, Any]) -> tuple[Compiled, dict[str, Any]]:
    ready = ask.engine.ready(Question(text, variables))
    compiled, _, bound = ask.engine.bound(ready, variables, ask.rights(family.viewer))
    return compiled, bound.parameters


def _text(compiled: Compiled) -> str:
    assert compiled.statement is not None
    return compiled.statement.text
