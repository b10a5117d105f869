"""Planning of `orderBy` and cursors. In: Inputs. Out: Keys, of which the last is an id, and Positions."""

from collections.abc import Iterator

from graph.errors import BadUserInput
from graph.question.cursor import Content
from graph.question.document.places import misfit_of_count, not_of_list, not_of_relationship
from graph.question.document.values import Input
from graph.question.plan.filters import FilterContext, where
from graph.question.plan.ledger import Ledger
from graph.question.plan.nodes import (
    CountOf,
    Key,
    KeyValue,
    OfGroup,
    OfRelated,
    Param,
    Position,
    RankOf,
    Site,
    StoredValue,
    Subject,
)
from graph.question.plan.walk import signature
from schema.domain.evidence import COMMON
from schema.language.kinds import Kind, Property
from schema.model import Route

MOST_KEYS = 10


def order(ledger: Ledger, type_name: str, route: Route | None, given: Input | None) -> tuple[Key, ...]:
    """Plan an order. It always ends in ids, so that no two rows are equal in it."""
    keys: list[Key] = []
    if given and len(given.items or ()) > MOST_KEYS:
        raise BadUserInput(f"orderBy has {len(given.items or ())} keys; accepted are at most {MOST_KEYS}.")
    for item in (given.items or ()) if given else ():
        name, part = one(item)
        keys.append(_edge_key(ledger, route, part) if name == "edge" else _key(ledger, type_name, name, part))
    return (*keys, *tail(route, keys[-1] if keys else None))


def one(given: Input) -> tuple[str, Input]:
    """Return the one field of a key. Raise BadUserInput if a variable gives none or several."""
    fields = [(name, part) for name, part in (given.fields or {}).items() if not part.null]
    if len(fields) != 1:
        raise BadUserInput(f"A key of orderBy has {len(fields)} fields that are not null; accepted is exactly one.")
    return fields[0]


def _edge_key(ledger: Ledger, route: Route | None, given: Input) -> Key:
    """Plan a key of the relationship. Validation refuses what it does not have, if that stands in the document."""
    if route is None:
        raise BadUserInput(
            "orderBy.edge sorts by the relationship that leads to a fact; none leads to the facts of this list."
        )
    name, part = one(given)
    if says := not_of_relationship(route, name):
        raise BadUserInput(f"orderBy.edge: {says}")
    return _stored(ledger, (COMMON | route.relationship.properties)[name], Subject.RELATIONSHIP, part)


def _key(ledger: Ledger, type_name: str, name: str, given: Input) -> Key:
    """Plan one key: a property, a property of a to-one fact, or the number of related facts that pass a filter."""
    if name == "edge":
        raise BadUserInput("orderBy.edge stands beside the fields of a fact and not below one of them.")
    if says := not_of_list(name):
        raise BadUserInput(f"orderBy: {says}")
    route = ledger.model.routes.get(type_name, {}).get(name)
    if route is None:
        return _stored(ledger, ledger.model.properties(type_name)[name], Subject.NODE, given)
    ledger.count_relation()
    site = ledger.along(route)
    if not route.one:
        return _count(ledger, route, site, given)
    inner, part = one(given)
    key = _key(ledger, route.target, inner, part)
    return Key(OfRelated(site, key.value), key.kind, key.descending)


def _count(ledger: Ledger, route: Route, site: Site, given: Input) -> Key:
    """Plan a key that counts the related facts which pass a filter."""
    fields = given.fields or {}
    if says := misfit_of_count(route.field, [name for name, part in fields.items() if not part.null]):
        raise BadUserInput(f"orderBy: {says}")
    context = FilterContext(ledger, route.target, site, route, path=f"orderBy.{route.field}.where")
    counted = CountOf(site, where(context, fields.get("where")))
    return Key(counted, Kind.INTEGER, descends(ledger, fields["count"]), nullable=False)


def _stored(ledger: Ledger, prop: Property, subject: Subject, direction: Input) -> Key:
    column = prop.day if prop.kind.is_date else prop.name
    nullable = not (prop.required or prop.kind is Kind.ID)
    return Key(StoredValue(subject, column), prop.kind, descends(ledger, direction), nullable, indexed=prop.sorted)


def descends(ledger: Ledger, direction: Input) -> bool:
    """Whether a direction is DESC."""
    return bool(direction.value(ledger.variables) == "DESC")


def tail(route: Route | None, last: Key | None) -> Iterator[Key]:
    """End an order in ids, so that no two rows are equal in it.

    Rows with equal keys are sorted by the node's id, then by the relationship's id if several relationships can join the
    same two nodes. If the last key is a property of the relationship, only the relationship's id is used: reading the
    second id costs a tenth of a question about many relationships. Ids take the direction of the last key, so that one
    index on both is read in order.
    """
    descending = last is not None and last.descending
    of_relationship = (
        last is not None and isinstance(last.value, StoredValue) and last.value.subject is Subject.RELATIONSHIP
    )
    if not of_relationship:
        yield Key(StoredValue(Subject.NODE, "id"), Kind.ID, descending, nullable=False)
    if of_relationship or (route is not None and route.parallel):
        yield Key(StoredValue(Subject.RELATIONSHIP, "id"), Kind.ID, descending, nullable=False)


def position(ledger: Ledger, given: Input | None, keys: tuple[Key, ...], scope: int, path: str) -> Position | None:
    """Plan a cursor: a parameter for each key whose value is present in it."""
    if given is None:
        return None
    contents = ledger.cursors(given.value(ledger.variables), path)
    if len(contents) != len(keys):
        # The cursor of another order. Its MAC will not fit, and binding says so.
        contents = (Content.VALUE,) * len(keys)
    params: list[Param | None] = []
    for at, (of, key) in enumerate(zip(contents, keys, strict=True)):
        high = of is Content.HIGH
        detail = (scope, at, key.kind, high)
        missing = of is Content.MISSING and key.nullable
        params.append(None if missing else ledger.bind(given.source, "cursor", path, detail, high=high))
    return Position(tuple(params))


def describe(keys: tuple[Key, ...]) -> tuple[str, ...]:
    """Describe an order. Cursors of orders with different descriptions are not interchangeable."""
    return tuple(f"{described(key.value)} {'DESC' if key.descending else 'ASC'}" for key in keys)


def described(value: KeyValue) -> str:
    """Describe the value that a key sorts by."""
    if isinstance(value, StoredValue):
        return f"{value.subject.value}.{value.column}"
    if isinstance(value, RankOf):
        return "rank"
    if isinstance(value, OfGroup):
        return value.name
    way = value.site.route.field if value.site.route else ""
    if isinstance(value, CountOf):
        return f"count of {way} {signature(value.where)}"
    return f"{way}.{described(value.value)}"
