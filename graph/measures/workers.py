"""Jobs for the processes that measure. In: an address and jobs. Out: what they gave; a process that takes too long is ended."""

import asyncio
import logging
import pickle
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from graph.bolt.connect import Address
from graph.errors import Internal, TimedOut, Unavailable
from graph.measures.worker import LENGTH, Began, Done, Job, frame

log = logging.getLogger(__name__)
COMMAND = (sys.executable, "-m", "graph.measures.worker")
START_SECONDS = 30.0
"""Longest time in which a process starts; it does not count as time of its first job."""
END_SECONDS = 5.0
"""Longest time in which a process that was killed is waited for."""
GRACE = 1.0
"""Seconds after the time limit at which a process that did not end itself is ended."""
BROKEN = (asyncio.IncompleteReadError, ConnectionError)
"""What is seen of a process that has ended."""
TOO_LONG = "The measures took more time than is allowed. Ask for fewer, or for those of a smaller network."
BUSY = "Too many networks are being measured. Try again in a moment."


@dataclass
class Workers:
    """Processes that measure, each one job at a time. They start when they are needed, and end when this is closed."""

    address: Address = field(repr=False)
    seconds: float
    count: int = 1
    _idle: list[Process] = field(default_factory=list, init=False)
    _places: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(self.count)

    async def do(self, job: Job, began: Callable[[str], None]) -> Done:
        """Do a job when a process is free; `began` is told of each measure. Raise TimedOut, Unavailable or Internal.

        If the caller is cancelled, the process ends.
        """
        try:
            async with asyncio.timeout(self.seconds):
                await self._places.acquire()
        except TimeoutError as error:
            raise Unavailable(BUSY) from error
        try:
            return await self._done(job, began)
        finally:
            self._places.release()

    async def _done(self, job: Job, began: Callable[[str], None]) -> Done:
        used = bool(self._idle)
        try:
            process = await self._free()
        except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
            log.exception("a process that measures did not start")
            raise Unavailable(BUSY) from error
        try:
            async with asyncio.timeout(job.seconds + GRACE):
                done = await _asked(process, job, began)
        except BaseException as error:
            await _ended(process)
            if used and isinstance(error, BROKEN) and process.returncode != -signal.SIGALRM:
                # It was ended from outside, likely while it was idle, and the event loop had not heard of it.
                return await self._done(job, began)
            if isinstance(error, TimeoutError | asyncio.IncompleteReadError | ConnectionError):
                raise TimedOut(TOO_LONG) from error
            raise
        self._idle.append(process)
        if done.fault:
            ours = Internal()
            log.error("a measure failed", extra={"error_id": ours.mark, "fault": done.fault})
            raise ours
        if done.error is not None:
            raise done.error
        return done

    async def _free(self) -> Process:
        """Return a process that runs; one may have been ended from outside."""
        while self._idle:
            process = self._idle.pop()
            if process.returncode is None:
                return process
        return await self._started()

    async def _started(self) -> Process:
        process = await asyncio.create_subprocess_exec(*COMMAND, stdin=PIPE, stdout=PIPE)
        assert process.stdin is not None
        process.stdin.write(frame((self.address, self.seconds)))
        try:
            async with asyncio.timeout(START_SECONDS):
                await _read(process)
        except BaseException:
            await _ended(process)
            raise
        return process

    async def close(self) -> None:
        """End the processes."""
        while self._idle:
            await _ended(self._idle.pop())


async def _asked(process: Process, job: Job, began: Callable[[str], None]) -> Done:
    assert process.stdin is not None
    process.stdin.write(frame(job))
    await process.stdin.drain()
    while True:
        told = await _read(process)
        if isinstance(told, Done):
            return told
        if isinstance(told, Began):
            began(told.measure)


async def _read(process: Process) -> Any:
    assert process.stdout is not None
    length = int.from_bytes(await process.stdout.readexactly(LENGTH), "big")
    return pickle.loads(await process.stdout.readexactly(length))  # noqa: S301  # what our own process wrote


async def _ended(process: Process) -> None:
    """End a process and wait for its end."""
    with suppress(ProcessLookupError):
        process.kill()
    with suppress(ConnectionError, TimeoutError):
        # What it wrote last is read, so that its pipes are closed. Nobody waits for ever if its end is not told.
        await asyncio.shield(asyncio.wait_for(process.communicate(), END_SECONDS))
