"""Orders and places in them. In: the keys of a list and a cursor. Out: Fragments for ORDER BY and for what comes after."""

from graph.cypher.fragments import Fragment, clause, join, name
from graph.cypher.predicates import node, tie, value
from graph.plan.nodes import After, Key, Param, Seat, Subject
from schema.kinds import Kind

__all__ = ["beyond", "in_index_order", "order_by"]


def _stored(seat: Seat, key: Key) -> Fragment:
    holder = node(seat) if key.subject is Subject.NODE else tie(seat)
    return clause("{h}.{p}", h=holder, p=name(key.column))


def order_by(seat: Seat, keys: tuple[Key, ...]) -> Fragment:
    """Write an order; missing values come last both ways (ascending, Cypher puts them there by itself)."""
    parts = []
    for key in keys:
        stored = _stored(seat, key)
        if not key.descending:
            parts.append(stored)
        elif key.nullable:
            parts += [clause("{s} IS NULL", s=stored), clause("{s} DESC", s=stored)]
        else:
            parts.append(clause("{s} DESC", s=stored))
    return join(", ", parts)


def beyond(seat: Seat, keys: tuple[Key, ...], after: After) -> Fragment:
    """Write what comes after a cursor: at its first value or beyond, and where it is at it, further in the next key.

    A CASE and no OR: the planner answers a choice between two indexes with a union of both, and loses their order.
    """
    key, at, rest = keys[0], after.params[0], After(after.params[1:])
    stored = _stored(seat, key)
    if at is None:
        return clause("{s} IS NULL AND {rest}", s=stored, rest=beyond(seat, keys[1:], rest))
    parts = {"s": stored, "v": _value(key, at), "is": Fragment("<" if key.descending else ">")}
    if len(keys) == 1:
        return clause("{s} {is} {v}", **parts)
    parts["rest"] = beyond(seat, keys[1:], rest)
    at_or_beyond = "({s} {is}= {v} OR {s} IS NULL)" if key.nullable else "{s} {is}= {v}"
    return clause(at_or_beyond + " AND CASE WHEN {s} = {v} THEN {rest} ELSE true END", **parts)


def in_index_order(seat: Seat, keys: tuple[Key, ...]) -> list[Fragment]:
    """Say of a list's keys what is always true, so that an index gives its rows in order and a page ends early."""
    if seat.route is not None or any(key.nullable or key.descending for key in keys):
        return []
    return [clause("{s} IS NOT NULL", s=_stored(seat, key)) for key in keys]


def _value(key: Key, at: Param) -> Fragment:
    """An instant travels as text in its full precision; the parameter is converted, never the stored value."""
    return clause("datetime({v})", v=value(at)) if key.kind is Kind.INSTANT else value(at)
