"""A client that puts load on a server. In: JSON on stdin. Out: JSON on stdout: answers, seconds, processor seconds, latencies.

It sends prepared requests over connections that stay open, one at a time on each, and parses only what it must.
"""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Iterator
from typing import Any, cast

import uvloop

MOST = 100_000
"""A connection ends after so many answers, even if there is time left."""


class Asking(asyncio.Protocol):
    """One connection: it sends a request, waits for the whole answer, and goes on until the time is over."""

    def __init__(self, requests: Iterator[bytes], until: float, done: "asyncio.Future[None]") -> None:
        self.requests, self.until, self.done = requests, until, done
        self.answers, self.missing, self.received = 0, -1, b""
        self.latencies: list[float] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.ask()

    def ask(self) -> None:
        self.sent = time.perf_counter()
        self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        if self.missing < 0:
            self.received += data
            headers, end, body = self.received.partition(b"\r\n\r\n")
            if not end:
                return
            if not headers.startswith(b"HTTP/1.1 200") or b'"errors"' in body:
                self.end(AssertionError(f"not an answer: {self.received[:500]!r}"))
                return
            self.missing = int(headers.lower().partition(b"content-length:")[2].partition(b"\r")[0]) - len(body)
            self.received = b""
        else:
            self.missing -= len(data)
        if self.missing == 0:
            self.answered()

    def answered(self) -> None:
        self.answers, self.missing = self.answers + 1, -1
        self.latencies.append(time.perf_counter() - self.sent)
        if time.monotonic() > self.until or self.answers >= MOST:
            self.end()
        else:
            self.ask()

    def connection_lost(self, reason: Exception | None) -> None:
        self.end(reason or ConnectionError("the server closed a connection"))

    def end(self, error: Exception | None = None) -> None:
        self.transport.close()
        if not self.done.done():
            self.done.set_exception(error) if error else self.done.set_result(None)


async def load(port: int, requests: list[bytes], connections: int, seconds: float) -> dict[str, Any]:
    """Send requests over so many connections for so many seconds.

    Return answers, seconds, processor seconds, and the seconds that each answer took.
    """
    loop = asyncio.get_running_loop()
    begun, used, cycle = time.monotonic(), time.process_time(), itertools.cycle(requests)
    protocols = [Asking(cycle, begun + seconds, loop.create_future()) for _ in range(connections)]
    for asking in protocols:
        await loop.create_connection(lambda asking=asking: asking, "127.0.0.1", port)  # type: ignore[misc]  # mypy knows no type of such a default
    await asyncio.gather(*(asking.done for asking in protocols))
    answers = sum(asking.answers for asking in protocols)
    took, busy = time.monotonic() - begun, time.process_time() - used
    latencies = [round(each, 6) for asking in protocols for each in asking.latencies]
    return {"answers": answers, "seconds": took, "busy": busy, "latencies": latencies}


def request(body: bytes, headers: dict[str, str]) -> bytes:
    """Write one HTTP request."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: {len(body)}\r\n{lines}\r\n".encode() + body


def main() -> None:
    """Run once, as standard input says."""
    orders = json.load(sys.stdin)
    requests = [request(body.encode(), orders["headers"]) for body in orders["bodies"]]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(load(orders["port"], requests, orders["connections"], orders["seconds"]))))


if __name__ == "__main__":
    main()
