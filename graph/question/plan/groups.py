"""Planning of `groupBy`. In: its selections and its list. Out: columns for a page of groups and their number, and a shape."""

from dataclasses import dataclass, field, replace

from graph.errors import BadUserInput
from graph.question.document.selection import Selection
from graph.question.document.values import Input
from graph.question.plan import orders
from graph.question.plan.aggregated import COUNTS, EXTREMES, TOTALS, WEIGHT, Over, Values, plan_value
from graph.question.plan.columns import AggregateFunction, CostTerm, GroupCount, GroupKey, Groups
from graph.question.plan.nodes import Key, OfGroup, PageBounds
from graph.question.plan.planner import DEFAULT_FIRST, NO_ROWS, Nodes, asks, asks_cursor
from graph.question.plan.rows import RowBuilder
from graph.question.plan.shapes import (
    ConnectionShape,
    CountShape,
    FieldShape,
    Format,
    NodesShape,
    ObjectShape,
    PageInfoShape,
    PageShape,
    PartShape,
    RelatedShape,
    SameRowShape,
    TypeShape,
    ValueShape,
)
from schema.language.kinds import Kind, Property
from schema.model import Route

MOST_KEYS = 5
SORTED_AS = {Kind.WHEN: Kind.TEXT, Kind.END: Kind.TEXT, Kind.INSTANT: Kind.INTEGER, Kind.MONEY: Kind.INTEGER}
"""The kinds by which extremes are sorted, as the statement writes them."""


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
        self.size = first.source if first else DEFAULT_FIRST
        ledger = self.planner.ledger
        self.extra = asks(self.selection, "pageInfo", "hasNextPage")
        shows = any(part.name in ("nodes", "pageInfo") for part in self.selection.fields)
        self.paged = shows and (self.extra or not ledger.is_zero(self.size))
        own = self.over.field_path.step(self.selection.key)
        self.field_path = self.over.field_path.step(self.selection.key, self.size) if self.paged else own
        routes = ledger.model.routes.get(self.over.type_name, {})
        spread = sum(name in routes and not routes[name].one for name in by)
        searches = self.paged + asks(self.selection, "totalCount")
        weight = WEIGHT * (1 + spread) * max(searches, 1)
        ledger.cost_terms.append(CostTerm(self.field_path.fields, self.over.field_path.sizes, weight))
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
        # Validation refuses what stands in the document.
        for name in by:
            if name not in self._known:
                raise BadUserInput(
                    f"{self.over.field_path}.{self.selection.key}.by: `{self.over.type_name}` is not grouped by `{name}`; "
                    f"accepted are {', '.join(self._known)}."
                )
        return by

    def plan(self, column: int) -> tuple[ConnectionShape, list[Groups | GroupCount]]:
        """Plan the page and the number of the groups. Their columns begin with number `column`."""
        keys = self._order()
        scope = self._scope(keys)
        counted, columns = column + self.paged, list[Groups | GroupCount]()
        fields = tuple(self._part(part, counted) for part in self.selection.fields)
        common = tuple(self._common(name) for name in self.places)
        bounds, page = self._bounds(keys, scope)
        if self.paged:
            computed, cursor = tuple(self.values.indexes), asks_cursor(self.selection)
            columns.append(Groups(self.over.listing, common, computed, keys, bounds, cursor))
        if asks(self.selection, "totalCount"):
            columns.append(GroupCount(self.over.listing, tuple(replace(part, row=None) for part in common)))
        after = len(self.places) + len(self.values.indexes)
        cursors = tuple(range(after, after + len(keys)))
        at = column if self.paged else NO_ROWS
        return ConnectionShape(self.selection.key, at, fields, cursors, scope, page), columns

    def _part(self, part: Selection, counted: int) -> PartShape:
        if part.name == "nodes":
            return NodesShape(part.key, ObjectShape(tuple(self._field(each, part) for each in part.fields)))
        if part.name == "totalCount":
            return CountShape(part.key, counted)
        if part.name == "pageInfo":
            return PageInfoShape(part.key, tuple((each.key, each.name) for each in part.fields))
        return TypeShape(part.key, self.selection.type)

    def _bounds(self, keys: tuple[Key, ...], scope: int) -> tuple[PageBounds, PageShape]:
        ledger, path = self.planner.ledger, f"{self.over.field_path}.{self.selection.key}"
        after = orders.position(ledger, self.selection.argument("after"), keys, scope, f"{path}.after")
        limit = ledger.bind(self.size, "first", f"{path}.first", int(self.extra))
        shape = PageShape(limit.index, self.extra, backward=False, after=after is not None, before=False)
        return PageBounds(limit, after), shape

    def _scope(self, keys: tuple[Key, ...]) -> int:
        """Number the scope of the groups' cursors: the rows of the list, the keys and the order."""
        rows, distinct = self.over.rows, self.over.listing.distinct
        described = ("groups", distinct, *self.places, *orders.describe(keys), rows.described)
        return self.planner.ledger.add_scope(replace(rows, described=described))

    def _field(self, part: Selection, group: Selection) -> FieldShape:
        if part.name == "key":
            return SameRowShape(part.key, ObjectShape(tuple(self._key(inner, part) for inner in part.fields)))
        shape = plan_value(self.values, part, group.type)
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
        by = self._known[inner.name]
        if isinstance(by, Route):
            node = self.planner.node(self.rows[inner.name], inner.cases, self.field_path.step("key").step(inner.key))
            return RelatedShape(inner.key, column, node)
        return ValueShape(
            inner.key, column, Format.MARKING if by.kind is Kind.MARKING else Format.PLAIN, required=False
        )

    @property
    def _known(self) -> dict[str, Property | Route]:
        """What facts of this type can be grouped by."""
        return self.planner.ledger.model.group_keys(self.over.type_name)

    def _common(self, name: str) -> GroupKey:
        by = self._known[name]
        if isinstance(by, Route):
            return GroupKey(site=self.planner.ledger.along(by), row=self.rows[name].row())
        return GroupKey(prop=by)

    # Order ---------------------------------------------------------------------------------------------------------

    def _order(self) -> tuple[Key, ...]:
        """Plan the order of the groups. It ends in all their keys, so that no two groups are equal in it."""
        given = self.selection.argument("orderBy")
        items = (given.items or ()) if given else ()
        if len(items) > orders.MOST_KEYS:
            raise BadUserInput(f"orderBy has {len(items)} keys; accepted are at most {orders.MOST_KEYS}.")
        keys: list[Key] = []
        for item in items:
            keys += self._keys(*orders.one(item))
        if not keys:
            keys.append(self._counted("count", descending=True))
        sorted_by = {key.value for key in keys}
        return (*keys, *(key for key in self._by_keys(descending=False) if key.value not in sorted_by))

    def _keys(self, name: str, given: Input) -> list[Key]:
        ledger = self.planner.ledger
        if name == "key":
            return self._by_keys(descending=orders.descends(ledger, given))
        if name in COUNTS:
            return [self._counted(name, descending=orders.descends(ledger, given))]
        property_name, direction = orders.one(given)
        prop = self.values.properties.get(property_name)
        if prop is None or not (prop.has_numbers if name in TOTALS else prop.has_extremes):
            raise BadUserInput(
                f"{self.over.field_path}.{self.selection.key}.orderBy: {name} has no {property_name} here."
            )
        return [self._valued(name, prop, descending=orders.descends(ledger, direction))]

    def _by_keys(self, *, descending: bool) -> list[Key]:
        return [Key(OfGroup(at, f"key {name}"), self._sorted_as(name), descending) for name, at in self.places.items()]

    def _sorted_as(self, name: str) -> Kind:
        by = self._known[name]
        if isinstance(by, Route):
            return Kind.ID
        return Kind.INTEGER if by.kind.is_date else by.kind

    def _counted(self, name: str, *, descending: bool) -> Key:
        return Key(OfGroup(self.values.add(COUNTS[name]), name), Kind.INTEGER, descending, nullable=False)

    def _valued(self, name: str, prop: Property, *, descending: bool) -> Key:
        if name in TOTALS:
            at = self.values.add(AggregateFunction.TOTAL, prop)
            return Key(OfGroup(at, f"{name} of {prop.name}", mean=name == "avg"), Kind.NUMBER, descending)
        at = self.values.add(EXTREMES[name], prop)
        return Key(OfGroup(at, f"{name} of {prop.name}"), SORTED_AS.get(prop.kind, prop.kind), descending)
