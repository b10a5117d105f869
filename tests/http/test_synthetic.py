"""What an answer says of its synthetic facts goes over HTTP and WebSocket, beside the data."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.http.running import Running
from tests.http.test_sockets import answered, connected

ASKS = "{ benchmarks(first: 1, synthetic: true) { totalCount } cities(first: 1) { nodes { id } } }"
LEAVES = "{ benchmarks(first: 1) { totalCount } }"


@pytest.fixture
def server(running: Callable[..., Running]) -> Running:
    """A server whose settings do not ask for synthetic facts."""
    return running(synthetic=False)


def test_over_http(server: Running) -> None:
    found: Any = server.ask(ASKS).json()
    assert list(found) == ["data", "extensions"]
    assert found["extensions"]["synthetic"]["fields"] == ["benchmarks"]
    assert server.ask(LEAVES).json() == {"data": {"benchmarks": {"totalCount": 0}}}


def test_over_websocket(server: Running) -> None:
    with connected(server) as socket:
        payload = answered(socket, query=ASKS)["payload"]
        assert payload["extensions"]["synthetic"]["fields"] == ["benchmarks"]
        assert "extensions" not in answered(socket, query=LEAVES)["payload"]


def test_the_setting_asks_for_them(running: Callable[..., Running]) -> None:
    found: Any = running(synthetic=True).ask(LEAVES).json()
    assert found["data"]["benchmarks"]["totalCount"] > 0
    assert found["extensions"]["synthetic"]["fields"] == ["benchmarks"]
