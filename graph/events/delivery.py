"""Delivery of the log to many readers. In: their rights and places. Out: pages, as soon as there are new events.

One task looks at the end of the log for all readers. Readers who want the same at the same moment share one statement. A reader
holds one page at a time and asks for the next when it has sent it, so that a slow one stays behind and nobody waits for it.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any

from graph.access.rights import Rights
from graph.bolt.read import Reader
from graph.errors import QuestionError
from graph.events.cursor import Position
from graph.events.read import Page, Wanted, head, read

log = logging.getLogger(__name__)

EVERY, MOST = 0.25, 5.0
"""Seconds between two looks at the log, which take about a millisecond. The pause grows while the database does not answer."""
PAGE = 100
"""Events that a reader holds at most."""
STATEMENTS = 4
"""Statements that read for all readers at the same time."""

_Key = tuple[Rights, Position, Wanted]


class Delivery:
    """Wakes readers when the log has grown, and reads for them."""

    def __init__(self, reader: Reader) -> None:
        self.ending = asyncio.Event()
        self._reader = reader
        self._end: Position | None = None
        self._readers = 0
        self._moved: asyncio.Future[None] | None = None
        self._reading: dict[_Key, asyncio.Task[Page]] = {}
        self._places = asyncio.Semaphore(STATEMENTS)

    @property
    def ended(self) -> bool:
        """Whether the server is about to end."""
        return self.ending.is_set()

    @property
    def end(self) -> Position | None:
        """The end of the log as it was seen last; None before the first look."""
        return self._end

    async def follow(self, is_ending: Callable[[], bool]) -> None:
        """Look at the end of the log again and again until cancelled; wake everybody for good if the server is about to end."""
        pause = EVERY
        while True:
            await asyncio.sleep(pause)
            if is_ending():
                self.ending.set()
                self._wake()
            if self._readers:
                pause = await self._look(pause)

    async def _look(self, pause: float) -> float:
        """Look once; return the pause until the next time."""
        try:
            end = await head(self._reader)
        except QuestionError as error:
            log.warning("the event log could not be read", extra={"code": error.code})
            return min(2 * pause, MOST)
        if end != self._end:
            self._end = end
            self._wake()
        return EVERY

    def _wake(self) -> None:
        if self._moved is not None and not self._moved.done():
            self._moved.set_result(None)
        self._moved = None

    async def wait(self, after: Position, seconds: float, unless: Iterable["asyncio.Future[Any]"] = ()) -> None:
        """Wait until the log is longer than a place, at most so many seconds, or until something else is done."""
        self._readers += 1
        try:
            until = asyncio.get_running_loop().time() + seconds
            while not (self.ended or self._is_longer(after) or any(each.done() for each in unless)):
                if self._moved is None:
                    self._moved = asyncio.get_running_loop().create_future()
                left = until - asyncio.get_running_loop().time()
                if left <= 0:
                    break
                await asyncio.wait({self._moved, *unless}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._readers -= 1

    def _is_longer(self, after: Position) -> bool:
        return self._end is not None and (self._end.mark != after.mark or self._end.seq > after.seq)

    async def read(self, rights: Rights, after: Position, wanted: Wanted) -> Page:
        """Return the next page. Who asks for the page that somebody is just reading gets the same one."""
        key = (rights, after, wanted)
        reading = self._reading.get(key)
        if reading is None:
            reading = self._reading[key] = asyncio.create_task(self._read(key))
            reading.add_done_callback(lambda done: self._forget(key, done))
        return await asyncio.shield(reading)

    async def _read(self, key: _Key) -> Page:
        rights, after, wanted = key
        async with self._places:
            return await read(self._reader, rights, after, PAGE, wanted)

    def _forget(self, key: _Key, done: "asyncio.Task[Page]") -> None:
        self._reading.pop(key, None)
        if not done.cancelled():
            # Asked for here, because all who waited for it may be gone.
            done.exception()
