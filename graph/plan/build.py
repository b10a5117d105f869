"""Stage 4. In: the selections of a root and the model. Out: a Plan whose columns and shape agree by position."""

from dataclasses import dataclass

from graph.plan import filters, orders
from graph.plan.ledger import FilterLimits, Ledger, Nulls
from graph.plan.nodes import (
    Filter,
    Lag,
    Lookup,
    Page,
    Path,
    Plan,
    ReadKey,
    Referred,
    Related,
    Seat,
    Subject,
    Total,
)
from graph.plan.rows import RowBuilder, split, typename, value
from graph.plan.shapes import (
    AbstractShape,
    ConnectionShape,
    CountShape,
    CursorShape,
    EdgesShape,
    FieldShape,
    ListShape,
    LookupShape,
    NodeOfEdgeShape,
    NodeShape,
    NodesShape,
    ObjectShape,
    PageInfoShape,
    RelatedShape,
    TypeShape,
    ValueShape,
    Wrap,
)
from graph.plan.walk import signature
from graph.selection import Case, Selection
from graph.values import Constant, Source, Variables
from schema.evidence import COMMON
from schema.kinds import Kind, Property
from schema.model import FACT, Model, Route

DEFAULT_FIRST = Constant(20)
REFERENCES_COUNT = Constant(10)
"""What a list of references counts as in the cost of a question; most facts have fewer, none shows more than 100."""


@dataclass(frozen=True)
class Trail:
    """How the planner came to a field: its names, and the page sizes that multiply on the way."""

    fields: tuple[str, ...] = ()
    sizes: tuple[Source, ...] = ()

    def step(self, name: str, size: Source | None = None) -> "Trail":
        """Go one field further; `size` is the page size of a list."""
        return Trail((*self.fields, name), self.sizes if size is None else (*self.sizes, size))

    def __str__(self) -> str:
        return ".".join(self.fields)


def build(root: Case, model: Model, variables: Variables, nulls: Nulls, limits: FilterLimits) -> Plan:
    """Plan an operation; introspection fields are left to graphql-core."""
    planner = Planner(Ledger(model, variables, limits, nulls))
    row = RowBuilder()
    fields = [planner.root(row, selection) for selection in root.fields if selection.name not in ("__schema", "__type")]
    ledger = planner.ledger
    return Plan(
        row=row.row(),
        shape=ObjectShape(tuple(fields)),
        bindings=tuple(ledger.bindings),
        scopes=tuple(ledger.scopes),
        paths=tuple(ledger.paths),
        dates=tuple(ledger.dates.items()),
        sites=ledger.sites,
    )


