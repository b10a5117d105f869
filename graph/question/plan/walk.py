"""Walking a plan. In: a row or filter. Out: every column, filter and site below it, in order."""

from collections.abc import Iterator

from graph.question.plan.columns import (
    Aggregate,
    AnySynthetic,
    ByLabel,
    Column,
    Computed,
    GroupCount,
    Groups,
    Listing,
    Lookup,
    Page,
    Referenced,
    Related,
    Row,
    ShortestPath,
    Total,
)
from graph.question.plan.nodes import (
    AllOf,
    AnyOf,
    CompareDates,
    CountCompare,
    CountOf,
    Exists,
    Filter,
    HasLabel,
    HasWords,
    IsNull,
    IsOf,
    KeyValue,
    Negation,
    OfRelated,
    Same,
    Site,
)


def columns(row: Row) -> Iterator[Column]:
    """Yield the columns of a row and of every row inside it."""
    for column in row.columns:
        yield column
        for inner in _rows(column):
            yield from columns(inner)


def _rows(column: Column) -> Iterator[Row]:
    if isinstance(column, Related | Referenced | Page | Lookup):
        yield column.row
    elif isinstance(column, Computed):
        yield from filter(None, (column.row,))
    elif isinstance(column, ByLabel):
        yield from (row for _, row in column.rows)
    elif isinstance(column, ShortestPath):
        yield from (column.nodes, column.relationships)
    elif isinstance(column, Aggregate):
        pages = (groups for groups in column.groups if isinstance(groups, Groups))
        yield from (part.row for groups in pages for part in groups.common if part.row is not None)


def listings(row: Row) -> Iterator[Listing]:
    """Yield every list that is read, counted or grouped, with its filter."""
    for column in columns(row):
        if isinstance(column, Page | Total | Aggregate):
            yield column.listing
        if isinstance(column, Aggregate):
            yield from (groups.listing for groups in column.groups)


def counted(row: Row) -> Iterator[Filter]:
    """Yield, for each count of related facts that a list is ordered by, the filter that finds them."""
    for column in columns(row):
        if isinstance(column, Page):
            for key in column.order:
                yield from _counted(key.value)


def _counted(value: KeyValue) -> Iterator[Filter]:
    if isinstance(value, CountOf):
        yield Exists(value.site, value.where)
    if isinstance(value, OfRelated):
        yield from (Exists(value.site, inner) for inner in _counted(value.value))


def filters(where: Filter) -> Iterator[Filter]:
    """Yield a filter and every filter inside it."""
    yield where
    if isinstance(where, AllOf | AnyOf):
        for part in where.parts:
            yield from filters(part)
    elif isinstance(where, Negation):
        yield from filters(where.part)
    elif isinstance(where, Exists):
        yield from filters(where.where)


def sites(row: Row) -> Iterator[Site]:
    """Yield every site, those of columns, filters and orders."""
    for column in columns(row):
        if isinstance(column, Related | Referenced | Lookup):
            yield column.site
        elif isinstance(column, Computed):
            yield from (site for _, chain in column.chains for site in chain)
        elif isinstance(column, ShortestPath):
            yield from (column.start, column.end, column.step)
        elif isinstance(column, Page):
            yield from _listed(column.listing)
            for key in column.order:
                yield from _keyed(key.value)
        elif isinstance(column, Total):
            yield from _listed(column.listing)
        elif isinstance(column, AnySynthetic):
            yield from _listed(column.listing)
            yield from () if column.key is None else (column.key,)
        elif isinstance(column, Aggregate):
            yield from _listed(column.listing)
            for groups in column.groups:
                yield from _grouped(groups)


def _listed(listing: Listing) -> Iterator[Site]:
    yield listing.site
    yield from _filtered(listing.where)


def _filtered(where: Filter) -> Iterator[Site]:
    for part in filters(where):
        if isinstance(part, Exists | CountCompare):
            yield from (site for site in (part.site.over, part.site) if site is not None)


def _grouped(groups: Groups | GroupCount) -> Iterator[Site]:
    yield from _listed(groups.listing)
    yield from (part.site for part in groups.common if part.site is not None)


def _keyed(value: KeyValue) -> Iterator[Site]:
    if isinstance(value, CountOf | OfRelated):
        yield value.site
    if isinstance(value, CountOf):
        yield from _filtered(value.where)
    if isinstance(value, OfRelated):
        yield from _keyed(value.value)


def signature(where: Filter) -> tuple[object, ...]:
    """Describe a filter without its values, so that two filters can be told apart."""
    if isinstance(where, AllOf | AnyOf):
        return (type(where).__name__, *(signature(part) for part in where.parts))
    if isinstance(where, Negation):
        return ("Not", signature(where.part))
    if isinstance(where, Exists):
        return ("Exists", _way(where.site), signature(where.where))
    if isinstance(where, CountCompare):
        return ("Count", _way(where.site), where.operator.field)
    if isinstance(where, HasLabel):
        return ("HasLabel", where.operator.field)
    if isinstance(where, IsOf):
        return ("IsOf", where.label)
    if isinstance(where, HasWords):
        return ("HasWords", where.subject.value, *where.columns)
    if isinstance(where, IsNull):
        return ("IsNull", where.subject.value, where.column)
    if isinstance(where, Same):
        return ("Same", where.subject.value, where.named.name)
    if isinstance(where, CompareDates):
        named = (where.named.name, where.named_column)
        return ("CompareDates", where.subject.value, where.column, where.operator.field, *named)
    return ("Compare", where.subject.value, where.column, where.operator.field)


def _way(site: Site) -> str:
    if site.held is not None:
        return f"{site.held.subject.value}.{site.held.column}"
    return "" if site.route is None else f"{site.route.relationship.name}.{site.route.field}"
