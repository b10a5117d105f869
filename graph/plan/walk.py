"""How a plan is walked. In: a row or filter. Out: every column, filter and seat below it, in the order written."""

from collections.abc import Iterator

from graph.plan.nodes import (
    AllOf,
    AnyOf,
    ByLabel,
    Column,
    CountIs,
    Exists,
    Filter,
    Lag,
    Lookup,
    Missing,
    Negation,
    OfType,
    Page,
    Referred,
    Related,
    Row,
    Seat,
    Total,
)


def columns(row: Row) -> Iterator[Column]:
    """Yield the columns of a row and of every row inside it."""
    for column in row.columns:
        yield column
        if isinstance(column, Related | Referred | Page | Lookup):
            yield from columns(column.row)
        elif isinstance(column, ByLabel):
            for _, inner in column.rows:
                yield from columns(inner)


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
    """Yield every place where a node is bound, in columns and in filters."""
    for column in columns(row):
        if isinstance(column, Related | Referred | Page | Total | Lookup | Lag):
            yield column.seat
        if isinstance(column, Page | Total):
            yield from (part.seat for part in filters(column.where) if isinstance(part, Exists | CountIs))


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
    if isinstance(where, Missing):
        return ("Missing", where.subject.value, where.column)
    return ("Compare", where.subject.value, where.column, where.operator)


def _way(seat: Seat) -> str:
    return "" if seat.route is None else f"{seat.route.relationship.name}.{seat.route.field}"
