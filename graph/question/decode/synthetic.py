"""Which root fields show or count synthetic facts. In: a plan with hidden columns. Out: a function of the record.

The hidden columns are made by `plan.synthetic`.
"""

from collections.abc import Callable
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
Test = Callable[[list[Any], Parameters], bool]
"""Whether a row holds a synthetic fact."""
FindSynthetic = Callable[[list[Any], Parameters], tuple[str, ...]]
"""Takes a record and its parameters; returns the keys of the root fields that hold synthetic facts."""


def find_synthetic(plan: Plan) -> FindSynthetic:
    """Make the function that finds root fields with synthetic facts."""
    tests = _Tests(plan.bindings)
    roots = [(root.key, [tests.column(plan.row, at) for at in root.columns]) for root in plan.synthetic_roots]

    def find(record: list[Any], parameters: Parameters) -> tuple[str, ...]:
        return tuple(key for key, columns in roots if any(test(record, parameters) for test in columns))

    return find


def _never(_row: list[Any], _given: Parameters) -> bool:
    return False


@dataclass(frozen=True)
class _Tests:
    """Makes the tests of a plan. A test of a column takes the row that the column is in."""

    bindings: tuple[Binding, ...]

    def row(self, row: Row) -> Test:
        """Test every column of a row."""
        tests = [test for at in range(len(row.columns)) if (test := self.column(row, at)) is not _never]
        return (lambda held, given: any(test(held, given) for test in tests)) if tests else _never

    def column(self, row: Row, at: int) -> Test:
        """Test one column of a row."""
        column = row.columns[at]
        if isinstance(column, IsSynthetic | AnySynthetic):
            return lambda held, _: bool(held[at])
        if isinstance(column, Page):
            return self._page(column, at)
        if isinstance(column, ByLabel):
            return self._by_label(column, at, row.columns.index(Label()))
        if isinstance(column, Related) or (isinstance(column, Referenced) and column.one):
            return _one(self.row(column.row), at)
        if isinstance(column, Referenced | Lookup | Computed):
            return _each(_never if column.row is None else self.row(column.row), at)
        if isinstance(column, ShortestPath):
            return self._path(column, at)
        return self._aggregate(column, at) if isinstance(column, Aggregate) else _never

    def _page(self, page: Page, at: int) -> Test:
        """Test the rows of a page, without the row that only tells whether there are more."""
        return self._rows(page.bounds, self.row(page.row), at)

    def _rows(self, bounds: PageBounds, test: Test, at: int) -> Test:
        limit = bounds.limit.index
        if not self.bindings[limit].detail:
            return _each(test, at)
        return lambda held, given: any(test(row, given) for row in cut(held[at], given[f"p{limit}"])[0])

    def _by_label(self, column: ByLabel, at: int, label: int) -> Test:
        tests = {name: self.row(row) for names, row in column.rows for name in names}
        return lambda held, given: held[at] is not None and tests[held[label]](held[at], given)

    def _path(self, path: ShortestPath, at: int) -> Test:
        nodes, relationships = _each(self.row(path.nodes), 1), _each(self.row(path.relationships), 2)
        return _one(lambda held, given: nodes(held, given) or relationships(held, given), at)

    def _aggregate(self, column: Aggregate, at: int) -> Test:
        """Test the facts that groups have in common. Whether a counted fact is synthetic is a column of its own."""
        before = len(column.computed)
        pages = [(before + n, groups) for n, groups in enumerate(column.groups) if isinstance(groups, Groups)]
        tests = [self._rows(groups.bounds, self._group(groups), place) for place, groups in pages]
        return _one(lambda held, given: any(test(held, given) for test in tests), at)

    def _group(self, groups: Groups) -> Test:
        keys = [_one(self.row(part.row), at) for at, part in enumerate(groups.common) if part.row is not None]
        return lambda held, given: any(test(held, given) for test in keys)


def _one(test: Test, at: int) -> Test:
    """Test the row in a column, if there is one."""
    return lambda held, given: held[at] is not None and test(held[at], given)


def _each(test: Test, at: int) -> Test:
    """Test the rows in a column."""
    return _never if test is _never else lambda held, given: any(test(row, given) for row in held[at])
