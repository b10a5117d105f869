"""The generated shaper. In: the shape of an answer. Out: a Python function that shapes records fast.

Its source text consists of names of this module and numbers. What a client wrote goes in through repr() only.
"""

from collections.abc import Callable
from typing import Any

from graph.question.decode import values
from graph.question.decode.highlights import highlights
from graph.question.decode.page import Absent, Request, cut, ordered
from graph.question.plan.shapes import (
    AbstractShape,
    ComputedShape,
    ConnectionShape,
    CountShape,
    CursorShape,
    EdgesShape,
    FieldShape,
    Format,
    HighlightsShape,
    ListShape,
    LookupShape,
    NodeShape,
    NodesShape,
    ObjectShape,
    PageInfoShape,
    PartShape,
    RelatedShape,
    SameRowShape,
    TypeShape,
    ValueShape,
)

Shaper = Callable[[list[Any], Request], dict[str, Any]]


def _required(value: Any) -> Any:
    if value is None:
        raise Absent
    return value


def _absent() -> Any:
    raise Absent


NAMES: dict[str, Any] = {
    "cut": cut,
    "ordered": ordered,
    "required": _required,
    "absent": _absent,
    "MARKINGS": values.MARKINGS,
    **{made.__name__: made for made in (*values.WITH_PARTS.values(), *values.AT_ONCE.values())},
    "highlights": highlights,
}
"""The names that a generated function can use, besides the functions of the document's computed fields."""


def generate(of: ObjectShape) -> Shaper:
    """Generate the shaper of an answer. The shaper raises Absent if a required value is missing."""
    writer = _Writer()
    body = writer.object(of, "row")
    writer.function("shape", "row, q", [f"return {body}"])
    # The function takes the whole Request, because most shapers use few of its parts.
    exec(compile("\n".join(writer.lines), "<shaper>", "exec"), writer.scope)  # noqa: S102  # see the module's docstring
    shaper: Shaper = writer.scope["shape"]
    return shaper


