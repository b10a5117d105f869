"""Argument values. In: GraphQL argument nodes and variables. Out: Input trees.

A leaf records where its value comes from and not the value, so that one plan serves all variables with the same key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    get_named_type,
    value_from_ast_untyped,
)

from graph.errors import BadUserInput
from graph.question.codepoints import is_high
from schema.language.operators import BY_ORDER, NAMES

Variables = Mapping[str, Any]


@dataclass(frozen=True)
class Constant:
    """A value written in the document."""

    value: Any


@dataclass(frozen=True)
class Variable:
    """A value inside a variable."""

    name: str
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Several:
    """A list written in the document whose items may be variables."""

    items: tuple["Source", ...]


Source = Constant | Variable | Several


def resolve(source: Source, variables: Variables) -> Any:
    """Return the value of a source for these variables; None if it is absent."""
    if isinstance(source, Constant):
        return source.value
    if isinstance(source, Several):
        return [resolve(item, variables) for item in source.items]
    value = variables.get(source.name)
    for step in source.path:
        if value is None:
            return None
        value = value[step]
    return plain(value)


def plain(value: Any) -> Any:
    """Return enum members by name, alone or in a list; everything else unchanged."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


@dataclass(frozen=True)
class Input:
    """An argument's value: null, a leaf, a list of inputs or an object of inputs."""

    source: Source
    null: bool = False
    fields: dict[str, "Input"] | None = None
    items: tuple["Input", ...] | None = None

    def value(self, variables: Variables) -> Any:
        """Return the value of a leaf."""
        return resolve(self.source, variables)


NULL = Input(Constant(None), null=True)


def given(read: Input, variables: Variables) -> Any:
    """Return an argument as plain values: objects as dictionaries, enum members by name, null as None."""
    if read.null:
        return None
    if read.fields is not None:
        return {name: given(part, variables) for name, part in read.fields.items()}
    # The key of a question does not count the values of a list (see `shape`), so a list in a variable is read anew.
    if read.items is not None and not (isinstance(read.source, Variable) and _is_of_values(read)):
        return [given(item, variables) for item in read.items]
    return read.value(variables)


def _is_of_values(read: Input) -> bool:
    """Whether a list, and each list in it, has no objects."""
    return read.fields is None and all(_is_of_values(item) for item in read.items or ())


def of_value(value: Any, type_: GraphQLInputType, source: Variable) -> Input:
    """Read a coerced variable, or a part of one, as an input of this type."""
    if isinstance(type_, GraphQLNonNull):
        return of_value(value, type_.of_type, source)
    if value is None:
        return Input(source, null=True)
    if isinstance(type_, GraphQLList):
        items = tuple(
            of_value(item, type_.of_type, Variable(source.name, (*source.path, at))) for at, item in enumerate(value)
        )
        return Input(source, items=items)
    if isinstance(type_, GraphQLInputObjectType):
        fields = {
            name: of_value(part, type_.fields[name].type, Variable(source.name, (*source.path, name)))
            for name, part in value.items()
        }
        return Input(source, fields=fields)
    return Input(source)


def of_node(node: ValueNode, type_: GraphQLInputType, variables: Variables) -> Input | None:
    """Read a literal as an input of this type; None if it is a variable that was not given."""
    if isinstance(type_, GraphQLNonNull):
        read = of_node(node, type_.of_type, variables)
        if read is not None and read.null:
            # A variable with a default may be declared nullable and still be given here; null itself may not.
            name = f"${node.name.value}" if isinstance(node, VariableNode) else "A value"
            raise BadUserInput(f"{name} is null where null is not accepted.")
        return read
    if isinstance(node, VariableNode):
        name = node.name.value
        return of_value(variables[name], type_, Variable(name)) if name in variables else None
    if isinstance(node, NullValueNode):
        return NULL
    if isinstance(type_, GraphQLList):
        nodes = node.values if isinstance(node, ListValueNode) else (node,)
        items = [of_node(item, type_.of_type, variables) or NULL for item in nodes]
        return Input(Several(tuple(item.source for item in items)), items=tuple(items))
    if isinstance(type_, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
        return _object(node, type_, variables)
    return Input(Constant(_leaf(node, type_)))


def _object(node: ObjectValueNode, type_: GraphQLInputObjectType, variables: Variables) -> Input:
    read = {
        field.name.value: of_node(field.value, type_.fields[field.name.value].type, variables) for field in node.fields
    }
    return Input(Constant(None), fields={name: part for name, part in read.items() if part is not None})


def _leaf(node: ValueNode, type_: GraphQLInputType) -> Any:
    if isinstance(type_, GraphQLEnumType):
        return value_from_ast_untyped(node)
    coerce = getattr(type_, "coerce_input_literal", None) or type_.parse_literal  # type: ignore[union-attr]  # only scalars are left here
    return coerce(node)


def shape(value: Any, type_: GraphQLInputType, *, inside: bool = False, ranged: bool = False) -> Any:
    """Return the part of a variable that the statement's text depends on: keys, lengths, nulls, enum values and names of facts.

    Other values do not count. `inside` an object null is an operand like any other. `ranged` operands are compared by order,
    which needs another text for some of them (see `codepoints`).
    """
    if isinstance(type_, GraphQLNonNull):
        return shape(value, type_.of_type, inside=inside, ranged=ranged)
    if value is None:
        return "." if inside and is_value(type_) else None
    if isinstance(type_, GraphQLInputObjectType):
        return tuple(
            (name, part)
            if name in NAMES and is_value(type_.fields[name].type)
            else (name, shape(part, type_.fields[name].type, inside=True, ranged=name in BY_ORDER))
            for name, part in value.items()
        )
    if is_value(type_):
        return "high" if ranged and is_high(value) else "."
    if isinstance(type_, GraphQLList):
        return tuple(shape(item, type_.of_type) for item in value)
    return plain(value)


def is_value(type_: GraphQLInputType) -> bool:
    """Whether values of this type, or lists of them, become parameters. Objects and structural enums do not."""
    inner = get_named_type(type_)
    if isinstance(inner, GraphQLEnumType):
        return inner.name not in ("OrderDirection", "TieType") and not inner.name.endswith("GroupBy")
    return not isinstance(inner, GraphQLInputObjectType)
