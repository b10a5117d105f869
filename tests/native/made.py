"""Both ways from a record to JSON, for shapes written by hand. In: a shape and a row. Out: JSON, or why there is none."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import orjson

from graph.question.decode.generate import Shaper, generate
from graph.question.decode.native import Library, Writer, Written
from graph.question.decode.page import Absent, Request
from graph.question.plan.columns import Plan, Row
from graph.question.plan.shapes import FieldShape, Format, ObjectShape, ValueShape
from tests.native.packing import unpack


def plan(*fields: FieldShape) -> Plan:
    """Make a plan of which only the shape counts."""
    return Plan(Row(()), ObjectShape(fields), (), (), (), (), (), ())


def value(format_: Format, *, required: bool = False, parts: tuple[str, ...] = ()) -> ValueShape:
    """Make the shape of a value in the first column."""
    return ValueShape("value", 0, format_, required, tuple((f"its {part}", part) for part in parts))


def request(**parameters: Any) -> Request:
    """Make a request whose cursors can be read."""
    return Request(parameters, (b"scope 0", b"scope 1"), lambda scope, values: repr((scope, values)))


def outcome(shape: Callable[[], Any]) -> bytes | type[Exception]:
    """Return the JSON of what a function shapes, or the kind of what it raises."""
    try:
        made = shape()
        return made.json if isinstance(made, Written) else orjson.dumps(made)
    except Exception as error:
        return type(error)


def both(library: Library, of: Plan, packed: bytes, given: Request | None = None) -> tuple[Any, Any]:
    """Return what the native writer and what the generated shaper make of the bytes of a record."""
    asked, (writer, shaper) = given or request(), _ways(library, of)
    return outcome(lambda: writer.write(packed, asked, unpack)), outcome(lambda: shaper(unpack(packed), asked))


@lru_cache(maxsize=8)
def _ways(library: Library, of: Plan) -> tuple[Writer, Shaper]:
    writer = library.writer(of)
    assert writer is not None
    return writer, generate(of.shape)


LEFT = orjson.dumps(None)
"""What stands for a record that the native writer leaves to Python."""


def agree(native: Any, python: Any) -> bool:
    """Whether both made the same, or the native writer leaves it to Python."""
    return bool(native in (python, LEFT) or (python is Absent and native is LEFT))
