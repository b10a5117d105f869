"""Tools over standard input and output. In: requests of a client on this machine. Out: the answers of a server's `/mcp`.

The server does the work and decides on rights; this passes on requests with one token, and nothing else is written to the output.
"""

import asyncio
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

import aiohttp
import orjson
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INTERNAL_ERROR,
    CallToolRequestParams,
    CallToolResult,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    ReadResourceResult,
)
from mcp.types.version import LATEST_HANDSHAKE_VERSION
from pydantic import BaseModel

from app.mcp.server import NAME, failure, quiet
from app.start.settings import SettingsError

PATH = "/mcp"
SECONDS = 3700
"""Longest time to wait for an answer. The server ends a statement earlier."""
ACCEPT = "application/json, text/event-stream"
Context = ServerRequestContext[Any, Any]
PASSED_ON: Mapping[str, tuple[str, type[BaseModel]]] = {
    "on_list_tools": ("tools/list", ListToolsResult),
    "on_list_resources": ("resources/list", ListResourcesResult),
    "on_list_resource_templates": ("resources/templates/list", ListResourceTemplatesResult),
    "on_read_resource": ("resources/read", ReadResourceResult),
    "on_list_prompts": ("prompts/list", ListPromptsResult),
    "on_get_prompt": ("prompts/get", GetPromptResult),
}
"""Requests that are passed on as they are: handler of the SDK, method, and what comes back. Without an answer they are errors."""


class NoAnswer(Exception):
    """The server does not answer, or refuses the request; the message says why."""


class Bridge:
    """Passes requests on to a server. `address` is asked for each, because a server may start anew on another port.

    It raises SettingsError if no server runs.
    """

    def __init__(self, address: Callable[[], str], token: str | None) -> None:
        self._address = address
        self._headers = {"accept": ACCEPT, "content-type": "application/json"}
        self._headers["mcp-protocol-version"] = LATEST_HANDSHAKE_VERSION
        if token is not None:
            self._headers["authorization"] = f"Bearer {token}"

    async def result(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return the result of a request. Raise NoAnswer, or MCPError if the server answers with one."""
        try:
            url = self._address()
        except SettingsError as error:
            raise NoAnswer(str(error)) from error
        body = orjson.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": dict(params)})
        timeout = aiohttp.ClientTimeout(total=SECONDS, sock_connect=10)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(url + PATH, data=body, headers=self._headers, allow_redirects=False) as response,
            ):
                return _result(url, response.status, await response.read())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise NoAnswer(f"No server answers at {url} ({error or type(error).__name__}).") from error

    async def serve(self) -> None:
        """Serve on standard input and output until the input ends."""
        made = self._server(await self._instructions())
        async with stdio_server() as (given, sent):
            await made.run(given, sent, made.create_initialization_options())

    async def _instructions(self) -> str:
        """Ask the server whether it can be reached with this token, and how its tools are to be used. Raise NoAnswer."""
        info = {"name": NAME, "version": version("citygraph")}
        hello = {"protocolVersion": LATEST_HANDSHAKE_VERSION, "capabilities": {}, "clientInfo": info}
        try:
            return str((await self.result("initialize", hello)).get("instructions", ""))
        except MCPError as error:
            raise NoAnswer(str(error)) from error

    def _server(self, instructions: str) -> Server[Any]:
        async def call_tool(_: Context, params: CallToolRequestParams) -> CallToolResult:
            given = {"name": params.name, "arguments": params.arguments or {}}
            # A task of its own, so that a cancelled call closes its connection in order; the server ends the work then.
            calling = asyncio.ensure_future(self.result("tools/call", given))
            try:
                return CallToolResult.model_validate(await asyncio.shield(calling), by_name=False)
            except NoAnswer as error:
                return failure(str(error))
            except asyncio.CancelledError:
                calling.cancel()
                raise

        def passed(method: str, result: type[BaseModel]) -> Any:
            async def pass_on(_: Context, params: BaseModel | None) -> BaseModel:
                given = {} if params is None else params.model_dump(mode="json", by_alias=True, exclude_none=True)
                try:
                    return result.model_validate(await self.result(method, given), by_name=False)
                except NoAnswer as error:
                    raise MCPError(INTERNAL_ERROR, str(error)) from error

            return pass_on

        quiet()
        return Server(
            NAME,
            version=version("citygraph"),
            instructions=instructions,
            **{handler: passed(method, result) for handler, (method, result) in PASSED_ON.items()},
            on_call_tool=call_tool,
        )


def _result(url: str, status: int, body: bytes) -> dict[str, Any]:
    """Return the result in an answer; raise NoAnswer, or MCPError."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        answer = None
    if not isinstance(answer, dict):
        raise NoAnswer(
            f"The server at {url} has no tools for assistants: its answer has status {status} and is no JSON."
        )
    if isinstance(answer.get("result"), dict):
        result: dict[str, Any] = answer["result"]
        return result
    if isinstance(answer.get("error"), dict):
        raise MCPError(int(answer["error"].get("code", INTERNAL_ERROR)), str(answer["error"].get("message", "")))
    told = [f"{each['extensions']['code']}: {each['message']}" for each in answer.get("errors", ())]
    raise NoAnswer(
        "; ".join(told) or f"The server at {url} has no tools for assistants: its answer has status {status}."
    )
