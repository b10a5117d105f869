"""Questions about the schema itself. In: an operation. Out: the values of its `__schema` and `__type` fields.

The values are those of graphql-core's own resolvers. What is asked of a type is read once, however often the type is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLWrappingType,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    TypeMetaFieldDef,
    Undefined,
    default_field_resolver,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from graph.errors import QuestionTooExpensive
from graph.question.document.read import Document
from graph.question.document.selection import Selection, select_meta
from graph.question.document.values import Variables

META = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}
INTROSPECTION = tuple(META)
"""Fields of the root that are answered here. `__typename` is not one of them: the planner knows it."""
MOST_VALUES = 200_000
"""The standard introspection query gives 130,000 values. A few aliases inside it would give millions."""


def introspect(
    document: Document, operation: OperationDefinitionNode, schema: GraphQLSchema, variables: Variables, most: int
) -> dict[str, Any]:
    """Answer only the introspection fields of an operation.

    Raise QuestionTooExpensive if the answer would have too many values, or the operation more than `most` fields.
    """
    teller = _Teller(schema, variables)
    return {
        selection.key: teller.value(None, META[selection.name], selection).value
        for selection in select_meta(document, operation, schema, variables, META, most=most)
    }


class _Told(NamedTuple):
    """A value, and how many values it holds."""

    value: Any
    size: int = 1


@dataclass
class _Teller:
    """Tells about a schema. Objects that stand at several places of the answer are made once and shared.

    It is also what resolvers get as their info, of which they read the schema only.
    """

    schema: GraphQLSchema
    variables: Variables
    types: dict[tuple[int, int], _Told] = field(default_factory=dict)
    forms: dict[int, tuple[Any, bool]] = field(default_factory=dict)
    """The named type of each field, and whether it is a list, by the identity of its definition."""

    def value(self, source: Any, definition: GraphQLField, selection: Selection) -> _Told:
        """Tell one field of a source. Raise QuestionTooExpensive if it has too many values."""
        resolve: Any = definition.resolve or default_field_resolver
        value = (
            resolve(source, self, **self._arguments(definition, selection))
            if definition.args
            else resolve(source, self)
        )
        if value is None:
            return _Told(None)
        form = self.forms.get(id(definition))
        if form is None:
            listed = is_list_type(get_nullable_type(definition.type))
            form = self.forms[id(definition)] = (get_named_type(definition.type), listed)
        inner, listed = form
        if not listed:
            return self._one(value, inner, selection)
        items = [self._one(item, inner, selection) for item in value]
        return _counted([item.value for item in items], items)

    def _one(self, value: Any, type_: Any, selection: Selection) -> _Told:
        if isinstance(type_, GraphQLObjectType):
            return self._object(value, type_, selection.fields)
        return _Told(type_.serialize(value) if isinstance(type_, GraphQLEnumType) else value)

    def _object(self, source: Any, type_: GraphQLObjectType, fields: tuple[Selection, ...]) -> _Told:
        # Only types are told once: they live as long as the schema, so that no other object can get their identity.
        lasting = isinstance(source, GraphQLNamedType | GraphQLWrappingType)
        key = (id(source), id(fields))
        if lasting and key in self.types:
            return self.types[key]
        parts = {each.key: self._field(source, type_, each) for each in fields}
        told = _counted({name: part.value for name, part in parts.items()}, parts.values())
        if lasting:
            self.types[key] = told
        return told

    def _field(self, source: Any, type_: GraphQLObjectType, selection: Selection) -> _Told:
        if selection.name == "__typename":
            return _Told(type_.name)
        return self.value(source, type_.fields[selection.name], selection)

    def _arguments(self, definition: GraphQLField, selection: Selection) -> dict[str, Any]:
        """Return the arguments that were given, and the defaults of the others."""
        values = {}
        for name, argument in definition.args.items():
            if name in selection.arguments:
                values[name] = selection.arguments[name].value(self.variables)
            elif argument.default_value is not Undefined:
                values[name] = argument.default_value
        return values


def _counted(value: Any, parts: Iterable[_Told]) -> _Told:
    size = 1
    for part in parts:
        size += part.size
    if size > MOST_VALUES:
        raise QuestionTooExpensive(
            f"__schema and __type would answer with more than {MOST_VALUES:,} values, the most allowed."
        )
    return _Told(value, size)
