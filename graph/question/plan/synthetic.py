"""Marks of synthetic facts. In: a plan. Out: the same plan; below a root field that sees synthetic facts, its rows tell of them.

Hidden columns come after all others, so that shapes stay as they are. A plan without such a root field stays as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.question.plan.columns import (
    Aggregate,
    AnySynthetic,
    ByLabel,
    Column,
    Computed,
    GroupCount,
    Groups,
    IsSynthetic,
    Listing,
    Lookup,
    Page,
    Plan,
    Referenced,
    Related,
    Row,
    ShortestPath,
    SyntheticRoot,
    Total,
)
from graph.question.plan.nodes import Site
from schema.model import Model


def tell_of_synthetic(plan: Plan, model: Model) -> Plan:
    """Add the hidden columns by which an answer tells that it holds synthetic facts."""
    marker, columns = _Marker(model), list(plan.row.columns)
    roots: list[SyntheticRoot] = []
    for root in plan.synthetic_roots:
        own = [columns[at] for at in root.columns]
        for at, column in zip(root.columns, own, strict=True):
            columns[at] = marker.column(column)
        counted = list(marker.counted(own))
        roots.append(replace(root, columns=(*root.columns, *range(len(columns), len(columns) + len(counted)))))
        columns += counted
    return replace(plan, row=Row(tuple(columns)), synthetic_roots=tuple(roots))


@dataclass(frozen=True)
class _Marker:
    """Adds the hidden columns to rows. Kinds that are always CLEAR have no synthetic facts and get none."""

    model: Model

    def row(self, row: Row, site: Site | None = None, *, through: bool = False, node: bool = True) -> Row:
        """Mark a row. The facts of the row are at a site, and `through` says that a relationship leads there."""
        columns: list[Column] = [self.column(column) for column in row.columns]
        columns += self.counted(row.columns)
        if site is not None:
            mark = IsSynthetic(node and site.has_marked_node(self.model), through and site.has_marked_relationship)
            columns += [mark] if mark.node or mark.relationship else []
        return Row(tuple(columns))

    def column(self, column: Column) -> Column:
        """Mark the rows inside a column."""
        if isinstance(column, Page):
            return replace(column, row=self.row(column.row, column.listing.site, through=True))
        if isinstance(column, Related):
            return replace(column, row=self.row(column.row, column.site, through=True))
        if isinstance(column, Referenced | Lookup):
            return replace(column, row=self.row(column.row, column.site))
        if isinstance(column, Computed) and column.row is not None:
            return replace(column, row=self.row(column.row, column.end))
        if isinstance(column, ByLabel):
            return replace(column, rows=tuple((labels, self.row(row)) for labels, row in column.rows))
        if isinstance(column, Aggregate):
            return replace(column, groups=tuple(self._groups(groups) for groups in column.groups))
        if isinstance(column, ShortestPath):
            nodes = self.row(column.nodes, column.step)
            return replace(
                column,
                nodes=nodes,
                relationships=self.row(column.relationships, column.step, through=True, node=False),
            )
        return column

    def _groups(self, groups: Groups | GroupCount) -> Groups | GroupCount:
        keys = tuple(part if part.row is None else replace(part, row=self.row(part.row)) for part in groups.common)
        return replace(groups, common=keys)

    def counted(self, columns: tuple[Column, ...] | list[Column]) -> Iterator[AnySynthetic]:
        """Yield, each once, what tells whether a list that is counted has synthetic facts, or its groups have such keys."""
        yield from dict.fromkeys(made for column in columns for made in self._counted(column))

    def _counted(self, column: Column) -> Iterator[AnySynthetic]:
        if not isinstance(column, Total | Aggregate):
            return
        counts = isinstance(column, Total) or column.computed or column.groups
        if counts and self._any(column.listing.site):
            yield AnySynthetic(column.listing)
        if isinstance(column, Aggregate):
            yield from (made for groups in column.groups for made in self._keys(groups, column.listing))

    def _keys(self, groups: Groups | GroupCount, listing: Listing) -> Iterator[AnySynthetic]:
        for part in groups.common:
            if part.site is not None and self._any(part.site):
                yield AnySynthetic(listing, part.site)

    def _any(self, site: Site) -> bool:
        return site.has_marked_node(self.model) or site.has_marked_relationship
