"""The delivery of one webhook. In: its events in the order of the log. Out: posts, retries, dead letters, and its place.

The lease, the grants of the owner and what the operator asked for are read before each post. Only after the answer the place is
stored, so an event is sent at least once, with the same id each time.
"""

import asyncio
import logging
import random
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime

import orjson

from app.viewers.stored import grant_of
from app.viewers.tokens import Viewers
from app.webhooks.post import Answer, Sender
from app.webhooks.sign import signed, signing_secret
from graph.access.grants import rights
from graph.access.rights import Rights
from graph.bolt.connect import DatabaseUnavailable
from graph.bolt.write import UnitTooLarge
from graph.errors import QuestionError
from graph.events.cursor import Position
from graph.events.delivery import Delivery
from graph.events.event import Event
from graph.events.read import Wanted
from graph.webhooks.store import Standing, Store
from graph.webhooks.webhook import Letter, Webhook

log = logging.getLogger(__name__)

FRESH = 1.0
"""Seconds for which events that were read may be sent. Then they are read again, with the markings of that moment."""
AGAIN = 1.0
"""Seconds until the next try if the database does not answer."""
BEAT = 30.0
"""Seconds between two looks at a webhook if nothing happens. Its lease and what the operator asks for are seen at once."""
LAG = 1_000
"""Events that are passed over before the place is stored, because none of them is for this webhook."""
JITTER = (0.8, 1.2)
HEADERS = {"content-type": "application/json", "user-agent": "citygraph-webhooks"}


@dataclass(frozen=True)
class Means:
    """What all webhooks of a server share. `retries` are the seconds before the second try, the third, and so on."""

    delivery: Delivery
    store: Store
    sender: Sender
    viewers: Viewers
    secret: bytes = field(repr=False)
    retries: tuple[float, ...]


@dataclass
class Read:
    """Events that were read, with what they were read for, when, and the place after them."""

    rights: Rights
    round: int
    at: float
    events: deque[Event]
    position: Position
    full: bool

    def fits(self, opened: Rights, webhook: Webhook) -> bool:
        """Whether the events may still be sent."""
        return (self.rights, self.round) == (opened, webhook.round) and time.monotonic() - self.at < FRESH


