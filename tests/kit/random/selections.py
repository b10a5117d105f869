"""Fields and what is selected of them. In: a Draft, a type, and the place where a selection stands. Out: text of the document."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from graphql import GraphQLInterfaceType, get_named_type, is_composite_type

from schema.model import model
from tests.kit.random.choices import VALUES, Within, chosen_fields, is_flat
from tests.kit.random.draft import Draft, names
from tests.kit.random.ends import ANYTHING, End, led_to
from tests.kit.random.filters import group_orders, named_where, orders
from tests.kit.random.named import Here, Named
from tests.kit.random.names import HOSTILE, MOST_ALIASES, Fragment, Scope

MOST_ROWS = 150
REFERENCES, MOST_REFERENCES = 10, 3_000
"""How many facts a property that refers to facts is taken to name, and for how many rows it is worth while."""
NO_STEP = ("edges", "nodes", "node", "key", "groupBy", "aggregate", "min", "max", "avg", "sum")
"""Fields that lead to no other facts than those at hand."""


OF_A_LIST = ("edges", "aggregate", "groupBy", "min", "max", "avg", "sum")
"""Fields whose types are shared by all lists of facts of one type."""


@dataclass(frozen=True)
class Place:
    """Where a selection stands: how much deeper it may go, for how many rows at most it is answered, and what it holds.

    In the key of a group, `by` names what the group is by. Inside a list, `end` is what the list leads to. `known` are the
    facts that lists around name; `outer` those that are known in an aggregate of the list at hand. `dated` says that the root
    field has a date, and `level` whether it is in `groupBy` or in a group of it.
    """

    depth: int
    rows: int
    scope: Scope
    by: tuple[str, ...] = ()
    end: End = ANYTHING
    known: tuple[Named, ...] = ()
    outer: tuple[Named, ...] = ()
    dated: bool = False
    level: str = ""


# --- A field ---------------------------------------------------------------------------------------------------------


def field(draft: Draft, of: Any, name: str, given: dict[str, Any], place: Place, *, directed: bool = True) -> str:
    """Write a field with its arguments and what is selected of it; nothing if its name is taken."""
    definition = of.fields[name]
    # A page size that is null or absent would be 20: below the root that multiplies.
    firm = {"by", "first", "last"} if of.name != "Query" else {"asOf"}
    parts = [
        f"{key}: {draft.write(v, definition.args[key].type, firm=key in firm or names(key, v))}"
        for key, v in given.items()
    ]
    written = f"{name}({', '.join(parts)})" if parts else name
    answered = _answered_under(draft, name, f"{written}: {definition.type}", place.scope)
    if answered is None:
        return ""
    response, below = answered
    directive = draft.directive() if directed else ""
    head = (written if response == name else f"{response}: {written}") + directive
    type_ = get_named_type(definition.type)
    if not is_composite_type(type_):
        return head
    level = "groups" if name == "groupBy" else "group" if place.level == "groups" and name == "nodes" else ""
    by = place.by if level == "group" else tuple(given.get("by") or ())
    end = place.end if name in OF_A_LIST or level == "group" else ANYTHING
    if type_.name.endswith("Connection"):
        end = led_to(of.name, name)
    return f"{head} {selection(draft, type_, replace(place, scope=below, by=by, end=end, level=level))}"


def _answered_under(draft: Draft, name: str, signature: str, scope: Scope) -> tuple[str, Scope] | None:
    """Choose under which name a field is answered: its own, or an alias. Cursors keep theirs, by which they are hidden."""
    is_cursor = "ursor" in name
    if (is_cursor or not draft.chance(0.12)) and (below := scope.claim(name, signature)):
        return name, below
    if is_cursor or draft.names.aliases >= MOST_ALIASES:
        return None
    alias = draft.pick(HOSTILE)
    if alias in scope.fields:
        alias = f"{alias}{draft.names.aliases}"
    draft.names.aliases += 1
    claimed = scope.claim(alias, signature)
    return (alias, claimed) if claimed else None


def choose_page(draft: Draft, given: dict[str, Any], rows: int) -> int:
    """Choose a page size, so that all lists together stay cheap; return how many rows there are then."""
    large = [20, 100] if rows == 1 and draft.chance(0.15) else []
    size: int = draft.pick([each for each in (0, 1, 2, 3, 7, *large) if each * rows <= MOST_ROWS] or [1])
    side = draft.dice.choices(["first", "last", ""], [60, 30, 10 if rows == 1 else 0])[0]
    if side:
        given[side] = size
        if draft.chance(0.05):
            given["last" if side == "first" else "first"] = None
    if draft.chance(0.05):
        given[draft.pick(["after", "before"])] = None
    return rows * (max(size, 1) if side else 20)


def list_arguments(draft: Draft, definition: Any, given: dict[str, Any], here: Here) -> tuple[Named, ...]:
    """Add a filter and an order, if the field takes them; return the facts that are named below the rows."""
    known = here.known
    if "where" in definition.args and draft.chance(0.55):
        type_ = get_named_type(definition.args["where"].type)
        given["where"], known = named_where(draft, type_, draft.pick([1, 1, 2, 3, 4]), here)
        if draft.chance(0.03):
            given["where"], known = None, here.known
    if "orderBy" in definition.args and draft.chance(0.5):
        given["orderBy"] = orders(draft, get_named_type(definition.args["orderBy"].type), here.end)
    return known


# --- What is selected ------------------------------------------------------------------------------------------------


def selection(draft: Draft, type_: Any, place: Place) -> str:
    """Select some of a type."""
    names = chosen_fields(draft, type_, place.depth, place.by, Within(place.end, place.dated, place.level))
    draft.dice.shuffle(names)
    parts = [_selected(draft, type_, name, place) for name in names]
    if place.depth > 0 and type_.name not in VALUES and not place.by:
        parts += _spread(draft, type_, place)
    if draft.chance(0.25) or not any(parts):
        parts.append("__typename")
    return "{ " + " ".join(part for part in parts if part) + " }"


def _selected(draft: Draft, type_: Any, name: str, place: Place) -> str:
    """Write one chosen field, with arguments if it takes any."""
    definition, given = type_.fields[name], dict[str, Any]()
    if name == "aggregate":
        place = replace(place, known=place.outer)
        given |= {"distinct": draft.pick([True, True, False, None])} if draft.chance(0.4) else {}
    if name == "groupBy":
        given["by"] = _group_keys(draft, list(get_named_type(type_.fields["key"].type).fields), place.end.type_name)
        if draft.chance(0.6):
            given["first"] = draft.pick([0, 1, 2, 3, 5])
        if draft.chance(0.4):
            order = get_named_type(definition.args["orderBy"].type)
            given["orderBy"] = group_orders(draft, order, place.end.type_name)
    elif "first" in definition.args:
        place = replace(place, rows=choose_page(draft, given, place.rows))
        here = Here((type_.name,), "", place.known, end=End(type_.name)).leading(name)
        place = replace(place, known=list_arguments(draft, definition, given, here), outer=place.known)
    elif _refers(definition):
        place = replace(place, rows=place.rows * REFERENCES)
        if place.rows > MOST_REFERENCES:
            return ""
    if is_composite_type(get_named_type(definition.type)) and not is_flat(definition) and name not in NO_STEP:
        draft.budget -= 1
        place = replace(place, depth=place.depth - 1)
    return _key(draft, type_, place) if name == "key" else field(draft, type_, name, given, place)


def _refers(definition: Any) -> bool:
    """Whether a field shows facts that a property names, of which there may be many."""
    is_source = get_named_type(definition.type).name == "Source"
    return is_source and "first" not in definition.args and "id" not in definition.args


def _group_keys(draft: Draft, known: list[str], label: str) -> list[str]:
    """Choose what to group by: seldom by several related facts, each of which weighs in the cost."""
    related = [name for name in known if name in model().routes.get(label, {})]
    plain = [name for name in known if name not in related]
    busy = [name for name in related if (label, name) in draft.pool.fields] or related
    taken = draft.sample(busy, [0, 0, 1, 1, 1, 2])
    return [*draft.sample(plain, [0, 1, 1, 2]), *taken] or plain[:1]


def _key(draft: Draft, type_: Any, place: Place) -> str:
    """Write the key of a group: of what it is grouped by."""
    definition = type_.fields["key"]
    answered = _answered_under(draft, "key", f"key: {definition.type}", place.scope)
    if answered is None:
        return ""
    response, below = answered
    keys = draft.dice.sample(place.by, draft.dice.randint(1, len(place.by)))
    selected = selection(draft, get_named_type(definition.type), replace(place, scope=below, by=tuple(keys)))
    return f"{'' if response == 'key' else response + ': '}key {selected}"


# --- Fragments -------------------------------------------------------------------------------------------------------


def _spread(draft: Draft, type_: Any, place: Place) -> Iterator[str]:
    """Spread fragments: inline or named, of this type, of what it implements, or of one that implements it."""
    abstract = isinstance(type_, GraphQLInterfaceType)
    for _ in range(draft.pick([0, 1, 1, 2] if abstract else [0, 0, 0, 0, 0, 0, 1])):
        fragments = draft.names.fragments
        fitting = [
            name
            for name, each in fragments.items()
            if (each.on, each.end, each.dated) == (type_.name, place.end, place.dated) and place.scope.takes(each.scope)
        ]
        if fitting and draft.chance(0.4):
            place.scope.add(fragments[fitting[0]].scope)
            yield f"... {fitting[0]}{draft.directive()}"
            continue
        on = draft.pick(_conditions(draft, type_))
        draft.budget -= 1
        if draft.chance(0.7):
            condition = f" on {on.name}" if on is not type_ or draft.chance(0.5) else ""
            yield f"...{condition}{draft.directive()} {selection(draft, on, replace(place, depth=place.depth - 1))}"
            continue
        scope = Scope()
        selected = selection(draft, on, _deeper(place, scope))
        if place.scope.takes(scope):
            place.scope.add(scope)
            name = draft.pick([f"F{len(fragments)}", f"None{len(fragments)}"])
            fragments[name] = Fragment(
                on.name, place.end, place.dated, scope, f"fragment {name} on {on.name} {selected}"
            )
            yield f"... {name}{draft.directive()}"


def _deeper(place: Place, scope: Scope) -> Place:
    return Place(place.depth - 1, place.rows, scope, end=place.end, dated=place.dated)


def _conditions(draft: Draft, type_: Any) -> list[Any]:
    """List types that a fragment in a type can be on."""
    if not isinstance(type_, GraphQLInterfaceType):
        return [type_, type_, *type_.interfaces]
    possible = [each for each in draft.schema.get_possible_types(type_) if draft.pool.ids.get(each.name)]
    return [*possible, type_, *type_.interfaces]
