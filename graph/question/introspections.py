"""Questions about the schema alone. In: an operation and its variables. Out: the answer as compressed JSON, from a cache.

An answer takes some tenths of a second. It is made once for all who ask the same.
"""

import asyncio
import gzip
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson

from graph.errors import QuestionError, QuestionRefused, Unavailable
from graph.question.cache import Cache
from graph.question.turns import Turns

ANSWERS, ANSWERS_BYTES = 200, 8_000_000
"""Bounds of the cache: answers, and bytes of them with their keys."""
REFUSED_BYTES = 1_000
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
    """Makes answers about the schema and keeps them."""

    def __init__(self) -> None:
        self._kept: Cache[Packed | QuestionError | QuestionRefused] = Cache(ANSWERS, ANSWERS_BYTES)
        self._under_way: dict[Hashable, asyncio.Task[Packed]] = {}

    async def packed(self, key: tuple[str, ...], make: Callable[[], dict[str, Any]], turns: Turns) -> Packed:
        """Return the answer with this key; make it if it is not kept. Raise what `make` raises, or Unavailable."""
        kept = self._kept.get(key)
        if kept is None:
            return await self._made(key, lambda: pack(make()), turns)
        if isinstance(kept, Packed):
            return kept
        raise kept.with_traceback(None)

    async def _made(self, key: tuple[str, ...], make: Callable[[], Packed], turns: Turns) -> Packed:
        """Make an answer and keep it, or the reason why it is refused; what several ask at the same time is made once."""
        running = self._under_way.get(key)
        if running is not None:
            with suppress(Unavailable):
                # A client that goes away must not cancel what others wait for.
                return await asyncio.shield(running)
        running = self._under_way[key] = asyncio.ensure_future(turns.prepare(make))
        running.add_done_callback(partial(self._done, key))
        return await asyncio.shield(running)

    def _done(self, key: tuple[str, ...], made: asyncio.Task[Packed]) -> None:
        if self._under_way.get(key) is made:
            del self._under_way[key]
        if made.cancelled():
            return
        refused, weight = made.exception(), sum(map(len, key))
        if refused is None:
            self._kept.keep(key, made.result(), weight + len(made.result().gzip))
        elif isinstance(refused, QuestionError | QuestionRefused) and not isinstance(refused, Unavailable):
            self._kept.keep(key, refused.with_traceback(None), weight + REFUSED_BYTES)
