"""Values for random questions. In: a world and dice. Out: filters, orders, words and dates, written as literals or variables.

A value is made as JSON first; writing it lifts a share of its parts, at any place, into variables of the right type.
"""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_list_type,
    is_non_null_type,
)

from schema.model import model
from tests.kit.oracle.findings import words
from tests.kit.oracle.world import Fact, World

DAYS = ("2009", "2009-04-17", "1970", "[1998..2001]", "2012-12", "1500", "2026", "1991~", "197X", "[1989..1992]")
DAYS_WITHOUT_BEGIN = ("../2012", "[..1999]")
AS_OF = (*DAYS, "2006~/2013~", "../2012", "2005-06-15", "2015?", "199X", "2004-02-29")
INSTANTS = (
    "2026-01-31T12:00:00Z",
    "2026-01-31T13:00:00+01:00",
    "2020-02-29T00:00:00.001Z",
    "2031-01-01T00:00:00-11:00",
)
COMBINED = ("and", "or", "not")


@dataclass(frozen=True)
class Pool:
    """What a world offers to ask for; gathered once."""

    world: World = field(repr=False)

    @cached_property
    def values(self) -> dict[str, list[Any]]:
        """Values of every property, by name; the parts of money as `paidAmount`."""
        found: dict[str, list[Any]] = {}
        for fact in (*self.world.nodes.values(), *self.world.ties.values()):
            for name, value in fact.values.items():
                parts = (
                    {name + part.capitalize(): inner for part, inner in value.items()}
                    if isinstance(value, dict)
                    else {}
                )
                for key, part in (parts or {name: value}).items():
                    found.setdefault(key, []).append(part)
        return found

    @cached_property
    def ids(self) -> dict[str, list[str]]:
        """Ids by label; of cities the few that meet others, and some."""
        found: dict[str, list[str]] = {}
        for node in self.world.nodes.values():
            found.setdefault(node.label, []).append(node.id)
        busy = {city for tie in self.world.ties.values() if tie.label != "InCountry" for city in tie.ends.values()}
        found["City"] = [city for city in found["City"] if city in busy] * 3 + found["City"][:100]
        return found

    @cached_property
    def fields(self) -> set[tuple[str, str]]:
        """Which fields of which labels lead somewhere."""
        return {(label, name) for label in model().concepts for name in ("about", "sources")} | {
            (label, route.field)
            for label, routes in model().routes.items()
            for route in routes.values()
            if any((route.relationship.name, route.forward, id_) in self.world.ways for id_ in self.ids.get(label, ()))
        }

    @cached_property
    def texts(self) -> list[str]:
        """Texts that a search looks into."""
        nodes = [node for node in self.world.nodes.values() if node.label != "City" or "edge" in node.id]
        cities = [self.world.nodes[id_] for id_ in self.ids["City"][:300]]
        return [text for node in (*nodes, *cities) for text in _searched(node)]


def _searched(fact: Fact) -> Iterable[str]:
    for name, prop in fact.properties.items():
        value = fact.values.get(name) if prop.searched else None
        yield from [value] if isinstance(value, str) else value or []


