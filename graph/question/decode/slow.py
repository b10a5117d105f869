"""The slow shaper. In: a shape, a record and the request. Out: data and errors, as the GraphQL specification says.

It runs if the generated shaper met an absent required value. The nearest nullable parent becomes null, and an error names the
path.
"""

from collections.abc import Callable
from typing import Any

from graph.errors import Internal
from graph.question.decode.highlights import highlights
from graph.question.decode.page import Absent, Request, cut, ordered
from graph.question.decode.values import shown, shown_computed
from graph.question.plan.shapes import (
    AbstractShape,
    ComputedShape,
    ConnectionShape,
    CountShape,
    CursorShape,
    EdgesShape,
    FieldShape,
    HighlightsShape,
    ListShape,
    LookupShape,
    NodeShape,
    NodesShape,
    ObjectShape,
    PageInfoShape,
    RelatedShape,
    SameRowShape,
    TypeShape,
    ValueShape,
)

Path = tuple[str | int, ...]


def shape(of: ObjectShape, record: list[Any], request: Request) -> tuple[dict[str, Any] | None, list[Internal]]:
    """Shape a record. The data are None if an absent value has no nullable parent."""
    shaper = _Shaper(request)
    try:
        return shaper.object(of, record, ()), shaper.errors
    except Absent:
        return None, shaper.errors


class _Shaper:
    """Walks the shape, with the row that each part belongs to."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.errors: list[Internal] = []

    def object(
        self, of: ObjectShape, row: list[Any], path: Path, listing: ConnectionShape | None = None
    ) -> dict[str, Any]:
        return {field.key: self.field(field, row, (*path, field.key), listing) for field in of.fields}

    def node(self, of: NodeShape, row: list[Any], path: Path) -> dict[str, Any]:
        if isinstance(of, ObjectShape):
            return self.object(of, row, path)
        return self.abstract(of, row, path)

    def abstract(self, of: AbstractShape, row: list[Any], path: Path) -> dict[str, Any]:
        for types, case in of.cases:
            if row[of.label] in types:
                return self.object(case, row[of.split], path)
        raise self.absent(path)

    def maybe(self, of: NodeShape, row: list[Any] | None, path: Path) -> dict[str, Any] | None:
        """Shape a node that may be null."""
        try:
            return None if row is None else self.node(of, row, path)
        except Absent:
            return None

    def field(self, field: FieldShape, row: list[Any], path: Path, listing: ConnectionShape | None) -> Any:
        if isinstance(field, ValueShape):
            return self.value(field, row, path)
        if isinstance(field, ComputedShape):
            return shown_computed(field, row[field.column])
        if isinstance(field, TypeShape):
            return field.name if field.name is not None else row[field.column]
        if isinstance(field, RelatedShape):
            return self.maybe(field.of, row[field.column], path)
        if isinstance(field, ListShape):
            return [self.node(field.of, inner, (*path, at)) for at, inner in enumerate(row[field.column])]
        if isinstance(field, LookupShape):
            return self.lookup(field, row[field.column], path)
        if isinstance(field, ConnectionShape):
            return self.connection(field, row, path)
        if isinstance(field, SameRowShape):
            return self.node(field.of, row, path)
        if isinstance(field, HighlightsShape):
            return self.highlights(field, row)
        if isinstance(field, CursorShape) and listing is not None:
            return self.cursor(listing, row)
        raise TypeError(f"{type(field).__name__} does not stand here")

    def value(self, field: ValueShape, row: list[Any], path: Path) -> Any:
        value = shown(field, row[field.column])
        if value is None and field.required:
            raise self.absent(path)
        return value

    def absent(self, path: Path) -> Absent:
        self.errors.append(Internal(path=path))
        return Absent()

    def lookup(self, field: LookupShape, rows: list[Any], path: Path) -> Any:
        if field.ids is None:
            return self.maybe(field.of, rows[0] if rows else None, path)
        asked = self.request.parameters[f"p{field.ids}"]
        in_order = ordered(rows, field.id_column, asked)
        return [self.maybe(field.of, row, (*path, at)) for at, row in enumerate(in_order)]

    def connection(self, field: ConnectionShape, row: list[Any], path: Path) -> dict[str, Any]:
        rows: list[Any] = []
        more = False
        if field.page.extra:
            rows, more = cut(row[field.column], self.request.parameters[f"p{field.page.limit}"])
        elif field.column >= 0:
            rows = row[field.column]
        if field.page.backward:
            rows = rows[::-1]
        answer: dict[str, Any] = {}
        for part in field.fields:
            here = (*path, part.key)
            if isinstance(part, EdgesShape):
                answer[part.key] = [self.object(part.of, r, (*here, at), field) for at, r in enumerate(rows)]
            elif isinstance(part, NodesShape):
                answer[part.key] = [self.node(part.of, r, (*here, at)) for at, r in enumerate(rows)]
            elif isinstance(part, PageInfoShape):
                answer[part.key] = self.page_info(part, field, rows, more)
            elif isinstance(part, CountShape):
                answer[part.key] = row[part.column]
            else:
                answer[part.key] = self.field(part, row, here, field)
        return answer

    def page_info(self, part: PageInfoShape, field: ConnectionShape, rows: list[Any], more: bool) -> dict[str, Any]:
        known: dict[str, Callable[[], Any]] = {
            "hasNextPage": lambda: field.page.before if field.page.backward else more,
            "hasPreviousPage": lambda: more if field.page.backward else field.page.after,
            "startCursor": lambda: self.cursor(field, rows[0]) if rows else None,
            "endCursor": lambda: self.cursor(field, rows[-1]) if rows else None,
            "__typename": lambda: "PageInfo",
        }
        return {key: known[name]() for key, name in part.parts}

    def highlights(self, field: HighlightsShape, row: list[Any]) -> list[dict[str, Any]]:
        by_label = {label: [(name, row[at]) for name, at in columns] for label, columns in field.texts}
        words = self.request.parameters[f"p{field.words}"]
        return highlights(by_label.get(row[field.label], []), words, field.parts, field.ranges)

    def cursor(self, field: ConnectionShape, row: list[Any]) -> str:
        return self.request.seal(self.request.scopes[field.scope], [row[column] for column in field.cursor])
