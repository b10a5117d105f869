"""ORDER BY and cursors. In: the keys and the bounds of a page. Out: Fragments that sort rows and keep those between cursors."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.cypher.fragments import Fragment, clause, join, name, number
from graph.question.plan.nodes import (
    TRUE,
    CountOf,
    Key,
    KeyValue,
    OfGroup,
    PageBounds,
    Param,
    Position,
    RankOf,
    Site,
    StoredValue,
    Subject,
)
from graph.question.render.predicates import Predicates, compared, texts
from graph.question.render.sites import node, relationship, value
from schema.language.kinds import Kind
from schema.language.operators import Operator

WHOLE = (Kind.INTEGER, Kind.BIG_INTEGER)
BELOW = -(2**62)
"""Less than every stored whole number. An absent number is sorted as this one, which takes one sort key instead of two."""


def term(site: Site, at: int, key: Key) -> Fragment:
    """Write the value of key number `at`: the stored value, or the variable of a computed one."""
    return _stored(site, key.value) if isinstance(key.value, StoredValue) else name(f"k{site.number}_{at}")


@dataclass(frozen=True)
class Order:
    """The order of one list. Computed keys are bound to variables before the rows are sorted."""

    predicates: Predicates
    site: Site
    keys: tuple[Key, ...]

    def computed(self) -> list[Fragment]:
        """Write the computed keys, each with its variable."""
        return [
            clause("{e} AS {k}", e=self._expression(key.value, self.site), k=self.term(at))
            for at, key in enumerate(self.keys)
            if key.column is None
        ]

    def names(self) -> list[Fragment]:
        """Write the variables of the computed keys."""
        return [self.term(at) for at, key in enumerate(self.keys) if key.column is None]

    def term(self, at: int) -> Fragment:
        """Write the value of key number `at`."""
        return term(self.site, at, self.keys[at])

    def _expression(self, of: KeyValue, near: Site) -> Fragment:
        if isinstance(of, StoredValue):
            return _stored(near, of)
        if isinstance(of, RankOf):
            return self._rank(of)
        if isinstance(of, OfGroup):
            raise TypeError("a value of a group is written with its group")
        match = self.predicates.match(of.site, node(near))
        if isinstance(of, CountOf):
            inside = self.predicates.where(of.site, of.where)
            return clause("COUNT {{ MATCH {match}{where} }}", match=match, where=inside)
        where = self.predicates.where(of.site, TRUE)
        return clause(
            "head(COLLECT {{ MATCH {match}{where} WITH {n} ORDER BY {n}.id LIMIT 1 RETURN {e} }})",
            match=match,
            where=where,
            n=node(of.site),
            e=self._expression(of.value, of.site),
        )

    def _rank(self, of: RankOf) -> Fragment:
        return clause(
            "CASE WHEN {t} CONTAINS {exact} THEN 0 WHEN {t} CONTAINS {begins} THEN 1 ELSE 2 END",
            t=texts(node(self.site), of.columns),
            exact=value(of.exact),
            begins=value(of.begins),
        )

    def by(self, *, backward: bool) -> Fragment:
        """Write ORDER BY. Absent values come last, so they come first if the list is read from its end."""
        parts = []
        for at, key in enumerate(self.keys):
            term = self.term(at)
            if key.descending and key.nullable and key.kind in WHOLE:
                term = clause("coalesce({t}, {below})", t=term, below=number(BELOW))
            elif key.descending and key.nullable:
                parts.append(clause("{t} IS NULL DESC" if backward else "{t} IS NULL", t=term))
            parts.append(clause("{t} DESC", t=term) if key.descending != backward else term)
        return join(", ", parts)

    def within(self, bounds: PageBounds) -> list[Fragment]:
        """Write the conditions of the cursors: after one, before the other."""
        parts = []
        if bounds.after is not None:
            parts.append(self._beyond(0, bounds.after, later=True))
        if bounds.before is not None:
            parts.append(self._beyond(0, bounds.before, later=False))
        return parts

    def _beyond(self, at: int, position: Position, *, later: bool) -> Fragment:
        """Write the condition that a row comes after a position, or before it, from key number `at` on.

        It is a CASE and not an OR: for an OR the planner unites two index scans and loses their order.
        """
        if at == len(self.keys):
            return Fragment("false")
        key, term, param = self.keys[at], self.term(at), position.params[at]
        if param is None:
            rest = self._beyond(at + 1, position, later=later)
            absent = "{t} IS NULL AND {rest}" if later else "CASE WHEN {t} IS NULL THEN {rest} ELSE true END"
            return clause(absent, t=term, rest=rest)
        beyond = Operator.LT if key.descending is later else Operator.GT
        if at == len(self.keys) - 1:
            past = _compared(beyond, self, at, param)
            # The last key of a list is an id, that of groups may be absent.
            return clause("({past} OR {t} IS NULL)", past=past, t=term) if key.nullable and later else past
        parts = {
            "t": term,
            "same": _compared(Operator.EQ, self, at, param),
            "rest": self._beyond(at + 1, position, later=later),
        }
        parts["bound"] = _compared(beyond.or_equal, self, at, param)
        bound = "({bound} OR {t} IS NULL)" if key.nullable and later else "{bound}"
        return clause(bound + " AND CASE WHEN {same} THEN {rest} ELSE true END", **parts)


@dataclass(frozen=True)
class Part:
    """A part of a list that one index returns in order, for example the rows without a value of the first key."""

    order: Order
    bounds: PageBounds
    also: tuple[Fragment, ...]


def parts(order: Order, bounds: PageBounds, *, root: bool) -> list[Part]:
    """Split a list into parts that are read one after the other. A list that no index sorts is one part.

    Conditions that always hold (`IS NOT NULL`) are added for the keys, because only then does the planner use the index.
    """
    first, rest = order.keys[0], order.keys[1:]
    if not root or len(rest) > 1 or not (first.column == "id" or (first.indexed and rest)):
        return [Part(order, bounds, ())]
    if not rest:
        return [Part(order, bounds, _there(order))]
    split = list(_present(order, bounds))
    if first.nullable and (bounds.before is None or _at_absent(bounds.before)):
        after = _rest(bounds.after) if _at_absent(bounds.after) else None
        absent = Order(order.predicates, order.site, rest)
        gone = (clause("{t} IS NULL", t=order.term(0)), *_there(absent))
        split.append(Part(absent, replace(bounds, after=after, before=_rest(bounds.before)), gone))
    return split[::-1] if bounds.backward else split


def _present(order: Order, bounds: PageBounds) -> Iterator[Part]:
    """Split the rows that have a value of the first key: those equal to the cursor's value, and those beyond it."""
    first, rest = order.keys[0], order.keys[1:]
    if _at_absent(bounds.after):
        return
    present = Order(order.predicates, order.site, (replace(first, nullable=False), *rest))
    bounds = replace(bounds, before=None if _at_absent(bounds.before) else bounds.before)
    position = bounds.before if bounds.backward else bounds.after
    at = None if position is None or (bounds.after and bounds.before) else position.params[0]
    if at is None:
        yield Part(present, bounds, _there(present))
        return
    inside, uncut = Order(order.predicates, order.site, rest), replace(bounds, after=None, before=None)
    nearer = inside.within(replace(bounds, after=_rest(bounds.after), before=_rest(bounds.before)))
    # The order names the shared value too. Without it the planner sorts rows that the index returns in order.
    same = Part(present, uncut, (_compared(Operator.EQ, present, 0, at), *nearer))
    beyond = Operator.LT if first.descending != bounds.backward else Operator.GT
    further = Part(present, uncut, (_compared(beyond, present, 0, at), *_there(inside)))
    yield from (further, same) if bounds.backward else (same, further)


def _compared(operator: Operator, order: Order, at: int, param: Param) -> Fragment:
    """Compare the value of a key with the cursor's value."""
    return compared(order.term(at), operator, param, _value(order.keys[at], param))


def _there(order: Order) -> tuple[Fragment, ...]:
    """State that every key has a value, which the planner needs to use the index."""
    return tuple(clause("{t} IS NOT NULL", t=order.term(at)) for at in range(len(order.keys)))


def _at_absent(position: Position | None) -> bool:
    """Whether a cursor points to a row without a value of the first key."""
    return position is not None and position.params[0] is None


def _rest(position: Position | None) -> Position | None:
    return None if position is None else Position(position.params[1:])


def _stored(site: Site, of: StoredValue) -> Fragment:
    owner = node(site) if of.subject is Subject.NODE else relationship(site)
    return clause("{h}.{p}", h=owner, p=name(of.column))


def _value(key: Key, at: Param) -> Fragment:
    """Write a cursor's value. An instant is sent as text to keep its precision, and the parameter is converted."""
    return clause("datetime({v})", v=value(at)) if key.kind is Kind.INSTANT else value(at)
