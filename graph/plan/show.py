"""A plan as text for people. In: a SecuredPlan. Out: lines, one for each column, filter and order; indented as nested."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.access import Guard, SecuredPlan
from graph.plan.nodes import (
    AllOf,
    AnyOf,
    ByLabel,
    Column,
    Compare,
    CountIs,
    Exists,
    Filter,
    Key,
    Label,
    Lag,
    Lookup,
    Missing,
    Negation,
    OfType,
    Page,
    Read,
    ReadKey,
    Referred,
    Related,
    Row,
    Seat,
    Total,
)


def show(secured: SecuredPlan) -> str:
    """Return a secured plan as text; the same plan gives the same text."""
    guards = {guard.site: guard for guard in secured.guards}
    shown = _Shown(guards, dict(secured.dates))
    lines = ["question", *_indented(shown.row(secured.plan.row)), "parameters"]
    for index, binding in enumerate(secured.plan.bindings):
        lines.append(f"  p{index} = {binding.where} ({binding.convert})")
    return "\n".join(lines) + "\n"


def _indented(lines: Iterator[str]) -> list[str]:
    return [f"  {line}" for line in lines]


@dataclass(frozen=True)
class _Shown:
    guards: dict[int, Guard] = field(hash=False)
    dates: dict[int, int] = field(hash=False)

    def row(self, row: Row) -> Iterator[str]:
        for column in row.columns:
            yield from self.column(column)

    def column(self, column: Column) -> Iterator[str]:
        if isinstance(column, Read):
            yield f"read {column.subject.value}.{column.prop.name}"
        elif isinstance(column, ReadKey):
            yield f"key {_key(column.key)}"
        elif isinstance(column, Lag):
            yield f"dates of lag {self._seat(column.seat)}"
        elif isinstance(column, Label):
            yield "label"
        elif isinstance(column, ByLabel):
            for names, row in column.rows:
                yield f"where it is {'|'.join(names)}"
                yield from _indented(self.row(row))
        else:
            yield from self._seated(column)

    def _seated(self, column: Page | Total | Lookup | Related | Referred) -> Iterator[str]:
        yield f"{self._head(column)} {self._seat(column.seat)}"
        if isinstance(column, Page | Total):
            yield from _indented(self._filter(column.where))
        if isinstance(column, Page):
            yield f"  order {', '.join(map(_key, column.order))}"
            if column.after is not None:
                yield f"  after {', '.join('nothing' if p is None else f'p{p.index}' for p in column.after.params)}"
            yield f"  limit p{column.limit.index}"
        if not isinstance(column, Total):
            yield from _indented(self.row(column.row))

    def _head(self, column: Column) -> str:
        if isinstance(column, Lookup):
            return f"{'find all' if column.many else 'find'} p{column.ids.index}"
        if isinstance(column, Referred):
            return f"refer {column.subject.value}.{column.prop.name}"
        return type(column).__name__.lower()

    def _seat(self, seat: Seat) -> str:
        if seat.route is None:
            way = "any"
        else:
            arrow = "--" if seat.route.undirected else "->" if seat.route.forward else "<-"
            way = f"{arrow} {seat.route.relationship.type}"
        date = f", as of p{self.dates[seat.site]}" if seat.site in self.dates else ""
        names = "Fact" if len(seat.labels) > 12 else "|".join(seat.labels)
        return f"{way} {names} [site {seat.site}: {_guard(self.guards[seat.site])}{date}]"

    def _filter(self, given: Filter) -> Iterator[str]:
        if isinstance(given, AllOf | AnyOf):
            if not given.parts and isinstance(given, AllOf):
                return
            yield "all of" if isinstance(given, AllOf) else "any of"
            for part in given.parts:
                yield from _indented(self._filter(part))
        elif isinstance(given, Negation):
            yield "not"
            yield from _indented(self._filter(given.part))
        elif isinstance(given, Exists):
            yield f"exists {self._seat(given.seat)}"
            yield from _indented(self._filter(given.where))
        else:
            yield self._comparison(given)

    def _comparison(self, given: Compare | Missing | OfType | CountIs) -> str:
        if isinstance(given, Compare):
            return f"{given.subject.value}.{given.column} {given.operator} p{given.param.index}"
        if isinstance(given, Missing):
            return f"{given.subject.value}.{given.column} is missing = p{given.param.index}"
        if isinstance(given, OfType):
            return f"type {given.operator} p{given.param.index}"
        return f"count {given.operator} p{given.param.index} of {self._seat(given.seat)}"


def _guard(guard: Guard) -> str:
    tested = [name for name, held in (("tie", guard.tie), ("node", guard.node)) if held]
    if not tested:
        return "always clear"
    return f"{' and '.join(tested)} by marking{' or audience' if guard.by_audience else ''}"


def _key(key: Key) -> str:
    return f"{key.subject.value}.{key.column}{' desc' if key.descending else ''}"
