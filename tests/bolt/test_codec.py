"""What the lane takes from the driver's private parts is there, and PackStream in Rust and in Python is the same."""

import random
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

import pytest
from neo4j._codec.hydration.bolt.v2 import HydrationHandler
from neo4j.exceptions import AuthError, ClientError, Neo4jError, TransientError

from graph.bolt.lane.chunks import LARGEST, Chunks, chunked
from graph.bolt.lane.codec import Codec, agent, failure, fast_functions

ODD: list[Any] = [
    None, True, False, 0, -1, 127, 128, -16, -17, -128, -129, 2**15, -(2**15) - 1, 2**31, -(2**31) - 1, 2**63 - 1, -(2**63),
    0.0, -0.0, 1.5, 1e308, float("inf"), "", "a", "ü" * 15, "x" * 255, "x" * 256, "x" * 65_535, "x" * 65_536, "\0", "😀",
    b"", b"\0\xff", b"x" * 70_000, [], [[[[[]]]]], list(range(300)), [None] * 70_000, {}, {"a": {"b": [{}]}},
    {str(number): number for number in range(300)}, (1, (2, 3)), date(2026, 1, 31),
]  # fmt: skip


class Taken(Chunks):
    """Keeps the messages that come."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[bytes] = []

    def message(self, message: bytes) -> None:
        self.messages.append(message)


def test_the_driver_has_the_parts_that_the_lane_takes() -> None:
    """If this fails, a version of the driver moved them: change graph/bolt/lane/codec.py."""
    assert fast_functions() is not None, "neo4j-rust-ext is installed with the product"
    name, parts = agent()
    assert name.startswith("neo4j-python/")
    assert parts["product"] == name.partition(" ")[0]
    assert isinstance(Codec().pack(1), bytes)
    assert Codec().unpack(bytearray(b"\0\x81a\x02"), 1) == "a"


@pytest.mark.parametrize("value", ODD, ids=lambda value: f"{type(value).__name__} {str(value)[:10]!r}")
def test_values_are_packed_the_same_in_rust_and_in_python(value: Any) -> None:
    fast, slow = Codec(), Codec(python=True)
    packed = fast.pack(value)
    assert slow.pack(value) == packed
    seen = fast.unpack(bytearray(packed))
    assert repr(slow.unpack(bytearray(packed))) == repr(seen)
    assert seen == (fast.unpack(bytearray(fast.pack([1, [2, 3]]))) if isinstance(value, tuple) else value)


@pytest.mark.parametrize("codec", [Codec(), Codec(python=True)], ids=["rust", "python"])
@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=2)), None], ids=str)
@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 2),  # the zone is set below
        datetime(1969, 12, 31, 23, 59, 59, 999_999),  # likewise
        datetime(1970, 1, 1),  # likewise
        datetime(2026, 11, 30, 20, 31, 37, 1_001),  # likewise
        datetime(9999, 12, 30, 23, 59, 59, 999_999),  # likewise
    ],
    ids=str,
)
def test_a_moment_is_packed_as_the_driver_packs_it(codec: Codec, zone: tzinfo | None, moment: datetime) -> None:
    """The lane has a shorter way for moments in UTC."""
    at = moment.replace(tzinfo=zone)
    expected = HydrationHandler().dehydration_hooks.exact_types[datetime](at)
    assert codec.pack(at) == codec.pack(expected)


@pytest.mark.parametrize("codec", [Codec(), Codec(python=True)], ids=["rust", "python"])
@pytest.mark.parametrize("value", [object(), {1: 2}, 2**63, {"a": {3}}, [object()]])
def test_what_has_no_packstream_is_refused(codec: Codec, value: Any) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError)):
        codec.pack(value)


@pytest.mark.parametrize("seed", range(20))
def test_messages_are_the_same_however_they_are_cut(seed: int) -> None:
    chance = random.Random(seed)
    sizes = [1, 2, 100, LARGEST - 1, LARGEST, LARGEST + 1, 3 * LARGEST]
    sent = [chance.randbytes(chance.choice(sizes)) for _ in range(6)]
    taken, whole = Taken(), b"\0\0".join(map(chunked, sent))
    while whole:
        size = chance.choice([1, 2, 3, 50, 70_000, 200_000])
        taken.feed(whole[:size])
        whole = whole[size:]
    assert taken.messages == sent


def test_a_message_may_come_in_chunks_of_any_size() -> None:
    taken = Taken()
    taken.feed(b"\0\1a\0\2bc\0\0" + b"\0\0" + b"\0\1d\0\0")
    assert taken.messages == [b"abc", b"d"]


@pytest.mark.parametrize(
    ("details", "version", "kind", "code", "again"),
    [
        ({"code": "Neo.ClientError.Security.Unauthorized", "message": "m"}, (5, 6), AuthError, None, False),
        ({"code": "Neo.TransientError.A.B", "message": "m"}, (5, 6), TransientError, None, True),
        ({"neo4j_code": "Neo.ClientError.A.B", "message": "m"}, (5, 7), ClientError, "Neo.ClientError.A.B", False),
        ({}, (5, 8), Neo4jError, "Neo.DatabaseError.General.UnknownError", False),
    ],
)
def test_failures_become_the_errors_of_the_driver(
    details: dict[str, str], version: tuple[int, int], kind: type[Neo4jError], code: str | None, again: bool
) -> None:
    error = failure(dict(details), version)
    assert isinstance(error, kind)
    assert error.code == (code or details["code"])
    assert error.is_retryable() == again