class _Writer:
    """Writes functions. Every expression uses a variable that holds its row."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.scope: dict[str, Any] = {"__builtins__": {}, **NAMES}
        self._made = 0

    def fresh(self, stem: str) -> str:
        self._made += 1
        return f"{stem}{self._made}"

    def function(self, name: str, arguments: str, body: list[str]) -> None:
        self.lines += [f"def {name}({arguments}):", *(f"    {line}" for line in body)]

    def object(self, of: ObjectShape, row: str, listing: ConnectionShape | None = None) -> str:
        return "{" + ", ".join(f"{field.key!r}: {self.field(field, row, listing)}" for field in of.fields) + "}"

    def node(self, of: NodeShape, row: str) -> str:
        return self.object(of, row) if isinstance(of, ObjectShape) else self.abstract(of, row)

    def abstract(self, of: AbstractShape, row: str) -> str:
        name = self.fresh("abstract")
        body = [f"label, split = row[{of.label}], row[{of.split}]"]
        for types, case in of.cases:
            body.append(f"if label in {types!r}: return {self.object(case, 'split')}")
        self.function(name, "row, q", [*body, "return absent()"])
        return f"{name}({row}, q)"

    def field(self, field: FieldShape, row: str, listing: ConnectionShape | None) -> str:
        if isinstance(field, ValueShape):
            return self.value(field, f"{row}[{field.column}]")
        if isinstance(field, ComputedShape):
            return self.computed(field, f"{row}[{field.column}]")
        if isinstance(field, TypeShape):
            return repr(field.name) if field.name is not None else f"{row}[{field.column}]"
        if isinstance(field, RelatedShape):
            return self.maybe(field.of, f"{row}[{field.column}]")
        if isinstance(field, ListShape):
            return self.many(field.of, f"{row}[{field.column}]")
        if isinstance(field, LookupShape):
            return self.lookup(field, f"{row}[{field.column}]")
        if isinstance(field, ConnectionShape):
            return self.connection(field, row)
        if isinstance(field, SameRowShape):
            return self.node(field.of, row)
        if isinstance(field, HighlightsShape):
            return self.highlights(field, row)
        if isinstance(field, CursorShape) and listing is not None:
            return _cursor(listing, row)
        raise TypeError(f"{type(field).__name__} does not stand here")

    def value(self, field: ValueShape, stored: str) -> str:
        if field.format is Format.TEXTS:
            return f"{stored} or []"
        written = self.wrapped(field, stored)
        if not field.required:
            return written
        # Inline, because a call for each value would take a tenth of the time of shaping.
        plain = field.format is Format.PLAIN
        return f"({stored} if {stored} is not None else absent())" if plain else f"required({written})"

    def wrapped(self, field: ValueShape, stored: str) -> str:
        if field.format is Format.PLAIN:
            return stored
        if field.format is Format.MARKING:
            return f"None if {stored} is None else MARKINGS[{stored}]"
        if field.format in values.AT_ONCE:
            return f"None if {stored} is None else {values.AT_ONCE[field.format].__name__}({stored})"
        return self.parts(values.WITH_PARTS[field.format].__name__, field.parts, stored)

    def computed(self, field: ComputedShape, stored: str) -> str:
        made = self.fresh("computed")
        self.scope[made] = values.computed(field.declared)
        if field.parts is None:
            return f"None if {stored} is None else {made}({stored})"
        return self.parts(made, field.parts, stored)

    def parts(self, made: str, parts: tuple[tuple[str, str], ...], stored: str) -> str:
        """Write an object of which a client selected fields."""
        chosen = ", ".join(f"{key!r}: whole[{name!r}]" for key, name in parts)
        name = self.fresh("value")
        body = [
            f"whole = None if stored is None else {made}(stored)",
            f"return None if whole is None else {{{chosen}}}",
        ]
        self.function(name, "stored", body)
        return f"{name}({stored})"

    def maybe(self, of: NodeShape, row: str) -> str:
        name = self.fresh("node")
        self.function(name, "row, q", [f"return {self.node(of, 'row')}"])
        return f"None if {row} is None else {name}({row}, q)"

    def many(self, of: NodeShape, rows: str) -> str:
        row = self.fresh("row")
        return f"[{self.node(of, row)} for {row} in {rows}]"

    def lookup(self, field: LookupShape, rows: str) -> str:
        name = self.fresh("lookup")
        self.function(name, "row, q", [f"return {self.node(field.of, 'row')}"])
        if field.ids is None:
            return f"{name}({rows}[0], q) if {rows} else None"
        row = self.fresh("row")
        asked = f"ordered({rows}, {field.id_column}, q.parameters['p{field.ids}'])"
        return f"[None if {row} is None else {name}({row}, q) for {row} in {asked}]"

    def highlights(self, field: HighlightsShape, row: str) -> str:
        texts = ", ".join(
            f"{label!r}: [{', '.join(f'({name!r}, {row}[{at}])' for name, at in columns)}]"
            for label, columns in field.texts
        )
        words = f"q.parameters['p{field.words}']"
        return f"highlights({{{texts}}}.get({row}[{field.label}], ()), {words}, {field.parts!r}, {field.ranges!r})"

    def connection(self, field: ConnectionShape, row: str) -> str:
        name = self.fresh("list")
        body, page, rows = ["rows = ()"], field.page, f"row[{field.column}]"
        if field.column >= 0:
            body = [f"rows = {rows}"]
        if page.extra:
            body = [f"rows, more = cut({rows}, q.parameters['p{page.limit}'])"]
        if page.backward:
            body.append("rows = rows[::-1]")
        parts = ", ".join(f"{part.key!r}: {self.part(part, field)}" for part in field.fields)
        self.function(name, "row, q", [*body, f"return {{{parts}}}"])
        return f"{name}({row}, q)"

    def part(self, part: PartShape, field: ConnectionShape) -> str:
        if isinstance(part, EdgesShape):
            row = self.fresh("row")
            return f"[{self.object(part.of, row, field)} for {row} in rows]"
        if isinstance(part, NodesShape):
            return self.many(part.of, "rows")
        if isinstance(part, CountShape):
            return f"row[{part.column}]"
        if isinstance(part, PageInfoShape):
            known = {
                "hasNextPage": repr(field.page.before) if field.page.backward else "more",
                "hasPreviousPage": "more" if field.page.backward else repr(field.page.after),
                "startCursor": f"{_cursor(field, 'rows[0]')} if rows else None",
                "endCursor": f"{_cursor(field, 'rows[-1]')} if rows else None",
                "__typename": "'PageInfo'",
            }
            return "{" + ", ".join(f"{key!r}: {known[name]}" for key, name in part.parts) + "}"
        return self.field(part, "row", field)


def _cursor(field: ConnectionShape, row: str) -> str:
    columns = ", ".join(f"{row}[{column}]" for column in field.cursor)
    return f"q.seal(q.scopes[{field.scope}], [{columns}])"
