"""Orders and places in them. In: the keys of a list and a cursor. Out: Fragments for ORDER BY and for what comes after."""

from graph.cypher.fragments import Fragment, clause, join, name
from graph.cypher.predicates import node, tie, value
from graph.plan.nodes import After, Key, Param, Seat, Subject
from schema.kinds import Kind

__all__ = ["beyond", "order_by"]


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
    """Write what comes after a cursor: further in the first key, or equal in it and further in the next."""
    options: list[Fragment] = []
    equal: list[Fragment] = []
    for key, at in zip(keys, after.params, strict=True):
        stored = _stored(seat, key)
        further = _further(stored, key, at)
        if further is not None:
            options.append(clause("({all})", all=join(" AND ", [*equal, further])))
        equal.append(
            clause("{s} IS NULL", s=stored) if at is None else clause("{s} = {v}", s=stored, v=_value(key, at))
        )
    return clause("({any})", any=join(" OR ", options))


def _further(stored: Fragment, key: Key, at: Param | None) -> Fragment | None:
    """Write what is further in one key; nothing is further than a missing value."""
    if at is None:
        return None
    ahead = clause("{s} < {v}" if key.descending else "{s} > {v}", s=stored, v=_value(key, at))
    return clause("({a} OR {s} IS NULL)", a=ahead, s=stored) if key.nullable else ahead


def _value(key: Key, at: Param) -> Fragment:
    """An instant travels as text in its full precision; the parameter is converted, never the stored value."""
    return clause("datetime({v})", v=value(at)) if key.kind is Kind.INSTANT else value(at)
