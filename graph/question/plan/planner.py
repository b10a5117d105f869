"""What the modules of the planner share: FieldPath, the field being planned, and Nodes, the protocol between them."""

from dataclasses import dataclass, replace
from typing import Protocol

from graph.question.document.selection import Case, Selection
from graph.question.document.values import Constant, Source
from graph.question.plan.ledger import Ledger
from graph.question.plan.nodes import Named, Subject
from graph.question.plan.rows import RowBuilder
from graph.question.plan.shapes import FieldShape, NodeShape
from schema.language.kinds import Property

DEFAULT_FIRST = Constant(20)
NO_ROWS = -1
"""The column of a list of which no rows are read."""


@dataclass(frozen=True)
class FieldPath:
    """The way to a field from the root: response keys, the sizes of the lists on the way, which multiply, and named facts."""

    fields: tuple[str, ...] = ()
    sizes: tuple[Source, ...] = ()
    names: tuple[Named, ...] = ()

    def step(self, name: str, size: Source | None = None) -> "FieldPath":
        """Go one field further. `size` is the size of a list."""
        return replace(self, fields=(*self.fields, name)).times(size)

    def times(self, size: Source | None) -> "FieldPath":
        """Multiply by the size of a list."""
        return self if size is None else replace(self, sizes=(*self.sizes, size))

    def __str__(self) -> str:
        return ".".join(self.fields)


def asks(selection: Selection, *names: str) -> bool:
    """Whether these fields are selected, one below the other."""
    if not names:
        return True
    return any(asks(field, *names[1:]) for field in selection.fields if field.name == names[0])


def asks_cursor(selection: Selection) -> bool:
    """Whether a list is asked for a cursor."""
    paths = (("edges", "cursor"), ("pageInfo", "endCursor"), ("pageInfo", "startCursor"))
    return any(asks(selection, *path) for path in paths)


class Nodes(Protocol):
    """Plans nodes. Modules that plan lists, groups and paths call it for the nodes inside them."""

    ledger: Ledger

    def node(self, row: RowBuilder, cases: tuple[Case, ...], field_path: FieldPath) -> NodeShape:
        """Plan the fields of a node."""

    def property(
        self,
        row: RowBuilder,
        selection: Selection,
        properties: dict[str, Property],
        subject: Subject,
        field_path: FieldPath,
    ) -> FieldShape:
        """Plan a property."""
