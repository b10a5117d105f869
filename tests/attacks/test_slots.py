"""Clients that send nothing keep nobody else from being answered."""

import asyncio
from collections.abc import Callable, MutableMapping
from typing import Any

from tests.http.conftest import Client


async def never() -> MutableMapping[str, Any]:
    await asyncio.sleep(60)
    return {"type": "http.disconnect"}


async def ignored(_: MutableMapping[str, Any]) -> None:
    return None


def test_bodies_that_do_not_come_hold_no_slot(make_client: Callable[..., Client], runner: asyncio.Runner) -> None:
    client = make_client(max_in_flight=2)
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"10")],
        "server": ("test", 80),
    }

    async def crowd() -> int:
        idle = [asyncio.ensure_future(client.app({**scope}, never, ignored)) for _ in range(2)]
        await asyncio.sleep(0.2)
        response = await client._client.post("/graphql", json={"query": "{ __typename }"})
        for task in idle:
            task.cancel()
        await asyncio.gather(*idle, return_exceptions=True)
        return response.status_code

    assert runner.run(crowd()) == 200
