"""The same question with other values in it. In: a document and its variables. Out: both, with values of the same shape."""

from typing import Any

from graphql import (
    SKIP,
    FloatValueNode,
    IntValueNode,
    ObjectFieldNode,
    StringValueNode,
    Visitor,
    VisitorAction,
    parse,
    print_ast,
    visit,
)

from schema.language.edtf import EdtfError
from schema.language.edtf import parse as parse_edtf
from schema.language.operators import NAMES


def other_values(text: str, variables: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a document and its variables with other values in them, of the same shape."""
    changed = print_ast(visit(parse(text), _Other()))
    return changed, {name: _other(value) for name, value in variables.items()}


def _other(value: Any) -> Any:
    if isinstance(value, str):
        return value if value in ("ASC", "DESC") else _other_text(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        # A page of 0 rows has a statement of its own.
        return value and (value + 1 if value < 100 else value - 1)
    if isinstance(value, list):
        return [_other(item) for item in value]
    return {key: _other(inner) for key, inner in value.items()}


def _other_text(value: str) -> str:
    if value.endswith("Z"):
        return value.replace("20", "19", 1)
    try:
        parse_edtf(value)
    except EdtfError:
        return f"{value} 'x\\"
    return "1999-12"


class _Other(Visitor):
    """Changes literals; a page size stays within its limits, and a name of a fact stays the same."""

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> VisitorAction:
        return SKIP if node.name.value in NAMES and isinstance(node.value, StringValueNode) else None

    def enter_string_value(self, node: StringValueNode, *_: Any) -> StringValueNode:
        return StringValueNode(value=_other_text(node.value), block=False)

    def enter_int_value(self, node: IntValueNode, *_: Any) -> IntValueNode:
        return IntValueNode(value=str(_other(int(node.value))))

    def enter_float_value(self, node: FloatValueNode, *_: Any) -> FloatValueNode:
        return FloatValueNode(value=str(float(node.value) + 1))
