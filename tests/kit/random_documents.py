"""Random valid questions. In: a seed and the world whose values they use. Out: text and variables; the same seed, the same.

They go over the whole schema: types, interfaces, fragments, filters, orders, pages, aggregates, searches, paths and dates.
"""

import os
import random
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
)

from schema.model import model
from tests.kit.oracle.world import World
from tests.kit.random_values import AS_OF, Draft, Pool

ALIASES = (
    "class",
    "None",
    "lambda",
    "row",
    "q",
    "_",
    "data",
    "rows",
    "__name",
    "label",
    "split",
    "import",
    "self",
    "id",
    "edges",
)
HOSTILE = (
    *ALIASES,
    "totalCount",
    "node",
    "where",
    "null",
    "true",
    "n0",
    "on",
    "type",
    "count",
    "key",
    "name",
    "__proto__",
)
PLACES = ((2, 20), (4, 25), (7, 24), (12, 17), (25, 9), (60, 5))
"""How many places of the statement a document may fill, more or less, and how often."""
MOST_ALIASES, MOST_ROWS = 25, 150
REFERENCES, MOST_REFERENCES = 10, 3_000
VALUES = {"When", "Money", "Point", "LagYears", "TieChange", "PageInfo", "TextRange"}
EXTREMES = ("min", "max", "avg", "sum")


class Written(NamedTuple):
    """A document and its variables."""

    text: str
    variables: dict[str, Any]


@dataclass
class Scope:
    """What a selection already holds under each name, so that fields of one name can be merged."""

    fields: dict[str, tuple[str, "Scope"]] = field(default_factory=dict)

    def claim(self, name: str, signature: str) -> "Scope | None":
        """Return the scope below a name; None where another field has it."""
        known, below = self.fields.setdefault(name, (signature, Scope()))
        return below if known == signature else None

    def takes(self, other: "Scope") -> bool:
        """Whether the fields of another scope can stand beside these."""
        shared = [(*self.fields[name], *other.fields[name]) for name in self.fields.keys() & other.fields.keys()]
        return all(one == two and here.takes(there) for one, here, two, there in shared)

    def add(self, other: "Scope") -> None:
        for name, (signature, below) in other.fields.items():
            self.fields.setdefault(name, (signature, Scope()))[1].add(below)


