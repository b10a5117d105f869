"""Planning of `where`. In: an Input and the type that it filters. Out: a Filter, whose values are parameters in the ledger."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from graph.errors import BadUserInput, QuestionTooExpensive
from graph.question.codepoints import is_high
from graph.question.document.places import Place, misfit
from graph.question.document.values import Input
from graph.question.plan import named
from graph.question.plan.nodes import (
    TRUE,
    AllOf,
    AnyOf,
    Compare,
    CompareDates,
    CountCompare,
    Exists,
    Filter,
    HasLabel,
    HasWords,
    HeldId,
    IsNull,
    IsOf,
    Negation,
    Param,
    Same,
    Site,
    Subject,
)
from schema.language.kinds import Kind, Property
from schema.language.operators import AS, BY_LAST_DAY, NAMED, ON, SAME, Operator
from schema.model import ABOUT, Route

DAYS = {Kind.WHEN: "day", Kind.END: "end day"}
"""Conversions of the operand, by the kind of date that it is compared with: its `first` or its `last` day."""
MONEY_COLUMNS = {"amount": "Amount", "currency": "Currency"}


Numbering = Callable[..., Site]
"""Numbers a new site for a search of related facts, if it is given `bound` at the node of another site."""


@dataclass(frozen=True)
class FilterContext(named.Filtered):
    """What is being filtered, the path that errors name, the facts that filters around it name, and the depth."""

    path: str = ""
    names: named.Names = ()
    depth: int = 1

    def below(self, name: str) -> "FilterContext":
        """Go into a part of a filter."""
        return replace(self, path=f"{self.path}{name}")

    def naming(self, given: Input) -> "FilterContext":
        """Go into a filter, which may name what it filters."""
        return replace(self, names=self.names + named.given_by(self, given, self.names, self.path))

    def bind(self, value: Input, convert: str, *, high: bool = False) -> Param:
        """Make a parameter of a value."""
        return self.ledger.bind(value.source, convert, self.path, high=high)

    def bind_id(self, value: Input) -> Param:
        """Make a parameter of an id, or of a list of them; the id must have a prefix of what is filtered."""
        if self.subject is Subject.RELATIONSHIP and self.route is not None:
            prefixes: tuple[str, ...] = (self.route.relationship.prefix,)
        else:
            prefixes = self.ledger.model.prefixes_of(self.type_name)
        return self.ledger.bind(value.source, "plain", self.path, prefixes)


def where(context: FilterContext, given: Input | None) -> Filter:
    """Plan a `where`. An absent one holds for every fact."""
    if given is None or given.null or given.fields is None:
        return TRUE
    return _parts(context.naming(given), given)


def _parts(context: FilterContext, given: Input) -> Filter:
    """Plan the parts of a filter whose names are known already."""
    most = context.ledger.limits.depth
    if context.depth > most:
        raise QuestionTooExpensive(f"{context.path} is nested more than {most} levels deep, the most allowed.")
    deeper = replace(context, depth=context.depth + 1)
    given_parts = {name: part for name, part in (given.fields or {}).items() if not part.null and name != AS}
    parts = [_part(deeper.below(f".{name}"), name, part) for name, part in given_parts.items() if name != SAME]
    meant = named.same(context, given, context.names, context.path)
    if meant is not None:
        context.ledger.count_comparison()
        parts.append(Same(context.subject, meant))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _part(context: FilterContext, name: str, given: Input) -> Filter:
    model = context.ledger.model
    _check(context, name)
    if name in ("and", "or"):
        for _ in given.items or ():
            context.ledger.count_comparison()
        items = tuple(where(context.below(f"[{at}]"), item) for at, item in enumerate(given.items or ()))
        return AllOf(items) if name == "and" else AnyOf(items)
    if name == "not":
        return Negation(where(context, given))
    if context.subject is Subject.RELATIONSHIP:
        return _property(context, context.properties[name], given)
    if name == "edge" and context.route is not None:
        # The filter around it has named the relationship already.
        return _parts(replace(context, subject=Subject.RELATIONSHIP), given)
    if name == "type" and context.type_name in model.interfaces:
        return _types(context, given)
    if name == ON and context.type_name in model.interfaces:
        return AnyOf(tuple(_on(context, singular, part) for singular, part in (given.fields or {}).items()))
    if name == ABOUT:
        return AnyOf(tuple(_about(context, route, given) for route in model.topical(context.type_name)))
    route = model.routes.get(context.type_name, {}).get(name)
    if route is not None:
        far = replace(context, type_name=route.target, route=route, subject=Subject.NODE)
        return _related(far, partial(context.ledger.along, route), given, one=route.one)
    return _property(context, context.properties[name], given)


def _check(context: FilterContext, name: str, *, listed: bool = False) -> None:
    """Refuse a name that does not fit. Validation does it for names that stand in the document."""
    edge = context.subject is Subject.RELATIONSHIP
    place = Place(context.type_name, context.path, context.route, listed, edge)
    if says := misfit(context.ledger.model, place, name):
        raise BadUserInput(f"{context.path}: {says}")


def _property(context: FilterContext, prop: Property, given: Input) -> Filter:
    """Plan the filter of a property: of its value, or of the facts that it refers to."""
    if prop.refers_to is None:
        return compare(context, prop, given)
    site = partial(context.ledger.site, (prop.refers_to,), held=HeldId(context.subject, prop.name))
    far = replace(context, type_name=prop.refers_to, route=None, subject=Subject.NODE)
    return _related(far, site, given, one=prop.kind is Kind.REFERENCE)


def _about(context: FilterContext, route: Route, given: Input) -> Filter:
    """A subject that the fact is about along this route matches, or one above that subject."""
    ledger = context.ledger
    broader, label = ledger.model.hierarchy()
    ledger.count_relation()
    first = None if route.relationship is broader else ledger.along(route)
    step = ledger.site((label,), through=(broader,))
    below = ledger.site((label,), over=step)
    narrower = Exists(below, where(replace(context, type_name=label, route=None, site=below), given))
    return narrower if first is None else Exists(first, narrower)


def _on(context: FilterContext, singular: str, given: Input) -> Filter:
    """Plan the filter of the facts of one type, where facts of several types may be."""
    labels = {context.ledger.model.concepts[label].singular: label for label in context.site.labels}
    label = labels.get(singular)
    if label is None:
        raise BadUserInput(f"{context.path}: no {singular} can be there; accepted are {', '.join(labels)}.")
    context.ledger.count_comparison()
    inside = replace(context.below(f".{singular}"), type_name=label)
    return AllOf((IsOf(label), where(inside, given)))


def _types(context: FilterContext, given: Input) -> Filter:
    parts = []
    for operator, value in _operators(given):
        context.ledger.count_comparison()
        parts.append(HasLabel(context.below(f".{operator.field}").bind(value, "labels"), operator))
    return AllOf(tuple(parts))


def _related(far: FilterContext, site: Numbering, given: Input, *, one: bool) -> Filter:
    """Plan the filter of related facts, which `far` describes. `site` numbers a new site for each search of them."""
    if one:
        return _some(far, site, given)
    parts: list[Filter] = []
    for name, part in (given.fields or {}).items():
        if part.null:
            continue
        inside = far.below(f".{name}")
        _check(inside, name, listed=True)
        if name == "count":
            parts += _counts(inside, site, part)
        elif name == "every":
            parts.append(_every(inside, site, part))
        else:
            some = _some(inside, site, part)
            parts.append(some if name == "some" else Negation(some))
    return AllOf(tuple(parts))


def _some(far: FilterContext, site: Numbering, given: Input) -> Exists:
    """Plan `some`. If the related fact is to be a named one, it is not searched: only the relationship to it is."""
    far.ledger.count_relation()
    meant = next((each for each in far.names if each.name == named.text(far.ledger, given, SAME)), None)
    bound = site(bound=meant.site) if meant is not None and meant.subject is Subject.NODE else site()
    return Exists(bound, where(replace(far, site=bound), given))


def _every(far: FilterContext, site: Numbering, given: Input) -> Filter:
    """Plan `every`: no related fact fails the filter."""
    far.ledger.count_relation()
    each = site()
    return Negation(Exists(each, Negation(where(replace(far, site=each), given))))


def _counts(far: FilterContext, site: Numbering, given: Input) -> list[Filter]:
    parts: list[Filter] = []
    for operator, value in _operators(given):
        far.ledger.count_relation()
        parts.append(CountCompare(site(), operator, far.below(f".{operator.field}").bind(value, "plain")))
    return parts


def compare(context: FilterContext, prop: Property, given: Input) -> Filter:
    """Plan the filter of one property. All of its operators must hold."""
    parts: list[Filter] = []
    for name, value in (given.fields or {}).items():
        inside = context.below(f".{name}")
        if prop.kind is Kind.MONEY and name in MONEY_COLUMNS:
            parts.append(_money(inside, f"{prop.name}{MONEY_COLUMNS[name]}", value))
            continue
        context.ledger.count_comparison()
        operator = Operator.of(name)
        by_name = operator in NAMED and not value.null
        parts.append((_dates if by_name else _operator)(inside, prop, operator, value))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _operator(context: FilterContext, prop: Property, operator: Operator, value: Input) -> Filter:
    if operator is Operator.IS_NULL:
        column = f"{prop.name}Amount" if prop.kind is Kind.MONEY else prop.name
        return IsNull(context.subject, column, context.bind(value, "plain"))
    if operator is Operator.SEARCH:
        return HasWords(context.subject, (prop.words,), context.bind(value, "words"))
    if operator is Operator.IS:
        line, model = context.bind(value, "line"), context.ledger.model
        own, *others = model.lines_of(context.type_name, prop)
        whole = operator if model.is_found_by_part(context.type_name, prop) else Operator.EQ
        same = [Compare(context.subject, own, whole, line)]
        same += [Compare(context.subject, other, operator, line) for other in others]
        return same[0] if len(same) == 1 else AnyOf(tuple(same))
    if prop.kind.is_date and operator.by_order:
        side = "last" if operator in BY_LAST_DAY else "first"
        return Compare(context.subject, prop.day, operator, context.bind(value, f"{side} {DAYS[prop.kind]}"))
    if operator.by_order and is_high(value.value(context.ledger.variables)):
        return Compare(context.subject, prop.name, operator, context.bind(value, "high", high=True))
    if prop.kind is Kind.ID:
        return Compare(context.subject, prop.name, operator, context.bind_id(value))
    convert = {Kind.MARKING: "marking", Kind.INSTANT: "instant"}.get(prop.kind, "plain")
    return Compare(context.subject, prop.name, operator, context.bind(value, convert))


def _dates(context: FilterContext, prop: Property, operator: Operator, value: Input) -> Filter:
    """Plan the comparison with a date of a named fact."""
    other, date = named.date(context, prop, value, context.names, context.path)
    return CompareDates(context.subject, prop.name, operator, other, date.name)


def _money(context: FilterContext, column: str, given: Input) -> Filter:
    parts: list[Filter] = []
    for operator, value in _operators(given):
        context.ledger.count_comparison()
        param = context.below(f".{operator.field}").bind(value, "plain")
        missing = operator is Operator.IS_NULL
        subject = context.subject
        parts.append(IsNull(subject, column, param) if missing else Compare(subject, column, operator, param))
    return AllOf(tuple(parts))


def _operators(given: Input) -> Iterator[tuple[Operator, Input]]:
    """Yield the operators of a filter with their operands."""
    for name, operand in (given.fields or {}).items():
        yield Operator.of(name), operand
