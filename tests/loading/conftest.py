"""The seeded database; what a test of loading loads is forgotten after it."""

from collections.abc import Iterator
from typing import Any

import pytest

from graph.bolt.write import Unit
from graph.cypher.fragments import Fragment
from tests.kit.writer import BlockingWriter

FORGET = Fragment("MATCH (n) WHERE n.id CONTAINS '/load-' OR n:_Load AND n.file STARTS WITH 'load-' DETACH DELETE n")


@pytest.fixture
def writer_of_loads(seeded: BlockingWriter) -> Iterator[BlockingWriter]:
    yield seeded
    seeded.unit(lambda unit: unit.run(FORGET))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that a unit runs, but those that write facts."""
    return noted(monkeypatch, "run")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that writes facts."""
    return noted(monkeypatch, "write")


def noted(monkeypatch: pytest.MonkeyPatch, method: str) -> list[str]:
    found: list[str] = []
    original = getattr(Unit, method)

    def noting(unit: Unit, text: Fragment, *given: Any, **values: Any) -> Any:
        found.append(text.text)
        return original(unit, text, *given, **values)

    monkeypatch.setattr(Unit, method, noting)
    return found
