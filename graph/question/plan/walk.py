"""How a plan is walked. In: a row or filter. Out: every column, filter and seat below it, in the order written."""

from collections.abc import Iterator
from itertools import chain

from graph.question.plan.columns import (
    Aggregate,
    ByLabel,
    Change,
    Column,
    Groups,
    Lag,
    Listing,
    Lookup,
    Page,
    Paired,
    Referred,
    Related,
    Row,
    Standing,
    Total,
    Way,
)
from graph.question.plan.nodes import (
    AllOf,
    AnyOf,
    CountIs,
    CountOf,
    Exists,
    Filter,
    KeyValue,
    Missing,
    Negation,
    OfOne,
    OfType,
    Seat,
    Worded,
)


def columns(row: Row) -> Iterator[Column]:
    """Yield the columns of a row and of every row inside it."""
    for column in row.columns:
        yield column
        for inner in _rows(column):
            yield from columns(inner)


def _rows(column: Column) -> Iterator[Row]:
    if isinstance(column, Related | Referred | Page | Lookup | Paired):
        yield column.row
    elif isinstance(column, ByLabel):
        yield from (row for _, row in column.rows)
    elif isinstance(column, Way):
        yield from (column.nodes, column.ties)
    elif isinstance(column, Aggregate):
        yield from (part.row for groups in column.groups for part in groups.common if part.row is not None)


def listings(row: Row) -> Iterator[Listing]:
    """Yield every list that is read, counted or grouped, with its filter."""
    for column in columns(row):
        if isinstance(column, Page | Total | Aggregate):
            yield column.listing
        if isinstance(column, Aggregate):
            yield from (groups.listing for groups in column.groups)


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


def seats(row: Row) -> Iterator[Seat]:
    """Yield every place where a node is bound: in columns, filters and orders."""
    for column in columns(row):
        if isinstance(column, Related | Referred | Lookup):
            yield column.seat
        elif isinstance(column, Lag):
            yield from (column.seat, *column.stated)
        elif isinstance(column, Paired):
            yield from chain(column.by, *column.also, *column.never)
        elif isinstance(column, Standing):
            yield from (column.wave, column.roster, column.other, column.said, column.answered, column.listed)
        elif isinstance(column, Change):
            yield from (column.roster, column.other, column.person, column.said, column.answered, column.listed)
        elif isinstance(column, Way):
            yield from (column.start, column.end, column.step)
        elif isinstance(column, Page):
            yield from _listed(column.listing)
            for key in column.order:
                yield from _keyed(key.value)
        elif isinstance(column, Total):
            yield from _listed(column.listing)
        elif isinstance(column, Aggregate):
            yield from _listed(column.listing)
            for groups in column.groups:
                yield from _grouped(groups)


def _listed(listing: Listing) -> Iterator[Seat]:
    yield listing.seat
    for part in filters(listing.where):
        if isinstance(part, Exists | CountIs):
            yield from (seat for seat in (part.seat.over, part.seat) if seat is not None)


def _grouped(groups: Groups) -> Iterator[Seat]:
    yield from _listed(groups.listing)
    yield from (part.seat for part in groups.common if part.seat is not None)


def _keyed(value: KeyValue) -> Iterator[Seat]:
    if isinstance(value, CountOf | OfOne):
        yield value.seat
    if isinstance(value, OfOne):
        yield from _keyed(value.value)


def signature(where: Filter) -> tuple[object, ...]:
    """Name the shape of a filter without its values, so that two filters can be told apart."""
    if isinstance(where, AllOf | AnyOf):
        return (type(where).__name__, *(signature(part) for part in where.parts))
    if isinstance(where, Negation):
        return ("Not", signature(where.part))
    if isinstance(where, Exists):
        return ("Exists", _way(where.seat), signature(where.where))
    if isinstance(where, CountIs):
        return ("Count", _way(where.seat), where.operator)
    if isinstance(where, OfType):
        return ("OfType", where.operator)
    if isinstance(where, Worded):
        return ("Worded", where.subject.value, *where.columns)
    if isinstance(where, Missing):
        return ("Missing", where.subject.value, where.column)
    return ("Compare", where.subject.value, where.column, where.operator)


def _way(seat: Seat) -> str:
    if seat.held is not None:
        return f"{seat.held.subject.value}.{seat.held.column}"
    return "" if seat.route is None else f"{seat.route.relationship.name}.{seat.route.field}"
