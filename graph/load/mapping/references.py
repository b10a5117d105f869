"""References to facts. In: a record and the ids of its own facts. Out: ids, or names that are still to be matched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from graph.load.mapped import OwnId
from graph.load.mapping.cells import ABSENT, Wrong, cell, is_empty, text_of
from graph.load.mapping.values import Cells, PointCells, Value
from graph.matching.named import Named

ESCAPED = str.maketrans({"\\": "\\\\", "|": "\\|"})


@dataclass(frozen=True)
class Own:
    """The facts that a record has: ids by handle, and what makes an id of another record's fact."""

    ids: Mapping[str, str]
    make: OwnId


class Reference(Protocol):
    """Leads from a record to facts. `labels` are the concepts that they may be of; empty if only the id tells."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that they may have."""
        ...

    @property
    def handle(self) -> str:
        """The handle, if it is a fact of this record."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it is made of."""
        ...

    def find(self, values: Mapping[str, Any], own: Own) -> Sequence[str | Named]:
        """Return the facts; raise Wrong."""
        ...


@dataclass(frozen=True)
class ByHandle:
    """A fact of this record."""

    handle: str
    labels: tuple[str, ...]
    columns: tuple[str, ...] = ()

    def find(self, values: Mapping[str, Any], own: Own) -> Sequence[str | Named]:  # noqa: ARG002  # as other references
        """Return its id; nothing if the record does not have it."""
        return [own.ids[self.handle]] if self.handle in own.ids else []


@dataclass(frozen=True)
class ByMatch:
    """Facts that are known under a name. `texts` are the other parts that tell them apart; `ids` their unique properties."""

    labels: tuple[str, ...]
    name: Cells
    texts: Mapping[str, Value] = field(default_factory=dict)
    ids: Mapping[str, Value] = field(default_factory=dict)
    at: PointCells | None = None
    handle: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of all parts."""
        parts = (self.name, *self.texts.values(), *self.ids.values(), *([self.at] if self.at else []))
        return tuple(column for part in parts for column in part.columns)

    def find(self, values: Mapping[str, Any], own: Own) -> Sequence[str | Named]:  # noqa: ARG002  # as other references
        """Return what the record tells of each; nothing if it gives no name."""
        names = self.name.get(values) or []
        if not names:
            return []
        texts = {word: value.get(values) for word, value in self.texts.items()}
        ids = tuple((word, found) for word, value in self.ids.items() if (found := value.get(values)) is not None)
        at = self.at.pair(values) if self.at else None
        return [Named(self.labels[0], name, at=at, ids=ids, **texts) for name in dict.fromkeys(names)]


@dataclass(frozen=True)
class ById:
    """Facts whose ids stand in the config or in a column."""

    labels: tuple[str, ...]
    ids: Value
    handle: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold the ids."""
        return self.ids.columns

    def find(self, values: Mapping[str, Any], own: Own) -> Sequence[str | Named]:  # noqa: ARG002  # as other references
        """Return the ids."""
        found = self.ids.get(values)
        return list(dict.fromkeys(found)) if found else []


@dataclass(frozen=True)
class ByKey:
    """A fact that another record of the feed states, by the key of that record."""

    labels: tuple[str, ...]
    of: str
    columns: tuple[str, ...]
    empty: frozenset[str] = frozenset()
    handle: str = ""

    def find(self, values: Mapping[str, Any], own: Own) -> Sequence[str | Named]:
        """Return the id that the fact has; nothing if the key is empty."""
        key = key_of(values, self.columns, self.empty)
        return [own.make(self.labels[0], self.of, key)] if key else []


def key_of(values: Mapping[str, Any], columns: tuple[str, ...], empty: frozenset[str] = frozenset()) -> str:
    """Return the text of a key: of several columns, joined by "|". An empty text if nothing stands in them; raise Wrong."""
    raw = [cell(values, column) for column in columns]
    gone = [column for column, value in zip(columns, raw, strict=True) if value is ABSENT]
    if gone:
        raise Wrong(f"the record has no column {gone[0]!r}")
    try:
        texts = ["" if is_empty(value, empty) else text_of(value) for value in raw]
    except Wrong as wrong:
        raise Wrong(f"the key {wrong.reason}") from wrong
    if not any(texts):
        return ""
    return texts[0] if len(texts) == 1 else "|".join(text.translate(ESCAPED) for text in texts)
