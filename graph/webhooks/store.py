"""What a server that delivers reads and writes. In: a writer, and a name of the server. Out: leases, places, dead letters.

What a server writes of a webhook is stored only while the lease is its own, and only if the webhook was not placed anew.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from graph.bolt.write import Unit, Writer
from graph.cypher import webhooks as cypher
from graph.cypher.fragments import Fragment
from graph.webhooks.webhook import Letter, Stored, Webhook, letter, webhook

MOST_LETTERS = 1_000
"""Dead letters that are kept of a webhook."""
STATEMENTS = 2
"""Statements that a server runs for its webhooks at the same time."""


@dataclass(frozen=True)
class Seen:
    """An active webhook whose lease is one's own. If `round` or `wanted` changes, the operator has asked for something."""

    id: str
    round: int
    wanted: int


@dataclass(frozen=True)
class Standing:
    """How a webhook stands: with the grants of its owner, and the first dead letter that is to be sent again."""

    webhook: Webhook
    grants: tuple[Stored, ...]
    letter: Letter | None


@dataclass(frozen=True)
class Store:
    """The webhooks of a database, for the server `me`. A lease holds for so many milliseconds."""

    writer: Writer = field(repr=False)
    me: str
    lease: int
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(STATEMENTS), repr=False)

    async def look(self) -> list[Seen]:
        """Take the leases that are free, renew those that are half over, and return the webhooks whose lease is one's own."""

        async def work(unit: Unit) -> list[Seen]:
            active = await unit.run(cypher.LOOK, me=self.me)
            due = [each["id"] for each in active if each["left"] < (self.lease / 2 if each["mine"] else 1)]
            taken = await unit.run(cypher.TAKE, me=self.me, ids=due, lease=self.lease) if due else []
            mine = {each["id"] for each in taken} | {each["id"] for each in active if each["mine"]}
            return [Seen(each["id"], each["round"], each["wanted"]) for each in active if each["id"] in mine]

        async with self._places:
            return await self.writer.unit(work)

    async def release(self) -> None:
        """Give all leases back, so that another server goes on at once."""
        await self._run(cypher.RELEASE)

    async def standing(self, of: str) -> Standing | None:
        """Return how a webhook stands; None if it is not to be delivered by this server."""
        records = await self._run(cypher.STANDING, id=of)
        if not records:
            return None
        again = records[0]["letter"]
        grants = tuple(records[0]["grants"])
        return Standing(webhook(records[0]["stored"]), grants, None if again is None else letter(again))

    async def delivered(self, of: Webhook, seq: int) -> None:
        """Store that everything up to a place was delivered, or is not for this webhook."""
        await self._run(cypher.DELIVERED, id=of.id, round=of.round, seq=seq)

    async def failed(self, of: Webhook, event: str, attempts: int, again: float, why: str) -> None:
        """Store that an event was tried so often, and when it is tried again."""
        await self._run(cypher.FAILED, id=of.id, round=of.round, message=event, attempts=attempts, next=again, why=why)

    async def disabled(self, of: Webhook, why: str) -> None:
        """Store that a webhook is not delivered any more."""
        await self._run(cypher.DISABLED, id=of.id, round=of.round, why=why)

    async def buried(self, of: Webhook, dead: Letter) -> None:
        """Store that an event was given up; the oldest dead letters beyond a limit are deleted."""

        async def work(unit: Unit) -> None:
            await unit.run(cypher.BURIED, me=self.me, id=of.id, round=of.round, letter=dead.columns())
            await unit.run(cypher.TRIM, id=of.id, most=MOST_LETTERS)

        async with self._places:
            await self.writer.unit(work)

    async def letter_done(self, dead: Letter) -> None:
        """Delete a dead letter that was delivered, or that nobody may see any more."""
        await self._run(cypher.LETTER_DONE, id=dead.id)

    async def letter_failed(self, dead: Letter, why: str) -> None:
        """Store that a dead letter failed again."""
        await self._run(cypher.LETTER_FAILED, id=dead.id, attempts=dead.attempts + 1, why=why)

    async def _run(self, text: Fragment, **values: Any) -> list[dict[str, Any]]:
        async with self._places:
            return await self.writer.read(text, me=self.me, **values)
