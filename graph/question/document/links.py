"""What reading a document leaves behind. In: a document. Out: its tokens, or the rules of its validation, without links.

Tokens and rules refer to themselves. So only the garbage collector would free them, and every thread waits for it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    Node,
    ParallelVisitor,
    Token,
    TokenKind,
    TypeInfo,
    TypeInfoVisitor,
    ValidationContext,
    Visitor,
    visit,
)
from graphql.validation.validate import (
    FragmentNestingVisitor,
    ValidationAbortedError,
    query_document_keys_to_validate,
)

TOO_MANY = "Too many validation errors, error limit reached. Validation aborted."
ABORTED = "Validation aborted."
"""Messages of graphql-core: the second if the comparison of fields passes a budget of its own, or it recurses too deeply."""


def unlink_tokens(last: Token) -> None:
    """Cut the links between tokens, backwards from the last. Locations keep their offsets, which errors show."""
    token: Token | None = last
    while token is not None:
        token.next, token.prev, token = None, None, token.prev


def drop_tokens(ast: DocumentNode) -> None:
    """Drop the tokens of a document that is kept: they are half of what it takes."""
    none = Token(TokenKind.SOF, 0, 0, 0, 0)
    for node in _nodes(ast):
        if node.loc is not None:
            node.loc.start_token = node.loc.end_token = none


def take_apart(ast: DocumentNode) -> None:
    """Cut a refused document into its nodes: a validation that was aborted keeps the nodes that it had reached."""
    for node in list(_nodes(ast)):
        node.__dict__.clear()


def _nodes(ast: DocumentNode) -> Iterator[Any]:
    rest: list[Node] = [ast]
    while rest:
        node = rest.pop()
        yield node
        for key in node.keys:
            inner = getattr(node, key, None)
            if isinstance(inner, Node):
                rest.append(inner)
            elif isinstance(inner, tuple | list):
                rest.extend(inner)


def validated(
    schema: GraphQLSchema,
    ast: DocumentNode,
    rules: Sequence[Any],
    *,
    max_errors: int = 100,
    hide_suggestions: bool = False,
) -> list[GraphQLError]:
    """Validate a document as graphql-core's `validate` does, and empty what took part in it afterwards.

    `validate` itself leaves its visitors behind, some 750 objects for each document.
    """
    errors: list[GraphQLError] = []

    def note(error: GraphQLError) -> None:
        if len(errors) >= max_errors:
            raise ValidationAbortedError(TOO_MANY)
        errors.append(error)

    types = TypeInfo(schema)
    context = ValidationContext(schema, ast, types, note, hide_suggestions)
    made: list[Visitor] = [rule(context) for rule in rules]
    fragments = {each.name.value: each for each in ast.definitions if isinstance(each, FragmentDefinitionNode)}
    if fragments:
        made.insert(0, FragmentNestingVisitor(fragments))
    together = ParallelVisitor(made)
    typed = TypeInfoVisitor(types, together)
    try:
        visit(ast, typed, query_document_keys_to_validate)
    except ValidationAbortedError as error:
        error.__context__ = None
        errors.append(error.with_traceback(None))
    except RecursionError:
        errors.append(ValidationAbortedError(ABORTED))
    finally:
        for each in (*made, together, typed, context, types):
            each.__dict__.clear()
    return errors
