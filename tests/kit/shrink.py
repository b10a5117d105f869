"""Smaller questions that still fail. In: a document, its variables and a test of failure. Out: the smallest found in a while.

Parts are taken away or made simpler, the largest first, as long as the document stays valid and still fails.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    GraphQLSyntaxError,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    Node,
    ObjectValueNode,
    OperationDefinitionNode,
    StringValueNode,
    VariableNode,
    get_variable_values,
    parse,
    parse_value,
    print_ast,
    validate,
)
from graphql.execution.values import VariableValues

from tests.kit.random.documents import Written

Fails = Callable[[Written], bool]
Path = tuple[str | int, ...]


def shrink(schema: GraphQLSchema, question: Written, fails: Fails, seconds: float = 60) -> Written:
    """Return a question from which nothing can be taken without making it pass; or what was reached in time."""
    end, smallest, tried = time.monotonic() + seconds, _plain(question), set[str]()
    if not _valid(schema, smallest) or not fails(smallest):
        smallest = question
    found = True
    while found:
        found = False
        for candidate in _smaller(smallest):
            if time.monotonic() > end:
                return smallest
            key = f"{candidate.text} {candidate.variables}"
            if key not in tried and _size(candidate) < _size(smallest):
                tried.add(key)
                if _valid(schema, candidate) and fails(candidate):
                    smallest, found = candidate, True
                    break
    return smallest


def _plain(question: Written) -> Written:
    """Write a question as this module does."""
    return _tidy(parse(question.text), question.variables)


def _size(question: Written) -> tuple[int, int]:
    """Measure: a variable counts as more than its value written as a literal."""
    words = len(re.findall(r"\w+", question.text)) + 3 * question.text.count("$")
    return words + len(re.findall(r"\w+", str(question.variables))), len(question.text) + len(str(question.variables))


def _valid(schema: GraphQLSchema, question: Written) -> bool:
    try:
        document = parse(question.text, allow_empty_selection_sets=False)
    except GraphQLSyntaxError:
        return False
    if validate(schema, document):
        return False
    operation = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    coerced = get_variable_values(schema, operation.variable_definitions or (), question.variables)
    return isinstance(coerced, VariableValues)


def _smaller(question: Written) -> Iterator[Written]:
    """Make questions with one thing less, the largest things first."""
    document = parse(question.text)
    changes = [*_taken(document), *_simpler(document, question.variables)]
    changes.sort(key=lambda change: -change[0])
    for _, path, values in changes:
        with suppress(GraphQLSyntaxError):  # what was taken may have been the last of its list
            yield _tidy(_changed(document, path, values), question.variables)
    for variables in _smaller_variables(question.variables):
        yield Written(question.text, variables)


def _nodes(node: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Walk over the parts of a document; a step is a name or a position."""
    if isinstance(node, list | tuple):
        for at, item in enumerate(node):
            yield from _nodes(item, (*path, at))
    elif isinstance(node, Node):
        yield path, node
        for key in node.keys:
            if key != "loc":
                yield from _nodes(getattr(node, key, None), (*path, key))


def _taken(document: DocumentNode) -> Iterator[tuple[int, Path, list[Node]]]:
    """Take away what stands in a list: a selection, an argument, a field or an item of a value, a directive."""
    for path, node in _nodes(document):
        if len(path) > 2 and isinstance(path[-1], int):
            yield _weight(node), path, []


