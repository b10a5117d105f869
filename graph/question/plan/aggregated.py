"""Planning of aggregated values. In: fields that aggregates and groups both have. Out: AggregateValues, and shapes over them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.question.document.selection import Selection
from graph.question.plan.columns import AggregateFunction, AggregateValue, Listing
from graph.question.plan.nodes import CursorScope
from graph.question.plan.planner import FieldPath
from graph.question.plan.shapes import FieldShape, Format, ObjectShape, SameRowShape, TypeShape, ValueShape
from schema.language.kinds import Kind, Property

WEIGHT = 100
"""The cost of an aggregate or a list of groups, because it reads all rows of its list."""
COUNTS = {"count": AggregateFunction.COUNT, "distinct": AggregateFunction.DISTINCT}
EXTREMES = {"min": AggregateFunction.MIN, "max": AggregateFunction.MAX}
EXTREME_FORMATS = {Kind.INSTANT: Format.INSTANT, Kind.MONEY: Format.MONEY_OF_ONE, Kind.END: Format.END_DAY}
TOTALS = {"avg": Format.MEAN, "sum": Format.SUM}


@dataclass
class Values:
    """Collects the values to compute, each once. In the row they come after `before` other columns."""

    properties: dict[str, Property]
    before: int = 0
    indexes: dict[AggregateValue, int] = field(default_factory=dict)

    def add(self, function: AggregateFunction, prop: Property | None = None) -> int:
        """Return the index of a value. Add the value if it is new."""
        return self.before + self.indexes.setdefault(AggregateValue(function, prop), len(self.indexes))


@dataclass(frozen=True)
class Over:
    """The list that an aggregate is computed over, the type of its facts, the path of its field, and what tells its rows."""

    listing: Listing
    type_name: str
    field_path: FieldPath
    rows: CursorScope


def plan_value(values: Values, selection: Selection, type_name: str) -> FieldShape | None:
    """Plan a field that aggregates and groups both have; None if it is another field."""
    if selection.name == "__typename":
        return TypeShape(selection.key, type_name)
    if selection.name in COUNTS:
        return ValueShape(selection.key, values.add(COUNTS[selection.name]), Format.PLAIN, required=True)
    if selection.name in EXTREMES or selection.name in TOTALS:
        return SameRowShape(selection.key, ObjectShape(tuple(_each(values, selection))))
    return None


def _each(values: Values, selection: Selection) -> Iterator[FieldShape]:
    """Plan the properties below `min`, `max`, `avg` or `sum`."""
    for part in selection.fields:
        if part.name == "__typename":
            yield TypeShape(part.key, selection.type)
            continue
        prop = values.properties[part.name]
        parts = tuple((inner.key, inner.name) for inner in part.fields)
        if selection.name in TOTALS:
            yield ValueShape(
                part.key, values.add(AggregateFunction.TOTAL, prop), TOTALS[selection.name], required=False
            )
        else:
            column = values.add(EXTREMES[selection.name], prop)
            yield ValueShape(
                part.key, column, EXTREME_FORMATS.get(prop.kind, Format.PLAIN), required=False, parts=parts
            )
