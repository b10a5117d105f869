"""The tokens of a parsed document, which nothing needs any more. In: a document. Out: the same one, without them.

Tokens are linked in both directions, so only the garbage collector would free them, and every thread waits for it.
"""

from typing import Any

from graphql import DocumentNode, Node, Token, TokenKind


def unlink_tokens(ast: DocumentNode) -> DocumentNode:
    """Cut the links between tokens. Locations keep their offsets, which errors show."""
    token: Token | None = ast.loc.start_token if ast.loc else None
    while token is not None:
        following, token.prev, token.next = token.next, None, None
        token = following
    return ast


def drop_tokens(ast: DocumentNode) -> None:
    """Drop the tokens of a document that is kept: they are half of what it takes."""
    none = Token(TokenKind.SOF, 0, 0, 0, 0)
    rest: list[Node] = [ast]
    while rest:
        node: Any = rest.pop()
        if node.loc is not None:
            node.loc.start_token = node.loc.end_token = none
        for key in node.keys:
            inner = getattr(node, key, None)
            if isinstance(inner, Node):
                rest.append(inner)
            elif isinstance(inner, tuple | list):
                rest.extend(inner)
