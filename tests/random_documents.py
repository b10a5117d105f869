"""Random valid questions. In: a seed and the world whose values they use. Out: document text; the same seed, the same text."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_list_type,
)

from tests.oracle.world import World

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
)
DATES = ("2009", "2009-04-17", "1970", "[1998..2001]", "2012-12", "1500", "2026")
FILTERS = {"IdFilter", "TextFilter", "TextsFilter", "IntFilter", "BigIntFilter", "FloatFilter", "WhenFilter"}


@dataclass
class Writer:
    """Writes one document."""

    schema: GraphQLSchema
    world: World
    dice: random.Random
    values: dict[str, list[Any]]
    ids: list[str]
    aliases: int = 0
    budget: int = 40
    made: dict[str, str] = field(default_factory=dict)

    def document(self) -> str:
        root = self.schema.type_map["Query"]
        assert isinstance(root, GraphQLObjectType)
        names = [name for name in root.fields if name not in ("node", "nodes")]
        chosen = [
            self.dice.choice([*self.dice.sample(names, 3), "node", "nodes"]) for _ in range(self.dice.randint(1, 2))
        ]
        fields = [f"r{at}: {self.root(root, name)}" for at, name in enumerate(chosen)]
        return "{ " + " ".join(fields) + " }"

    def root(self, root: GraphQLObjectType, name: str) -> str:
        definition = root.fields[name]
        arguments = [f"asOf: {json.dumps(self.dice.choice(DATES))}"] if self.dice.random() < 0.3 else []
        if "id" in definition.args:
            arguments.append(f"id: {self.text(self.id_for(name))}")
        elif "ids" in definition.args:
            arguments.append(f"ids: [{', '.join(self.text(self.id_for('')) for _ in range(4))}]")
        else:
            arguments += self.list_arguments(definition)
        return self.field(name, definition, arguments, 3)

    def id_for(self, name: str) -> str:
        fitting = [found for found in self.ids if found.split("/")[0].replace("-", "") == name.lower()]
        return self.dice.choice(fitting or self.ids) if self.dice.random() < 0.9 else "city/not-there"

    def field(self, name: str, definition: Any, arguments: list[str], depth: int) -> str:
        named = get_named_type(definition.type)
        if not arguments and "where" in definition.args:
            arguments = self.list_arguments(definition)
        written = f"{name}({', '.join(arguments)})" if arguments else name
        return f"{written} {self.selection(named, depth)}" if is_composite_type(named) else written

    def list_arguments(self, definition: Any) -> list[str]:
        arguments = [f"first: {self.dice.choice((1, 2, 3, 7))}"]
        if self.dice.random() < 0.6:
            arguments.append(f"where: {self.where(definition.args['where'].type, 2)}")
        if self.dice.random() < 0.6:
            arguments.append(f"orderBy: {self.order(get_named_type(definition.args['orderBy'].type))}")
        return arguments

    def selection(self, type_: Any, depth: int) -> str:
        self.budget -= 1
        chosen = ["__typename"] if self.dice.random() < 0.3 else []
        leaves = [n for n, f in type_.fields.items() if not is_composite_type(get_named_type(f.type)) and n != "cursor"]
        nested = [n for n, f in type_.fields.items() if is_composite_type(get_named_type(f.type))]
        chosen += self.dice.sample(leaves, min(len(leaves), self.dice.randint(1, 3)))
        if depth > 0 and self.budget > 0:
            chosen += self.dice.sample(nested, min(len(nested), self.dice.randint(1, 2)))
        elif any(n in ("edges", "nodes") for n in nested):
            chosen += ["totalCount"] if not chosen else []
        parts = [self.chosen(type_, name, depth) for name in dict.fromkeys(chosen)]
        if isinstance(type_, GraphQLInterfaceType) and depth > 0:
            parts += self.fragments(type_, depth)
        return "{ " + (" ".join(parts) or "__typename") + " }"

    def chosen(self, type_: Any, name: str, depth: int) -> str:
        if name == "__typename":
            return name
        wraps = name in ("edges", "nodes", "node")
        written = self.field(name, type_.fields[name], [], depth if wraps else depth - 1)
        if self.aliases < 25 and not wraps and not name.endswith("Cursor") and self.dice.random() < 0.15:
            self.aliases += 1
            return f"{self.dice.choice(ALIASES)}{self.aliases}: {written}"
        return written

    def fragments(self, type_: GraphQLInterfaceType, depth: int) -> list[str]:
        possible = self.schema.get_possible_types(type_)
        found = self.dice.sample(list(possible), min(len(possible), self.dice.randint(0, 2)))
        # Fields of two fragments may differ in type under one name: each gets names of its own.
        return [f"... on {each.name} {{ f{self.count()}: {self.leaf(each)} }}" for each in found]

    def count(self) -> int:
        self.aliases += 1
        return self.aliases

    def leaf(self, type_: GraphQLObjectType) -> str:
        leaves = [n for n, f in type_.fields.items() if not is_composite_type(get_named_type(f.type))]
        return str(self.dice.choice(leaves))

    def where(self, type_: Any, depth: int) -> str:
        names = list(type_.fields)
        simple = [n for n in names if n not in ("and", "or", "not") and "count" not in _fields(type_, n)]
        related = [n for n in names if n not in simple and n not in ("and", "or", "not")]
        pool = simple if depth == 0 or not related else [*simple, *related, "and", "or", "not"]
        chosen = dict.fromkeys(self.dice.choice(pool) for _ in range(self.dice.randint(1, 2)))
        return "{" + ", ".join(f"{name}: {self.condition(type_, name, depth)}" for name in chosen) + "}"

    def condition(self, type_: Any, name: str, depth: int) -> str:
        inner = get_named_type(type_.fields[name].type)
        if name in ("and", "or"):
            return f"[{', '.join(self.where(type_, depth - 1) for _ in range(2))}]"
        if name == "not":
            return self.where(type_, depth - 1)
        if isinstance(inner, GraphQLInputObjectType) and "count" in inner.fields:
            return self.related(inner, depth)
        if isinstance(inner, GraphQLInputObjectType) and inner.name.endswith("Where"):
            return self.where(inner, max(depth - 1, 0))
        return self.filter(inner, name)

    def related(self, inner: GraphQLInputObjectType, depth: int) -> str:
        name = self.dice.choice(("some", "none", "every", "count"))
        if name == "count":
            return f"{{count: {{{self.dice.choice(('eq', 'gte', 'lt', 'ne'))}: {self.dice.randint(0, 3)}}}}}"
        return f"{{{name}: {self.where(get_named_type(inner.fields[name].type), depth - 1)}}}"

    def filter(self, inner: Any, name: str) -> str:
        operator = self.dice.choice(list(inner.fields))
        part = inner.fields[operator].type
        if operator == "isNull":
            return f"{{isNull: {self.dice.choice(('true', 'false'))}}}"
        if inner.name == "MoneyFilter":
            return f"{{{operator}: {self.filter(get_named_type(part), name + operator.capitalize())}}}"
        write = self.literal(inner, get_named_type(part), name, operator)
        return (
            f"{{{operator}: [{write()}, {write()}]}}"
            if is_list_type(getattr(part, "of_type", part)) or is_list_type(part)
            else f"{{{operator}: {write()}}}"
        )

    def literal(self, inner: Any, part: Any, name: str, operator: str) -> Callable[[], str]:
        known = self.values.get(name) or [""]
        if isinstance(part, GraphQLEnumType):
            return lambda: self.dice.choice(list(part.values))
        if part.name == "Edtf":
            exact = operator in ("eq", "ne", "in", "notIn")
            dates = [v for v in known if isinstance(v, str) and "/" not in v] if exact else []
            return lambda: json.dumps(self.dice.choice([*dates, *DATES]) or "2009")
        if part.name == "Instant":
            return lambda: '"2026-01-31T12:00:00Z"'
        if part.name == "Boolean":
            return lambda: self.dice.choice(("true", "false"))
        if part.name in ("Int", "BigInt", "Float"):
            numbers = [v for v in known if isinstance(v, int | float)] or [0]
            return lambda: (
                str(self.dice.choice([*numbers, -1, 3]))
                if part.name == "Float"
                else str(int(self.dice.choice([*numbers, -1, 3])))
            )
        return lambda: self.words(known, operator, inner.name)

    def words(self, known: list[Any], operator: str, filter_: str) -> str:
        texts = [t for v in known for t in (v if isinstance(v, list) else [v]) if isinstance(t, str)] or ["x"]
        text = self.dice.choice(self.ids) if filter_ == "IdFilter" else self.dice.choice(texts)
        if operator in ("contains", "startsWith", "endsWith") and len(text) > 3:
            at = self.dice.randint(0, len(text) - 2)
            text = {"startsWith": text[: at + 1], "endsWith": text[at:]}.get(operator, text[at : at + 2])
        return self.text(text)

    def text(self, value: str) -> str:
        return json.dumps(value, ensure_ascii=False)

    def order(self, type_: Any) -> str:
        return f"[{', '.join(self.key(type_) for _ in range(self.dice.randint(1, 2)))}]"

    def key(self, type_: Any) -> str:
        name = self.dice.choice(list(type_.fields))
        inner = get_named_type(type_.fields[name].type)
        if isinstance(inner, GraphQLInputObjectType):
            return f"{{{name}: {self.key(inner)}}}"
        return f"{{{name}: {self.dice.choice(('ASC', 'DESC'))}}}"


def _fields(type_: Any, name: str) -> dict[str, Any]:
    return getattr(get_named_type(type_.fields[name].type), "fields", {})


def value_pool(world: World) -> dict[str, list[Any]]:
    """Collect the values of every property in a world, by name."""
    pool: dict[str, list[Any]] = {}
    for fact in (*world.nodes.values(), *world.ties.values()):
        for name, value in fact.values.items():
            if isinstance(value, dict):
                for part, inner in value.items():
                    pool.setdefault(name + part.capitalize(), []).append(inner)
            else:
                pool.setdefault(name, []).append(value)
    return pool


def documents(schema: GraphQLSchema, world: World, seed: int, count: int) -> list[str]:
    """Write `count` documents."""
    dice, pool = random.Random(seed), value_pool(world)
    few = [found for found in world.nodes if not found.startswith("city/")]
    ids = [*few, *[found for found in world.nodes if found.startswith("city/")][:50]]
    return [Writer(schema, world, dice, pool, ids).document() for _ in range(count)]
