"""The program of the native writer. In: a plan. Out: bytes that say how a record becomes JSON, and what Python adds.

`native/src/program.rs` reads the bytes. What only Python can show is a function that the program names by its number.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson

from graph.computed import computation
from graph.computed.field import Computation
from graph.question.decode.highlights import highlights
from graph.question.decode.page import Absent, Request
from graph.question.decode.synthetic import Each, Flag, One, Test, Tests, synthetic_tests
from graph.question.decode.values import shown, shown_computed
from graph.question.plan.columns import Plan
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

VERSION = 1
"""Of the bytes and of the library's interface, as in `native/src/program.rs`."""
FORMATS = {
    Format.PLAIN: 0,
    Format.TEXTS: 1,
    Format.MARKING: 2,
    Format.INSTANT: 3,
    Format.END_DAY: 4,
    Format.WHEN: 5,
    Format.MONEY: 6,
    Format.POINT: 7,
    Format.MONEY_OF_ONE: 8,
    Format.SUM: 9,
    Format.MEAN: 10,
}
PARTS = {
    Format.WHEN: ("When", ("text", "earliest", "latest")),
    Format.MONEY: ("Money", ("amount", "currency")),
    Format.POINT: ("Point", ("latitude", "longitude")),
    Format.MONEY_OF_ONE: ("Money", ("amount", "currency")),
}
"""The type and the fields of formats that are objects."""

Function = Callable[[list[Any], Request], Any]
"""Takes some columns of a row and the request; returns a value of the answer. Raises Absent if it is required and missing."""


@dataclass(frozen=True)
class Program:
    """The bytes, the functions that they name, the parameters that a request gives, and the keys of the synthetic roots."""

    data: bytes = field(repr=False)
    functions: tuple[Function, ...]
    limits: tuple[str, ...]
    ids: tuple[str, ...]
    roots: tuple[str, ...]

    def request(self, parameters: dict[str, Any]) -> bytes:
        """Return what the program needs of the parameters of a request. Raise struct.error or UnicodeEncodeError for odd ones."""
        limits = struct.pack(f"<{len(self.limits)}Q", *(parameters[name] for name in self.limits))
        return limits if not self.ids else limits + b"".join(_ids(parameters[name]) for name in self.ids)


def program(plan: Plan) -> Program:
    """Write the program of a plan."""
    writer = _Writer()
    fields = writer.fields(plan.shape)
    roots = synthetic_tests(plan)
    tests = _many(writer.tests(each) for _, each in roots)
    head = struct.pack("<III", VERSION, len(writer.limits), len(writer.ids))
    keys = tuple(key for key, _ in roots)
    return Program(head + fields + tests, tuple(writer.functions), _names(writer.limits), _names(writer.ids), keys)


def _names(indexes: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"p{index}" for index in indexes)


def _ids(ids: list[str]) -> bytes:
    return _many(_text(each.encode()) for each in ids)


def _number(value: int) -> bytes:
    return struct.pack("<I", value)


def _maybe(value: int | None) -> bytes:
    return _number(0 if value is None else value + 1)


def _text(text: bytes) -> bytes:
    return _number(len(text)) + text


def _key(key: str) -> bytes:
    return _text(orjson.dumps(key) + b":")


def _constant(value: Any) -> bytes:
    return _text(orjson.dumps(value))


def _many(parts: Iterable[bytes]) -> bytes:
    listed = list(parts)
    return _number(len(listed)) + b"".join(listed)


