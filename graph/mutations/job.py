"""One mutation that waits to be written. In: what it writes, for whom. Out: Job, and which jobs are written side by side."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.access.rights import Rights
from graph.bolt.write import Unit
from graph.mutations.begin import Began
from graph.mutations.marks import Marks
from graph.mutations.requests import Request
from graph.mutations.writes import Write

Payload = dict[str, Any]


@dataclass(eq=False)
class Job:
    """A mutation: what it writes, the request that it may repeat, and the work in a transaction. `done` is its answer.

    The work raises Refused or QuestionError if nothing of it is to be stored.
    """

    write: Write | None
    request: Request | None
    rights: Rights
    work: Callable[[Unit, Began], Awaitable[Payload]]
    done: asyncio.Future[Payload] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    async def write_in(self, unit: Unit, began: Began) -> Payload:
        """Do the work, unless the request was answered before."""
        if began.refused is not None:
            raise began.refused
        return began.answer if began.answer is not None else await self.work(unit, began)

    def marks(self, began: Began) -> Marks:
        """Return what it reads and writes. Only a small one knows."""
        if self.write is None or self.write.marks is None:
            raise TypeError("a job that is not small has no marks")
        return self.write.marks(began.looked)

    @property
    def is_small(self) -> bool:
        """Whether it may share a transaction with others."""
        return self.write is not None and self.write.is_small

    @property
    def rows(self) -> int:
        """Number of facts that its rows state."""
        return self.write.count if self.write else 0


def side_by_side(began: Mapping[Job, Began]) -> dict[Job, Began]:
    """Return the jobs of which none could meet one that comes before it; the others wait until these are written."""
    before, requests = Marks(), set[str]()
    first: dict[Job, Began] = {}
    for job, start in began.items():
        made = Marks() if start.is_over else job.marks(start)
        repeats = job.request is not None and job.request.key in requests
        if not repeats and not made.meets(before):
            first[job] = start
        before.add(made)
        if job.request:
            requests.add(job.request.key)
    return first
