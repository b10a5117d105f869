"""Printing of the schema. In: SDL as graphql-core prints it. Out: the same definitions in fewer lines."""

from typing import Any

from graphql import StringValueNode, Visitor, parse, print_ast, visit

MOST_IN_LINE = 110
"""Longer descriptions stand between lines of their own."""


class _OneLine(Visitor):
    """Turns block strings of one line into plain strings."""

    def enter_string_value(self, node: StringValueNode, *_: Any) -> StringValueNode:
        return StringValueNode(value=node.value, block=len(node.value) > MOST_IN_LINE or "\n" in node.value)


def tidy(sdl: str) -> str:
    """Print every description that is short in one line, and arguments without descriptions beside their field."""
    return print_ast(visit(parse(sdl), _OneLine())).strip() + "\n"
