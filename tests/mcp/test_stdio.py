"""`citygraph mcp`: the client of the SDK over standard input and output, and a server that it asks."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError

from app.http.api import Service
from app.start.servers import announced
from app.start.settings import Settings
from tests.http.conftest import TOKEN
from tests.http.running import Running, started
from tests.mcp.clients import called, text, whole
from tests.mcp.test_http import ROSTERS, count

COMMAND = ("-c", "from app.cli import main; main()", "mcp")


def parameters(folder: Path, *arguments: str, **more: str) -> StdioServerParameters:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CITYGRAPH_"))}
    environment = {**kept, "CITYGRAPH_DATA_DIR": str(folder), **more}
    return StdioServerParameters(command=sys.executable, args=[*COMMAND, *arguments], env=environment)


@asynccontextmanager
async def piped(folder: Path, *arguments: str, **more: str) -> AsyncIterator[Client]:
    async with Client(parameters(folder, *arguments, **more)) as client:
        yield client


def address(server: Running) -> str:
    return f"http://127.0.0.1:{server.port}"


def test_everybody_asks_unless_something_else_is_said(server: Running, tmp_path: Path) -> None:
    """The default is what anybody sees: an assistant reads what others wrote, so it gets no more rights than it is given."""
    (tmp_path / "steward.token").write_text(TOKEN)

    async def rosters(*arguments: str, **more: str) -> int:
        async with piped(tmp_path, "--server", address(server), *arguments, **more) as client:
            return count(whole(await client.call_tool("ask", {"document": ROSTERS})))

    async def work() -> list[int]:
        how = (rosters(), rosters("--as", "steward"), rosters("--token", TOKEN), rosters(CITYGRAPH_TOKEN=TOKEN))
        return list(await asyncio.gather(*how))

    assert asyncio.run(work()) == [0, 3, 3, 3]


def test_tools_and_answers_are_those_of_the_server(server: Running, tmp_path: Path) -> None:
    async def work() -> tuple[int, dict[str, Any], str, Any]:
        async with piped(tmp_path, "--server", f"{address(server)}/graphql") as client:
            tools = (await client.list_tools()).tools
            told = whole(await client.call_tool("who-says-so", {}))
            wrong = await client.call_tool("nothing", {})
            picture = await client.call_tool("figure", {"kind": "exchange", "from": 2010, "to": 2011})
            return len(tools), told, text(wrong), picture.content[1]

    found, told, wrong, picture = asyncio.run(work())
    assert found == 108
    assert told == called(server, "who-says-so")
    assert wrong == "'nothing' is no tool of this server."
    assert picture.mime_type == "image/png"


def test_nothing_but_messages_is_written_to_the_output(server: Running, tmp_path: Path) -> None:
    """Sent by hand, with nonsense between: each line of the output is a message of JSON-RPC."""
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "by hand", "version": "1"}}
    sent = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
        "no JSON at all",
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "ask", "arguments": {"document": "{"}}},
        {"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": {"name": "nothing"}},
    ]
    given = "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in sent)
    how = parameters(tmp_path, "--server", address(server), CITYGRAPH_LOG_LEVEL="DEBUG")
    pipe = subprocess.PIPE
    command = [how.command, *how.args]
    with subprocess.Popen(command, env=how.env, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(given)
        running.stdin.flush()
        answers: list[dict[str, Any]] = []
        while {1, 2, 3, 4} - {each.get("id") for each in answers}:
            answers.append(json.loads(running.stdout.readline()))
        running.stdin.close()
        left, noise = running.stdout.read(), running.stderr.read()
        assert running.wait(20) == 0
    assert all(each["jsonrpc"] == "2.0" for each in answers)
    assert [json.loads(line)["jsonrpc"] for line in left.splitlines()] in ([], ["2.0"])
    assert "Traceback" not in noise
    assert "no JSON at all" not in noise


@pytest.mark.usefixtures("neo4j")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--server", "http://127.0.0.1:9"), "No server answers at http://127.0.0.1:9"),
        ((), "No citygraph server runs on this data folder. `citygraph up` starts one"),
        (("--server", "nothing"), "nothing is not the address of a server"),
        (("--server", "http://cities.example", "--as", "steward"), "may be on another machine"),
    ],
)
def test_without_a_server_the_command_says_what_to_do(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    how = parameters(tmp_path, *arguments)
    done = subprocess.run([how.command, *how.args], env=how.env, input="", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_an_unknown_token_ends_the_command(server: Running, tmp_path: Path) -> None:
    how = parameters(tmp_path, "--server", address(server), "--token", "nothing")
    done = subprocess.run([how.command, *how.args], env=how.env, input="", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "UNAUTHENTICATED" in done.stderr


def test_a_server_that_starts_anew_is_found_again(made: Callable[..., Service], tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    async def work(client: Client) -> dict[str, Any]:
        return whole(await client.call_tool("find_question", {"words": "trust"}))

    async def both() -> None:
        with started(made()) as first, announced(settings, first.port):
            opened = piped(tmp_path)
            client = await opened.__aenter__()
            before = await work(client)
        gone = await client.call_tool("find_question", {"words": "trust"})
        assert "No citygraph server runs" in text(gone)
        with pytest.raises(MCPError, match="No citygraph server runs"):
            await client.list_tools(cache_mode="bypass")
        with started(made()) as second, announced(settings, second.port):
            assert await work(client) == before
        await opened.__aexit__(None, None, None)

    asyncio.run(both())
