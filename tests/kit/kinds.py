"""What kinds of constructs a question holds. In: questions. Out: their kinds, and a few questions that hold every kind.

A kind is what the compiler treats alike: a field by its type and not by its name, an operator by the type of its operand.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from graphql import (
    ArgumentNode,
    DirectiveNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    ObjectFieldNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_composite_type,
    is_enum_type,
    is_input_object_type,
    parse,
    visit,
)

from tests.kit.random.choices import VALUES
from tests.kit.random.documents import Written

Kind = tuple[object, ...]
PARTS = ("Connection", "Edge", "Aggregate", "Group", "Key", "Where", "Order")
"""Types that there are many of, known by the end of their names."""
ALONE = {*VALUES, "Path", "Highlight"}
NAMED = {*ALONE, "Connection", "Aggregate", "Group"}
"""Types whose fields are told apart by name."""
WORDS = {
    "eq", "ne", "in", "notIn", "lt", "lte", "gt", "gte", "contains", "startsWith", "endsWith", "has", "hasPrefix", "isNull",
    "search", "and", "or", "not", "some", "none", "every", "count", "edge", "id", "type", "as", "same", "on", "before",
    "after", "is", "where", "distinct", "key", "min", "max", "avg", "sum",
}  # fmt: skip
"""Fields of input types that mean the same everywhere; others are properties and relationships."""


class Place(NamedTuple):
    """A question, and where it stands: in which batch, and where in it."""

    batch: int
    at: int
    question: Written


def kinds(schema: GraphQLSchema, question: Written) -> frozenset[Kind]:
    """List the kinds of constructs in a question."""
    return _kinds(schema, question.text)


@lru_cache(maxsize=10_000)
def _kinds(schema: GraphQLSchema, text: str) -> frozenset[Kind]:
    info = TypeInfo(schema)
    finder = _Finder(info)
    visit(parse(text), TypeInfoVisitor(info, finder))
    return frozenset(finder.kinds)


def covering(
    schema: GraphQLSchema, batches: Sequence[Sequence[Written]], times: int, usable: Callable[[Written], bool]
) -> list[Place]:
    """Choose usable questions, in their order, until every kind occurs so many times, or as often as in all of them."""
    held: Counter[Kind] = Counter()
    chosen = []
    for batch, questions in enumerate(batches):
        for at, question in enumerate(questions):
            here = kinds(schema, question)
            if any(held[kind] < times for kind in here) and usable(question):
                held.update(here)
                chosen.append(Place(batch, at, question))
    return chosen


class _Finder(Visitor):
    """Notes the kind of every node that it enters."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.kinds: set[Kind] = set()
        self._info = info

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        of: Any = self._info.get_parent_type()
        name, kind = node.name.value, _kind_of(of)
        if node.alias:
            self.kinds.add(("alias",))
        if name.startswith("__"):
            self.kinds.add(("field", kind, name))
            return
        field = of.fields[name]
        lists = str(field.type).count("[")
        self.kinds.add(("field", kind, _kind_of(get_named_type(field.type)), tuple(sorted(field.args)), lists))
        if kind in NAMED:
            self.kinds.add(("field", kind, name))

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        of: Any = self._info.get_parent_type()
        self.kinds.add(("argument", of is not None and of.name == "Query", node.name.value, node.value.kind))

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        name = node.name.value
        type_ = get_named_type(self._info.get_input_type())
        self.kinds.add(("input", name if name in WORDS else "", _kind_of(type_), node.value.kind))

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.kinds.update(("directive", node.name.value, given.value.kind) for given in node.arguments or ())

    def enter_inline_fragment(self, node: InlineFragmentNode, *_: Any) -> None:
        self.kinds.add(("inline fragment", _kind_of(self._info.get_type()) if node.type_condition else ""))

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        self.kinds.add(("fragment spread", bool(node.directives)))


def _kind_of(type_: Any) -> str:
    """Say what a type is to the compiler."""
    if type_ is None:
        return ""
    if type_.name in {*ALONE, "Query"}:
        return str(type_.name)
    if is_enum_type(type_):
        return "enum"
    if is_composite_type(type_) or is_input_object_type(type_):
        return next((part for part in PARTS if type_.name.endswith(part)), type(type_).__name__)
    return str(type_.name)
