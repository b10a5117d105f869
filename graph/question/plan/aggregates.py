"""Planning of `aggregate`. In: its selections and its list. Out: a shape over one Aggregate column."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.errors import BadUserInput
from graph.question.document.selection import Selection
from graph.question.plan.columns import (
    Aggregate,
    AggregateFunction,
    AggregateValue,
    CostTerm,
    GroupKey,
    Groups,
    Listing,
)
from graph.question.plan.planner import DEFAULT_FIRST, FieldPath, Nodes
from graph.question.plan.rows import RowBuilder
from graph.question.plan.shapes import (
    FieldShape,
    Format,
    ListShape,
    ObjectShape,
    RelatedShape,
    SameRowShape,
    TypeShape,
    ValueShape,
)
from schema.language.kinds import Kind, Property
from schema.model import Route

MOST_KEYS = 5
WEIGHT = 100
"""The cost of an aggregate or a list of groups, because it reads all rows of its list."""
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
    """The list that an aggregate is computed over, the type of its facts, and the path of its field."""

    listing: Listing
    type_name: str
    field_path: FieldPath


def aggregate(planner: Nodes, row: RowBuilder, selection: Selection, over: Over) -> RelatedShape:
    """Plan an aggregate: its values over all rows, then each list of groups."""
    values = Values(planner.ledger.model.properties(over.type_name))
    computed = {
        field.key: made for field in selection.fields if (made := _computed(values, field, selection.type)) is not None
    }
    groups: list[Groups] = []
    fields: list[FieldShape] = []
    for part in selection.fields:
        if part.name == "groupBy":
            grouped = Grouping(planner, part, over)
            fields.append(ListShape(part.key, len(values.indexes) + len(groups), grouped.shape()))
            groups.append(grouped.groups())
        else:
            fields.append(computed[part.key])
    if values.indexes:
        planner.ledger.cost_terms.append(CostTerm(over.field_path.fields, over.field_path.sizes, WEIGHT))
    column = row.add(Aggregate(over.listing, tuple(values.indexes), tuple(groups)))
    return RelatedShape(selection.key, column, ObjectShape(tuple(fields)))


def _computed(values: Values, selection: Selection, type_name: str) -> FieldShape | None:
    """Plan a field that aggregates and groups both have; None if it is another field."""
    if selection.name == "__typename":
        return TypeShape(selection.key, type_name)
    if selection.name == "count":
        return ValueShape(selection.key, values.add(AggregateFunction.COUNT), Format.PLAIN, required=True)
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


@dataclass
class Grouping:
    """One `groupBy` while it is planned. In the row of a group its keys come first, then its values."""

    planner: Nodes
    selection: Selection
    over: Over
    values: Values = field(init=False)

    def __post_init__(self) -> None:
        by = self._by()
        first = self.selection.argument("first")
        size = first.source if first else DEFAULT_FIRST
        ledger, path = self.planner.ledger, f"{self.over.field_path}.{self.selection.key}"
        self.limit = ledger.bind(size, "first", f"{path}.first", 0)
        self.field_path = self.over.field_path.step(self.selection.key, size)
        routes = ledger.model.routes.get(self.over.type_name, {})
        spread = sum(name in routes and not routes[name].one for name in by)
        ledger.cost_terms.append(CostTerm(self.field_path.fields, self.over.field_path.sizes, WEIGHT * (1 + spread)))
        self.values = Values(ledger.model.properties(self.over.type_name), before=len(by))
        self.places = {name: at for at, name in enumerate(by)}
        self.rows = {name: RowBuilder() for name in by}

    def _by(self) -> list[str]:
        items = self.selection.arguments["by"].items or ()
        by = [str(item.value(self.planner.ledger.variables)) for item in items]
        if not 1 <= len(by) <= MOST_KEYS or len(set(by)) < len(by):
            raise BadUserInput(
                f"{self.over.field_path}.{self.selection.key}.by has {len(by)} keys; accepted are 1 to {MOST_KEYS}, each once."
            )
        self._check(by)
        return by

    def _check(self, by: list[str]) -> None:
        """Refuse what facts of this type are not grouped by. Validation does it for names that stand in the document."""
        known = self._keys
        for name in by:
            if name not in known:
                raise BadUserInput(
                    f"{self.over.field_path}.{self.selection.key}.by: `{self.over.type_name}` is not grouped by `{name}`; "
                    f"accepted are {', '.join(known)}."
                )

    def shape(self) -> ObjectShape:
        """Plan the fields of a group."""
        return ObjectShape(tuple(self._field(part) for part in self.selection.fields))

    def _field(self, part: Selection) -> FieldShape:
        if part.name == "key":
            return SameRowShape(part.key, ObjectShape(tuple(self._key(inner, part) for inner in part.fields)))
        shape = _computed(self.values, part, self.selection.type)
        if shape is None:
            raise KeyError(f"a group has no field {part.name}")
        return shape

    def _key(self, inner: Selection, key: Selection) -> FieldShape:
        if inner.name == "__typename":
            return TypeShape(inner.key, key.type)
        if inner.name not in self.places:
            raise BadUserInput(
                f"{self.field_path}.key.{inner.key} is not what the groups have in common; `by` names {', '.join(self.places)}."
            )
        column = self.places[inner.name]
        by = self._keys[inner.name]
        if isinstance(by, Route):
            node = self.planner.node(self.rows[inner.name], inner.cases, self.field_path.step("key").step(inner.key))
            return RelatedShape(inner.key, column, node)
        return ValueShape(
            inner.key, column, Format.MARKING if by.kind is Kind.MARKING else Format.PLAIN, required=False
        )

    @property
    def _keys(self) -> dict[str, Property | Route]:
        return self.planner.ledger.model.group_keys(self.over.type_name)

    def groups(self) -> Groups:
        """Return the groups as planned."""
        return Groups(
            self.over.listing, tuple(self._common(name) for name in self.places), tuple(self.values.indexes), self.limit
        )

    def _common(self, name: str) -> GroupKey:
        by = self._keys[name]
        if isinstance(by, Route):
            return GroupKey(site=self.planner.ledger.along(by), row=self.rows[name].row())
        return GroupKey(prop=by)
