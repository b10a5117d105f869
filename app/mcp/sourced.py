"""Facts of an answer, so that their sources can be told. In: a document. Out: one that also asks what each fact is.

What was added is taken out of the answer again: the data that remain are those of the document.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    parse,
    print_ast,
)

from app.mcp.tools import Fact, Source
from graph.question.document.read import Document

ID, SOURCES, CONFIDENCE, MADE_UP = "id", "sources", "confidence", "SYNTHETIC"
OF_SOURCE = ("title", "url", CONFIDENCE)
FACT = "Fact"
Path = tuple[str, ...]
Composite = GraphQLObjectType | GraphQLInterfaceType
HOLDERS = (FieldNode, InlineFragmentNode, FragmentDefinitionNode, OperationDefinitionNode)
"""Nodes with selections."""


@dataclass(frozen=True)
class Sourced:
    """A document that asks what its facts are. `owned` are the keys that the document itself asks for, by their path."""

    text: str
    owned: dict[Path, set[str]] = field(hash=False)

    def parted(self, data: Any) -> tuple[Any, tuple[Fact, ...]]:
        """Return the data without what was added, and the facts in them in order."""
        facts: list[Fact] = []
        return self._part(data, (), "/data", facts), tuple(facts)

    def _part(self, value: Any, path: Path, at: str, facts: list[Fact]) -> Any:
        if isinstance(value, list):
            return [self._part(each, path, f"{at}/{number}", facts) for number, each in enumerate(value)]
        if not isinstance(value, dict) or path not in self.owned:
            return value
        if CONFIDENCE in value and (SOURCES in value or isinstance(value.get(ID), str)):
            facts.append(_fact(at, value))
        kept = self.owned[path]
        return {key: self._part(each, (*path, key), f"{at}/{key}", facts) for key, each in value.items() if key in kept}


def _fact(at: str, value: dict[str, Any]) -> Fact:
    given = value.get(SOURCES)
    id_ = value.get(ID)
    known = listed(given) if isinstance(given, list) else ()
    return Fact(at, value[CONFIDENCE] == MADE_UP, id_ if isinstance(id_, str) else None, known)


def listed(given: list[Any]) -> tuple[Source, ...]:
    """Return the sources of a fact, from the field that GraphQL has for them."""
    with_title = [each for each in given if isinstance(each, dict) and isinstance(each.get("title"), str)]
    return tuple(Source(each["title"], each.get("url"), each.get(CONFIDENCE) == MADE_UP) for each in with_title)


def sourced(document: Document, schema: GraphQLSchema, *, relationships: bool) -> Sourced:
    """Ask for id and confidence of each fact that a document asks for, and for the sources of relationships if that is said.

    A relationship cannot be asked for by its id, so its sources are part of the same question, and count in its cost.
    """
    work, ast = _Widening(schema, document.fragments, relationships), document.ast
    queries = [each for each in document.operations.values() if each.operation is OperationType.QUERY]
    root = schema.query_type
    if root is not None:
        for each in queries:
            work.note(each.selection_set, root, ())
        for each in queries:
            work.widen(each.selection_set, root, ())
    definitions = tuple(work.widened(each) if isinstance(each, HOLDERS) else each for each in ast.definitions)
    return Sourced(print_ast(replace(ast, definitions=definitions)), work.owned)


@dataclass
class _Widening:
    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]
    relationships: bool
    owned: dict[Path, set[str]] = field(default_factory=dict)
    renamed: set[tuple[Path, str]] = field(default_factory=set)
    added: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    """What is added to a selection set, by its `id`."""

    def note(self, within: SelectionSetNode, type_: Composite, path: Path) -> None:
        """Note which keys the document asks for, and which of them are other fields under the name of ours."""
        for node, parent in self._fields(within, type_):
            key = _key(node)
            self.owned.setdefault(path, set()).add(key)
            if key != node.name.value or node.arguments or node.directives:
                self.renamed.add((path, key))
            below = self._below(node, parent)
            if below is not None and node.selection_set:
                self.note(node.selection_set, below, (*path, key))

    def widen(self, within: SelectionSetNode, type_: Composite, path: Path) -> None:
        """Note what is missing below a selection set. One of a fragment may be reached by several paths, and is done once."""
        for node, parent in self._fields(within, type_):
            below = self._below(node, parent)
            if below is None or node.selection_set is None:
                continue
            under = (*path, _key(node))
            self.widen(node.selection_set, below, under)
            if id(node.selection_set) not in self.added:
                self.added[id(node.selection_set)] = self._missing(node, below, under)

    def widened(self, node: Any) -> Any:
        """Return a copy of a node with what was added below it."""
        within: SelectionSetNode | None = node.selection_set
        if within is None:
            return node
        parts = tuple(self.widened(each) if isinstance(each, HOLDERS) else each for each in within.selections)
        return replace(node, selection_set=replace(within, selections=(*parts, *self.added.get(id(within), ()))))

    def _missing(self, node: FieldNode, type_: Composite, path: Path) -> tuple[Any, ...]:
        wanted = self._wanted(node, type_)
        if any((path, name) in self.renamed for name in wanted):
            return ()
        missing = [text for name, text in wanted.items() if name not in self.owned.get(path, set())]
        if missing and not {*wanted} <= {*type_.fields}:
            missing = [f"... on {FACT} {{ {' '.join(missing)} }}"]
        return _selections(missing)

    def _wanted(self, node: FieldNode, type_: Composite) -> dict[str, str]:
        """Return what must be asked of a type, by the key under which it is found."""
        if node.name.value == SOURCES:
            return {name: name for name in OF_SOURCE if name in type_.fields}
        if self._is_fact(type_):
            return {ID: ID, CONFIDENCE: CONFIDENCE}
        if {SOURCES, CONFIDENCE} <= {*type_.fields}:
            of_sources = {SOURCES: f"{SOURCES} {{ {' '.join(OF_SOURCE)} }}"} if self.relationships else {}
            return {CONFIDENCE: CONFIDENCE} | of_sources
        return {}

    def _is_fact(self, type_: Composite) -> bool:
        """Whether a type is one of facts, or some of its facts are."""
        fact = self.schema.type_map.get(FACT)
        if not isinstance(fact, GraphQLInterfaceType):
            return False
        if isinstance(type_, GraphQLObjectType):
            return fact in type_.interfaces
        return type_ is fact or any(fact in each.interfaces for each in self.schema.get_possible_types(type_))

    def _fields(self, within: SelectionSetNode, type_: Composite) -> Iterator[tuple[FieldNode, Composite]]:
        """Yield the fields of a selection set with the type that each is a field of, those of fragments too."""
        for node in within.selections:
            if isinstance(node, FieldNode):
                yield node, type_
            elif isinstance(node, InlineFragmentNode):
                on = node.type_condition
                yield from self._fields(node.selection_set, self._composite(on.name.value) if on else type_)
            elif isinstance(node, FragmentSpreadNode):
                spread = self.fragments[node.name.value]
                yield from self._fields(spread.selection_set, self._composite(spread.type_condition.name.value))

    def _composite(self, name: str) -> Composite:
        found = self.schema.type_map[name]
        assert isinstance(found, GraphQLObjectType | GraphQLInterfaceType)
        return found

    def _below(self, node: FieldNode, type_: Composite) -> Composite | None:
        """Return the type of a field, None if it has no fields."""
        declared = type_.fields.get(node.name.value)
        if declared is None:
            return None
        named: GraphQLNamedType = get_named_type(declared.type)
        return named if isinstance(named, GraphQLObjectType | GraphQLInterfaceType) else None


def _key(node: FieldNode) -> str:
    return node.alias.value if node.alias else node.name.value


def _selections(texts: list[str]) -> tuple[Any, ...]:
    """Return fields as the selections of a selection set."""
    if not texts:
        return ()
    operation = parse(f"{{ {' '.join(texts)} }}", no_location=True).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return tuple(operation.selection_set.selections)
