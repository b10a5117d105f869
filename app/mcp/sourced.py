"""Sources for the facts of an answer. In: a document. Out: the same document that asks for sources too, and how to take them out.

The data that remain are those of the document. Sources are read by the rules of questions, so nobody sees more of them.
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

from app.mcp.tools import Fact
from graph.question.document.read import Document

SOURCES, CONFIDENCE, MADE_UP = "sources", "confidence", "SYNTHETIC"
OF_FACT = {SOURCES: "{ sources { title url } }", CONFIDENCE: "{ confidence }"}
OF_SOURCE = {"title": "{ title }", "url": "{ url }"}
FACT = "Fact"
Path = tuple[str, ...]
Composite = GraphQLObjectType | GraphQLInterfaceType
HOLDERS = (FieldNode, InlineFragmentNode, FragmentDefinitionNode, OperationDefinitionNode)
"""Nodes with selections."""


@dataclass(frozen=True)
class Sourced:
    """A document that asks for sources. `owned` are the keys that the document itself asks for, by their path."""

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
        if CONFIDENCE in value and isinstance(value.get(SOURCES), list):
            facts.append(_fact(at, value))
        kept = self.owned[path]
        return {key: self._part(each, (*path, key), f"{at}/{key}", facts) for key, each in value.items() if key in kept}


def _fact(at: str, value: dict[str, Any]) -> Fact:
    given = [each for each in value[SOURCES] if isinstance(each, dict) and isinstance(each.get("title"), str)]
    return Fact(at, value[CONFIDENCE] == MADE_UP, tuple((each["title"], each.get("url")) for each in given))


def sourced(document: Document, schema: GraphQLSchema) -> Sourced:
    """Add sources and confidence to every fact that a document asks for, where it does not ask for them itself."""
    work, ast = _Widening(schema, document.fragments), document.ast
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
        is_source = node.name.value == SOURCES and {*OF_SOURCE} <= {*type_.fields}
        wanted = OF_SOURCE if is_source else OF_FACT
        if any((path, name) in self.renamed for name in wanted):
            return ()
        missing = [text for name, text in wanted.items() if name not in self.owned.get(path, set())]
        added = [each for text in missing for each in _selections(text)]
        if added and not {*wanted} <= {*type_.fields}:
            if not self._may_be_fact(type_):
                return ()
            added = list(_selections(f"{{ ... on {FACT} {{ {' '.join(text[1:-1] for text in missing)} }} }}"))
        return tuple(added)

    def _may_be_fact(self, type_: Composite) -> bool:
        fact = self.schema.type_map.get(FACT)
        if not isinstance(fact, GraphQLInterfaceType) or not isinstance(type_, GraphQLInterfaceType):
            return False
        facts = {each.name for each in self.schema.get_possible_types(fact)}
        return any(each.name in facts for each in self.schema.get_possible_types(type_))

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


def _selections(text: str) -> tuple[Any, ...]:
    """Return the selections of a selection set."""
    operation = parse(text, no_location=True).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return tuple(operation.selection_set.selections)
