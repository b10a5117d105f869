"""What ends leaves nothing behind: a client that goes away, and a server whose warming failed."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from neo4j.exceptions import DriverError
from starlette.types import Message

from app.http.api import Service, web_app
from tests.http.conftest import Client
from tests.kit.slow import LEFT, SLOW


async def gone_in_the_middle(client: Client) -> tuple[bool, int, list[Message]]:
    """Ask, go away while the statement runs; return whether it ran, what is under way at the end, and what was sent."""
    answering, sent = client.app.state.answering, list[Message]()
    body = json.dumps({"query": SLOW}).encode()
    incoming: asyncio.Queue[Message] = asyncio.Queue()
    await incoming.put({"type": "http.request", "body": body, "more_body": False})
    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
    }

    async def send(message: Message) -> None:
        sent.append(message)

    async def leave() -> bool:
        await asyncio.sleep(0.5)
        await incoming.put({"type": "http.disconnect"})
        return bool(answering.under_way == 1)

    leaving = asyncio.create_task(leave())
    await client.app(scope, incoming.get, send)
    left = answering.under_way
    return await leaving, left, sent


@LEFT
def test_a_request_whose_client_has_gone_ends_after_its_statement(client: Client, runner: asyncio.Runner) -> None:
    assert runner.run(gone_in_the_middle(client)) == (True, 0, [])


@LEFT
def test_the_driver_is_closed_although_warming_failed(
    make_service: Callable[..., Service], runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise ArithmeticError("a fault of ours")

    async def begins_and_ends() -> None:
        async with app.router.lifespan_context(app):
            await asyncio.sleep(0)

    monkeypatch.setattr("app.http.api.warm_in", fails)
    app = web_app(make_service())
    with pytest.raises(ArithmeticError):
        runner.run(begins_and_ends())
    with pytest.raises(DriverError):
        app.state.answering.reader.sessions.driver.session()
