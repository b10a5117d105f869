"""A watchdog: nothing stays on the event loop for long, whatever a client sends."""

import asyncio
import gc
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from random import Random

import pytest

from graph.bolt.connect import Address
from tests.conftest import SECRET
from tests.kit.hostile import KINDS, Kind, Peer
from tests.kit.watchdog import MOST_MILLISECONDS, Watched, watched
from tests.kit.watched import Report
from tests.kit.writer import BlockingWriter

ADDRESSES = ("127.0.0.2", "127.0.0.3", "127.0.0.4")
EACH = 2
"""How often each address does the same at the same time."""
LONGEST = 8.0
"""Seconds after which an attack is ended."""


@pytest.fixture(scope="module", params=["hardened", "local"])
def server(request: pytest.FixtureRequest, seeded: BlockingWriter, address: Address) -> Iterator[Watched]:
    """A server that is watched, hardened and local. What its start held is not counted."""
    with watched(address, SECRET.decode(), CITYGRAPH_PROFILE=request.param) as opened:
        opened.report()
        yield opened


def attack(server: Watched, kinds: tuple[Kind, ...]) -> Counter[int]:
    """Let several clients do all of this at once; return the statuses that they got."""
    peers = [Peer(server.server.port, address) for address in ADDRESSES]

    async def work() -> None:
        acts = [
            kind.act(peer, Random(f"{kind.name} {address} {time}"))
            for kind in kinds
            for address, peer in enumerate(peers)
            for time in range(EACH)
        ]
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                await asyncio.gather(*acts)

    asyncio.run(work())
    with warnings.catch_warnings():
        # A client that is cut off while it connects leaves a socket behind.
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
    return Counter(status for peer in peers for status in peer.statuses)


def holds_nothing(report: Report) -> None:
    assert report.callbacks > 0
    assert report.held <= MOST_MILLISECONDS, f"{report.by} held the event loop for {report.held:.0f} ms: {report.where}"


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_no_kind_of_attack_holds_the_event_loop(server: Watched, kind: Kind) -> None:
    statuses = attack(server, (kind,))
    holds_nothing(server.report())
    assert not statuses[500]


def test_all_kinds_at_once_hold_nothing(server: Watched) -> None:
    for first in range(0, len(KINDS), 12):
        statuses = attack(server, KINDS[first : first + 12])
        assert not statuses[500]
    holds_nothing(server.report())
    assert server.server.status("/healthz") == 200


def test_the_watchdog_sees_what_holds_the_event_loop(seeded: BlockingWriter, address: Address) -> None:
    """A server whose health check computes for 60 ms."""
    with watched(address, SECRET.decode(), CITYGRAPH_TEST_HELD="0.06") as slow:
        slow.report()
        assert slow.server.status("/readyz") == 200
        report = slow.report()
        assert report.held > MOST_MILLISECONDS
        with pytest.raises(AssertionError, match="held the event loop"):
            holds_nothing(report)


def test_the_attack_list_has_many_kinds_of_different_names() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 60
    assert all(kind.says.endswith(".") for kind in KINDS)
