"""A transaction under way, whichever way its statements go. In: statements. Out: their records."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from neo4j import AsyncTransaction

Record = dict[str, Any]
Statement = tuple[str, dict[str, Any]]
"""A text and its parameters."""


class Transaction(Protocol):
    """Runs statements that are stored together or not at all."""

    async def run(self, text: str, parameters: dict[str, Any], ids: str | None = None) -> list[Record]:
        """Run a statement and return its records.

        `ids` names the parameter with ids by which it finds facts: its one record may have rows of other facts too.
        """

    async def tell(self, text: str, parameters: dict[str, Any]) -> None:
        """Run a statement whose records nobody needs, at the latest before the commit."""

    async def all(self, statements: Sequence[Statement]) -> list[list[Record]]:
        """Run statements in their order, and return the records of each."""


@dataclass(frozen=True)
class DriverTransaction:
    """A transaction of the driver: each statement is a round trip."""

    transaction: AsyncTransaction = field(repr=False)

    async def run(self, text: str, parameters: dict[str, Any], ids: str | None = None) -> list[Record]:  # noqa: ARG002  # as the protocol says
        """Run a statement and return its records."""
        result = await self.transaction.run(text, parameters)
        return [record.data() async for record in result]

    async def tell(self, text: str, parameters: dict[str, Any]) -> None:
        """Run a statement at once."""
        await (await self.transaction.run(text, parameters)).consume()

    async def all(self, statements: Sequence[Statement]) -> list[list[Record]]:
        """Run statements one after the other."""
        return [await self.run(*each) for each in statements]
