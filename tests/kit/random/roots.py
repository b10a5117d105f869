"""Fields of the root. In: a Draft. Out: one field with its arguments and what is selected of it."""

from typing import Any

from graphql import GraphQLObjectType

from schema.model import model
from tests.kit.random.draft import Draft
from tests.kit.random.ends import led_to
from tests.kit.random.named import Here, Named
from tests.kit.random.names import Scope
from tests.kit.random.selections import Place, choose_page, field, list_arguments
from tests.kit.random.values import AS_OF, fact_id, sought

DEPTH = 3
MOST_IDS = 5
WELL_CONNECTED = ["Person", "City", "Visit", "Lesson", "Organization", "Adoption"]


def root_field(draft: Draft, root: GraphQLObjectType, scope: Scope, *, directed: bool) -> str:
    """Write a field of the root; `directed` says that it may have a directive."""
    there = [spec for spec in model().concepts.values() if draft.pool.ids.get(spec.label)]
    spec = draft.pick(there if draft.chance(0.93) else model().concepts.values())
    names = [spec.plural, spec.singular, "node", "nodes", "search", "path"]
    name = draft.dice.choices(names, [58, 12, 4, 5, 12, 9])[0]
    draft.budget -= 1
    given, rows, known = _arguments(draft, root.fields[name], name, spec.label)
    items = list(given.items())
    draft.dice.shuffle(items)
    place = Place(DEPTH, rows, scope, known=known, dated=given.get("asOf") is not None)
    return field(draft, root, name, dict(items), place, directed=directed)


def _arguments(draft: Draft, definition: Any, name: str, label: str) -> tuple[dict[str, Any], int, tuple[Named, ...]]:
    """Make the arguments of a root field; return with them how many rows it has at most, and the facts named below."""
    given: dict[str, Any] = {}
    rows, known = 1, tuple[Named, ...]()
    if "asOf" in definition.args and draft.chance(0.3):
        given["asOf"] = draft.pick(AS_OF) if draft.chance(0.93) else None
    if "synthetic" in definition.args and draft.chance(0.3):
        given["synthetic"] = draft.pick([True, True, False, None])
    if name == "path":
        given |= _walk(draft)
    elif "id" in definition.args:
        given["id"] = fact_id(draft, label)
    elif "ids" in definition.args:
        given["ids"] = [fact_id(draft, draft.pick(draft.pool.ids)) for _ in range(draft.dice.randint(0, MOST_IDS))]
        rows = MOST_IDS
    if name == "search":
        given |= _search(draft)
    if "first" in definition.args:
        rows = choose_page(draft, given, rows=1)
        known = list_arguments(draft, definition, given, Here((label,), end=led_to("Query", name)))
    return given, rows, known


def _search(draft: Draft) -> dict[str, Any]:
    given: dict[str, Any] = {"text": sought(draft, str(draft.pick(draft.pool.texts)))}
    if draft.chance(0.4):
        types = list(draft.schema.type_map["FactType"].values)  # type: ignore[attr-defined]  # an enum
        given["types"] = draft.dice.sample(types, draft.dice.randint(0, 4)) if draft.chance(0.9) else None
    return given


def _walk(draft: Draft) -> dict[str, Any]:
    """Ask for a path between two facts that are joined by a walk over a few relationships, and over the types of these."""
    world = draft.pool.world
    node, types = world.nodes[str(draft.pick(draft.pool.ids[draft.pick(WELL_CONNECTED)]))], set[str]()
    start = node.id
    for _ in range(draft.dice.randint(0, 4)):
        met = [
            (far, relationship)
            for spec in model().relationships.values()
            for far, relationship in world.met(node, spec.name)[:20]
            if spec.type != "IN_COUNTRY" or draft.chance(0.3)  # else most walks would end in a country
        ]
        if met:
            node, relationship = draft.pick(met)
            types.add(relationship.type)
    more = draft.pick(model().relationships.values()).type
    given: dict[str, Any] = {"from": start, "to": node.id if draft.chance(0.9) else fact_id(draft, "Person")}
    given["through"] = sorted({*types, more} if draft.chance(0.5) or not types else types)
    return given | ({"maxHops": draft.pick([1, 2, 3, 6, None])} if draft.chance(0.4) else {})
