"""The seeded database; what a test of loading loads is forgotten after it."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from graph.bolt.write import Batch, Unit
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
    found, one, several = list[str](), Unit.run, Unit.run_all

    def noting_one(unit: Unit, text: Fragment, **values: Any) -> Any:
        found.append(text.text)
        return one(unit, text, **values)

    def noting_several(unit: Unit, statements: Sequence[tuple[Fragment, dict[str, Any]]]) -> Any:
        found.extend(text.text for text, _ in statements)
        return several(unit, statements)

    monkeypatch.setattr(Unit, "run", noting_one)
    monkeypatch.setattr(Unit, "run_all", noting_several)
    return found


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that writes facts."""
    found, original = list[str](), Unit.write_all

    def noting(unit: Unit, batches: Sequence[Batch]) -> Any:
        found.extend(text.text for text, _, _ in batches)
        return original(unit, batches)

    monkeypatch.setattr(Unit, "write_all", noting)
    return found