class One:
    """Delivers one webhook until its lease is lost, it is removed or disabled, or the server ends."""

    def __init__(self, of: str, means: Means) -> None:
        self._id, self._means = of, means
        self._poked: asyncio.Future[None] | None = None
        self._read: Read | None = None
        self._place, self._round = Position(), -1
        self._ends = False

    def end(self) -> None:
        """Send no further event."""
        self._ends = True
        self.poke()

    def poke(self) -> None:
        """Look at the webhook now, because the operator has asked for something."""
        if self._poked is not None and not self._poked.done():
            self._poked.set_result(None)

    async def run(self) -> None:
        """Deliver. An error of the database is waited out."""
        while not (self._ends or self._means.delivery.ended):
            self._poked = asyncio.get_running_loop().create_future()
            try:
                standing = await self._means.store.standing(self._id)
                if standing is None:
                    return
                await self._step(standing)
            except (QuestionError, DatabaseUnavailable, UnitTooLarge) as error:
                log.warning("a webhook waits for the database", extra={"webhook": self._id, "error": str(error)})
                await self._pause(AGAIN)

    async def _step(self, standing: Standing) -> None:
        """Send at most one event, or wait until there is one."""
        webhook = standing.webhook
        if standing.letter is not None:
            await self._send_letter(standing, standing.letter)
            return
        left = (webhook.next or 0.0) - time.time()
        if left > 0:
            await self._pause(left)
            return
        event = await self._event(standing)
        if event is None:
            await self._wait(webhook)
            return
        async with self._means.sender.place(failing=webhook.attempts > 0) as waited:
            # Rights and markings may have changed while it waited.
            later = await self._means.store.standing(self._id) if waited else standing
            event = await self._event(later) if later and waited else event
            if later is not None and event is not None:
                await self._send(later.webhook, event)

    async def _event(self, standing: Standing) -> Event | None:
        """Return the next event that the owner may see now and wants; None if there is none up to the place that was read."""
        webhook, opened = standing.webhook, self._rights(standing)
        read = self._read
        if read is None or not read.fits(opened, webhook):
            start = max(self._place, Position(webhook.after), key=lambda each: each.seq)
            if self._round != webhook.round:
                start, self._round, self._place = Position(webhook.after), webhook.round, Position()
            page = await self._means.delivery.read(opened, start, _wanted(webhook))
            events = deque(event for event in page.events if not webhook.types or event.of in webhook.types)
            read = self._read = Read(opened, webhook.round, time.monotonic(), events, page.position, page.full)
        while read.events and read.events[0].seq <= webhook.after:
            read.events.popleft()
        return read.events[0] if read.events else None

    async def _wait(self, webhook: Webhook) -> None:
        """Go on after what was read; wait if the log ends there."""
        read, self._read = self._read, None
        if read is None:
            return
        self._place = max(self._place, read.position, key=lambda each: each.seq)
        if self._place.seq - webhook.after > LAG:
            await self._means.store.delivered(webhook, self._place.seq)
        if not read.full and self._poked is not None:
            await self._means.delivery.wait(read.position, BEAT, (self._poked,))

    async def _pause(self, seconds: float) -> None:
        if self._poked is not None:
            await asyncio.wait({self._poked}, timeout=min(seconds, BEAT))

    def _rights(self, standing: Standing) -> Rights:
        """Return what the owner may see by his grants of this moment. Without a grant, that is what everybody sees."""
        return rights(map(grant_of, standing.grants), self._means.viewers.audiences, red=standing.webhook.red)

    async def _post(self, webhook: Webhook, event: Event) -> Answer:
        body, at = orjson.dumps(event.shown()), datetime.now(UTC)
        valid = [signing_secret(self._means.secret, webhook, salt) for salt in webhook.salts(at.timestamp())]
        headers = signed(valid, event.id, at, body)
        answer = await self._means.sender.post(webhook.url, {**HEADERS, **headers}, body)
        if not answer.is_success:
            about = {"webhook": webhook.id, "event": event.id, "why": answer.why}
            log.warning("a webhook was not delivered", extra=about)
        return answer

    async def _send(self, webhook: Webhook, event: Event) -> None:
        answer, store = await self._post(webhook, event), self._means.store
        if answer.is_success:
            await store.delivered(webhook, event.seq)
            return
        if answer.is_gone:
            await store.disabled(webhook, "the receiver wants no more events (410 Gone)")
            return
        attempts = 1 + (webhook.attempts if webhook.failing == event.id else 0)
        if attempts <= len(self._means.retries):
            pause = max(self._means.retries[attempts - 1] * random.uniform(*JITTER), answer.pause)  # noqa: S311
            await store.failed(webhook, event.id, attempts, time.time() + pause, answer.why)
            return
        dead = Letter(webhook.id, event.seq, event.id, event.fact, datetime.now(UTC), attempts, answer.why)
        await store.buried(webhook, dead)

    async def _send_letter(self, standing: Standing, letter: Letter) -> None:
        """Send a dead letter once more, if the owner may see its event now."""
        webhook, store = standing.webhook, self._means.store
        page = await self._means.delivery.read(self._rights(standing), Position(letter.seq - 1), _wanted(webhook))
        if not page.events or page.events[0].seq != letter.seq:
            await store.letter_done(letter)
            return
        async with self._means.sender.place(failing=True):
            answer = await self._post(webhook, page.events[0])
        if answer.is_success:
            await store.letter_done(letter)
        elif answer.is_gone:
            await store.disabled(webhook, "the receiver wants no more events (410 Gone)")
        else:
            await store.letter_failed(letter, answer.why)


def _wanted(webhook: Webhook) -> Wanted:
    """Return what is asked of the log. Several types are told apart afterwards."""
    only = webhook.types[0] if len(webhook.types) == 1 else None
    return Wanted(only, webhook.near, webhook.synthetic)
