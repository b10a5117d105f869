"""What reading a document leaves behind. In: a document. Out: its tokens, or the rules of its validation, without links.

Tokens and rules refer to themselves. So only the garbage collector would free them, and every thread waits for it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from graphql import DocumentNode, GraphQLError, GraphQLSchema, Node, Token, TokenKind, ValidationRule, validate


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


def validated(schema: GraphQLSchema, ast: DocumentNode, rules: Sequence[Any], **options: Any) -> list[GraphQLError]:
    """Validate a document as graphql-core does, and empty the rules and their context afterwards."""
    with ExitStack() as stack:

        def emptied(rule: Callable[[Any], ValidationRule]) -> Callable[[Any], ValidationRule]:
            def make(context: Any) -> ValidationRule:
                made = rule(context)
                stack.callback(context.__dict__.clear)
                stack.callback(made.__dict__.clear)
                return made

            return make

        makers: list[Any] = [emptied(rule) for rule in rules]
        return validate(schema, ast, makers, **options)
