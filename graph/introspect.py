"""Questions about the schema itself, answered by graphql-core. In: an operation. Out: its `__schema` and `__type` fields."""

from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
)

from graph.compile import INTROSPECTION
from graph.document import Document
from graph.errors import BadUserInput, QuestionRefused
from graph.selection import root_fields
from graph.values import Variables


def introspect(
    document: Document,
    operation: OperationDefinitionNode,
    schema: GraphQLSchema,
    variables: Variables,
    given: Variables,
) -> dict[str, Any]:
    """Execute only the introspection fields of an operation; raise QuestionRefused where an argument is wrong.

    `variables` are the coerced ones, by which fields are chosen; `given` are as the client sent them.
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
    result = execute_sync(schema, part, variable_values=dict(given))
    if result.errors:
        raise QuestionRefused([BadUserInput(error.message) for error in result.errors])
    return result.data or {}