def _simpler(document: DocumentNode, variables: Mapping[str, Any]) -> Iterator[tuple[int, Path, list[Node]]]:
    """Put something simpler in the place of a part."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    defaults = {
        node.variable.name.value: node.default_value
        for path, node in _nodes(document)
        if hasattr(node, "default_value")
    }
    for path, node in _nodes(document):
        if isinstance(node, InlineFragmentNode):
            yield _weight(node), path, list(node.selection_set.selections)
        elif isinstance(node, FragmentSpreadNode) and node.name.value in fragments:
            yield 2, path, list(fragments[node.name.value].selection_set.selections)
        elif isinstance(node, FieldNode):
            if node.alias:
                yield 1, (*path, "alias"), []
            if node.selection_set and print_ast(node.selection_set) != "{\n  __typename\n}":
                only = parse("{ __typename }").definitions[0]
                assert isinstance(only, OperationDefinitionNode)
                yield _weight(node.selection_set), (*path, "selection_set"), [only.selection_set]
        elif isinstance(node, VariableNode) and "variable_definitions" not in path:
            name = node.name.value
            if name in variables:
                yield from ((1, path, [literal]) for literal in _literals(variables[name]))
            elif defaults.get(name):
                yield 1, path, [defaults[name]]
        elif isinstance(node, ObjectValueNode | ListValueNode):
            yield from ((_weight(node), path, [inner]) for _, inner in _nodes(node) if _within(inner, node))
        elif isinstance(node, StringValueNode):
            half = node.value[: len(node.value) // 2]
            for text in ("a", half):
                yield 1, path, [StringValueNode(value=text)]
        elif isinstance(node, IntValueNode) and node.value not in ("0", "1"):
            for text in ("1", "0"):
                yield 1, path, [IntValueNode(value=text)]


def _within(inner: Any, node: Node) -> bool:
    return inner is not node and isinstance(inner, ObjectValueNode | ListValueNode)


def _weight(node: Node) -> int:
    return len(print_ast(node))


def _literals(value: Any) -> Iterator[Any]:
    """Write a variable's value; what looks like a name may be one of an enum, or a text."""
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z]\w*", value):
        yield parse_value(value)
    yield parse_value(json.dumps(value) if isinstance(value, str) else _written(value))


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_written(item) for item in value) + "]"
    if isinstance(value, str):
        return value if re.fullmatch(r"[A-Z][A-Z0-9_]+", value) else print_ast(StringValueNode(value=value))
    return json.dumps(value)


def _changed(node: Any, path: Path, values: list[Node]) -> Any:
    """Return a copy with other parts at a path: none, one or several."""
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        inside = values if not rest else [_changed(node[step], rest, values)]
        return (*node[:step], *inside, *node[step + 1 :])
    parts = {key: getattr(node, key, None) for key in node.keys if key != "loc"}
    parts[step] = _changed(parts[step], rest, values) if rest else (values[0] if values else None)
    return type(node)(**parts)


def _tidy(document: DocumentNode, variables: Mapping[str, Any]) -> Written:
    """Leave out fragments and variables that nothing uses."""
    found: Any = document
    texts = [print_ast(node) for node in found.definitions if isinstance(node, OperationDefinitionNode)]
    fragments = [node for node in found.definitions if isinstance(node, FragmentDefinitionNode)]
    for text in texts:  # it grows meanwhile
        spread = re.findall(r"\.\.\.\s*(\w+)", text)
        texts += [made for node in fragments if node.name.value in spread and (made := print_ast(node)) not in texts]
    found = parse("\n".join(texts))
    used = {
        name
        for name in re.findall(r"\$(\w+)", "\n".join(texts))
        if len(re.findall(rf"\${name}\b", "\n".join(texts))) > 1
    }
    for at, definition in reversed(list(enumerate(found.definitions[0].variable_definitions or ()))):
        if definition.variable.name.value not in used:
            found = _changed(found, ("definitions", 0, "variable_definitions", at), [])
    found = _changed(found, ("definitions", 0, "name"), [])
    return Written(print_ast(found), {name: value for name, value in variables.items() if name in used})


def _smaller_variables(variables: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Make variables with one part less, or a simpler value."""
    for name, value in variables.items():
        yield from ({**variables, name: each} for each in _smaller_values(value))


def _smaller_values(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield {other: kept for other, kept in value.items() if other != key}
            yield from ({**value, key: each} for each in _smaller_values(part))
            if isinstance(part, dict):
                yield part
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield [*value[:at], *value[at + 1 :]]
            yield from ([*value[:at], each, *value[at + 1 :]] for each in _smaller_values(part))
    elif isinstance(value, str) and len(value) > 1 and not value.isupper():
        yield from ("a", value[: len(value) // 2])
    elif isinstance(value, int) and not isinstance(value, bool) and value not in (0, 1):
        yield from (1, 0)
