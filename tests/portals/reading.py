"""Reads portals in tests, and keeps what comes as a feed does. In: options. Out: what was read, and what the source told."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.load.records import Known, Record, SourceFailed, Told
from graph.portals.kinds import open_portal
from graph.portals.limits import Limits

QUICK = Limits(private=True, per_second=100_000, backoff=0.001, tries=2, seconds=10, file_seconds=10)
"""Limits that let a test be short."""


@dataclass
class Reading:
    """What one reading gave. `voids` counts how often it began anew."""

    records: list[Record] = field(default_factory=list)
    positions: list[str | None] = field(default_factory=list)
    voids: int = 0
    told: Told | None = None
    failure: str = ""

    async def take(self, records: Sequence[Record], position: str | None) -> None:
        if not records:
            self.records.clear()
            self.voids += 1
        self.records.extend(records)
        self.positions.append(position)

    @property
    def outcome(self) -> str:
        """The word that docs/portal-kinds.md has for how the reading ended."""
        if self.told is None:
            return "fails"
        if self.told.incomplete:
            return "incomplete"
        return "again" if self.voids else "whole"


async def reading(options: Mapping[str, Any], limits: Limits = QUICK, known: Known | None = None) -> Reading:
    """Read a portal once."""
    read = Reading()
    try:
        read.told = await open_portal(options, limits).read(known or Known(), read.take)
    except SourceFailed as failure:
        read.failure = str(failure)
    return read


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a test's coroutine function."""
    asyncio.run(work())
