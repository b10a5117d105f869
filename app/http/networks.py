"""What measures networks for a server. In: the address of a database, settings. Out: Clouds, made when they are first asked for.

A start should not wait for the import of what few questions need.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from app.start.settings import Settings
from graph.bolt.connect import Address
from graph.question.networks import Asking, Measured

if TYPE_CHECKING:
    from graph.measures.clouds import Clouds


@dataclass
class ServerNetworks:
    """Measures networks in processes that end with the server."""

    address: Address = field(repr=False)
    settings: Settings

    @cached_property
    def clouds(self) -> "Clouds":
        """What measures."""
        from graph.measures.clouds import Clouds
        from graph.measures.workers import Workers
        from schema.model import model

        processes = self.settings.part(self.settings.measure_processes)
        return Clouds(model(), Workers(self.address, self.settings.measure_seconds, processes))

    async def measured(self, asking: Asking) -> Measured:
        """Return the data of the fields that measure; raise QuestionError."""
        return await self.clouds.measured(asking)

    async def close(self) -> None:
        """End the processes."""
        if "clouds" in vars(self):
            await self.clouds.workers.close()
