"""The planner. In: the selections of a root and the model. Out: a Plan of columns to read, with the shape of the answer."""

from dataclasses import dataclass, field, replace

from graph.errors import BadUserInput
from graph.question.document.introspect import INTROSPECTION
from graph.question.document.selection import Case, Selection
from graph.question.document.values import Constant, Source, Variables
from graph.question.plan import aggregates, computed, filters, orders, paths, search
from graph.question.plan.aggregated import Over
from graph.question.plan.columns import (
    CostTerm,
    DatedSites,
    Listing,
    Lookup,
    Page,
    Plan,
    ReadKey,
    Referenced,
    Related,
    Row,
    SyntheticRoot,
    Total,
)
from graph.question.plan.ledger import FilterLimits, Ledger, ReadCursor
from graph.question.plan.named import Names, given_by
from graph.question.plan.nodes import CursorScope, HeldId, Key, PageBounds, Param, Site, Subject
from graph.question.plan.planner import DEFAULT_FIRST, NO_ROWS, FieldPath, asks, asks_cursor
from graph.question.plan.rows import RowBuilder, split, typename, value
from graph.question.plan.shapes import (
    AbstractShape,
    ConnectionShape,
    CountShape,
    CursorShape,
    EdgesShape,
    FieldShape,
    ListShape,
    LookupShape,
    NodeShape,
    NodesShape,
    ObjectShape,
    PageInfoShape,
    PageShape,
    PartShape,
    RelatedShape,
    SameRowShape,
    TypeShape,
)
from graph.question.plan.synthetic import tell_of_synthetic
from graph.question.plan.walk import signature
from schema.domain.evidence import COMMON, ON_EDGE
from schema.domain.measures import MEASURED
from schema.language.kinds import Kind, Property
from schema.model import FACT, Model, Route

ELSEWHERE = {*INTROSPECTION, *MEASURED}
"""Fields of the root that no statement of a plan answers."""
REFERENCES_COUNT = Constant(10)
"""The cost of a list of references. Most facts have fewer than 10; at most 100 are shown."""


def build(
    root: Case,
    model: Model,
    variables: Variables,
    cursors: ReadCursor,
    limits: FilterLimits,
    *,
    synthetic: bool = False,
) -> Plan:
    """Plan an operation. Introspection fields and networks are left to others. `synthetic` is the default of that argument."""
    planner = Planner(Ledger(model, variables, limits, cursors), synthetic)
    row = RowBuilder()
    fields = [planner.root(row, selection) for selection in root.fields if selection.name not in ELSEWHERE]
    ledger = planner.ledger
    plan = Plan(
        row=row.row(),
        shape=ObjectShape(tuple(fields)),
        bindings=tuple(ledger.bindings),
        scopes=tuple(ledger.scopes),
        cost_terms=tuple(ledger.cost_terms),
        dated_sites=tuple(ledger.dated_sites),
        synthetic_roots=tuple(planner.synthetic_roots),
        sites=tuple(ledger.sites),
    )
    return tell_of_synthetic(plan, model) if plan.synthetic_roots else plan


