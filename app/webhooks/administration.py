"""Administration of webhooks. In: what the operator asks. Out: stored webhooks and dead letters, or Refused."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.viewers.administration import Administration, Refused, meant
from app.webhooks.sign import new_salt, signing_secret
from app.webhooks.target import url_problem
from graph.events.cursor import OPERATOR, LogCursors
from graph.webhooks import administered
from graph.webhooks.webhook import Letter, Webhook

ID_BYTES = 6
SECONDS = 3_600
"""Seconds of an hour."""
MOST = 200
"""Webhooks of a database."""


@dataclass(frozen=True)
class Asked:
    """A webhook that is to be added. No types means all."""

    url: str
    owner: str
    types: frozenset[str] = frozenset()
    near: str | None = None
    synthetic: bool = False
    red: bool = False


@dataclass(frozen=True)
class Hooks:
    """The webhooks of one database. `private` says that private addresses are allowed."""

    of: Administration
    secret: bytes = field(repr=False)
    private: bool = False

    async def add(self, asked: Asked) -> tuple[Webhook, str]:
        """Store a webhook that gets the events from now on; return it with its signing secret."""
        problem = url_problem(asked.url, private=self.private)
        if problem is not None:
            raise Refused(problem)
        owner = self.of.actor(asked.owner)
        types = tuple(sorted(self.of.concepts(asked.types) or ()))
        near = None if asked.near is None else (await self.of.cities([asked.near]))[0]
        if await administered.count(self.of.writer) >= MOST:
            raise Refused(f"There are {MOST} webhooks already, which is the most. Remove one.")
        draft = Webhook(
            id=secrets.token_hex(ID_BYTES),
            url=asked.url,
            owner=owner,
            since=self.of.now(),
            salt=new_salt(),
            types=types,
            near=near,
            synthetic=asked.synthetic,
            red=asked.red,
        )
        made = await administered.add(self.of.writer, draft)
        return made, signing_secret(self.secret, made)

    async def webhooks(self) -> list[tuple[Webhook, int]]:
        """List all webhooks, each with the number of its dead letters."""
        return await administered.webhooks(self.of.writer)

    async def remove(self, given: str) -> Webhook:
        """Remove a webhook and its dead letters."""
        return await self._known(given, await administered.remove(self.of.writer, given))

    async def resume(self, given: str) -> Webhook:
        """Let a webhook go on where it stopped, at once."""
        return await self._known(given, await administered.resume(self.of.writer, given))

    async def replay(self, given: str, cursor: str | None = None) -> Webhook:
        """Send the events after a cursor again, or all of the log."""
        after = 0 if cursor is None else LogCursors(self.secret).open(cursor, OPERATOR).seq
        return await self._known(given, await administered.resume(self.of.writer, given, after))

    async def rotate(self, given: str, hours: int, tell: Callable[[str], None]) -> Webhook:
        """Give a webhook another signing secret, which `tell` is told before it is used. The former one is valid for some hours.

        If a former one is still valid, hours are refused: a receiver may not know the present one yet.
        """
        await self._require(given)
        before = next(webhook for webhook, _ in await self.webhooks() if webhook.id == given)
        now = self.of.now()
        if hours and len(before.salts(now.timestamp())) > 1:
            until = datetime.fromtimestamp(before.expires or 0.0, UTC).isoformat(timespec="seconds")
            raise Refused(
                f"The former secret of webhook {given} is valid until {until}. Wait, or end it and the present one at once: "
                "--hours 0."
            )
        salt = new_salt()
        tell(signing_secret(self.secret, before, salt))
        expires = now.timestamp() + hours * SECONDS if hours else None
        made = await administered.rotate(self.of.writer, before, salt, expires)
        if made is None:
            raise Refused(
                f"Webhook {given} was removed meanwhile, or was given another secret. The new secret is not valid."
            )
        return made

    async def letters(self, given: str | None = None) -> list[Letter]:
        """List the dead letters of one webhook or of all."""
        if given is not None:
            await self._require(given)
        return await administered.letters(self.of.writer, given)

    async def retry(self, given: str, events: list[str] | None = None) -> list[Letter]:
        """Have dead letters sent again: those of some events, or all of a webhook."""
        await self._require(given)
        known = [letter.message for letter in await administered.letters(self.of.writer, given)]
        unknown = next((event for event in events or () if event not in known), None)
        if unknown is not None:
            raise Refused(f"Webhook {given} has no dead letter of event {unknown}.{meant(unknown, known)}")
        return await administered.retry(self.of.writer, given, events)

    async def _known(self, given: str, stored: Webhook | None) -> Webhook:
        if stored is None:
            await self._require(given)
            raise Refused(f"Webhook {given} was removed meanwhile.")
        return stored

    async def _require(self, given: str) -> None:
        known = [webhook.id for webhook, _ in await self.webhooks()]
        if given not in known:
            raise Refused(f"There is no webhook {given}.{meant(given, known)} `citygraph webhook list` lists all.")