@dataclass
class Draft:
    """A document in the making: its dice, its variables, and how much it may still ask for."""

    pool: Pool
    dice: random.Random
    budget: int
    lifting: float
    declared: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def pick(self, found: Iterable[Any]) -> Any:
        return self.dice.choice(list(found))

    # --- writing -----------------------------------------------------------------------------------------------------

    def write(self, value: Any, type_: Any, *, firm: bool = False) -> str:
        """Write a value as a literal or a variable; a `firm` one stays what it is, never null or absent."""
        if self.chance(self.lifting):
            return self.lift(value, type_, firm)
        if is_non_null_type(type_):
            type_ = type_.of_type
        if value is None:
            return "null"
        if is_list_type(type_):
            return f"[{', '.join(self.write(item, type_.of_type, firm=True) for item in value)}]"
        if isinstance(type_, GraphQLInputObjectType):
            parts = [
                f"{name}: {self.write(part, type_.fields[name].type, firm=firm or type_.is_one_of)}"
                for name, part in value.items()
            ]
            return f"{{{', '.join(parts)}}}"
        return str(value) if isinstance(type_, GraphQLEnumType) else json.dumps(value, ensure_ascii=False)

    def lift(self, value: Any, type_: Any, firm: bool) -> str:
        """Put a value into a variable: given, given by a default, or where it may be so, null or absent."""
        name, bare = f"v{len(self.declared)}", str(type_).removesuffix("!")
        must = firm or is_non_null_type(type_)
        roll = self.dice.random()
        if value is None or (roll < 0.08 and not must):
            declared = bare
            if self.chance(0.5):
                self.variables[name] = None
        elif roll < 0.25:
            lifting, self.lifting = self.lifting, 0.0
            declared = f"{bare}! = {self.write(value, type_)}"
            self.lifting = lifting
            if self.chance(0.3):
                self.variables[name] = value
        else:
            declared = f"{bare}!" if must or self.chance(0.3) else bare
            self.variables[name] = value
        self.declared.append(f"${name}: {declared}")
        return f"${name}"

    def directive(self) -> str:
        """Write @include or @skip, or more often nothing."""
        if not self.chance(0.04):
            return ""
        name, shown = self.pick(["include", "skip"]), self.chance(0.7)
        return f" @{name}(if: {self.write(shown is (name == 'include'), GraphQLNonNull(GraphQLBoolean))})"

    # --- filters -----------------------------------------------------------------------------------------------------

    def where(self, type_: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        """Make a filter; one over related facts, more seldom, at any depth."""
        names = [name for name in type_.fields if name not in COMBINED]
        related = [name for name in names if _relates(type_, name)]
        plain = [name for name in names if name not in related]
        deeper = depth > 0 and self.budget > 0
        pool = [*self.dice.sample(plain, min(3, len(plain)))]
        if deeper:
            label = type_.name.removesuffix("Where").removesuffix("Tie")
            busy = [name for name in related if name == "edge" or (label, name) in self.pool.fields] or related
            pool += [*self.dice.sample(busy, min(2, len(busy))), *(["edge"] if "edge" in related else [])]
            pool += [self.pick(COMBINED)]
        chosen = dict.fromkeys(self.pick(pool) for _ in range(self.pick([1, 1, 1, 2, 2, 3])))
        return {name: self.condition(type_, name, depth) for name in chosen}

    def condition(self, type_: GraphQLInputObjectType, name: str, depth: int) -> Any:
        inner = get_named_type(type_.fields[name].type)
        if self.chance(0.02):
            return None
        if name in ("and", "or"):
            return [self.where(type_, depth - 1) for _ in range(self.pick([0, 1, 2, 2]))]
        if name == "not":
            return self.where(type_, depth - 1)
        assert isinstance(inner, GraphQLInputObjectType)
        if "some" in inner.fields:
            self.budget -= 1
            quantifiers = self.dice.sample(["some", "none", "every", "count"], self.pick([1, 1, 1, 2]))
            return {each: self.quantified(inner, each, depth) for each in quantifiers}
        if inner.name.endswith("Where"):
            self.budget -= name != "edge"
            return self.where(inner, depth - 1) if self.chance(0.95) else {}
        return self.filter(inner, name, type_.name.removesuffix("Where").removesuffix("Tie"))

    def quantified(self, inner: GraphQLInputObjectType, name: str, depth: int) -> Any:
        if name == "count":
            return {self.pick(["eq", "gte", "lt", "ne"]): self.dice.randint(0, 3)}
        where = get_named_type(inner.fields[name].type)
        assert isinstance(where, GraphQLInputObjectType)
        return self.where(where, depth - 1) if self.chance(0.85) else {}

    def filter(self, inner: GraphQLInputObjectType, name: str, label: str) -> dict[str, Any]:
        """Make a filter of one property, mostly with a value that some fact has."""
        operator = "search" if "search" in inner.fields and self.chance(0.3) else self.pick(inner.fields)
        part = inner.fields[operator].type
        if operator == "isNull":
            return {"isNull": self.chance(0.5)}
        if inner.name == "MoneyFilter":
            amount = get_named_type(part)
            assert isinstance(amount, GraphQLInputObjectType)
            return {operator: self.filter(amount, name + operator.capitalize(), label)}
        if self.chance(0.03):
            return {operator: None}
        if is_list_type(part):
            return {operator: [self.operand(part, name, operator, label) for _ in range(self.dice.randint(0, 3))]}
        return {operator: self.operand(part, name, operator, label)}

    def operand(self, type_: Any, name: str, operator: str, label: str) -> Any:
        part, known = get_named_type(type_), self.pool.values.get(name) or [""]
        if isinstance(part, GraphQLEnumType):
            return self.pick(part.values)
        if part.name == "Edtf":
            written = [value for value in known if value] if operator in ("eq", "ne") else []
            return self.pick([*written, *DAYS, *DAYS_WITHOUT_BEGIN] if written else DAYS)
        if part.name == "Instant":
            return self.pick(INSTANTS)
        if part.name == "Boolean":
            return self.chance(0.5)
        if part.name in ("Int", "BigInt", "Float"):
            number = self.pick([value for value in known if isinstance(value, int | float)] or [0])
            number = self.pick([number, number, number, number + 1, -1, 3]) if abs(number) < 2**31 - 1 else number
            return number if part.name == "Float" else int(number)
        if part.name == "ID":
            return self.id(label)
        return self.text(known, operator)

    def text(self, known: list[Any], operator: str) -> str:
        """Take a text that some fact has, or the part of it that an operator looks for."""
        texts = [
            text for value in known for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)
        ]
        text: str = self.pick(texts or ["x"])
        if operator == "search":
            return self.sought(self.pick([text, *self.pool.texts[:2]]))
        if operator in ("contains", "startsWith", "endsWith") and len(text) > 3:
            at = self.dice.randint(0, len(text) - 2)
            parts = {"startsWith": text[: at + 1], "endsWith": text[at:], "contains": text[at : at + 2]}
            return parts[operator]
        return text

    def sought(self, text: str) -> str:
        """Make words to search for of a text: a few, whole or their beginnings, in capitals or in another order."""
        found = [text[start:end] for _, start, end in words(text)] or ["zu"]
        at = self.dice.randrange(len(found))
        taken = found[at : at + self.pick([1, 1, 2, 2, 3])]
        if self.chance(0.6):
            taken[-1] = taken[-1][: self.dice.randint(1, len(taken[-1]))]
        if not words(" ".join(taken)):
            return "a"
        if self.chance(0.2):
            taken.reverse()
        joined = self.pick([" ", " ", "-", ", "]).join(taken)
        return str(self.pick([joined, joined, joined.upper(), joined.lower()]))

    def id(self, label: str) -> str:
        """Take the id of a fact, mostly of a label; sometimes one that no fact has."""
        if self.chance(0.04):
            return "city/not-there"
        return str(self.pick(self.pool.ids.get(label) or self.pool.ids[self.pick(self.pool.ids)]))

    # --- orders ------------------------------------------------------------------------------------------------------

    def orders(self, type_: GraphQLInputObjectType) -> list[Any]:
        return [self.order(type_, 2) for _ in range(self.pick([0, 1, 1, 1, 2, 2, 3]))]

    def order(self, type_: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        """Make one key of an order: a property, or through a relation to one fact, or a count."""
        nested = [
            name for name in type_.fields if isinstance(get_named_type(type_.fields[name].type), GraphQLInputObjectType)
        ]
        plain = [name for name in type_.fields if name not in nested]
        deeper = bool(nested) and depth > 0 and self.budget > 0 and self.chance(0.4)
        name = self.pick(nested if deeper else plain)
        inner = get_named_type(type_.fields[name].type)
        if isinstance(inner, GraphQLInputObjectType):
            self.budget -= name != "edge"
            return {name: self.order(inner, depth - 1)}
        return {name: self.pick(["ASC", "DESC"])}


def _relates(type_: GraphQLInputObjectType, name: str) -> bool:
    inner = get_named_type(type_.fields[name].type)
    return isinstance(inner, GraphQLInputObjectType) and (inner.name.endswith("Where") or "some" in inner.fields)


def list_of(type_: Any) -> Any:
    """Return the type of a list that must be given, of values that must be there."""
    return GraphQLNonNull(GraphQLList(GraphQLNonNull(type_)))
