"""Webhooks over the seeded database, with receivers on this machine. What a test adds is removed after it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace

import pytest

from app.http.api import Service
from app.viewers.administration import Administration
from app.viewers.administration import Wanted as Granted
from app.webhooks.administration import Asked, Hooks
from graph.access.grants import Role
from graph.cypher.fragments import Fragment
from graph.webhooks.webhook import Letter, Webhook
from schema.model import model
from tests.conftest import SECRET
from tests.events.conftest import log
from tests.http.conftest import make_client, make_service, nothing_is_warmed
from tests.http.running import Running, started
from tests.kit.writer import BlockingWriter
from tests.webhooks.receiver import Receiver, receiving

__all__ = ["log", "make_client", "make_service", "nothing_is_warmed"]

FORGET = Fragment("MATCH (n) WHERE n:_Webhook OR n:_DeadLetter OR n:_Grant DETACH DELETE n")
SEATTLE = "city/us-wa-seattle"
Start = Callable[..., AbstractContextManager[Running]]


@dataclass
class Desk:
    """The operator's desk: `citygraph webhook` and `citygraph grant`, without the command line."""

    runner: asyncio.Runner
    hooks: Hooks

    def add(self, url: str, owner: str = "anna", **asked: object) -> tuple[Webhook, str]:
        """Add a webhook; return it with its secret."""
        return self.runner.run(self.hooks.add(Asked(url, owner, **asked)))  # type: ignore[arg-type]  # fields by name

    def webhook(self) -> Webhook:
        """Return the one webhook as it stands."""
        ((webhook, _),) = self.runner.run(self.hooks.webhooks())
        return webhook

    def letters(self) -> list[Letter]:
        return self.runner.run(self.hooks.letters())

    def grant(self, role: Role, actor: str = "anna") -> str:
        """Grant a role for Seattle; return the id of the grant."""
        return self.runner.run(self.hooks.of.grant(Granted(actor, role, SEATTLE))).grant.id

    def revoke(self, grant: str) -> None:
        self.runner.run(self.hooks.of.remove(grant))


@pytest.fixture
def desk(seeded: BlockingWriter, runner: asyncio.Runner) -> Iterator[Desk]:
    seeded.read(FORGET)
    yield Desk(runner, Hooks(Administration(seeded.writer, model()), SECRET, private=True))
    seeded.read(FORGET)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
def other() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
def start(make_service: Callable[..., Service], monkeypatch: pytest.MonkeyPatch) -> Start:
    """Start a server that looks at its leases often and tries again soon."""
    monkeypatch.setattr("app.webhooks.sending.EVERY", 0.1)

    def make(**given: object) -> AbstractContextManager[Running]:
        settings = {"webhook_private": True, "webhook_retries": "0.3,0.3", "synthetic": False, **given}
        return started(replace(make_service(**settings), secret=SECRET))

    return make


@pytest.fixture
def server(start: Start) -> Iterator[Running]:
    with ExitStack() as stack:
        yield stack.enter_context(start())
