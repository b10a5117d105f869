"""Questions about the schema itself, answered by graphql-core. In: an operation. Out: its `__schema` and `__type` fields."""

from collections.abc import Callable
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    MiddlewareManager,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
)

from graph.errors import BadUserInput, QuestionRefused, QuestionTooExpensive
from graph.question.document.read import Document
from graph.question.document.selection import root_fields
from graph.question.document.values import Variables

INTROSPECTION = ("__schema", "__type")
"""Fields of the root that graphql-core answers. `__typename` is not one of them: the planner knows it."""
MOST_VALUES = 200_000
"""The standard introspection query gives 130,000 values. A few aliases inside it would give millions."""


class _TooMany(BaseException):
    """Not an Exception: graphql-core turns those into errors of single fields and goes on."""


class _Counter:
    """Counts the values of an answer and stops an operation that asks for too many."""

    def __init__(self) -> None:
        self._counted = 0

    def resolve(self, next_: Callable[..., Any], *given: Any, **arguments: Any) -> Any:
        """Answer one field."""
        self._counted += 1
        if self._counted > MOST_VALUES:
            raise _TooMany
        return next_(*given, **arguments)


def introspect(
    document: Document,
    operation: OperationDefinitionNode,
    schema: GraphQLSchema,
    variables: Variables,
    given: Variables,
) -> dict[str, Any]:
    """Execute only the introspection fields of an operation.

    Raise QuestionRefused if an argument is wrong, and QuestionTooExpensive if the answer would have too many values.
    `variables` are coerced and choose the fields; `given` are the variables as the client sent them.
    """
    fields: list[FieldNode] = [
        node
        for nodes in root_fields(document, operation, schema, variables).values()
        for node in nodes
        if node.name.value in INTROSPECTION
    ]
    only = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=tuple(fields)),
    )
    part = DocumentNode(definitions=(only, *document.fragments.values()))
    try:
        result = execute_sync(schema, part, variable_values=dict(given), middleware=MiddlewareManager(_Counter()))
    except _TooMany:
        raise QuestionTooExpensive(
            f"__schema and __type would answer with more than {MOST_VALUES:,} values, the most allowed."
        ) from None
    if result.errors:
        raise QuestionRefused([BadUserInput(error.message) for error in result.errors])
    return result.data or {}
