"""How `orderBy` and `after` become an order and a place in it. In: Inputs. Out: Keys that end in the id, and After."""

from graph.errors import BadUserInput
from graph.plan.ledger import Ledger
from graph.plan.nodes import After, Key, Subject
from graph.values import Input
from schema.evidence import COMMON
from schema.kinds import Kind, Property
from schema.model import Route

MOST_KEYS = 10


def order(ledger: Ledger, type_name: str, route: Route | None, given: Input | None) -> tuple[Key, ...]:
    """Read an order; it always ends in the id, so that no two rows are equal in it."""
    keys: list[Key] = []
    if given and len(given.items or ()) > MOST_KEYS:
        raise BadUserInput(f"orderBy has {len(given.items or ())} keys; accepted are at most {MOST_KEYS}.")
    for item in (given.items or ()) if given else ():
        for name, part in (item.fields or {}).items():
            if name == "edge" and route is not None:
                keys += _edge_keys(ledger, route, part)
            else:
                keys.append(_key(ledger, ledger.model.properties(type_name)[name], Subject.NODE, part))
    return (*keys, *_tail(route))


def _edge_keys(ledger: Ledger, route: Route, given: Input) -> list[Key]:
    properties = COMMON | route.relationship.properties
    return [_key(ledger, properties[name], Subject.TIE, part) for name, part in (given.fields or {}).items()]


def _key(ledger: Ledger, prop: Property, subject: Subject, direction: Input) -> Key:
    column = prop.day if prop.kind is Kind.WHEN else prop.name
    nullable = not (prop.required or prop.kind is Kind.ID)
    return Key(subject, column, prop.kind, direction.value(ledger.variables) == "DESC", nullable)


def _tail(route: Route | None) -> tuple[Key, ...]:
    """The id of the node; also of the tie where two ties may join the same two nodes."""
    node = Key(Subject.NODE, "id", Kind.ID, nullable=False)
    if route is not None and (route.relationship.per or route.undirected):
        return node, Key(Subject.TIE, "id", Kind.ID, nullable=False)
    return (node,)


def after(ledger: Ledger, given: Input | None, keys: tuple[Key, ...], scope: int, path: str) -> After | None:
    """Read a cursor: one parameter for each key whose value is present in it."""
    if given is None:
        return None
    missing = ledger.nulls(given.value(ledger.variables))
    if len(missing) != len(keys):
        # A cursor of another order; binding its values will say so.
        missing = (False,) * len(keys)
    params = tuple(
        None if absent and key.nullable else ledger.bind(given.source, "cursor", path, (scope, at, key.kind))
        for at, (absent, key) in enumerate(zip(missing, keys, strict=True))
    )
    return After(params)


def describe(keys: tuple[Key, ...]) -> tuple[str, ...]:
    """Name an order in words that a cursor can be checked against."""
    return tuple(f"{key.subject.value}.{key.column} {'DESC' if key.descending else 'ASC'}" for key in keys)
