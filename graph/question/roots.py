"""Fields of the root that no compiled statement answers. In: an operation. Out: nothing, or AsksDrafts.

They show drafts, and names of feeds that wait for a person.
"""

from collections.abc import Iterator, Mapping

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from graph.errors import AsksDrafts, BadUserInput
from graph.question.document.read import Document
from schema.language.writes import DRAFT, DRAFTS, MATCHES

ASKED = {DRAFT, DRAFTS, MATCHES}


def refuse_drafts(document: Document, operation: OperationDefinitionNode) -> None:
    """Raise AsksDrafts if an operation asks for drafts or names that wait, BadUserInput if it asks for other fields too."""
    names = set(_names(operation.selection_set, document.fragments, set()))
    if names.isdisjoint(ASKED):
        return
    if names - ASKED - {"__typename"}:
        raise BadUserInput(
            "A document that asks for `draft`, `drafts` or `matches` asks for nothing else. Send the other fields apart."
        )
    raise AsksDrafts("This operation asks for drafts or matches. Send it to /graphql.")


def _names(within: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], seen: set[str]) -> Iterator[str]:
    """Yield the names of the fields of the root, each fragment once."""
    for node in within.selections:
        if isinstance(node, FieldNode):
            yield node.name.value
        elif isinstance(node, InlineFragmentNode):
            yield from _names(node.selection_set, fragments, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            yield from _names(fragments[node.name.value].selection_set, fragments, seen)
