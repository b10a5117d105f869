"""The key of a compiled question. In: an operation and variables. Out: a key; equal keys give the same statement text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    ArgumentNode,
    DirectiveNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInputType,
    GraphQLSchema,
    ListValueNode,
    ObjectFieldNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    Visitor,
    type_from_ast,
    visit,
)

from graph.errors import BadUserInput
from graph.question.cursor import contents
from graph.question.document.read import Document
from graph.question.document.values import shape
from schema.language.operators import BY_ORDER, NAMES

Key = tuple[Any, ...]
_Part = OperationDefinitionNode | FragmentDefinitionNode | SelectionSetNode
SYNTHETIC = "synthetic"
"""The argument of a root field whose value changes the statement's text."""


@dataclass(frozen=True)
class Structure:
    """Which variables of an operation change the statement's text, and how.

    `switches` are used by @skip, @include, `synthetic` or `distinct`, or name facts in filters. `cursors` are used by `after`
    or `before`, `sizes` by `first` or `last`, where 0 reads no rows. `operands` are used only inside input objects, where null
    is a value like any other; elsewhere null means absent. `range_operands` are operands compared by order.
    """

    types: tuple[tuple[str, GraphQLInputType], ...]
    switches: frozenset[str]
    cursors: frozenset[str]
    sizes: frozenset[str]
    operands: frozenset[str]
    range_operands: frozenset[str]

    def key(self, variables: Mapping[str, Any]) -> Key:
        """Return the key of these variables."""
        return tuple(self._part(name, type_, variables) for name, type_ in self.types)

    def switched(self, variables: Mapping[str, Any]) -> Key:
        """Return the key of what decides which fields are selected, and of nothing else."""
        return tuple((name, variables.get(name, "absent")) for name in sorted(self.switches))

    def _part(self, name: str, type_: GraphQLInputType, variables: Mapping[str, Any]) -> Any:
        if name not in variables:
            return "absent"
        value = variables[name]
        if name in self.switches:
            return value
        if name in self.cursors and isinstance(value, str):
            return _found(value)
        is_empty = name in self.sizes and value == 0
        return (shape(value, type_, inside=name in self.operands, ranged=name in self.range_operands), is_empty)


def structure(document: Document, operation: OperationDefinitionNode, schema: GraphQLSchema) -> Structure:
    """Find the variables of an operation that change the statement's text."""
    types = []
    for definition in operation.variable_definitions or ():
        type_: Any = type_from_ast(schema, definition.type)
        types.append((definition.variable.name.value, type_))
    finder = _Finder()
    for node in _reached(operation, document.fragments):
        visit(node, finder)
    operands = finder.operands - finder.arguments
    return Structure(
        tuple(types),
        frozenset(finder.switches),
        frozenset(finder.cursors),
        frozenset(finder.sizes),
        frozenset(operands),
        frozenset(finder.range_operands),
    )


def _found(text: str) -> Key:
    """Return what a cursor holds for each key. Text that is no cursor is refused later, by the planner, if it is used."""
    try:
        return contents(text, "cursor")
    except BadUserInput:
        return ("no cursor",)


def variables_used(part: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> frozenset[str]:
    """Return the names of the variables that a part of a document uses, in itself and in the fragments that it reaches."""
    finder = _Variables()
    for node in _reached(part, fragments):
        visit(node, finder)
    return frozenset(finder.names)


def _reached(part: _Part, fragments: Mapping[str, FragmentDefinitionNode]) -> list[_Part]:
    """List a part of a document and the fragments that it reaches."""
    reached: list[_Part] = [part]
    names: set[str] = set()
    for node in reached:  # it grows meanwhile
        spreads = _Spreads()
        visit(node, spreads)
        reached += [fragments[name] for name in spreads.names if name not in names]
        names |= spreads.names
    return reached


class _Variables(Visitor):
    """Collects the names of variables."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.names.add(node.name.value)


class _Spreads(Visitor):
    """Collects the names of fragment spreads."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        self.names.add(node.name.value)


class _Finder(Visitor):
    """Collects variables by how they are used: as switches, cursors, sizes, arguments, operands or range_operands."""

    def __init__(self) -> None:
        super().__init__()
        self.switches: set[str] = set()
        self.cursors: set[str] = set()
        self.sizes: set[str] = set()
        self.arguments: set[str] = set()
        self.operands: set[str] = set()
        self.range_operands: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        for argument in node.arguments or ():
            self.switches.update(_variables(argument))

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        self.operands.update(_variables(node))
        if node.name.value in NAMES:
            self.switches.update(_variables(node))
        if node.name.value in BY_ORDER:
            self.range_operands.update(_variables(node))

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        self.arguments.update(_variables(node))
        if node.name.value in ("after", "before"):
            self.cursors.update(_variables(node))
        if node.name.value in ("first", "last"):
            self.sizes.update(_variables(node))
        if node.name.value in (SYNTHETIC, "distinct"):
            self.switches.update(_variables(node))

    def enter_list_value(self, node: ListValueNode, *_: Any) -> None:
        """A null item in a list may be refused, so null changes the outcome there as it does in an argument."""
        self.arguments.update(item.name.value for item in node.values if isinstance(item, VariableNode))


def _variables(argument: ArgumentNode | ObjectFieldNode) -> Iterator[str]:
    if isinstance(argument.value, VariableNode):
        yield argument.value.name.value
