"""Reading. In: a statement and its parameters. Out: the one value that the statement returns.

One round trip: an auto-commit transaction that refuses writes, with a time limit and a few retries. A statement that stands
alone goes over the lane, if there is one; every other one over the driver.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from neo4j import READ_ACCESS, AsyncDriver, AsyncSession, Query, Record

from graph.bolt.codes import FAILURES, code, is_ended, is_gone, is_worth_another_try
from graph.bolt.lane.lane import Lane, Received
from graph.errors import Internal, QuestionError, TimedOut, Unavailable

log = logging.getLogger(__name__)

TRIES = 4
PAUSE = 0.05
"""Seconds before the second try; later pauses are multiples of it."""
GRACE = 1.0
"""Seconds that all tries together may take beyond the time limit of a statement."""
ASK_FOR_LESS = "The question took more time or memory than one question may. Ask for less."

Note = Callable[[float], None]
Made = TypeVar("Made")


class Gathers(Protocol):
    """Takes the values of records one by one."""

    def add(self, value: Any) -> None:
        """Take a value."""


Gathering = TypeVar("Gathering", bound=Gathers)
_Work = Callable[[AsyncSession], Awaitable[Made]]


def ignore(_seconds: float) -> None:
    """Note nothing."""


@dataclass(frozen=True)
class Sessions:
    """READ sessions on one database. They are used again, because a new one takes a tenth of the time of a small question.

    An idle session has no connection. With a lane, a statement that stands alone needs no session.
    """

    driver: AsyncDriver = field(repr=False)
    database: str
    lane: Lane | None = field(default=None, repr=False)
    _idle: list[AsyncSession] = field(default_factory=list, repr=False)

    async def __aenter__(self) -> "Sessions":
        return self

    async def __aexit__(self, *raised: object) -> None:
        """Close the lane, the idle sessions, then the driver."""
        if self.lane is not None:
            self.lane.close()
        while self._idle:
            await self._idle.pop().close()
        await self.driver.close()

    def take(self) -> AsyncSession:
        """Take a session; the caller must give it back or close it."""
        if self._idle:
            return self._idle.pop()
        return self.driver.session(database=self.database, default_access_mode=READ_ACCESS, fetch_size=-1)

    def give_back(self, session: AsyncSession) -> None:
        """Keep a session whose statement has been read to the end."""
        self._idle.append(session)


@dataclass(frozen=True)
class Reader:
    """Runs read statements."""

    sessions: Sessions = field(repr=False)
    seconds: float = 10.0

    async def value(self, text: str, parameters: dict[str, Any], name: str, note: Note = ignore) -> Any:
        """Return the one value of the one record of a statement; `name` marks the statement in the server's log.

        `note` is told for how many seconds the database worked.
        Raise TimedOut, Unavailable or Internal. Of the database's error only the code is logged.
        """
        if self.sessions.lane is not None:
            return (await self._received(self.sessions.lane, text, parameters, name, note)).value
        statement = Query(text, timeout=self.seconds, metadata=_about(name))
        record, seconds = await self._limited(lambda session: _run(session, statement, parameters), name)
        note(seconds)
        return record[0]

    @property
    def packs(self) -> bool:
        """Whether `packed` can be asked."""
        return self.sessions.lane is not None

    async def packed(self, text: str, parameters: dict[str, Any], name: str, note: Note = ignore) -> bytes:
        """Return the one value of the one record of a statement, as the PackStream bytes that the database sent.

        Raise TimedOut, Unavailable or Internal.
        """
        if self.sessions.lane is None:
            raise TypeError("Without a lane there are no bytes; ask for the value.")
        return (await self._received(self.sessions.lane, text, parameters, name, note)).packed

    async def _received(self, lane: Lane, text: str, parameters: dict[str, Any], name: str, note: Note) -> Received:
        messages = lane.packed(text, parameters, _about(name), self.seconds)
        received = await self._timed(lambda: lane.received(messages), name)
        note(received.seconds)
        return received

    def unpacked(self, packed: bytes) -> Any:
        """Return what PackStream bytes hold, as `value` returns it."""
        if self.sessions.lane is None:
            raise TypeError("Without a lane there are no bytes; ask for the value.")
        return self.sessions.lane.unpacked(packed)

    async def gathered(
        self, text: str, parameters: dict[str, Any], name: str, gather: Callable[[], Gathering]
    ) -> Gathering:
        """Return what gathered the one value of each record of a statement, as the records came.

        `gather` makes it, again for another try. Raise TimedOut, Unavailable or Internal.
        """
        statement = Query(text, timeout=self.seconds, metadata=_about(name))

        async def work(session: AsyncSession) -> Gathering:
            into = gather()
            async for record in await session.run(statement, parameters):
                into.add(record[0])
            return into

        return await self._limited(work, name)

    async def value_when_applied(self, head: str, text: str, parameters: dict[str, Any], name: str) -> Any:
        """Return the one value of a statement that sees, as a whole, every write of which `head` saw anything.

        The value of `head` is its parameter `$head`. Without this a statement may see a part of a write: Neo4j stores the
        properties of a committed transaction before its index entries, and a reader may come between. Both statements run in
        one session, so that the second waits for what was committed when the first ended.
        """
        first, second = (Query(each, timeout=self.seconds, metadata=_about(name)) for each in (head, text))

        async def both(session: AsyncSession) -> tuple[Record, float]:
            (seen, _) = await _run(session, first, {})
            return await _run(session, second, {**parameters, "head": seen[0]})

        return (await self._limited(both, name))[0][0]

    @asynccontextmanager
    async def chained(self) -> AsyncIterator["Chained"]:
        """Yield what runs statements one after the other. Each sees, as a whole, every write of which one before saw anything.

        Between two statements there is no transaction and no connection is taken.
        """
        session = self.sessions.take()
        try:
            yield Chained(session, self.seconds)
        except BaseException:
            async with session:
                raise
        self.sessions.give_back(session)

    async def _limited(self, work: _Work[Made], name: str) -> Made:
        return await self._timed(lambda: self._in_session(work), name)

    async def _timed(self, once: Callable[[], Awaitable[Made]], name: str) -> Made:
        try:
            # The server's limit counts neither the time of planning, which it cannot interrupt, nor the time of retries.
            async with asyncio.timeout(self.seconds + GRACE):
                return await _tried(once, name)
        except TimeoutError as error:
            raise TimedOut(ASK_FOR_LESS) from error

    async def _in_session(self, work: _Work[Made]) -> Made:
        session = self.sessions.take()
        try:
            done = await work(session)
        except BaseException:
            async with session:
                raise
        self.sessions.give_back(session)
        return done


@dataclass(frozen=True)
class Chained:
    """Runs statements in one session, each once."""

    session: AsyncSession = field(repr=False)
    seconds: float

    async def value(self, text: str, parameters: dict[str, Any], name: str) -> Any:
        """Return the one value of the one record of a statement; raise TimedOut, Unavailable or Internal."""
        statement = Query(text, timeout=self.seconds, metadata=_about(name))
        try:
            async with asyncio.timeout(self.seconds + GRACE):
                return (await _run(self.session, statement, parameters))[0][0]
        except TimeoutError as error:
            raise TimedOut(ASK_FOR_LESS) from error
        except FAILURES as error:
            shown = _shown(error)
            log.warning("statement failed", extra={"code": code(error), "operation": name[:100]})
            raise shown from error


async def _tried(once: Callable[[], Awaitable[Made]], name: str) -> Made:
    """Run a statement; try again if the error is transient."""
    attempt = 0
    while True:
        attempt += 1
        try:
            return await once()
        except FAILURES as error:
            shown = _shown(error)
            about = {"code": code(error), "attempt": attempt, "operation": name[:100]}
            log.warning("statement failed", extra=about | {"error_id": getattr(shown, "mark", None)})
            if attempt == TRIES or not is_worth_another_try(error):
                raise shown from error
            await asyncio.sleep(PAUSE * attempt)


async def _run(session: AsyncSession, statement: Query, parameters: dict[str, Any]) -> tuple[Record, float]:
    result = await session.run(statement, parameters)
    (record,) = [record async for record in result]
    summary = await result.consume()
    milliseconds = (summary.result_available_after or 0) + (summary.result_consumed_after or 0)
    return record, milliseconds / 1000


def _about(name: str) -> dict[str, str]:
    return {"app": "citygraph", "operation": name[:100]}


def _shown(error: Exception) -> QuestionError:
    if is_ended(error):
        return TimedOut(ASK_FOR_LESS)
    if is_gone(error):
        return Unavailable("The database cannot be reached. Try again in a moment.")
    return Internal()