@dataclass
class Planner:
    """Walks the selections once, from the root down."""

    ledger: Ledger

    def root(self, row: RowBuilder, selection: Selection) -> FieldShape:
        """Plan a field of the root: one by id, several by ids, or a list."""
        if selection.name == "__typename":
            return TypeShape(selection.key, "Query")
        as_of = selection.argument("asOf")
        self.ledger.date = self.ledger.bind(as_of.source, "as of", f"{selection.key}.asOf") if as_of else None
        trail = Trail().step(selection.key)
        if selection.name in ("node", "nodes"):
            return self._lookup(row, selection, FACT, trail)
        for label, spec in self.ledger.model.concepts.items():
            if selection.name == spec.singular:
                return self._lookup(row, selection, label, trail)
            if selection.name == spec.plural:
                seat = self.ledger.seat((label,))
                return self._connection(row, selection, seat, label, trail)
        raise KeyError(f"the root has no field {selection.name}")

    def _lookup(self, row: RowBuilder, selection: Selection, type_name: str, trail: Trail) -> LookupShape:
        many = selection.name == "nodes"
        given = selection.arguments["ids" if many else "id"]
        seat = self.ledger.seat(self.ledger.model.labels(type_name), tested=type_name != FACT)
        ids = self.ledger.bind(given.source, "ids" if many else "id", str(trail))
        inner = RowBuilder()
        id_column = value(inner, Selection("id", "id", "ID", {}), COMMON["id"], Subject.NODE).column if many else 0
        shape = self._node(inner, selection.cases, Trail(trail.fields, (given.source,)) if many else trail)
        column = row.add(Lookup(seat, ids, many, inner.row()))
        return LookupShape(selection.key, column, shape, ids.index if many else None, id_column)

    def _node(self, row: RowBuilder, cases: tuple[Case, ...], trail: Trail) -> NodeShape:
        """Plan what is selected of a node; columns are split by label only where the document does so."""
        if len(cases) == 1:
            return self._object(row, cases[0], trail)
        rows, shapes = [], []
        for case in cases:
            inner = RowBuilder()
            shapes.append((case.types, self._object(inner, case, trail)))
            if inner.row().columns:
                rows.append((case.types, inner.row()))
        label, columns = split(row, rows)
        return AbstractShape(label, columns, tuple(shapes))

    def _object(self, row: RowBuilder, case: Case, trail: Trail) -> ObjectShape:
        return ObjectShape(tuple(self._field(row, field, case.types, trail.step(field.key)) for field in case.fields))

    def _field(self, row: RowBuilder, selection: Selection, types: tuple[str, ...], trail: Trail) -> FieldShape:
        if selection.name == "__typename":
            return typename(row, selection, types)
        if selection.name in self.ledger.model.derived(types[0]):
            return self._derived(row, selection, types[0])
        route = self.ledger.model.routes.get(types[0], {}).get(selection.name)
        if route is None:
            return self._property(row, selection, self.ledger.model.properties(types[0]), Subject.NODE, trail)
        if route.one:
            return self._related(row, selection, route, trail)
        return self._connection(row, selection, self.ledger.along(route), route.target, trail)

    def _property(
        self, row: RowBuilder, selection: Selection, properties: dict[str, Property], subject: Subject, trail: Trail
    ) -> FieldShape:
        prop = properties[selection.name]
        if prop.refers_to is None:
            return value(row, selection, prop, subject)
        one = prop.kind is Kind.REFERENCE
        further = trail if one else Trail(trail.fields, (*trail.sizes, REFERENCES_COUNT))
        self.ledger.paths.append(Path(further.fields, further.sizes))
        seat = self.ledger.seat((prop.refers_to,))
        inner = RowBuilder()
        shape = self._node(inner, selection.cases, further)
        column = row.add(Referred(seat, subject, prop, inner.row()))
        return RelatedShape(selection.key, column, shape) if one else ListShape(selection.key, column, shape)

    def _derived(self, row: RowBuilder, selection: Selection, label: str) -> ValueShape:
        """Plan a field that is computed from other facts; each has a column of its own."""
        if (label, selection.name) != ("Adoption", "lagYears"):
            raise KeyError(f"nothing says how {label}.{selection.name} is computed")
        seat = self.ledger.along(self.ledger.model.routes[label]["drewOn"])
        parts = tuple((part.key, part.name) for part in selection.fields)
        return ValueShape(selection.key, row.add(Lag(seat)), Wrap.LAG, required=False, parts=parts)

    def _related(self, row: RowBuilder, selection: Selection, route: Route, trail: Trail) -> RelatedShape:
        seat = self.ledger.along(route)
        inner = RowBuilder()
        shape = self._node(inner, selection.cases, trail)
        return RelatedShape(selection.key, row.add(Related(seat, inner.row())), shape)

    def _connection(
        self, row: RowBuilder, selection: Selection, seat: Seat, type_name: str, trail: Trail
    ) -> ConnectionShape:
        """Plan a list: its filter and order, then the rows of its page and its total, each where asked for."""
        ledger, path = self.ledger, str(trail)
        first_filter = len(ledger.bindings)
        where = filters.where(filters.Here(ledger, type_name, f"{path}.where"), selection.argument("where"))
        keys = orders.order(ledger, type_name, seat.route, selection.argument("orderBy"))
        way = "" if seat.route is None else seat.route.field
        described = (type_name, way, *orders.describe(keys), signature(where))
        scope = ledger.scope(described, first_filter)
        after = orders.after(ledger, selection.argument("after"), keys, scope, f"{path}.after")
        first = selection.argument("first")
        size = first.source if first else DEFAULT_FIRST
        extra = _asks(selection, "pageInfo", "hasNextPage")
        limit = ledger.bind(size, "first", f"{path}.first", int(extra))
        paged = any(field.name in ("edges", "nodes", "pageInfo") for field in selection.fields)
        further = Trail(trail.fields, (*trail.sizes, size)) if paged else trail
        ledger.paths.append(Path(further.fields, further.sizes))
        inner = RowBuilder()
        listing = Listing(selection, seat, where, further)
        fields = [self._list_field(inner, row, field, listing) for field in selection.fields]
        cursor = tuple(inner.add(ReadKey(key)) for key in keys) if _asks_cursor(selection) else ()
        column = row.add(Page(seat, where, keys, after, limit, inner.row())) if paged else -1
        return ConnectionShape(
            selection.key, column, tuple(fields), cursor, scope, limit.index, extra, after is not None
        )

    def _list_field(
        self, inner: RowBuilder, outer: RowBuilder, field: Selection, listing: "Listing"
    ) -> EdgesShape | NodesShape | PageInfoShape | CountShape | TypeShape:
        if field.name == "edges":
            edges = tuple(self._edge_field(inner, part, field.type, listing) for part in field.fields)
            return EdgesShape(field.key, ObjectShape(edges))
        if field.name == "nodes":
            return NodesShape(field.key, self._node(inner, field.cases, listing.trail))
        if field.name == "totalCount":
            return CountShape(field.key, outer.add(Total(listing.seat, listing.where)))
        if field.name == "pageInfo":
            return PageInfoShape(field.key, tuple((part.key, part.name) for part in field.fields))
        return TypeShape(field.key, listing.selection.type)

    def _edge_field(self, row: RowBuilder, field: Selection, edge_type: str, listing: "Listing") -> FieldShape:
        if field.name == "cursor":
            return CursorShape(field.key)
        if field.name == "node":
            return NodeOfEdgeShape(field.key, self._node(row, field.cases, listing.trail))
        if field.name == "__typename":
            return TypeShape(field.key, edge_type)
        route = listing.seat.route
        tie = COMMON | route.relationship.properties if route else COMMON
        return self._property(row, field, tie, Subject.TIE, listing.trail)


@dataclass(frozen=True)
class Listing:
    """A connection while its fields are planned."""

    selection: Selection
    seat: Seat
    where: Filter
    trail: Trail


def _asks(selection: Selection, *names: str) -> bool:
    """Whether a path of fields is selected below a field."""
    if not names:
        return True
    return any(_asks(field, *names[1:]) for field in selection.fields if field.name == names[0])


def _asks_cursor(selection: Selection) -> bool:
    paths = (("edges", "cursor"), ("pageInfo", "endCursor"), ("pageInfo", "startCursor"))
    return any(_asks(selection, *path) for path in paths)
