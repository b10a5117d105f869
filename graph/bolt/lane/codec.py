"""What the lane takes from the driver's private parts: PackStream and errors. In: values or bytes. Out: bytes, values, errors.

tests/bolt/test_codec.py fails if a version of the driver moves one of them.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from neo4j._codec.hydration import BrokenHydrationObject
from neo4j._codec.hydration.bolt.v2 import HydrationHandler
from neo4j._codec.packstream import Structure, v1
from neo4j._meta import BOLT_AGENT_DICT, USER_AGENT
from neo4j.exceptions import BrokenRecordError, Neo4jError

_V1: Any = v1
"""It has no types."""
_Unpack = Callable[[bytearray, int, Any], tuple[Any, int]]
GQL = (5, 7)
"""The version of Bolt from which on failures have a GQL status."""
EPOCH, DAY = 719_163, 86_400
"""The number of the day from which seconds are counted, 1970-01-01, and the seconds of a day."""


class _HasStructure(Exception):
    """A value has a structure, such as a date."""


class Codec:
    """Packs and unpacks values as the driver does: in Rust if its extension is installed, in Python otherwise."""

    def __init__(self, python: bool = False) -> None:
        fast = None if python else fast_functions()
        pack, unpack = fast or (_pack_in_python, _unpack_in_python)
        self._handler = HydrationHandler()
        self._unpack: _Unpack = unpack
        self._pack: Callable[[Any, Any], bytes] = pack
        hooks = self._handler.dehydration_hooks
        slow = hooks.exact_types[datetime]
        self._sent = hooks.extend(exact_types={tuple: list, datetime: lambda at: _moment(at) or slow(at)})
        self._plain = {Structure: _refuse}

    def pack(self, value: Any) -> bytes:
        """Return a value as PackStream. Raise ValueError, TypeError or OverflowError if it has none."""
        return self._pack(value, self._sent)

    def unpack(self, data: bytearray, at: int = 0) -> Any:
        """Return the value that begins at an index. Structures become the types of the driver."""
        try:
            return self._unpack(data, at, self._plain)[0]
        except _HasStructure:
            value = self._unpack(data, at, self._handler.new_hydration_scope().hydration_hooks)[0]
        if isinstance(value, BrokenHydrationObject):
            raise BrokenRecordError("The value has a part that the driver cannot decode.") from value.error
        return value


def failure(details: Mapping[str, Any], version: tuple[int, int]) -> Neo4jError:
    """Return the error that the driver would raise for the details of a FAILURE."""
    hydrate = Neo4jError._hydrate_gql if version >= GQL else Neo4jError._hydrate_neo4j
    return hydrate(**details)


def agent() -> tuple[str, dict[str, str]]:
    """Return how the driver names itself to a server: as text and in parts."""
    return USER_AGENT, dict(BOLT_AGENT_DICT)


def fast_functions() -> tuple[Callable[[Any, Any], bytes], _Unpack] | None:
    """Return `pack` and `unpack` of the driver's Rust extension; None if it is not installed."""
    return None if _V1._rust_pack is None else (_V1._rust_pack, _V1._rust_unpack)


def _moment(at: datetime) -> Structure | None:
    """Return a moment in UTC as the driver packs it, which takes it many times as long; None for other zones."""
    if at.tzinfo is not UTC:
        return None
    seconds = (at.toordinal() - EPOCH) * DAY + at.hour * 3_600 + at.minute * 60 + at.second
    return Structure(b"I", seconds, at.microsecond * 1_000, 0)


def _refuse(_structure: object) -> Any:
    raise _HasStructure


def _pack_in_python(value: Any, hooks: Any) -> bytes:
    buffer = _V1.PackableBuffer()
    _V1.Packer(buffer)._py_pack(value, hooks)
    return bytes(buffer.data)


def _unpack_in_python(data: bytearray, at: int, hooks: Any) -> tuple[Any, int]:
    buffer = _V1.UnpackableBuffer(data)
    buffer.p = at
    return _V1.Unpacker(buffer)._unpack(hooks), buffer.p