@dataclass
class Planner:
    """Walks the selections once, from the root down."""

    ledger: Ledger
    synthetic: bool = False
    synthetic_roots: list[SyntheticRoot] = field(default_factory=list)

    def root(self, row: RowBuilder, selection: Selection) -> FieldShape:
        """Plan a field of the root: one by id, several by ids, or a list."""
        if selection.name == "__typename":
            return TypeShape(selection.key, "Query")
        as_of = selection.argument("asOf")
        ledger, first = self.ledger, len(self.ledger.sites)
        ledger.date = ledger.bind(as_of.source, "as of", f"{selection.key}.asOf") if as_of else None
        synthetic, before = selection.argument("synthetic"), len(row)
        ledger.synthetic = bool(synthetic.value(ledger.variables)) if synthetic else self.synthetic
        shape = self._root(row, selection, FieldPath().step(selection.key))
        ledger.dated_sites.append(DatedSites(first, len(ledger.sites), ledger.date))
        if ledger.synthetic:
            columns = tuple(range(before, len(row)))
            self.synthetic_roots.append(SyntheticRoot(selection.key, first, len(ledger.sites), columns))
        return shape

    def _root(self, row: RowBuilder, selection: Selection, field_path: FieldPath) -> FieldShape:
        if selection.name in ("node", "nodes"):
            return self._lookup(row, selection, FACT, field_path)
        if selection.name == "search":
            return self._search(row, selection, field_path)
        if selection.name == "path":
            return paths.plan_path(self, row, selection, field_path)
        for label, spec in self.ledger.model.concepts.items():
            if selection.name == spec.singular:
                return self._lookup(row, selection, label, field_path)
            if selection.name == spec.plural:
                site = self.ledger.site((label,))
                return self._connection(row, selection, site, label, field_path)
        raise KeyError(f"the root has no field {selection.name}")

    def _lookup(self, row: RowBuilder, selection: Selection, type_name: str, field_path: FieldPath) -> LookupShape:
        many = selection.name == "nodes"
        given = selection.arguments["ids" if many else "id"]
        site = self.ledger.site(self.ledger.model.labels(type_name), tested=type_name != FACT)
        prefixes = self.ledger.model.prefixes_of(type_name)
        ids = self.ledger.bind(given.source, "ids" if many else "id", str(field_path), prefixes)
        inner = RowBuilder()
        id_column = value(inner, Selection("id", "id", "ID", {}), COMMON["id"], Subject.NODE).column if many else 0
        shape = self.node(inner, selection.cases, FieldPath(field_path.fields, (given.source,)) if many else field_path)
        column = row.add(Lookup(site, ids, many, inner.row()))
        return LookupShape(selection.key, column, shape, ids.index if many else None, id_column)

    def node(self, row: RowBuilder, cases: tuple[Case, ...], field_path: FieldPath) -> NodeShape:
        """Plan the fields of a node. Columns depend on the label only if the document selects by type."""
        if len(cases) == 1:
            return self._object(row, cases[0], field_path)
        rows, shapes = [], []
        for case in cases:
            inner = RowBuilder()
            shapes.append((case.types, self._object(inner, case, field_path)))
            if inner.row().columns:
                rows.append((case.types, inner.row()))
        label, columns = split(row, rows)
        return AbstractShape(label, columns, tuple(shapes))

    def _object(self, row: RowBuilder, case: Case, field_path: FieldPath) -> ObjectShape:
        return ObjectShape(
            tuple(self._field(row, field, case.types, field_path.step(field.key)) for field in case.fields)
        )

    def _field(
        self, row: RowBuilder, selection: Selection, types: tuple[str, ...], field_path: FieldPath
    ) -> FieldShape:
        if selection.name == "__typename":
            return typename(row, selection, types)
        if selection.name in self.ledger.model.computed(types[0]):
            return computed.plan(self, row, selection, self.ledger.model.concepts[types[0]], field_path)
        route = self.ledger.model.routes.get(types[0], {}).get(selection.name)
        if route is None:
            return self.property(row, selection, self.ledger.model.properties(types[0]), Subject.NODE, field_path)
        if route.one:
            return self._related(row, selection, route, field_path)
        return self._connection(row, selection, self.ledger.along(route), route.target, field_path)

    def property(
        self,
        row: RowBuilder,
        selection: Selection,
        properties: dict[str, Property],
        subject: Subject,
        field_path: FieldPath,
    ) -> FieldShape:
        """Plan a property: its stored value, or the facts that it refers to."""
        prop = properties[selection.name]
        if prop.refers_to is None:
            return value(row, selection, prop, subject)
        one = prop.kind is Kind.REFERENCE
        further = field_path if one else field_path.times(REFERENCES_COUNT)
        self.ledger.cost_terms.append(CostTerm(further.fields, further.sizes))
        site = self.ledger.site((prop.refers_to,), held=HeldId(subject, prop.name))
        inner = RowBuilder()
        shape = self.node(inner, selection.cases, further)
        column = row.add(Referenced(site, inner.row(), one))
        return RelatedShape(selection.key, column, shape) if one else ListShape(selection.key, column, shape)

    def _related(self, row: RowBuilder, selection: Selection, route: Route, field_path: FieldPath) -> RelatedShape:
        site = self.ledger.along(route)
        inner = RowBuilder()
        shape = self.node(inner, selection.cases, field_path)
        return RelatedShape(selection.key, row.add(Related(site, inner.row())), shape)

    def _connection(
        self, row: RowBuilder, selection: Selection, site: Site, type_name: str, field_path: FieldPath
    ) -> ConnectionShape:
        """Plan a list: its filter and order, then its fields."""
        ledger = self.ledger
        first_filter = len(ledger.bindings)
        here = filters.FilterContext(
            ledger, type_name, site, site.route, path=f"{field_path}.where", names=field_path.names
        )
        given = selection.argument("where")
        listing = Listing(site, filters.where(here, given))
        names = () if given is None else given_by(here, given, here.names, here.path)
        way = "" if site.route is None else site.route.field
        rows = ledger.rows((type_name, way, signature(listing.where)), first_filter)
        keys = orders.order(ledger, type_name, site.route, selection.argument("orderBy"))
        scope = ledger.scope((*rows.described, *orders.describe(keys)), first_filter)
        return self._listed(row, Listed(selection, listing, type_name, keys, scope, field_path, rows, names=names))

    def _search(self, row: RowBuilder, selection: Selection, field_path: FieldPath) -> ConnectionShape:
        """Plan a search: a list whose rows come from the full-text index."""
        first_filter = len(self.ledger.bindings)
        listing, keys, words = search.plan_search(self, selection, str(field_path))
        rows = self.ledger.rows(("search", signature(listing.where)), first_filter)
        scope = self.ledger.scope(rows.described, first_filter)
        return self._listed(row, Listed(selection, listing, FACT, keys, scope, field_path, rows, words))

    def _listed(self, row: RowBuilder, listed: "Listed") -> ConnectionShape:
        """Plan the page of a list, its total and its aggregate, as far as they are selected."""
        selection = listed.selection
        bounds, shape = self._bounds(listed)
        weight = search.WEIGHT if listed.words else 1
        self.ledger.cost_terms.append(CostTerm(listed.rows.fields, listed.rows.sizes, weight))
        inner = RowBuilder()
        fields = tuple(self._list_field(inner, row, field, listed) for field in selection.fields)
        cursor = (
            tuple(inner.add(ReadKey(at, key)) for at, key in enumerate(listed.keys)) if asks_cursor(selection) else ()
        )
        page, is_empty = Page(listed.listing, listed.keys, bounds, inner.row()), self.ledger.is_zero(listed.size)
        reads = listed.paged and (shape.extra or not is_empty)
        column = row.add(_empty(page) if is_empty else page) if reads else NO_ROWS
        return ConnectionShape(selection.key, column, fields, cursor, listed.scope, shape)

    def _bounds(self, listed: "Listed") -> tuple[PageBounds, PageShape]:
        """Plan the bounds of a page."""
        selection, ledger = listed.selection, self.ledger
        first, last = selection.argument("first"), selection.argument("last")
        if first and last:
            raise BadUserInput(f"{listed.field_path} has both first and last; accepted is one of them.")
        backward = last is not None
        extra = asks(selection, "pageInfo", "hasPreviousPage" if backward else "hasNextPage")
        after, before = (
            orders.position(ledger, selection.argument(name), listed.keys, listed.scope, f"{listed.field_path}.{name}")
            for name in ("after", "before")
        )
        limit = ledger.bind(listed.size, "first", f"{listed.field_path}.{'last' if backward else 'first'}", int(extra))
        shape = PageShape(limit.index, extra, backward, after is not None, before is not None)
        return PageBounds(limit, after, before, backward), shape

    def _list_field(self, inner: RowBuilder, outer: RowBuilder, field: Selection, listed: "Listed") -> PartShape:
        if field.name == "edges":
            edges = tuple(self._edge_field(inner, part, field.type, listed) for part in field.fields)
            return EdgesShape(field.key, ObjectShape(edges))
        if field.name == "nodes":
            return NodesShape(field.key, self.node(inner, field.cases, listed.rows))
        if field.name == "totalCount":
            return CountShape(field.key, outer.add(Total(listed.listing)))
        if field.name == "certainCount":
            if self.ledger.date is None:
                raise BadUserInput(f"{listed.field_path}.{field.key} is about a day: give `asOf` on the root field.")
            return CountShape(field.key, outer.add(Total(listed.listing, certain=True)))
        if field.name == "aggregate":
            over = Over(listed.listing, listed.type_name, listed.field_path.step(field.key), listed.described)
            return aggregates.aggregate(self, outer, field, over)
        if field.name == "pageInfo":
            return PageInfoShape(field.key, tuple((part.key, part.name) for part in field.fields))
        return TypeShape(field.key, listed.selection.type)

    def _edge_field(self, row: RowBuilder, field: Selection, edge_type: str, listed: "Listed") -> FieldShape:
        if field.name == "cursor":
            return CursorShape(field.key)
        if field.name == "node":
            return SameRowShape(field.key, self.node(row, field.cases, listed.rows))
        if field.name == "__typename":
            return TypeShape(field.key, edge_type)
        if field.name == "highlights" and listed.words is not None:
            return search.plan_highlights(row, field, self.ledger.model, listed.words)
        route = listed.listing.site.route
        if route is not None and field.name in route.relationship.computed:
            return computed.plan(self, row, field, route.relationship, listed.rows)
        relationship = ON_EDGE | route.relationship.properties if route else ON_EDGE
        return self.property(row, field, relationship, Subject.RELATIONSHIP, listed.rows)


def _empty(page: Page) -> Page:
    """Return a page that shows no row. It reads one to learn whether there is any, in whatever order."""
    uncut = page.bounds.after is None and page.bounds.before is None
    order = tuple(orders.tail(page.listing.site.route, None)) if uncut else page.order
    return Page(page.listing, order, page.bounds, Row(()))


@dataclass(frozen=True)
class Listed:
    """A list while its fields are planned. A search has its `words`."""

    selection: Selection
    listing: Listing
    type_name: str
    keys: tuple[Key, ...]
    scope: int
    field_path: FieldPath
    described: CursorScope
    words: Param | None = None
    names: Names = ()

    @property
    def paged(self) -> bool:
        """Whether rows are selected, and not only counts or aggregates."""
        return any(field.name in ("edges", "nodes", "pageInfo") for field in self.selection.fields)

    @property
    def size(self) -> Source:
        """The page size."""
        given = self.selection.argument("last") or self.selection.argument("first")
        return given.source if given else DEFAULT_FIRST

    @property
    def rows(self) -> FieldPath:
        """The field path of a row, below which the names of the filter are known. The page size counts if rows are selected."""
        path = replace(self.field_path, names=self.field_path.names + self.names)
        return path.times(self.size) if self.paged else path
