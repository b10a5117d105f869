"""Clients of the official SDK. In: a server, a token. Out: a client, and what a tool told it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Literal, TypeVar

from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp.types import CallToolResult, TextContent

from tests.http.running import Running

Result = TypeVar("Result")
Mode = Literal["auto", "legacy"]


@asynccontextmanager
async def connected(server: Running, token: str | None = None, mode: Mode = "auto") -> AsyncIterator[Client]:
    """Connect over HTTP."""
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    async with create_mcp_http_client(headers=headers) as http:
        transport = streamable_http_client(f"http://127.0.0.1:{server.port}/mcp", http_client=http)
        async with Client(transport, mode=mode) as client:
            yield client


def talk(
    server: Running, work: Callable[[Client], Awaitable[Result]], token: str | None = None, mode: Mode = "auto"
) -> Result:
    """Connect and do something."""

    async def done() -> Result:
        async with connected(server, token, mode) as client:
            return await work(client)

    return asyncio.run(done())


def called(server: Running, name: str, token: str | None = None, /, **arguments: Any) -> dict[str, Any]:
    """Call a tool and return its JSON; fail if it failed."""
    result = talk(server, lambda client: client.call_tool(name, arguments), token)
    return whole(result)


def failed(server: Running, name: str, token: str | None = None, /, **arguments: Any) -> str:
    """Call a tool that fails and return what it says."""
    result = talk(server, lambda client: client.call_tool(name, arguments), token)
    assert result.is_error
    return text(result)


def whole(result: CallToolResult) -> dict[str, Any]:
    """Return the JSON of a result that is no failure."""
    assert not result.is_error, text(result)
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def text(result: CallToolResult) -> str:
    """Return the first text of a result."""
    first = result.content[0]
    assert isinstance(first, TextContent)
    return first.text
