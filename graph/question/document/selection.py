"""Selections. In: a Document and variables. Out: a tree of selections with fragments merged and aliases kept.

`@skip` and `@include` are resolved, so the tree has exactly the fields of the answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    value_from_ast_untyped,
)

from graph.errors import BadUserInput, QuestionTooExpensive
from graph.question.document.read import Document
from graph.question.document.values import Input, Variables, of_node


@dataclass(frozen=True)
class Selection:
    """One field of the answer: its response key, its arguments, and what is selected below it."""

    key: str
    name: str
    type: str
    arguments: dict[str, Input] = field(hash=False)
    cases: tuple["Case", ...] = ()

    def argument(self, name: str) -> Input | None:
        """Return an argument that was given and is not null."""
        argument = self.arguments.get(name)
        return None if argument is None or argument.null else argument

    @property
    def fields(self) -> tuple["Selection", ...]:
        """What is selected below a field of an object type."""
        return self.cases[0].fields if self.cases else ()


@dataclass(frozen=True)
class Case:
    """What is selected below a field if its value is of one of these object types."""

    types: tuple[str, ...]
    fields: tuple[Selection, ...]


@dataclass(frozen=True)
class Context:
    """The document, schema and variables that fields are collected with."""

    document: Document
    schema: GraphQLSchema
    variables: Variables
    budget: "Budget"


@dataclass
class Budget:
    """How many fields an operation may have once its fragments are unfolded, which can multiply them."""

    most: int
    spent: int = 0

    def spend(self) -> None:
        """Count a field. Raise QuestionTooExpensive at the first one over the limit."""
        self.spent += 1
        if self.spent > self.most:
            raise QuestionTooExpensive(f"The operation has more than {self.most:,} fields once fragments are unfolded.")


def select(
    document: Document, operation: OperationDefinitionNode, schema: GraphQLSchema, variables: Variables, most: int
) -> Case:
    """Merge an operation into the selections of its root. Raise QuestionTooExpensive if it has more than `most` fields."""
    root = schema.get_root_type(operation.operation)
    if root is None:
        raise TypeError(f"the schema has no root for {operation.operation.value}")
    return _case(Context(document, schema, variables, Budget(most)), root, [operation.selection_set])


def select_meta(
    document: Document,
    operation: OperationDefinitionNode,
    schema: GraphQLSchema,
    variables: Variables,
    meta: Mapping[str, GraphQLField],
    *,
    most: int,
) -> Iterator[Selection]:
    """Merge the fields of an operation's root that no type declares, and what is selected below them."""
    root = schema.get_root_type(operation.operation)
    if root is None:
        raise TypeError(f"the schema has no root for {operation.operation.value}")
    context = Context(document, schema, variables, Budget(most))
    for key, nodes in collect(context, root, [operation.selection_set]).items():
        if nodes[0].name.value in meta:
            yield defined(context, meta[nodes[0].name.value], key, nodes)


def _case(context: Context, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> Case:
    return Case((type_.name,), _fields(context, type_, collect(context, type_, sets)))


Collected = dict[str, list[FieldNode]]


def collect(context: Context, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> Collected:
    """Collect the field nodes that apply to an object type, by response key (CollectFields of the GraphQL specification)."""
    by_key: Collected = {}
    seen: set[str] = set()
    for selection_set in sets:
        _collect_into(by_key, seen, context, type_, selection_set)
    return by_key


def _collect_into(
    by_key: Collected, seen: set[str], context: Context, type_: GraphQLObjectType, selection_set: SelectionSetNode
) -> None:
    for node in selection_set.selections:
        if not _included(node, context.variables):
            continue
        if isinstance(node, FieldNode):
            by_key.setdefault((node.alias or node.name).value, []).append(node)
        elif isinstance(node, InlineFragmentNode):
            condition = node.type_condition.name.value if node.type_condition else type_.name
            if _applies(context.schema, condition, type_):
                _collect_into(by_key, seen, context, type_, node.selection_set)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            fragment = context.document.fragments[node.name.value]
            if _applies(context.schema, fragment.type_condition.name.value, type_):
                _collect_into(by_key, seen, context, type_, fragment.selection_set)


def _included(node: SelectionNode, variables: Variables) -> bool:
    for directive in node.directives or ():
        name = directive.name.value
        if name in ("skip", "include"):
            held = value_from_ast_untyped((directive.arguments or ())[0].value, dict(variables))
            if held is None:
                raise BadUserInput(f"@{name} is given null; accepted are true and false.")
            if bool(held) is (name == "skip"):
                return False
    return True


def _applies(schema: GraphQLSchema, condition: str, type_: GraphQLObjectType) -> bool:
    if condition == type_.name:
        return True
    wanted = schema.type_map[condition]
    return is_abstract_type(wanted) and schema.is_sub_type(wanted, type_)


def _fields(context: Context, type_: GraphQLObjectType, collected: Collected) -> tuple[Selection, ...]:
    return tuple(_selection(context, type_, key, nodes) for key, nodes in collected.items())


def _selection(context: Context, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Selection:
    name = nodes[0].name.value
    context.budget.spend()
    if name.startswith("__"):
        return Selection(key, name, "String", {})
    return defined(context, parent.fields[name], key, nodes)


def defined(context: Context, definition: GraphQLField, key: str, nodes: list[FieldNode]) -> Selection:
    """Return the selection of a field, by its definition and all nodes with its response key."""
    named = get_named_type(definition.type)
    sets = [node.selection_set for node in nodes if node.selection_set]
    below = _cases(context, named, sets) if is_composite_type(named) else ()
    return Selection(key, nodes[0].name.value, named.name, arguments(context, definition, nodes[0]), below)


def arguments(context: Context, definition: GraphQLField, node: FieldNode) -> dict[str, Input]:
    """Return the arguments of a field that were given."""
    read = {
        argument.name.value: of_node(argument.value, definition.args[argument.name.value].type, context.variables)
        for argument in node.arguments or ()
    }
    return {name: value for name, value in read.items() if value is not None}


def _cases(context: Context, type_: GraphQLCompositeType, sets: list[SelectionSetNode]) -> tuple[Case, ...]:
    """Merge what is selected below a field. Object types with the same selections share one case."""
    if isinstance(type_, GraphQLObjectType):
        return (_case(context, type_, sets),)
    groups: dict[tuple[int, ...], list[GraphQLObjectType]] = {}
    collected: dict[tuple[int, ...], Collected] = {}
    for possible in context.schema.get_possible_types(_abstract(type_)):
        nodes_by_key = collect(context, possible, sets)
        same = tuple(id(node) for nodes in nodes_by_key.values() for node in nodes)
        groups.setdefault(same, []).append(possible)
        collected.setdefault(same, nodes_by_key)
    return tuple(
        Case(tuple(t.name for t in types), _fields(context, types[0], collected[same]))
        for same, types in groups.items()
    )


def _abstract(type_: GraphQLCompositeType) -> GraphQLAbstractType:
    if not is_abstract_type(type_):
        raise TypeError(f"{type_} is neither an object type nor abstract")
    return type_
