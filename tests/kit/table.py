"""An answer as a table. In: a document with one root field, and its answer. Out: rows of scalars, columns as written.

Lists give a row for each element, and all combinations where they stand side by side; what is empty gives one row of nulls.
"""

from itertools import product
from typing import Any

from graphql import FieldNode, InlineFragmentNode, OperationDefinitionNode, SelectionSetNode, parse

Cell = Any
Line = tuple[Cell, ...]


def table(document: str, data: dict[str, Any]) -> list[Line]:
    """Lay out an answer; a line of nulls alone stands for nothing found, and is left out."""
    (operation,) = (each for each in parse(document).definitions if isinstance(each, OperationDefinitionNode))
    (root,) = _fields(operation.selection_set)
    return [line for line in _lines(root, data[_key(root)]) if any(cell is not None for cell in line)]


def _lines(field: FieldNode, value: Any) -> list[Line]:
    if field.selection_set is None:
        return [(tuple(value) if isinstance(value, list) else value,)]
    if isinstance(value, list) and value:
        return [line for each in value for line in _lines(field, each)]
    if not value:
        return [(None,) * _width(field)]
    inner = [_lines(each, value.get(_key(each))) for each in _fields(field.selection_set)]
    return [tuple(cell for line in chosen for cell in line) for chosen in product(*inner)]


def _width(field: FieldNode) -> int:
    return sum(map(_width, _fields(field.selection_set))) if field.selection_set else 1


def _fields(selections: SelectionSetNode) -> list[FieldNode]:
    """List the fields of a selection, those of its inline fragments too; one that both have is one column."""
    found: dict[str, FieldNode] = {}
    for each in selections.selections:
        assert isinstance(each, FieldNode | InlineFragmentNode), "a table is made of fields and inline fragments"
        for field in [each] if isinstance(each, FieldNode) else _fields(each.selection_set):
            found.setdefault(_key(field), field)
    return list(found.values())


def _key(field: FieldNode) -> str:
    return field.alias.value if field.alias else field.name.value
