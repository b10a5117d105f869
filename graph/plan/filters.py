"""How `where` becomes filters. In: an Input and the type it filters. Out: a Filter, its values numbered in the ledger."""

from graph.errors import QuestionTooExpensive
from graph.plan.ledger import Ledger
from graph.plan.nodes import (
    TRUE,
    AllOf,
    AnyOf,
    Compare,
    CountIs,
    Exists,
    Filter,
    Missing,
    Negation,
    OfType,
    Subject,
)
from graph.values import Input
from schema.kinds import Kind, Property
from schema.model import Route

RANGES = {"lt", "lte", "gt", "gte"}


def where(ledger: Ledger, type_name: str, given: Input | None, path: str, depth: int = 1) -> Filter:
    """Read a where input; an absent one always holds."""
    if given is None or given.null or given.fields is None:
        return TRUE
    if depth > ledger.limits.depth:
        raise QuestionTooExpensive(f"{path} is nested more than {ledger.limits.depth} levels deep, the most allowed.")
    parts = [
        _part(ledger, type_name, name, part, f"{path}.{name}", depth + 1)
        for name, part in given.fields.items()
        if not part.null
    ]
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _part(ledger: Ledger, type_name: str, name: str, given: Input, path: str, depth: int) -> Filter:
    if name in ("and", "or"):
        items = tuple(
            where(ledger, type_name, item, f"{path}[{at}]", depth) for at, item in enumerate(given.items or ())
        )
        return AllOf(items) if name == "and" else AnyOf(items)
    if name == "not":
        return Negation(where(ledger, type_name, given, path, depth))
    if name == "type" and type_name in ledger.model.interfaces:
        return _types(ledger, given, path)
    route = ledger.model.routes.get(type_name, {}).get(name)
    if route is not None:
        return _related(ledger, route, given, path, depth)
    return compare(ledger, ledger.model.properties(type_name)[name], Subject.NODE, given, path)


def _types(ledger: Ledger, given: Input, path: str) -> Filter:
    parts = []
    for operator, value in (given.fields or {}).items():
        ledger.count_comparison()
        parts.append(OfType(ledger.bind(value.source, "labels", f"{path}.{operator}"), operator))
    return AllOf(tuple(parts))


def _related(ledger: Ledger, route: Route, given: Input, path: str, depth: int) -> Filter:
    if route.one:
        return _some(ledger, route, given, path, depth)
    parts: list[Filter] = []
    for name, part in (given.fields or {}).items():
        if part.null:
            continue
        if name == "count":
            parts += _counts(ledger, route, part, f"{path}.count")
        elif name == "every":
            parts.append(_every(ledger, route, part, f"{path}.every", depth))
        else:
            found = _some(ledger, route, part, f"{path}.{name}", depth)
            parts.append(found if name == "some" else Negation(found))
    return AllOf(tuple(parts))


def _some(ledger: Ledger, route: Route, given: Input, path: str, depth: int) -> Exists:
    ledger.count_relation()
    seat = ledger.along(route)
    return Exists(seat, where(ledger, route.target, given, path, depth))


def _every(ledger: Ledger, route: Route, given: Input, path: str, depth: int) -> Filter:
    """Each one matches: there is none that does not."""
    ledger.count_relation()
    seat = ledger.along(route)
    return Negation(Exists(seat, Negation(where(ledger, route.target, given, path, depth))))


def _counts(ledger: Ledger, route: Route, given: Input, path: str) -> list[Filter]:
    parts: list[Filter] = []
    for operator, value in (given.fields or {}).items():
        ledger.count_relation()
        seat = ledger.along(route)
        parts.append(CountIs(seat, operator, ledger.bind(value.source, "plain", f"{path}.{operator}")))
    return parts


def compare(ledger: Ledger, prop: Property, subject: Subject, given: Input, path: str) -> Filter:
    """Read the filter of one property: all of its operators must hold."""
    parts = []
    for operator, value in (given.fields or {}).items():
        here = f"{path}.{operator}"
        if prop.kind is Kind.MONEY and operator != "isNull":
            parts.append(_money(ledger, prop, subject, operator, value, here))
            continue
        ledger.count_comparison()
        parts.append(_operator(ledger, prop, subject, operator, value, here))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _operator(ledger: Ledger, prop: Property, subject: Subject, operator: str, value: Input, path: str) -> Filter:
    if operator == "isNull":
        column = f"{prop.name}Amount" if prop.kind is Kind.MONEY else prop.name
        return Missing(subject, column, ledger.bind(value.source, "plain", path))
    if prop.kind is Kind.WHEN and operator in RANGES:
        # `until` is stored as the day after its latest day, so that as-of is one comparison.
        convert = "day after" if prop.name == "until" else "day"
        return Compare(subject, prop.day, operator, ledger.bind(value.source, convert, path))
    convert = {Kind.MARKING: "marking", Kind.INSTANT: "instant"}.get(prop.kind, "plain")
    return Compare(subject, prop.name, operator, ledger.bind(value.source, convert, path))


def _money(ledger: Ledger, prop: Property, subject: Subject, part: str, given: Input, path: str) -> Filter:
    column = f"{prop.name}Amount" if part == "amount" else f"{prop.name}Currency"
    parts: list[Filter] = []
    for operator, value in (given.fields or {}).items():
        ledger.count_comparison()
        param = ledger.bind(value.source, "plain", f"{path}.{operator}")
        parts.append(
            Missing(subject, column, param) if operator == "isNull" else Compare(subject, column, operator, param)
        )
    return AllOf(tuple(parts))
