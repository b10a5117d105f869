"""A receiver of webhooks on a port of its own. In: how it answers. Out: what it got, in the order in which it came."""

import http.server
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 45


@dataclass(frozen=True)
class Got:
    """One post."""

    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.body)
        return read


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Receiver:
    """What came in. `answer` says what is answered: status, headers, body."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    answer: Callable[[Got], Answer] = lambda got: (204, {}, b"")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?token=sesame"

    @property
    def ids(self) -> list[str]:
        return [each.id for each in self.got]

    @property
    def facts(self) -> list[str]:
        return [each.event["fact"] for each in self.got]

    def wait(self, count: int, seconds: float = PATIENCE) -> list[Got]:
        """Wait until so many posts came in; return all."""
        end = time.monotonic() + seconds
        while len(self.got) < count:
            assert time.monotonic() < end, f"{len(self.got)} of {count} posts came in {seconds} seconds"
            time.sleep(0.01)
        return list(self.got)

    def stays(self, count: int, seconds: float = 1.0) -> None:
        """Assert that no further post comes in for some time."""
        time.sleep(seconds)
        assert len(self.got) == count, self.facts


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Receive until the end of the block, over TLS if a context is given."""
    receiver = Receiver()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            got = Got({key.lower(): value for key, value in self.headers.items()}, body, time.monotonic())
            receiver.got.append(got)
            status, headers, answered = receiver.answer(got)
            try:
                self.send_response(status)
                for name, value in {"content-length": str(len(answered)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answered)
            except OSError:
                self.close_connection = True

        do_GET = do_POST

        def log_message(self, *given: object) -> None:
            """Write nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        receiver.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join(5)
