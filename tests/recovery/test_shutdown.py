"""A server is told to stop under load: every request that it was given is answered whole, and the end is announced.

A request is lost when its bytes were sent on a connection that the server had taken, no response before it had announced
`Connection: close`, and no whole response came.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from graph.bolt.connect import Address
from tests.conftest import SECRET
from tests.kit.paths import ONE_DOCUMENT
from tests.kit.slow import SLOW
from tests.kit.status import status
from tests.kit.writer import BlockingWriter
from tests.recovery.platform import free_port

CLIENTS = 16
QUICK = "{ cities(first: 3) { totalCount nodes { id name } } }"
HEADERS = {"content-type": "application/json", "accept": "application/graphql-response+json"}


@dataclass
class Served:
    """`citygraph serve` as a process of its own."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def ready(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0 and self.status("/readyz") == 200

    def status(self, path: str) -> int:
        return status(self.port, path)

    def end(self) -> int:
        """Wait for the end."""
        return self.process.wait(30)


@pytest.fixture(params=[signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def number(request: pytest.FixtureRequest) -> signal.Signals:
    found: signal.Signals = request.param
    return found


@pytest.fixture
def served(seeded: BlockingWriter, address: Address, tmp_path: Path) -> Iterator[Served]:
    port, log = free_port(), tmp_path / "serve.log"
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CITYGRAPH_"))}
    environment = kept | {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "CITYGRAPH_KEY_SECRET": SECRET.decode(),
        "CITYGRAPH_PORT": str(port),
        "CITYGRAPH_STATEMENT_SECONDS": "3",
        "CITYGRAPH_TRUSTED_DIR": str(ONE_DOCUMENT),
    }
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-c", "from app.cli import main; main()", "serve"],
            env=environment,
            stdout=written,
            stderr=written,
        )
    made = Served(port, process, log)
    try:
        begun = time.monotonic()
        while not made.ready():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() - begun < 60
            time.sleep(0.05)
        yield made
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(10)


@dataclass
class Client:
    """Asks one question after the other on a connection that it keeps, until the server can no longer be reached."""

    served: Served
    dice: random.Random
    answered: int = 0
    announced: int = 0
    refused: int = 0
    lost: list[str] = field(default_factory=list)

    def run(self, until: float) -> None:
        while time.monotonic() < until and self._connect(until):
            pass

    def _connect(self, until: float) -> bool:
        """Use one connection until its end is announced; return whether there may be another."""
        connection = self.served.connection()
        try:
            connection.connect()
        except OSError:
            self.refused += 1
            return False
        taken = False
        try:
            while time.monotonic() < until:
                if self._ask(connection):
                    self.announced += 1
                    return True
                taken = True
                # Now the connection is idle for the server, although the next question is about to come.
                time.sleep(self.dice.uniform(0, 0.05))
        except (OSError, http.client.HTTPException) as error:
            # The system lets clients in before the server does; the first request on a connection may come too late.
            if taken:
                self.lost.append(repr(error))
            else:
                self.refused += 1
            return False
        finally:
            connection.close()
        return False

    def _ask(self, connection: http.client.HTTPConnection) -> bool:
        """Ask once; return whether the answer announces the end of the connection."""
        connection.request("POST", "/graphql", json.dumps({"query": QUICK}), HEADERS)
        response = connection.getresponse()
        body = json.load(response)
        if response.status != 200 or len(body["data"]["cities"]["nodes"]) != 3:
            self.lost.append(f"{response.status} {body}")
        self.answered += 1
        return response.getheader("connection") == "close"


def test_no_request_under_load_is_lost(served: Served, number: signal.Signals) -> None:
    until = time.monotonic() + 20
    clients = [Client(served, random.Random(seed)) for seed in range(CLIENTS)]
    threads = [threading.Thread(target=client.run, args=(until,)) for client in clients]
    for thread in threads:
        thread.start()
    while (before := sum(client.answered for client in clients)) <= CLIENTS and time.monotonic() < until - 10:
        time.sleep(0.1)
    served.process.send_signal(number)
    for thread in threads:
        thread.join(30)
    assert served.end() in (0, -number)
    assert [lost for client in clients for lost in client.lost] == []
    assert before > CLIENTS
    assert sum(client.answered for client in clients) > before
    assert all(client.announced for client in clients)
    assert all(client.refused for client in clients)
    assert "Traceback" not in served.log.read_text()


def head(body: bytes) -> bytes:
    lines = ["POST /graphql HTTP/1.1", "host: localhost", *(f"{name}: {value}" for name, value in HEADERS.items())]
    return "\r\n".join([*lines, f"content-length: {len(body)}", "", ""]).encode()


def answer(connection: socket.socket) -> http.client.HTTPResponse:
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response


def test_whoever_was_let_in_is_answered(served: Served) -> None:
    """Idle, fresh, half sent, under way, over WebSocket: each was there before the signal."""
    body = json.dumps({"query": QUICK}).encode()
    whole = head(body) + body
    kept, fresh, half, busy = (socket.create_connection(("127.0.0.1", served.port), 20) for _ in range(4))
    with kept, fresh, half, busy, connect(f"ws://127.0.0.1:{served.port}/graphql", subprotocols=WS) as under_way:
        begin(under_way)
        kept.sendall(whole)
        assert len(json.load(answer(kept))["data"]["cities"]["nodes"]) == 3
        half.sendall(whole[:-5])
        slow = json.dumps({"query": SLOW}).encode()
        busy.sendall(head(slow) + slow)
        under_way.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": SLOW}}))
        time.sleep(0.5)
        served.process.send_signal(signal.SIGTERM)
        time.sleep(0.4)
        assert served.status("/readyz") == 503
        half.sendall(whole[-5:])
        for connection in (half, fresh, kept):
            if connection is not half:
                connection.sendall(whole)
            found = answer(connection)
            assert (found.status, found.getheader("connection")) == (200, "close")
            assert len(json.load(found)["data"]["cities"]["nodes"]) == 3
        refused(under_way)
        found = answer(busy)
        assert (found.status, json.load(found)["errors"][0]["extensions"]["code"]) == (504, "TIMEOUT")
        ended = json.loads(under_way.recv(timeout=10))
        assert (ended["id"], ended["payload"][0]["extensions"]["code"]) == ("1", "TIMEOUT")
        with pytest.raises(ConnectionClosed) as closed:
            under_way.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012
    assert served.end() in (0, -signal.SIGTERM)
    assert "Traceback" not in served.log.read_text()


WS: Any = ["graphql-transport-ws"]


def begin(connection: Any) -> None:
    connection.send(json.dumps({"type": "connection_init"}))
    assert json.loads(connection.recv(timeout=10)) == {"type": "connection_ack"}


def refused(connection: Any) -> None:
    """A further operation is told to come again."""
    connection.send(json.dumps({"type": "subscribe", "id": "2", "payload": {"query": QUICK}}))
    said = json.loads(connection.recv(timeout=10))
    assert (said["id"], said["payload"][0]["extensions"]["code"]) == ("2", "UNAVAILABLE")
