"""Messages of Bolt 5.2 to 5.8. In: what is said. Out: its bytes, in chunks."""

from collections.abc import Mapping
from typing import Any

from graph.bolt.lane.chunks import chunked
from graph.bolt.lane.codec import Codec, agent
from graph.bolt.lane.target import Target

GREETING = b"\x60\x60\xb0\x17" + b"\x00\x06\x08\x05" + b"\x00" * 12
"""The magic word and one range of versions: 5.8 and the six before it. Bolt 5.1 cannot turn notifications off."""
OLDEST, NEWEST = (5, 2), (5, 8)
NAMED = (5, 3)
"""The version of Bolt from which on a client must name itself in parts."""

RECORD, SUCCESS, IGNORED, FAILURE = 0x71, 0x70, 0x7E, 0x7F
PULL = b"\x00\x06\xb1\x3f\xa1\x81n\xff\x00\x00"
"""All records."""
RESET = b"\x00\x02\xb0\x0f\x00\x00"
GOODBYE = b"\x00\x02\xb0\x02\x00\x00"
COMMIT = b"\x00\x02\xb0\x12\x00\x00"
ROLLBACK = b"\x00\x02\xb0\x13\x00\x00"


def hello(codec: Codec, version: tuple[int, int], target: Target) -> bytes:
    """Return HELLO and LOGON. Notifications are off, as they are for the driver."""
    user_agent, parts = agent()
    about: dict[str, Any] = {"user_agent": user_agent, "notifications_minimum_severity": "OFF"}
    if target.routing is not None:
        about["routing"] = dict(target.routing)
    if version >= NAMED:
        about["bolt_agent"] = parts
    login = {"scheme": "basic", "principal": target.username, "credentials": target.password}
    return chunked(b"\xb1\x01" + codec.pack(about)) + chunked(b"\xb1\x6a" + codec.pack(login))


def route(codec: Codec, routing: Mapping[str, str], database: str) -> bytes:
    """Return ROUTE, which asks which servers of a cluster answer for a database."""
    return chunked(b"\xb3\x66" + codec.pack([dict(routing), [], {"db": database}])[1:])


def run(codec: Codec, text: str, parameters: dict[str, Any], extra: bytes) -> bytes:
    """Return RUN and PULL. `extra` is a packed map: database, mode, time limit in milliseconds, what marks the transaction."""
    # The list of both is packed at once; its first byte is its length.
    both = codec.pack([text, parameters])
    return chunked(b"\xb3\x10" + both[1:] + extra) + PULL


def begin(codec: Codec, database: str) -> bytes:
    """Return BEGIN of a transaction that may write."""
    return chunked(b"\xb1\x11" + codec.pack({"db": database, "tx_metadata": {"app": "citygraph"}}))
