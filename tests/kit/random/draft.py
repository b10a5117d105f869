"""A document in the making. In: a Pool and dice. Out: values written as literals or variables, and choices.

A value is made as JSON first; writing it lifts a share of its parts, at any place, into variables of the right type.
"""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLSchema,
    is_list_type,
    is_non_null_type,
)

from schema.language.operators import NAMES
from tests.kit.random.names import Names
from tests.kit.random.pool import Pool


def names(field: str, value: Any) -> bool:
    """Whether a part of a filter names a fact, or means a named one: then it may not become null or absent."""
    return field in NAMES or (field in ("edge", "where") and isinstance(value, dict) and named_by(value))


def named_by(value: dict[str, Any]) -> bool:
    """Whether a filter names its fact, or the relationship that leads to it."""
    return "as" in value or "as" in (value.get("edge") or {})


@dataclass
class Draft:
    """What all who write a document share: its dice, its variables and names, and how much it may still ask for."""

    schema: GraphQLSchema
    pool: Pool
    dice: random.Random
    budget: int
    lifting: float
    """The share of values that become variables."""
    declared: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    named: int = 0
    """How many facts filters name."""

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def pick(self, choices: Iterable[Any]) -> Any:
        return self.dice.choice(list(choices))

    def sample(self, choices: list[str], counts: list[int]) -> list[str]:
        """Take some of several choices, each once, as many as one of `counts` says."""
        return self.dice.sample(choices, min(len(choices), self.pick(counts)))

    def write(self, value: Any, type_: Any, *, firm: bool = False) -> str:
        """Write a value as a literal or a variable; a `firm` one stays what it is, never null or absent."""
        if self.chance(self.lifting):
            return self._lift(value, type_, firm)
        if is_non_null_type(type_):
            type_ = type_.of_type
        if value is None:
            return "null"
        if is_list_type(type_):
            return f"[{', '.join(self.write(item, type_.of_type, firm=True) for item in value)}]"
        if isinstance(type_, GraphQLInputObjectType):
            firm = firm or type_.is_one_of
            parts = [
                f"{name}: {self.write(part, type_.fields[name].type, firm=firm or names(name, part))}"
                for name, part in value.items()
            ]
            return f"{{{', '.join(parts)}}}"
        return str(value) if isinstance(type_, GraphQLEnumType) else json.dumps(value, ensure_ascii=False)

    def _lift(self, value: Any, type_: Any, firm: bool) -> str:
        """Put a value into a variable: given, given by a default, or null or absent if that is allowed there."""
        name, nullable = f"v{len(self.declared)}", str(type_).removesuffix("!")
        required = firm or is_non_null_type(type_)
        roll = self.dice.random()
        if value is None or (roll < 0.08 and not required):
            declared = nullable
            if self.chance(0.5):
                self.variables[name] = None
        elif roll < 0.25:
            lifting, self.lifting = self.lifting, 0.0  # a default holds no variables
            declared = f"{nullable}! = {self.write(value, type_)}"
            self.lifting = lifting
            if self.chance(0.3):
                self.variables[name] = value
        else:
            declared = f"{nullable}!" if required or self.chance(0.3) else nullable
            self.variables[name] = value
        self.declared.append(f"${name}: {declared}")
        return f"${name}"

    def directive(self) -> str:
        """Write @include or @skip, or more often nothing."""
        if not self.chance(0.04):
            return ""
        name, shown = self.pick(["include", "skip"]), self.chance(0.7)
        return f" @{name}(if: {self.write(shown is (name == 'include'), GraphQLNonNull(GraphQLBoolean))})"
