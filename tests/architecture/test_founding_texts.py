"""What the founding texts say has a place: every quote names fields, and every field named is in the schema."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from schema.derived.graphql import build
from tests.kit.paths import ROOT

PAGE = ROOT / "docs" / "founding-texts.md"
ROWS = {"Entities": 31, "Relationships": 13, "Attributes and states": 19, "Measures": 17}
HELD = re.compile(r"(\*from\* )?`\w+\.\w+`(, `\w+\.\w+`)*")


@dataclass(frozen=True)
class Line:
    """One quote and where it is held."""

    part: str
    concept: str
    quote: str
    text: str
    held: str

    @property
    def fields(self) -> list[str]:
        return re.findall(r"`(\w+\.\w+)`", self.held)


def lines(page: str) -> list[Line]:
    found = []
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        title, *rest = part.splitlines()
        rows = [row.removeprefix("| ").removesuffix(" |").split(" | ") for row in rest if row.startswith("| ")]
        assert rows[0] == ["concept", "quote", "text", "where it is held"]
        found += [Line(title, *row) for row in rows[2:]]
    return found


LINES = lines(PAGE.read_text(encoding="utf-8"))
each = pytest.mark.parametrize("line", LINES, ids=lambda line: line.concept)


@pytest.fixture(scope="module")
def types() -> dict[str, Any]:
    return dict(build.core(build.schema()).type_map)


def test_every_quote_of_the_texts_has_its_line() -> None:
    assert Counter(line.part for line in LINES) == ROWS


def test_no_quote_stands_twice() -> None:
    assert [quote for quote, times in Counter(line.quote for line in LINES).items() if times > 1] == []
    assert [concept for concept, times in Counter(line.concept for line in LINES).items() if times > 1] == []


@each
def test_a_line_is_a_quote_of_a_text_with_fields(line: Line) -> None:
    assert re.fullmatch(r'".+"', line.quote)
    assert line.text in ("A", "B")
    assert all(HELD.fullmatch(part) for part in line.held.split("; ")), line.held
    assert line.fields
    assert len(line.fields) == len(set(line.fields))


@each
def test_every_field_named_is_in_the_schema(line: Line, types: dict[str, Any]) -> None:
    for named in line.fields:
        type_, field = named.split(".")
        known = types.get(type_)
        assert field in (getattr(known, "fields", None) or getattr(known, "values", {})), named