@dataclass
class _Writer:
    """Writes the parts of a program, and collects the functions and parameters that it names."""

    functions: list[Function] = field(default_factory=list)
    limits: dict[int, int] = field(default_factory=dict)
    ids: dict[int, int] = field(default_factory=dict)

    def fields(self, of: ObjectShape, listing: ConnectionShape | None = None) -> bytes:
        return _many(_key(each.key) + self.field(each, listing) for each in of.fields)

    def node(self, of: NodeShape) -> bytes:
        if isinstance(of, ObjectShape):
            return b"\x00" + self.fields(of)
        return b"\x01" + self.abstract(of)

    def abstract(self, of: AbstractShape) -> bytes:
        cases = (_many(_text(name.encode()) for name in types) + self.fields(case) for types, case in of.cases)
        return _number(of.label) + _number(of.split) + _many(cases)

    def field(self, of: FieldShape, listing: ConnectionShape | None) -> bytes:
        if isinstance(of, ValueShape):
            return self.value(of)
        if isinstance(of, ComputedShape):
            return self.computed(of)
        if isinstance(of, TypeShape):
            return _plain(of.column) if of.name is None else b"\x01" + _constant(of.name)
        if isinstance(of, RelatedShape):
            return b"\x02" + _number(of.column) + self.node(of.of)
        if isinstance(of, ListShape):
            return b"\x03" + _number(of.column) + self.node(of.of)
        if isinstance(of, LookupShape):
            return self.lookup(of)
        if isinstance(of, ConnectionShape):
            return b"\x06" + self.connection(of)
        if isinstance(of, SameRowShape):
            return b"\x07" + self.node(of.of)
        if isinstance(of, HighlightsShape):
            return b"\x08" + self.highlights(of)
        if isinstance(of, CursorShape) and listing is not None:
            return b"\x08" + self.cursor(listing)
        raise TypeError(f"{type(of).__name__} does not stand here")

    def value(self, of: ValueShape) -> bytes:
        if of.format is Format.PLAIN:
            return _plain(of.column, required=of.required)
        shape = bytes((FORMATS[of.format],)) + _parts(of)
        otherwise = 0 if of.format is Format.TEXTS else self.function(partial(_shown, of))
        return b"\x00" + _number(of.column) + shape + bytes((of.required,)) + _number(otherwise)

    def computed(self, of: ComputedShape) -> bytes:
        if of.parts is None and type(computation(of.declared)).value is Computation.value:
            return _plain(of.column)
        return b"\x08" + self.call(lambda columns, _: shown_computed(of, columns[0]), (of.column,), nullable=True)

    def lookup(self, of: LookupShape) -> bytes:
        if of.ids is None:
            return b"\x04" + _number(of.column) + self.node(of.of)
        ids = self.ids.setdefault(of.ids, len(self.ids))
        return b"\x05" + _number(of.column) + self.node(of.of) + _number(ids) + _number(of.id_column)

    def highlights(self, of: HighlightsShape) -> bytes:
        columns = tuple(dict.fromkeys((of.label, *(at for _, texts in of.texts for _, at in texts))))
        places = {column: place for place, column in enumerate(columns)}

        def function(given: list[Any], request: Request) -> Any:
            texts = dict(of.texts).get(given[0], ())
            words = request.parameters[f"p{of.words}"]
            return highlights([(name, given[places[at]]) for name, at in texts], words, of.parts, of.ranges)

        return self.call(function, columns)

    def cursor(self, of: ConnectionShape) -> bytes:
        return self.call(lambda columns, request: request.seal(request.scopes[of.scope], columns), of.cursor)

    def call(self, function: Function, columns: Sequence[int], *, nullable: bool = False) -> bytes:
        named = _number(self.function(function))
        return named + _many(map(_number, columns)) + bytes((nullable,))

    def function(self, function: Function) -> int:
        """Return the number of a function."""
        self.functions.append(function)
        return len(self.functions) - 1

    def connection(self, of: ConnectionShape) -> bytes:
        column = _maybe(of.column if of.column >= 0 else None)
        limit = _maybe(self.limit(of.page.limit) if of.page.extra else None)
        parts = _many(_key(part.key) + self.part(part, of) for part in of.fields)
        return column + limit + bytes((of.page.backward,)) + self.cursor(of) + parts

    def limit(self, index: int) -> int:
        """Return the place of a limit in the request."""
        return self.limits.setdefault(index, len(self.limits))

    def part(self, part: PartShape, of: ConnectionShape) -> bytes:
        if isinstance(part, EdgesShape):
            return b"\x00" + self.fields(part.of, of)
        if isinstance(part, NodesShape):
            return b"\x01" + self.node(part.of)
        if isinstance(part, PageInfoShape):
            return b"\x02" + _many(_key(key) + _info(name, of) for key, name in part.parts)
        return b"\x03" + (_plain(part.column) if isinstance(part, CountShape) else self.field(part, of))

    def tests(self, tests: Tests) -> bytes:
        return _many(self.test(each) for each in tests)

    def test(self, test: Test) -> bytes:
        at = _number(test.at)
        if isinstance(test, Flag):
            return b"\x00" + at
        if isinstance(test, One):
            return b"\x01" + at + self.tests(test.tests)
        if isinstance(test, Each):
            limit = None if test.limit is None else self.limit(test.limit)
            return b"\x02" + at + self.tests(test.tests) + _maybe(limit)
        cases = _many(_text(label.encode()) + self.tests(each) for label, each in test.tests)
        return b"\x03" + at + _number(test.label) + cases


def _plain(column: int, *, required: bool = False) -> bytes:
    return b"\x00" + _number(column) + bytes((FORMATS[Format.PLAIN], required)) + _number(0)


def _parts(of: ValueShape) -> bytes:
    if of.format not in PARTS:
        return b""
    type_, fields = PARTS[of.format]
    return _many(
        _key(key) + (b"\xff" + _constant(type_) if name == "__typename" else bytes((fields.index(name),)))
        for key, name in of.parts
    )


def _info(name: str, of: ConnectionShape) -> bytes:
    page = of.page
    if name in ("startCursor", "endCursor"):
        return b"\x02" if name == "startCursor" else b"\x03"
    if name == "__typename":
        return b"\x00" + _constant("PageInfo")
    if (name == "hasNextPage") is not page.backward:
        return b"\x01"
    return b"\x00" + _constant(page.before if page.backward else page.after)


def _shown(of: ValueShape, columns: list[Any], _request: Request) -> Any:
    value = shown(of, columns[0])
    if value is None and of.required:
        raise Absent
    return value
