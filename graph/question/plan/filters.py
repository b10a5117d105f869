"""How `where` becomes filters. In: an Input and the type it filters. Out: a Filter, its values numbered in the ledger."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from graph.errors import QuestionTooExpensive
from graph.question.codepoints import RANGES, is_high
from graph.question.document.values import Input
from graph.question.plan.ledger import Ledger
from graph.question.plan.nodes import (
    TRUE,
    AllOf,
    AnyOf,
    Compare,
    CountIs,
    Exists,
    Filter,
    Held,
    Missing,
    Negation,
    OfType,
    Param,
    Seat,
    Subject,
    Worded,
)
from schema.domain.evidence import COMMON
from schema.language.kinds import Kind, Property
from schema.model import ABOUT, Route


@dataclass(frozen=True)
class Here:
    """Where the reading stands: what is filtered and the way that led there, the path that errors name, how deep that is."""

    ledger: Ledger
    type_name: str
    path: str
    route: Route | None = None
    subject: Subject = Subject.NODE
    depth: int = 1

    def property(self, name: str) -> Property:
        """Find a property of what is filtered: the fact, or the relationship that led to it."""
        if self.subject is Subject.TIE and self.route is not None:
            return (COMMON | self.route.relationship.properties)[name]
        return self.ledger.model.properties(self.type_name)[name]

    def below(self, name: str) -> "Here":
        """Go into a part of a filter."""
        return replace(self, path=f"{self.path}{name}")

    def bind(self, value: Input, convert: str, *, high: bool = False) -> Param:
        """Number the value that stands here."""
        return self.ledger.bind(value.source, convert, self.path, high=high)


def where(here: Here, given: Input | None) -> Filter:
    """Read a where input; an absent one always holds."""
    if given is None or given.null or given.fields is None:
        return TRUE
    most = here.ledger.limits.depth
    if here.depth > most:
        raise QuestionTooExpensive(f"{here.path} is nested more than {most} levels deep, the most allowed.")
    deeper = replace(here, depth=here.depth + 1)
    parts = [_part(deeper.below(f".{name}"), name, part) for name, part in given.fields.items() if not part.null]
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _part(here: Here, name: str, given: Input) -> Filter:
    model = here.ledger.model
    if name in ("and", "or"):
        for _ in given.items or ():
            here.ledger.count_comparison()
        items = tuple(where(here.below(f"[{at}]"), item) for at, item in enumerate(given.items or ()))
        return AllOf(items) if name == "and" else AnyOf(items)
    if name == "not":
        return Negation(where(here, given))
    if here.subject is Subject.TIE:
        return _property(here, here.property(name), given)
    if name == "edge" and here.route is not None:
        return where(replace(here, subject=Subject.TIE), given)
    if name == "type" and here.type_name in model.interfaces:
        return _types(here, given)
    if name == ABOUT:
        return AnyOf(tuple(_topic(here, route, given) for route in model.topical(here.type_name)))
    route = model.routes.get(here.type_name, {}).get(name)
    if route is not None:
        far = replace(here, type_name=route.target, route=route, subject=Subject.NODE)
        return _related(far, partial(here.ledger.along, route), given, one=route.one)
    return _property(here, here.property(name), given)


def _property(here: Here, prop: Property, given: Input) -> Filter:
    """Read the filter of a property: of what it holds, or of the facts that it refers to."""
    if prop.refers_to is None:
        return compare(here, prop, given)
    seat = partial(here.ledger.seat, (prop.refers_to,), held=Held(here.subject, prop.name))
    far = replace(here, type_name=prop.refers_to, route=None, subject=Subject.NODE)
    return _related(far, seat, given, one=prop.kind is Kind.REFERENCE)


def _topic(here: Here, route: Route, given: Input) -> Filter:
    """A topic that the fact is about along this route matches, or one above that topic."""
    ledger, under = here.ledger, here.ledger.model.relationships["Under"]
    ledger.count_relation()
    first = None if route.relationship is under else ledger.along(route)
    step = ledger.seat(("Topic",), through=(under,))
    found = Exists(ledger.seat(("Topic",), over=step), where(replace(here, type_name="Topic", route=None), given))
    return found if first is None else Exists(first, found)


def _types(here: Here, given: Input) -> Filter:
    parts = []
    for operator, value in (given.fields or {}).items():
        here.ledger.count_comparison()
        parts.append(OfType(here.below(f".{operator}").bind(value, "labels"), operator))
    return AllOf(tuple(parts))


def _related(far: Here, seat: Callable[[], Seat], given: Input, *, one: bool) -> Filter:
    """Read the filter of related facts: what `far` says of them, at seats that are made as they are needed."""
    if one:
        return _some(far, seat, given)
    parts: list[Filter] = []
    for name, part in (given.fields or {}).items():
        if part.null:
            continue
        inside = far.below(f".{name}")
        if name == "count":
            parts += _counts(inside, seat, part)
        elif name == "every":
            parts.append(_every(inside, seat, part))
        else:
            found = _some(inside, seat, part)
            parts.append(found if name == "some" else Negation(found))
    return AllOf(tuple(parts))


def _some(far: Here, seat: Callable[[], Seat], given: Input) -> Exists:
    far.ledger.count_relation()
    return Exists(seat(), where(far, given))


def _every(far: Here, seat: Callable[[], Seat], given: Input) -> Filter:
    """Each one matches: there is none that does not."""
    found = _some(far, seat, given)
    return Negation(Exists(found.seat, Negation(found.where)))


def _counts(far: Here, seat: Callable[[], Seat], given: Input) -> list[Filter]:
    parts: list[Filter] = []
    for operator, value in (given.fields or {}).items():
        far.ledger.count_relation()
        parts.append(CountIs(seat(), operator, far.below(f".{operator}").bind(value, "plain")))
    return parts


def compare(here: Here, prop: Property, given: Input) -> Filter:
    """Read the filter of one property: all of its operators must hold."""
    parts: list[Filter] = []
    for operator, value in (given.fields or {}).items():
        inside = here.below(f".{operator}")
        if prop.kind is Kind.MONEY and operator != "isNull":
            parts.append(_money(inside, f"{prop.name}{operator.capitalize()}", value))
            continue
        here.ledger.count_comparison()
        parts.append(_operator(inside, prop, operator, value))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _operator(here: Here, prop: Property, operator: str, value: Input) -> Filter:
    if operator == "isNull":
        column = f"{prop.name}Amount" if prop.kind is Kind.MONEY else prop.name
        return Missing(here.subject, column, here.bind(value, "plain"))
    if operator == "search":
        return Worded(here.subject, (prop.words,), here.bind(value, "words"))
    if prop.kind is Kind.WHEN and operator in RANGES:
        # `until` is stored as the day after its latest day, so that as-of is one comparison.
        convert = "day after" if prop.name == "until" else "day"
        return Compare(here.subject, prop.day, operator, here.bind(value, convert))
    if operator in RANGES and is_high(value.value(here.ledger.variables)):
        return Compare(here.subject, prop.name, operator, here.bind(value, "high", high=True))
    convert = {Kind.MARKING: "marking", Kind.INSTANT: "instant"}.get(prop.kind, "plain")
    return Compare(here.subject, prop.name, operator, here.bind(value, convert))


def _money(here: Here, column: str, given: Input) -> Filter:
    parts: list[Filter] = []
    for operator, value in (given.fields or {}).items():
        here.ledger.count_comparison()
        param = here.below(f".{operator}").bind(value, "plain")
        missing = operator == "isNull"
        subject = here.subject
        parts.append(Missing(subject, column, param) if missing else Compare(subject, column, operator, param))
    return AllOf(tuple(parts))
