"""Values of properties. In: a record. Out: the value that a row states, None if there is none, or Wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from graph.load.mapping import points
from graph.load.mapping.cells import ABSENT, Style, Wrong, cell, is_empty, shown, text_of
from graph.load.mapping.spots import nearest

Read = Callable[[Any, Style], Any]
MOST_LISTED = 10


@dataclass(frozen=True)
class Unset:
    """Stands for an `otherwise` that is not there."""


UNSET = Unset()


class Value(Protocol):
    """Where the value of a property comes from."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it is made of."""
        ...

    def get(self, values: Mapping[str, Any]) -> Any:
        """Return the value, None if there is none; raise Wrong."""
        ...


@dataclass(frozen=True)
class Constant:
    """The same value in every record."""

    value: Any
    columns: tuple[str, ...] = ()

    def get(self, values: Mapping[str, Any]) -> Any:  # noqa: ARG002  # as other values
        """Return the value."""
        return self.value


@dataclass(frozen=True)
class Cells:
    """The value of a column, or of several, joined. `words` says what stands for what; `many` says that the value is a list."""

    columns: tuple[str, ...]
    read: Read
    style: Style = field(default_factory=Style)
    join: str = " "
    split: str = ""
    take: int | None = None
    words: Mapping[str, Any] | None = None
    default: Any = None
    otherwise: Any = UNSET
    many: bool = False

    def get(self, values: Mapping[str, Any]) -> Any:
        """Read the cells of a record."""
        raw = [cell(values, column) for column in self.columns]
        filled = [each for each in raw if not is_empty(each, self.style.empty)]
        if not filled:
            return self.default
        try:
            found = [self._one(part) for part in self._parts(filled)]
        except Wrong as wrong:
            if self.otherwise is UNSET:
                raise Wrong(f"{named(self.columns)}: {wrong.reason}", wrong.accepted, wrong.code) from wrong
            return [self.otherwise] if self.many and self.otherwise is not None else self.otherwise
        found = [each for each in found if each is not None]
        if not found:
            return self.default
        return found if self.many else found[0]

    def _parts(self, filled: list[Any]) -> list[Any]:
        """Return the raw values that the cells hold: as many as wanted."""
        whole = self.join.join(map(text_of, filled)) if len(filled) > 1 else filled[0]
        parts = whole if isinstance(whole, list) else [whole]
        if self.split and not isinstance(whole, list):
            parts = text_of(whole).split(self.split)
        parts = [part for part in parts if not is_empty(part, self.style.empty)]
        if self.take is not None:
            at = self.take - 1 if self.take > 0 else self.take
            return parts[at : at + 1 or None]
        if len(parts) > 1 and not self.many:
            raise Wrong(f"{shown(whole)} holds {len(parts)} values, and one is wanted; say which one: take: first")
        return parts

    def _one(self, part: Any) -> Any:
        if self.words is None:
            return self.read(part, self.style)
        text = text_of(part)
        if text in self.words:
            return self.words[text]
        close = nearest(text, tuple(self.words))
        accepted = tuple(dict.fromkeys((*close, *self.words)))[:MOST_LISTED]
        raise Wrong(f"{shown(text)} is not one of the values in the config: {', '.join(accepted)}", accepted)


@dataclass(frozen=True)
class PointCells:
    """A point from one column or two. `swapped` says that the longitude comes first."""

    columns: tuple[str, ...]
    style: Style
    split: str = ""
    swapped: bool = False
    otherwise: Any = UNSET

    def get(self, values: Mapping[str, Any]) -> Any:
        """Return the point with its two names."""
        try:
            point = self.pair(values)
        except Wrong as wrong:
            if self.otherwise is UNSET:
                raise Wrong(f"{named(self.columns)}: {wrong.reason}", wrong.accepted) from wrong
            return self.otherwise
        return None if point is None else {"latitude": point[0], "longitude": point[1]}

    def pair(self, values: Mapping[str, Any]) -> tuple[float, float] | None:
        """Return latitude and longitude."""
        raw = [cell(values, column) for column in self.columns]
        if all(is_empty(each, self.style.empty) for each in raw):
            return None
        if len(raw) == 1 and self.split:
            raw = list(text_of(raw[0]).split(self.split))
            if len(raw) != 2:
                raise Wrong(f"{shown(self.split.join(raw))} is not two numbers with {self.split!r} between them")
        if len(raw) == 1:
            return points.point_in(raw[0], self.style)
        if any(is_empty(each, self.style.empty) for each in raw):
            raise Wrong("has one of latitude and longitude, and not the other")
        first, second = reversed(raw) if self.swapped else raw
        return points.point_of(first, second, self.style)


@dataclass(frozen=True)
class MoneyCells:
    """An amount with its currency."""

    amount: Cells
    currency: Value

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of both."""
        return (*self.amount.columns, *self.currency.columns)

    def get(self, values: Mapping[str, Any]) -> Any:
        """Return amount and currency."""
        amount = self.amount.get(values)
        if amount is None:
            return None
        currency = self.currency.get(values)
        if currency is None:
            raise Wrong(f"{named(self.columns)}: there is an amount without a currency", code="MISSING")
        return {"amount": amount, "currency": text_of(currency).upper()}


def named(columns: tuple[str, ...]) -> str:
    """Name columns as messages do."""
    return f"column {columns[0]!r}" if len(columns) == 1 else f"columns {', '.join(map(repr, columns))}"


def missing(value: Value, values: Mapping[str, Any]) -> Wrong:
    """Say why a required value is missing: the record has no such column, or nothing stands there."""
    gone = [column for column in value.columns if cell(values, column) is ABSENT]
    if not gone:
        return Wrong(f"{named(value.columns)}: is empty, and a value is required", code="MISSING")
    close = nearest(gone[0], tuple(values))
    has = f"; the nearest are {', '.join(close)}" if close else f"; it has {', '.join([*values][:MOST_LISTED])}"
    return Wrong(f"the record has no column {gone[0]!r}{has}", close, "MISSING")
