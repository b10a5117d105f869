"""Which root fields show or count synthetic facts. In: a plan with hidden columns. Out: a function of the record.

The hidden columns are made by `plan.synthetic`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from graph.question.decode.page import cut
from graph.question.plan.columns import (
    Aggregate,
    AnySynthetic,
    Binding,
    ByLabel,
    Computed,
    Groups,
    IsSynthetic,
    Label,
    Lookup,
    Page,
    Plan,
    Referenced,
    Related,
    Row,
    ShortestPath,
)
from graph.question.plan.nodes import PageBounds

Parameters = dict[str, Any]
FindSynthetic = Callable[[list[Any], Parameters], tuple[str, ...]]
"""Takes a record and its parameters; returns the keys of the root fields that hold synthetic facts."""


@dataclass(frozen=True)
class Flag:
    """A column that is true where the row is synthetic."""

    at: int


@dataclass(frozen=True)
class One:
    """The row in a column, if there is one."""

    at: int
    tests: "Tests"


@dataclass(frozen=True)
class Each:
    """The rows in a column; with a limit, without the row that only tells whether there are more."""

    at: int
    tests: "Tests"
    limit: int | None = None


@dataclass(frozen=True)
class OfLabel:
    """The row in a column whose columns depend on the label, which is in another one."""

    at: int
    label: int
    tests: tuple[tuple[str, "Tests"], ...]


Test = Flag | One | Each | OfLabel
Tests = tuple[Test, ...]
"""A row holds a synthetic fact if one of its tests says so."""


def synthetic_tests(plan: Plan) -> tuple[tuple[str, Tests], ...]:
    """Return the tests of each root field that sees synthetic facts, with its key."""
    made = _Made(plan.bindings)
    return tuple((root.key, made.columns(plan.row, root.columns)) for root in plan.synthetic_roots)


def find_synthetic(plan: Plan) -> FindSynthetic:
    """Make the function that finds root fields with synthetic facts."""
    roots = synthetic_tests(plan)
    return lambda record, given: tuple(key for key, tests in roots if _holds(tests, record, given))


def _holds(tests: Tests, row: list[Any], given: Parameters) -> bool:
    return any(_is_true(test, row, given) for test in tests)


def _is_true(test: Test, row: list[Any], given: Parameters) -> bool:
    held = row[test.at]
    if isinstance(test, Flag):
        return bool(held)
    if isinstance(test, Each):
        rows = held if test.limit is None else cut(held, given[f"p{test.limit}"])[0]
        return any(_holds(test.tests, inner, given) for inner in rows)
    if held is None:
        return False
    tests = test.tests if isinstance(test, One) else dict(test.tests)[row[test.label]]
    return _holds(tests, held, given)


@dataclass(frozen=True)
class _Made:
    """Makes the tests of a plan. A test of a column takes the row that the column is in."""

    bindings: tuple[Binding, ...]

    def row(self, row: Row) -> Tests:
        """Test every column of a row."""
        return self.columns(row, range(len(row.columns)))

    def columns(self, row: Row, columns: Iterable[int]) -> Tests:
        """Test some columns of a row."""
        return tuple(test for at in columns if (test := self.column(row, at)) is not None)

    def column(self, row: Row, at: int) -> Test | None:
        """Test one column of a row; None if it holds no fact."""
        column = row.columns[at]
        if isinstance(column, IsSynthetic | AnySynthetic):
            return Flag(at)
        if isinstance(column, Page):
            return self._rows(column.bounds, self.row(column.row), at)
        if isinstance(column, ByLabel):
            tests = tuple((name, self.row(row)) for names, row in column.rows for name in names)
            return OfLabel(at, row.columns.index(Label()), tests)
        if isinstance(column, Related) or (isinstance(column, Referenced) and column.one):
            return One(at, self.row(column.row))
        if isinstance(column, Referenced | Lookup | Computed):
            return None if column.row is None else _each(at, self.row(column.row))
        if isinstance(column, ShortestPath):
            parts = (_each(1, self.row(column.nodes)), _each(2, self.row(column.relationships)))
            return One(at, tuple(part for part in parts if part is not None))
        return self._aggregate(column, at) if isinstance(column, Aggregate) else None

    def _rows(self, bounds: PageBounds, tests: Tests, at: int) -> Test | None:
        limit = bounds.limit.index
        return _each(at, tests, limit if self.bindings[limit].detail else None)

    def _aggregate(self, column: Aggregate, at: int) -> Test:
        """Test the facts that groups have in common. Whether a counted fact is synthetic is a column of its own."""
        before = len(column.computed)
        pages = [(before + n, groups) for n, groups in enumerate(column.groups) if isinstance(groups, Groups)]
        tests = (self._rows(groups.bounds, self._group(groups), place) for place, groups in pages)
        return One(at, tuple(test for test in tests if test is not None))

    def _group(self, groups: Groups) -> Tests:
        return tuple(One(at, self.row(part.row)) for at, part in enumerate(groups.common) if part.row is not None)


def _each(at: int, tests: Tests, limit: int | None = None) -> Test | None:
    return Each(at, tests, limit) if tests else None
