"""PackStream. In: a value. Out: bytes, by the specification and by no code of a driver; and back, by the driver's."""

import struct
from functools import cache
from typing import Any

from graph.bolt.lane.codec import Codec

INTEGERS = ((-16, 127, None, "b"), (-(2**7), 2**7 - 1, 0xC8, "b"), (-(2**15), 2**15 - 1, 0xC9, "h"),
            (-(2**31), 2**31 - 1, 0xCA, "i"), (-(2**63), 2**63 - 1, 0xCB, "q"))  # fmt: skip


def pack(value: Any) -> bytes:
    """Pack a value."""
    if value is None or isinstance(value, bool):
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[value]
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, float):
        return b"\xc1" + struct.pack(">d", value)
    if isinstance(value, str):
        data = value.encode()
        return _head(len(data), 0x80, 0xD0) + data
    if isinstance(value, bytes):
        return b"\xcc" + bytes((len(value),)) + value
    if isinstance(value, dict):
        return _head(len(value), 0xA0, 0xD8) + b"".join(pack(key) + pack(each) for key, each in value.items())
    return _head(len(value), 0x90, 0xD4) + b"".join(map(pack, value))


def _integer(value: int) -> bytes:
    head, form = next((head, form) for least, most, head, form in INTEGERS if least <= value <= most)
    return (b"" if head is None else bytes((head,))) + struct.pack(f">{form}", value)


def _head(length: int, small: int, sized: int) -> bytes:
    if length < 16:
        return bytes((small + length,))
    power = 0 if length < 2**8 else 1 if length < 2**16 else 2
    return bytes((sized + power,)) + struct.pack(">" + "BHI"[power], length)


def unpack(data: bytes) -> Any:
    """Unpack bytes as the driver's Python does; raise whatever it raises. Its Rust panics where bytes end early."""
    return _codec().unpack(bytearray(data))


@cache
def _codec() -> Codec:
    return Codec(python=True)
