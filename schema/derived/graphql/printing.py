"""Printing of the schema. In: SDL as graphql-core prints it. Out: the same definitions in fewer lines, in the order of a client.

Filters of facts come last, those with most fields first. A typed Python client builds its classes in this order, and needs half
the time because the later ones are parts of the first.
"""

import re
from typing import Any

from graphql import (
    DefinitionNode,
    DocumentNode,
    GraphQLInputObjectType,
    GraphQLNamedType,
    InputObjectTypeDefinitionNode,
    StringValueNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

MOST_IN_LINE = 110
"""Longer descriptions stand between lines of their own."""
MOST_WITH_ARGUMENTS = 130
"""In a longer line, each argument gets a line of its own."""
FIELD = re.compile(r"^  (\w+)\((.+)\): (.+)$", re.MULTILINE)


class _OneLine(Visitor):
    """Turns block strings of one line into plain strings."""

    def enter_string_value(self, node: StringValueNode, *_: Any) -> StringValueNode:
        return StringValueNode(value=node.value, block=len(node.value) > MOST_IN_LINE or "\n" in node.value)


def tidy(sdl: str) -> str:
    """Print every description that is short in one line, and arguments without descriptions beside their field."""
    definitions = visit(parse(sdl), _OneLine()).definitions
    printed = print_ast(DocumentNode(definitions=tuple(sorted(definitions, key=_of_definition))))
    return FIELD.sub(_wrapped, printed).strip() + "\n"


def _wrapped(line: re.Match[str]) -> str:
    """Give each argument of a long line a line of its own."""
    name, arguments, type_ = line.groups()
    if len(line.group()) <= MOST_WITH_ARGUMENTS:
        return line.group()
    each = "\n".join(f"    {argument}" for argument in arguments.split(", "))
    return f"  {name}(\n{each}\n  ): {type_}"


def _of_definition(node: DefinitionNode) -> int:
    return _place(node.name.value, len(node.fields or ())) if isinstance(node, InputObjectTypeDefinitionNode) else 0


def of_type(named: tuple[str, GraphQLNamedType]) -> int:
    """Return the place of a type in the schema's order."""
    name, type_ = named
    return _place(name, len(type_.fields)) if isinstance(type_, GraphQLInputObjectType) else 0


def _place(name: str, fields: int) -> int:
    return 10_000 - fields if name.endswith("Where") else 0
