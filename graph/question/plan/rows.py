"""Planning of stored values. In: selections. Out: columns of a row, and the shapes over them."""

from graph.question.document.selection import Selection
from graph.question.plan.columns import ByLabel, Column, Label, Read, Row
from graph.question.plan.nodes import Subject
from graph.question.plan.shapes import FORMATS, Format, TypeShape, ValueShape
from schema.language.kinds import Kind, Property


class RowBuilder:
    """Collects the columns of one row, each once."""

    def __init__(self) -> None:
        self._columns: dict[Column, int] = {}

    def add(self, column: Column) -> int:
        """Return the index of a column. Add the column if it is new."""
        return self._columns.setdefault(column, len(self._columns))

    def __len__(self) -> int:
        return len(self._columns)

    def row(self) -> Row:
        """Return the row as collected."""
        return Row(tuple(self._columns))


def value(row: RowBuilder, selection: Selection, prop: Property, subject: Subject) -> ValueShape:
    """Plan a property whose stored value is shown."""
    parts = tuple((part.key, part.name) for part in selection.fields)
    return ValueShape(
        key=selection.key,
        column=row.add(Read(subject, prop)),
        format=FORMATS.get(prop.kind, Format.PLAIN),
        required=prop.required or prop.kind is Kind.ID,
        parts=parts,
    )


def typename(row: RowBuilder, selection: Selection, types: tuple[str, ...]) -> TypeShape:
    """Plan `__typename`: a constant if only one type is possible, else the node's label."""
    if len(types) == 1:
        return TypeShape(selection.key, types[0])
    return TypeShape(selection.key, None, row.add(Label()))


def split(row: RowBuilder, rows: list[tuple[tuple[str, ...], Row]]) -> tuple[int, int]:
    """Plan columns that depend on the label. Return the indexes of the label and of these columns."""
    return row.add(Label()), row.add(ByLabel(tuple(rows)))
