"""One mutation that waits to be written. In: what it writes, for whom. Out: Job, and which jobs may be written side by side."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from graph.access.rights import Rights
from graph.bolt.write import Unit
from graph.mutations.begin import Began
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

    @property
    def is_small(self) -> bool:
        """Whether it may share a transaction with others."""
        return self.write is not None and self.write.is_small

    @property
    def rows(self) -> int:
        """Number of facts that its rows state."""
        return self.write.count if self.write else 0


def rounds(jobs: Iterable[Job]) -> list[list[Job]]:
    """Put jobs into rounds. Each comes after all jobs before it that it could meet."""
    made: list[list[Job]] = []
    for job in jobs:
        last = next((at for at in reversed(range(len(made))) if any(_meet(job, each) for each in made[at])), -1)
        if last + 1 == len(made):
            made.append([])
        made[last + 1].append(job)
    return made


def _meet(one: Job, other: Job) -> bool:
    """Whether one of two jobs could read what the other writes.

    It could not if both know their nodes by id, the nodes differ, and neither names a node that the other changes. A new
    node has a random id, which nobody can name.
    """
    if one.write is None or other.write is None or not (one.write.by_id and other.write.by_id):
        return True
    if one.request and other.request and one.request.key == other.request.key:
        return True
    mine, its = one.write, other.write
    return not (mine.keys.isdisjoint(its.keys | its.named) and its.keys.isdisjoint(mine.named))
