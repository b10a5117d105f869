"""Mutations that wait at the same time share one transaction. In: jobs. Out: their answers, after the commit.

A job that fails after it has written spoils the transaction: then nothing is stored, and each job is written alone. If the
database cannot be reached, all are told so: each alone would wait for it as long as all together.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from graph.bolt.write import NotTaken, Unit, Writer
from graph.mutations.begin import begin
from graph.mutations.job import Job, Payload, side_by_side
from graph.mutations.round import Outcome, Round

MOST, MOST_ROWS = 32, 200
"""Most mutations and most rows of one transaction: others must not wait for it for long."""
Clock = Callable[[], datetime]


@dataclass
class Groups:
    """Writes one group at a time. While it is written, the next one gathers."""

    _waiting: deque[tuple[Writer, Clock, Job]] = field(default_factory=deque)
    _writing: asyncio.Task[None] | None = None

    async def run(self, writer: Writer, clock: Clock, job: Job) -> Payload:
        """Write a job, a small one together with others. Raise what its work raises, and what `Writer.unit` raises."""
        if not job.is_small:
            return await writer.unit(lambda unit: _alone(unit, clock, job))
        self._waiting.append((writer, clock, job))
        if self._writing is None:
            self._writing = asyncio.create_task(self._serve())
        return await job.done

    async def _serve(self) -> None:
        try:
            while self._waiting:
                await _write(*self._next())
        finally:
            self._writing = None

    def _next(self) -> tuple[Writer, Clock, list[Job]]:
        """Take the jobs of the next group, in their order."""
        writer, clock, _ = self._waiting[0]
        jobs, rows = list[Job](), 0
        while self._waiting and len(jobs) < MOST:
            of, _, job = self._waiting[0]
            if of != writer or (jobs and rows + job.rows > MOST_ROWS):
                break
            self._waiting.popleft()
            if not job.done.done():
                jobs.append(job)
                rows += job.rows
        return writer, clock, jobs


async def _write(writer: Writer, clock: Clock, jobs: Sequence[Job]) -> None:
    """Write jobs in one transaction. If that fails, write each alone."""
    if not jobs:
        return
    writing = asyncio.create_task(writer.unit(lambda unit: _together(unit, clock, jobs)))

    def look(_: object) -> None:
        # Nobody waits any more: the transaction ends without a commit, unless that is under way.
        if all(job.done.done() for job in jobs):
            writing.cancel()

    for job in jobs:
        job.done.add_done_callback(look)
    try:
        await asyncio.wait({writing})
    finally:
        for job in jobs:
            job.done.remove_done_callback(look)
        writing.cancel()
    if writing.cancelled():
        return
    error = writing.exception()
    if error is None:
        for job, outcome in writing.result().items():
            _tell(job, outcome)
    elif len(jobs) == 1 or isinstance(error, NotTaken):
        for job in jobs:
            _tell(job, error)
    else:
        for job in jobs:
            if not job.done.done():
                await _write(writer, clock, [job])


def _tell(job: Job, outcome: Payload | BaseException) -> None:
    if job.done.done():
        return
    if isinstance(outcome, BaseException):
        job.done.set_exception(outcome)
    else:
        job.done.set_result(outcome)


async def _alone(unit: Unit, clock: Clock, job: Job) -> Payload:
    """Write one job. What it raises ends the transaction."""
    (began,) = await begin(unit, [job], clock)
    return await job.write_in(unit, began)


async def _together(unit: Unit, clock: Clock, jobs: Sequence[Job]) -> dict[Job, Outcome]:
    """Write jobs, one round after the other. Raise Spoiled if one of several failed after it had written."""
    if len(jobs) == 1:
        return {jobs[0]: await _alone(unit, clock, jobs[0])}
    outcomes: dict[Job, Outcome] = {}
    rest = jobs
    while rest:
        began = await begin(unit, rest, clock)
        # Who has gone while the transaction waited for its lock needs no write.
        here = {job: start for job, start in zip(rest, began, strict=True) if not job.done.done()}
        now = side_by_side(here)
        outcomes |= await Round(unit, now).run()
        # The others read again: what they mean may be another fact now.
        rest = [job for job in here if job not in now]
    return outcomes
