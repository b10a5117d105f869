"""The native writer. In: the bytes of a record. Out: the JSON of an answer, without a Python object for each value.

The library is the optional package citygraph-native, the folder `native` of the repository.
"""

import ctypes
import logging
import struct
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

from graph.question.decode.page import Absent, Request
from graph.question.decode.program import VERSION, Program, program
from graph.question.plan.columns import Plan

log = logging.getLogger(__name__)

PACKAGE = "citygraph_native"
WRITTEN = 0
"""What the library returns if there is an answer."""
HOLE, HOLE_BYTES = "<QII", 16
"""What stands before the columns of a hole: its place, its function, and their length."""

Unpack = Callable[[bytes], Any]


class _Answer(ctypes.Structure):
    _fields_ = (
        ("bytes", ctypes.c_void_p),
        ("length", ctypes.c_size_t),
        ("capacity", ctypes.c_size_t),
        ("json", ctypes.c_size_t),
        ("roots", ctypes.c_size_t),
        ("holes", ctypes.c_size_t),
        ("missed", ctypes.c_uint8),
    )


@dataclass(frozen=True)
class Written:
    """Data of an answer as JSON, the keys of roots with synthetic facts, and whether a list of it may be empty."""

    json: bytes
    synthetic: tuple[str, ...] = ()
    may_have_missed: bool = True

    @cached_property
    def data(self) -> dict[str, Any]:
        """The data, read again."""
        data: dict[str, Any] = orjson.loads(self.json)
        return data


class Library:
    """The loaded library."""

    def __init__(self, path: Path) -> None:
        """Load it. Raise OSError or AttributeError if the file is none, and ValueError if it is of another version."""
        library = ctypes.CDLL(str(path))
        if library.citygraph_version() != VERSION:
            raise ValueError(f"{path} is of another version; `make native` builds it anew")
        pointer, size, text = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p
        library.citygraph_program.argtypes, library.citygraph_program.restype = (text, size), pointer
        library.citygraph_forget.argtypes, library.citygraph_forget.restype = (pointer,), None
        library.citygraph_free.argtypes, library.citygraph_free.restype = (pointer,), None
        library.citygraph_write.argtypes = (pointer, text, size, text, size, pointer)
        self._make, self._forget = library.citygraph_program, library.citygraph_forget
        self._write, self._free = library.citygraph_write, library.citygraph_free

    def writer(self, plan: Plan) -> "Writer | None":
        """Return the writer of a plan; None if the library does not know its program."""
        made = program(plan)
        handle = self._make(made.data, len(made.data))
        if not handle:
            return None
        writer = Writer(self, made, handle)
        weakref.finalize(writer, self._forget, handle)
        return writer

    def write(self, handle: int, record: bytes, request: bytes) -> tuple[_Answer, bytes] | None:
        """Write a record: what the library says of it, and its bytes. None if Python has to shape the record."""
        answer = _Answer()
        at = ctypes.addressof(answer)
        if self._write(handle, record, len(record), request, len(request), at) != WRITTEN:
            return None
        try:
            return answer, ctypes.string_at(answer.bytes, answer.length)
        finally:
            self._free(at)


class Writer:
    """Writes the answers of one plan."""

    def __init__(self, library: Library, made: Program, handle: int) -> None:
        self._library, self._program, self._handle = library, made, handle

    def write(self, record: bytes, request: Request, unpack: Unpack) -> Written | None:
        """Write a record, or return None if Python has to shape it. `unpack` reads PackStream."""
        try:
            given = self._program.request(request.parameters)
        except (struct.error, UnicodeEncodeError):
            return None
        made = self._library.write(self._handle, record, given)
        if made is None:
            return None
        answer, data = made
        json, roots = data[: answer.json], data[answer.json : answer.json + answer.roots]
        if answer.holes:
            try:
                json = self._filled(json, data[answer.json + answer.roots :], request, unpack)
            except Absent:
                return None
        synthetic = tuple(key for key, shows in zip(self._program.roots, roots, strict=True) if shows)
        return Written(json, synthetic, bool(answer.missed))

    def _filled(self, json: bytes, holes: bytes, request: Request, unpack: Unpack) -> bytes:
        """Put what Python shows between the pieces of JSON."""
        parts: list[bytes] = []
        done = at = 0
        while at < len(holes):
            place, function, length = struct.unpack_from(HOLE, holes, at)
            at += HOLE_BYTES + length
            value = self._program.functions[function](unpack(holes[at - length : at]), request)
            parts += (json[done:place], orjson.dumps(value))
            done = place
        return b"".join((*parts, json[done:]))


def installed() -> Library | None:
    """Return the library, or None if it is not installed. One that cannot be used is told in the log."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    try:
        return Library(Path(spec.origin).with_name("library.so"))
    except (OSError, AttributeError, ValueError) as error:
        log.warning("the native library is not used", extra={"reason": str(error)})
        return None
