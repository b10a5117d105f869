"""Questions about the schema alone. In: an operation and its variables. Out: the answer as compressed JSON, from a cache.

An answer takes some tenths of a second. It is made in a thread, one at a time, and once for all who ask the same.
"""

import asyncio
import gzip
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import orjson

from graph.errors import QuestionError, QuestionRefused, Unavailable
from graph.question.cache import Cache

Result = TypeVar("Result")

ANSWERS, ANSWERS_BYTES = 200, 8_000_000
"""Bounds of the cache: answers, and bytes of them with their keys."""
REFUSED_BYTES = 1_000
WAITING = 8
"""How many different questions about the schema may be in work or wait for it."""
BEGIN, END = b'{"data":', b"}"


@dataclass(frozen=True)
class Packed:
    """An answer without errors: gzip of its whole JSON, and the size of that JSON in bytes."""

    gzip: bytes = field(repr=False)
    size: int

    @property
    def body(self) -> bytes:
        """Return the whole answer as JSON."""
        return gzip.decompress(self.gzip)

    @property
    def data(self) -> bytes:
        """Return the data as JSON."""
        return self.body[len(BEGIN) : -len(END)]


def pack(data: dict[str, Any]) -> Packed:
    """Compress an answer."""
    body = BEGIN + orjson.dumps(data) + END
    return Packed(gzip.compress(body, 9, mtime=0), len(body))


class Introspections:
    """Makes answers about the schema in one thread and keeps them."""

    def __init__(self) -> None:
        self._kept: Cache[Packed | QuestionError | QuestionRefused] = Cache(ANSWERS, ANSWERS_BYTES)
        self._under_way: dict[Hashable, Future[Any]] = {}
        self._worker = ThreadPoolExecutor(1, "introspection")

    async def packed(self, key: tuple[str, ...], make: Callable[[], dict[str, Any]]) -> Packed:
        """Return the answer with this key; make it if it is not kept. Raise what `make` raises, or Unavailable."""
        kept = self._kept.get(key)
        if kept is None:
            weight = sum(map(len, key))
            try:
                made = await self.run(key, lambda: pack(make()))
            except (QuestionError, QuestionRefused) as refused:
                if not isinstance(refused, Unavailable):
                    self._kept.keep(key, refused.with_traceback(None), weight + REFUSED_BYTES)
                raise
            self._kept.keep(key, made, weight + len(made.gzip))
            return made
        if isinstance(kept, Packed):
            return kept
        raise kept.with_traceback(None)

    async def run(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """Run work in the thread; work with the same key is done once. Raise Unavailable if too much of it waits."""
        running: Future[Result] | None = self._under_way.get(key)
        if running is None:
            if len(self._under_way) >= WAITING:
                raise Unavailable("The server is answering other questions about the schema. Try again in a moment.")
            running = self._under_way[key] = self._worker.submit(make)
            running.add_done_callback(partial(self._done, key))
        # A client that goes away must not cancel what others wait for.
        return await asyncio.shield(asyncio.wrap_future(running))

    def _done(self, key: Hashable, _done: Future[Any]) -> None:
        self._under_way.pop(key, None)