@dataclass
class Writer(Draft):
    """Writes one document."""

    schema: GraphQLSchema = field(kw_only=True)
    aliases: int = 0
    fragments: dict[str, tuple[Any, Scope, str]] = field(default_factory=dict)

    def document(self) -> Written:
        root, scope = self.schema.query_type, Scope()
        assert root is not None
        fields = [
            self.root(root, scope, first=at == 0)
            for at in range(self.pick([2, 3, 4] if self.budget > 30 else [1, 1, 1, 1, 2, 3]))
        ]
        if self.chance(0.1):
            fields.append("__typename")
        body = "{ " + " ".join(text for text in fields if text) + " }"
        fragments = self.used_fragments(body)
        whole = "\n".join([body, *fragments])
        used = [each for each in self.declared if re.search(rf"\{each.partition(':')[0]}\b", whole)]
        head = f"({', '.join(used)}) " if used else ""
        name = self.pick(["", "", " Asked"]) if head else self.pick(["", " Asked"])
        operation = f"query{name}{head or ' '}{body}" if head or name or self.chance(0.3) else body
        names = {each[1:].partition(":")[0] for each in used}
        given = {key: value for key, value in self.variables.items() if key in names}
        return Written("\n".join([operation, *fragments]), given)

    def used_fragments(self, body: str) -> list[str]:
        """List the fragments that are spread: a selection that was given up may have left others."""
        texts = [body]
        for text in texts:  # it grows meanwhile
            spread = re.findall(r"\.\.\. (\w+)", text)
            texts += [made for name, (_, _, made) in self.fragments.items() if name in spread and made not in texts]
        return texts[1:]

    # --- the root ----------------------------------------------------------------------------------------------------

    def root(self, root: GraphQLObjectType, scope: Scope, first: bool) -> str:
        labels = [spec for spec in model().concepts.values() if self.pool.ids.get(spec.label)]
        spec = self.pick(labels if self.chance(0.93) else model().concepts.values())
        name = self.dice.choices(
            [spec.plural, spec.singular, "node", "nodes", "search", "path"], [58, 12, 4, 5, 12, 9]
        )[0]
        self.budget -= 1
        definition = root.fields[name]
        given: dict[str, Any] = {}
        if self.chance(0.3):
            given["asOf"] = self.pick(AS_OF) if self.chance(0.93) else None
        if name == "path":
            given |= self.ends()
        elif "id" in definition.args:
            given["id"] = self.id(spec.label)
        elif "ids" in definition.args:
            given["ids"] = [self.id(self.pick(self.pool.ids)) for _ in range(self.dice.randint(0, 5))]
        size = 5 if "ids" in given else 1
        if name == "search":
            given["text"] = self.sought(str(self.pick(self.pool.texts)))
            if self.chance(0.4):
                types = list(self.schema.type_map["FactType"].values)  # type: ignore[attr-defined]  # an enum
                given["types"] = self.dice.sample(types, self.dice.randint(0, 4)) if self.chance(0.9) else None
        if "first" in definition.args:
            size = self.page(given, 1)
            self.list_arguments(definition, given)
        items = list(given.items())
        self.dice.shuffle(items)
        return self.field(root, name, dict(items), 3, size, scope, directed=not first)

    def ends(self) -> dict[str, Any]:
        """Take two facts that are joined by a walk over a few ties, and the types of these."""
        node, types = self.pool.world.nodes[self.id_there()], set[str]()
        start = node.id
        for _ in range(self.dice.randint(0, 4)):
            met = [
                (far, tie)
                for spec in model().relationships.values()
                for far, tie in self.pool.world.meeting(node, spec.name)[:20]
                if spec.type != "IN_COUNTRY" or self.chance(0.3)
            ]
            if met:
                node, tie = self.pick(met)
                types.add(tie.ends["type"])
        more = self.pick(list(model().relationships.values())).type
        given: dict[str, Any] = {"from": start, "to": node.id if self.chance(0.9) else self.id("Person")}
        given["through"] = sorted({*types, more} if self.chance(0.5) or not types else types)
        return given | ({"maxHops": self.pick([1, 2, 3, 6, None])} if self.chance(0.4) else {})

    def id_there(self) -> str:
        return str(
            self.pick(self.pool.ids[self.pick(["Person", "City", "Visit", "Lesson", "Organization", "Adoption"])])
        )

    # --- fields ------------------------------------------------------------------------------------------------------

    def page(self, given: dict[str, Any], rows: int) -> int:
        """Choose a page size, so that all lists together stay cheap; say how many rows there are then."""
        large = [20, 100] if rows == 1 and self.chance(0.15) else []
        size = self.pick([each for each in (1, 2, 3, 7, *large) if each * rows <= MOST_ROWS] or [1])
        way = self.dice.choices(["first", "last", ""], [60, 30, 10 if rows == 1 else 0])[0]
        if way:
            given[way] = size
            if self.chance(0.05):
                given["last" if way == "first" else "first"] = None
        if self.chance(0.05):
            given[self.pick(["after", "before"])] = None
        return rows * (size if way else 20)

    def list_arguments(self, definition: Any, given: dict[str, Any]) -> None:
        if "where" in definition.args and self.chance(0.55):
            where = get_named_type(definition.args["where"].type)
            given["where"] = self.where(where, self.pick([1, 1, 2, 3, 4])) if self.chance(0.97) else None
        if "orderBy" in definition.args and self.chance(0.5):
            given["orderBy"] = self.orders(get_named_type(definition.args["orderBy"].type))

    def field(
        self, of: Any, name: str, given: dict[str, Any], depth: int, rows: int, scope: Scope, *, directed: bool = True
    ) -> str:
        """Write a field with its arguments and what is selected of it; nothing where its name is taken."""
        definition = of.fields[name]
        # A page size that is null or absent would be 20: below the root that multiplies.
        firm = {"by", "first", "last"} if of.name != "Query" else set()
        parts = [f"{key}: {self.write(v, definition.args[key].type, firm=key in firm)}" for key, v in given.items()]
        written = f"{name}({', '.join(parts)})" if parts else name
        found = self.name(name, f"{written}: {definition.type}", scope)
        if found is None:
            return ""
        response, below = found
        directive = self.directive() if directed else ""
        head = (written if response == name else f"{response}: {written}") + directive
        type_ = get_named_type(definition.type)
        if not is_composite_type(type_):
            return head
        return f"{head} {self.selection(type_, depth, rows, below, given.get('by'))}"

    def name(self, name: str, signature: str, scope: Scope) -> tuple[str, Scope] | None:
        """Choose under which name a field is answered: its own, or an alias."""
        opaque = "ursor" in name
        if (opaque or not self.chance(0.12)) and (below := scope.claim(name, signature)):
            return name, below
        if opaque or self.aliases >= MOST_ALIASES:
            return None
        alias = self.pick(HOSTILE)
        if alias in scope.fields:
            alias = f"{alias}{self.aliases}"
        self.aliases += 1
        below = scope.claim(alias, signature)
        return (alias, below) if below else None

    # --- selections --------------------------------------------------------------------------------------------------

    def selection(self, type_: Any, depth: int, rows: int, scope: Scope, by: list[str] | None = None) -> str:
        """Select some of a type; `by` is what its groups have in common."""
        names = list(self.chosen(type_, depth, by))
        self.dice.shuffle(names)
        parts = [self.part(type_, name, depth, rows, scope, by) for name in names]
        if depth > 0 and type_.name not in VALUES and not by:
            parts += self.spread(type_, depth, rows, scope)
        if self.chance(0.25) or not any(parts):
            parts.append("__typename")
        return "{ " + " ".join(part for part in parts if part) + " }"

    def chosen(self, type_: Any, depth: int, by: list[str] | None) -> Iterator[str]:
        """Name the fields to select of a type."""
        fields = type_.fields
        if type_.name.endswith("Connection"):
            yield from self.dice.choices(["nodes", "edges", "totalCount"], [5, 4, 1])
            yield from (name for name, share in (("totalCount", 0.25), ("pageInfo", 0.2)) if self.chance(share))
            if "aggregate" in fields and self.chance(0.22):
                yield "aggregate"
            return
        if type_.name.endswith("Key"):
            yield from by or ()
            return
        if "groupBy" in fields or "key" in fields:
            yield from self.dice.sample(
                [name for name in ("count", *EXTREMES) if name in fields], self.dice.randint(1, 2)
            )
            yield from (
                name for name in ("key", "groupBy") if name in fields and self.chance(0.9 if name == "key" else 0.6)
            )
            return
        flat = [name for name, each in fields.items() if _flat(each)]
        yield from self.dice.sample(flat, min(len(flat), self.pick([1, 1, 2, 3])))
        if "node" in fields:
            yield from ("node", *(["cursor"] if self.chance(0.3) else []))
            yield from (name for name in ("highlights",) if name in fields)
        near = [name for name in fields if name not in flat and name != "node"]
        busy = [name for name in near if (type_.name, name) in self.pool.fields]
        if near and (type_.name in ("Path", "Highlight") or (depth > 0 and self.budget > 0)):
            taken = busy if busy and self.chance(0.85) else near
            yield from self.dice.sample(
                taken,
                min(len(taken), self.pick([2, 3, 4] if self.budget > 12 else [0, 1, 1, 2]) or (type_.name == "Path")),
            )

    def keys(self, known: list[str], of: str) -> list[str]:
        """Choose what to group by: seldom by several related facts, each of which weighs in the cost."""
        label = of.removesuffix("Aggregate")
        near = [name for name in known if name in model().routes.get(label, {})]
        plain = [name for name in known if name not in near]
        busy = [name for name in near if (label, name) in self.pool.fields] or near
        related = self.dice.sample(busy, min(len(busy), self.pick([0, 0, 1, 1, 1, 2])))
        return [*self.dice.sample(plain, min(len(plain), self.pick([0, 1, 1, 2]))), *related] or plain[:1]

    def part(self, type_: Any, name: str, depth: int, rows: int, scope: Scope, by: list[str] | None) -> str:
        """Write one chosen field, with arguments where it takes any."""
        definition, given = type_.fields[name], dict[str, Any]()
        if name == "groupBy":
            given["by"] = self.keys(list(get_named_type(definition.args["by"].type).values), type_.name)
            if self.chance(0.6):
                given["first"] = self.pick([1, 2, 3, 5])
        elif "first" in definition.args:
            rows = self.page(given, rows)
            self.list_arguments(definition, given)
        elif _refers(definition):
            rows *= REFERENCES
            if rows > MOST_REFERENCES:
                return ""
        if is_composite_type(get_named_type(definition.type)) and not _flat(definition):
            wraps = name in ("edges", "nodes", "node", "key", "groupBy", "aggregate", *EXTREMES)
            self.budget -= not wraps
            depth -= not wraps
        if name == "key":
            return self.key(type_, by or [], depth, rows, scope)
        return self.field(type_, name, given, depth, rows, scope)

    def key(self, type_: Any, by: list[str], depth: int, rows: int, scope: Scope) -> str:
        """Write the key of a group: of what it is grouped by."""
        definition = type_.fields["key"]
        found = self.name("key", f"key: {definition.type}", scope)
        if found is None:
            return ""
        response, below = found
        keys = self.dice.sample(by, self.dice.randint(1, len(by)))
        selected = self.selection(get_named_type(definition.type), depth, rows, below, keys)
        return f"{'' if response == 'key' else response + ': '}key {selected}"

    def spread(self, type_: Any, depth: int, rows: int, scope: Scope) -> Iterator[str]:
        """Spread fragments: inline or named, of this type, of what it implements, or of one that implements it."""
        abstract = isinstance(type_, GraphQLInterfaceType)
        for _ in range(self.pick([0, 1, 1, 2] if abstract else [0, 0, 0, 0, 0, 0, 1])):
            named = [name for name, (on, made, _) in self.fragments.items() if on is type_ and scope.takes(made)]
            if named and self.chance(0.4):
                scope.add(self.fragments[named[0]][1])
                yield f"... {named[0]}{self.directive()}"
                continue
            on = self.pick(self.conditions(type_))
            self.budget -= 1
            if self.chance(0.7):
                where = f" on {on.name}" if on is not type_ or self.chance(0.5) else ""
                yield f"...{where}{self.directive()} {self.selection(on, depth - 1, rows, scope)}"
                continue
            made = Scope()
            selected = self.selection(on, depth - 1, rows, made)
            if scope.takes(made):
                scope.add(made)
                name = self.pick([f"F{len(self.fragments)}", f"None{len(self.fragments)}"])
                self.fragments[name] = on, made, f"fragment {name} on {on.name} {selected}"
                yield f"... {name}{self.directive()}"

    def conditions(self, type_: Any) -> list[Any]:
        """List types that a fragment in a type can be on."""
        if not isinstance(type_, GraphQLInterfaceType):
            return [type_, type_, *type_.interfaces]
        possible = [each for each in self.schema.get_possible_types(type_) if self.pool.ids.get(each.name)]
        return [*possible, type_, *type_.interfaces]


def _refers(definition: Any) -> bool:
    """Whether a field shows facts that a property names, of which there may be many."""
    return (
        get_named_type(definition.type).name == "Source"
        and "first" not in definition.args
        and "id" not in definition.args
    )


def _flat(definition: Any) -> bool:
    """Whether a field shows a value of the fact itself."""
    type_ = get_named_type(definition.type)
    return not is_composite_type(type_) or type_.name in VALUES


def documents(schema: GraphQLSchema, world: World, seed: int, count: int) -> list[Written]:
    """Write `count` documents."""
    dice, pool = random.Random(seed), _pool(id(world), world)
    sizes, shares = zip(*PLACES, strict=True)
    return [
        Writer(pool, dice, dice.choices(sizes, shares)[0], dice.choice([0, 0.05, 0.15, 0.5]), schema=schema).document()
        for _ in range(count)
    ]


_POOLS: dict[int, Pool] = {}


def _pool(key: int, world: World) -> Pool:
    return _POOLS.setdefault(key, Pool(world))


@cache
def random_seed() -> int:
    """Return the seed of this run's random batches: CITYGRAPH_RANDOM_SEED, or another one each time."""
    return int(os.environ.get("CITYGRAPH_RANDOM_SEED") or secrets.randbelow(2**31))
