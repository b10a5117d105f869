"""Streams over real sockets: nothing is missed or sent twice, and a slow reader holds nobody."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from app.http import following as module
from tests.events.log import AMBER, LEARNED, LEARNED_ID, LESSON, SEATTLE, Log
from tests.http.conftest import TOKEN
from tests.http.running import Running

STEWARD = {"authorization": f"Bearer {TOKEN}"}
Sent = tuple[str, dict[str, Any]]


class Streamed:
    """An open stream: its blocks as they come."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.iter_lines()
        self.id = ""

    def block(self) -> dict[str, str]:
        """Return the fields of the next block."""
        fields: dict[str, str] = {}
        for line in self._lines:
            if not line:
                break
            name, _, value = line.partition(": ")
            fields[name] = value
        self.id = fields.get("id", self.id)
        return fields

    def events(self, count: int) -> list[dict[str, Any]]:
        """Return the next events; blocks with a cursor alone are left out."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            block = self.block()
            assert block, "the stream ended"
            if "data" in block:
                found.append(json.loads(block["data"]))
        return found


@contextmanager
def stream(server: Running, query: str = "", **headers: str) -> Iterator[Streamed]:
    url = f"http://127.0.0.1:{server.port}/events/stream?{query}"
    with httpx.stream("GET", url, headers=headers, timeout=20) as response:
        yield Streamed(response)


@pytest.fixture
def server(running: Callable[..., Running]) -> Running:
    return running(synthetic=False)


def feed(server: Running, query: str = "") -> Any:
    return httpx.get(f"http://127.0.0.1:{server.port}/events?{query}", timeout=20).json()


def test_an_event_arrives_within_a_second_for_whom_may_see_it(server: Running, log: Log) -> None:
    with stream(server) as anyone, stream(server, **STEWARD) as steward, stream(server, "type=LEARNED") as learned:
        assert anyone.response.headers["content-type"].startswith("text/event-stream")
        assert anyone.response.headers["cache-control"] == "private, no-store"
        for each in (anyone, steward, learned):
            assert each.block()["retry"] == "2000"
        log.put({**LESSON, "id": "lesson/log-2", **AMBER, "holders": [SEATTLE]})
        begun = time.monotonic()
        log.put(LESSON, LEARNED)
        assert [event["fact"] for event in anyone.events(2)] == ["lesson/log-1", LEARNED_ID]
        assert time.monotonic() - begun < 1.5
        assert [event["fact"] for event in steward.events(3)] == ["lesson/log-2", "lesson/log-1", LEARNED_ID]
        assert [event["fact"] for event in learned.events(1)] == [LEARNED_ID]


def test_a_stream_that_goes_on_after_its_last_id_misses_nothing_and_repeats_nothing(server: Running, log: Log) -> None:
    """Pieces of 1, 99, 100 and 130 events end within, at and after a page of the server."""
    cursor = feed(server, "first=1")["cursor"]
    expected: list[str] = []
    page = {"cursor": cursor}
    while len(expected) < 330:
        page = feed(server, f"first=100&after={page['cursor']}")
        expected += [event["id"] for event in page["events"]]
    got: list[str] = []
    for count in (1, 99, 100, 130):
        with stream(server, **{"last-event-id": cursor}) as opened:
            got += [event["id"] for event in opened.events(count)]
            cursor = opened.id
    assert got == expected[:330]


def test_a_stream_goes_on_with_events_that_came_while_nobody_listened(server: Running, log: Log) -> None:
    with stream(server) as opened:
        opened.block()
        cursor = opened.id
    log.put(LESSON)
    with stream(server, **{"last-event-id": cursor}) as opened:
        log.put({**LESSON, "note": "n"}, day=2)
        assert [(event["kind"], event["fields"]) for event in opened.events(2)] == [
            ("CREATED", []),
            ("CHANGED", ["note"]),
        ]


def test_a_reader_that_reads_nothing_holds_nobody(server: Running, log: Log) -> None:
    """Eight sockets ask for the whole log and read none of it; another one gets its event in time."""
    start = feed(server, "first=1")["cursor"]
    request = f"GET /events/stream?after={start} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode()
    sockets = [server.socket() for _ in range(8)]
    try:
        for each in sockets:
            each.sendall(request)
        with stream(server) as opened:
            opened.block()
            time.sleep(1)
            log.put(LESSON)
            begun = time.monotonic()
            assert [event["fact"] for event in opened.events(1)] == ["lesson/log-1"]
            assert time.monotonic() - begun < 2
    finally:
        for each in sockets:
            each.close()


def test_a_quiet_stream_sends_a_cursor_from_time_to_time(
    server: Running, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BEAT", 0.2)
    with stream(server) as opened:
        opened.block()
        first, second = opened.block(), opened.block()
        assert (set(first), set(second)) == ({"id"}, {"id"})
        assert first["id"] != second["id"]
        log.put(LESSON)
        cursor = opened.id
        assert [event["fact"] for event in opened.events(1)] == ["lesson/log-1"]
    with stream(server, **{"last-event-id": cursor}) as again:
        assert [event["fact"] for event in again.events(1)] == ["lesson/log-1"]


def test_a_cursor_of_another_viewer_opens_no_stream(server: Running, log: Log) -> None:
    cursor = feed(server, "after=now")["cursor"]
    with stream(server, **{"last-event-id": cursor}, **STEWARD) as refused:
        assert refused.response.status_code == 400
        assert "another viewer" in refused.response.read().decode()


def test_a_stream_ends_when_its_token_is_no_longer_known(server: Running, log: Log) -> None:
    with stream(server, **STEWARD) as opened:
        opened.block()
        events = server.server.config.app.state.events  # type: ignore[union-attr]  # the application of the test
        server.until(lambda: events.delivery._readers == 1, "it has read what there was and waits")
        events.viewing.viewers.token = "another token"
        log.put(LESSON)
        assert [line for line in opened._lines if line.startswith("data")] == []


def test_one_address_has_a_share_of_the_streams(running: Callable[..., Running]) -> None:
    server = running(max_sockets=8)
    with stream(server) as one, stream(server) as two, stream(server) as three:
        assert [each.response.status_code for each in (one, two, three)] == [200, 200, 503]
        assert three.response.headers["retry-after"] == "1"


def test_streams_end_with_the_server(server: Running) -> None:
    with stream(server) as opened:
        opened.block()
        begun = time.monotonic()
        server.server.should_exit = True
        assert list(opened._lines) == []
        server.thread.join(20)
        assert not server.thread.is_alive()
        assert time.monotonic() - begun < 5


def test_readers_at_one_place_share_a_statement(server: Running, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = server.server.config.app.state.events.delivery  # type: ignore[union-attr]  # the application of the test
    reads: list[object] = []
    original = delivery._read

    async def counted(key: object) -> Any:
        reads.append(key)
        return await original(key)

    monkeypatch.setattr(delivery, "_read", counted)
    with stream(server) as one, stream(server) as two, stream(server, **STEWARD) as three:
        for each in (one, two, three):
            each.block()
        server.until(lambda: delivery._readers == 3, "all wait")
        before = len(reads)
        log.put(LESSON)
        for each in (one, two, three):
            each.events(1)
        server.until(lambda: delivery._readers == 3, "all wait again")
        assert len(reads) - before == 2
