"""A watchdog: nothing stays on the event loop for long, whatever a client sends."""

import asyncio
import gc
import shutil
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from random import Random

import pytest

from graph.bolt.connect import Address
from seeds import QUESTIONS
from tests.conftest import SECRET
from tests.kit.hostile import KINDS, Kind, Peer
from tests.kit.hostile.floods import TRUSTED
from tests.kit.watchdog import MOST_MILLISECONDS, Watched, watched
from tests.kit.watched import Report
from tests.kit.writer import BlockingWriter

ADDRESSES = ("127.0.0.2", "127.0.0.3", "127.0.0.4")
EACH, EACH_SOAK = 1, 2
"""How often each address does the same at the same time."""
LONGEST = 8.0
"""Seconds after which an attack is ended."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask a hardened and a local server. What comes alone asks the local one, which only this machine reaches, in `make soak`."""
    if "server" in metafunc.fixturenames:
        only_hardened = "kind" in metafunc.fixturenames and not metafunc.config.getoption("soak")
        profiles = ["hardened"] if only_hardened else ["hardened", "local"]
        metafunc.parametrize("server", profiles, indirect=True, scope="module")


@pytest.fixture(scope="module")
def server(
    request: pytest.FixtureRequest, seeded: BlockingWriter, address: Address, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Watched]:
    """A server that is watched, hardened and local. What its start held is not counted.

    The first warms all trusted documents meanwhile, which is to hold nothing either; the second has those that attacks ask.
    """
    folder = QUESTIONS
    if request.param == "local":
        folder = tmp_path_factory.mktemp("trusted")
        for name in TRUSTED:
            shutil.copy(QUESTIONS / f"{name}.graphql", folder)
    settings = {"CITYGRAPH_PROFILE": request.param, "CITYGRAPH_TRUSTED_DIR": str(folder)}
    with watched(address, SECRET.decode(), **settings) as opened:
        opened.report()
        yield opened


@pytest.fixture(scope="module")
def each(pytestconfig: pytest.Config) -> int:
    return EACH_SOAK if pytestconfig.getoption("soak") else EACH


def attack(server: Watched, kinds: tuple[Kind, ...], each: int) -> Counter[int]:
    """Let several clients do all of this at once, each so often; return the statuses that they got."""
    peers = [Peer(server.server.port, address) for address in ADDRESSES]

    async def work() -> None:
        acts = [
            kind.act(peer, Random(f"{kind.name} {address} {time}"))
            for kind in kinds
            for address, peer in enumerate(peers)
            for time in range(each)
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


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_no_kind_of_attack_holds_the_event_loop(server: Watched, kind: Kind, each: int) -> None:
    statuses = attack(server, (kind,), each)
    holds_nothing(server.report())
    assert not statuses[500]


@pytest.mark.soak
def test_all_kinds_at_once_hold_nothing(server: Watched, each: int) -> None:
    for first in range(0, len(KINDS), 12):
        statuses = attack(server, KINDS[first : first + 12], each)
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
