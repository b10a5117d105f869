"""What measures networks for a server. In: the address of a database, settings. Out: Clouds, made when they are first asked for.

A start should not wait for the import of what few questions need.
"""

import asyncio
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from app.start.settings import Settings
from graph.bolt.connect import Address
from graph.question.networks import Asking, Measured

if TYPE_CHECKING:
    from graph.measures.clouds import Clouds

MEASURING = "graph.measures.figured"
"""Imports all that measures and draws, in a tenth of a second."""


@dataclass
class ServerNetworks:
    """Measures networks in processes that end with the server."""

    address: Address = field(repr=False)
    settings: Settings

    async def ready(self) -> "Clouds":
        """Return what measures. It is imported in a thread: on the event loop the first to ask would hold up all others."""
        if "_clouds" not in vars(self):
            await asyncio.to_thread(import_module, MEASURING)
        return self._clouds

    @cached_property
    def _clouds(self) -> "Clouds":
        from graph.measures.clouds import Clouds
        from graph.measures.workers import Workers
        from schema.model import model

        processes = self.settings.part(self.settings.measure_processes)
        return Clouds(model(), Workers(self.address, self.settings.measure_seconds, processes))

    async def measured(self, asking: Asking) -> Measured:
        """Return the data of the fields that measure; raise QuestionError."""
        clouds = await self.ready()
        return await clouds.measured(asking)

    async def close(self) -> None:
        """End the processes."""
        if "_clouds" in vars(self):
            await self._clouds.workers.close()
