"""A document family: a question with what is expected of it. In: folders. Out: families, which compare or rewrite their files.

The head of a document holds `# viewer:`, `# variables:`, `# index:` for each index that the plan must use, `# system:` for what
it shows, and assertions, `# expect: /json/pointer = value`; no switch overwrites the head.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.start.trusted import lines
from seeds import QUESTIONS
from tests.kit.paths import DOCUMENTS

CURSORS = {"cursor", "startCursor", "endCursor"}


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
