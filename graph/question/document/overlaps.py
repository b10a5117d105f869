"""How much of a document overlaps. In: a selection set and fragments. Out: nothing, or QuestionTooExpensive.

Validation compares each pair of fields with one response key, and each pair of fragments, that come together in one place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

from graph.errors import QuestionTooExpensive


@dataclass
class Overlaps:
    """Counts fields and pairs place by place, with fragments merged, and stops as soon as there are too many."""

    fragments: Mapping[str, FragmentDefinitionNode]
    most_fields: int
    most_pairs: int
    fields: int = 0
    pairs: int = 0

    def measure(self, selection_set: SelectionSetNode) -> None:
        """Count what is selected here and below; raise QuestionTooExpensive over a limit."""
        places: list[Sequence[SelectionSetNode]] = [[selection_set]]
        while places:
            places.extend(self._below(places.pop()))

    def _below(self, merged: Sequence[SelectionSetNode]) -> Iterator[Sequence[SelectionSetNode]]:
        """Count the fields of selection sets that are merged in one place; yield those below each response key."""
        together: dict[str, list[FieldNode]] = {}
        for node in self._fields(merged):
            key = node.alias.value if node.alias else node.name.value
            same = together.setdefault(key, [])
            self._count(fields=1, pairs=len(same))
            same.append(node)
        for nodes in together.values():
            below = [node.selection_set for node in nodes if node.selection_set is not None]
            if below:
                yield below

    def _fields(self, merged: Sequence[SelectionSetNode]) -> Iterator[FieldNode]:
        """Yield the fields of selection sets, each fragment once."""
        spread: set[str] = set()
        rest = [node for selection_set in merged for node in selection_set.selections]
        while rest:
            node = rest.pop()
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                rest.extend(node.selection_set.selections)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
                self._count(pairs=len(spread))
                spread.add(node.name.value)
                fragment = self.fragments.get(node.name.value)
                rest.extend(fragment.selection_set.selections if fragment else ())

    def _count(self, *, fields: int = 0, pairs: int) -> None:
        self.fields += fields
        self.pairs += pairs
        if self.fields > self.most_fields:
            raise QuestionTooExpensive(
                f"The document has more than {self.most_fields:,} fields, those of fragments counted wherever they are "
                "spread; that is the most allowed."
            )
        if self.pairs > self.most_pairs:
            raise QuestionTooExpensive(
                f"The document has more than {self.most_pairs:,} pairs of fields with the same response key, or of "
                "fragments, that come together in one place; that is the most allowed."
            )
