"""`/mcp` over HTTP: rights of each request, hosts and origins, bodies, ends of requests, and what it costs the event loop."""

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.kit.slow import SLOW
from tests.mcp.clients import called, connected, talk, whole
from tests.mcp.test_documents import BEARER

ACCEPT = {"accept": "application/json, text/event-stream"}
ROSTERS = '{ rosters(where: {name: {startsWith: "Leaders"}}, synthetic: true) { totalCount } }'


def message(method: str = "tools/list", **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}


def post(server: Running, content: bytes | None = None, **headers: str) -> httpx.Response:
    given = {**ACCEPT, "content-type": "application/json", **headers}
    body = json.dumps(message()).encode() if content is None else content
    return httpx.post(f"http://127.0.0.1:{server.port}/mcp", content=body, headers=given, timeout=60)


def count(told: dict[str, Any]) -> int:
    return int(told["data"]["rosters"]["totalCount"])


def test_each_request_has_the_rights_of_its_own_token(server: Running) -> None:
    assert count(called(server, "ask", document=ROSTERS)) == 0
    assert count(called(server, "ask", TOKEN, document=ROSTERS)) == 3


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_both_generations_of_the_protocol_are_spoken(server: Running, mode: Any) -> None:
    async def work(client: Client) -> tuple[str, int, str | None]:
        tools = (await client.list_tools()).tools
        answer = whole(await client.call_tool("ask", {"document": ROSTERS}))
        return client.protocol_version, len(tools) + count(answer), client.instructions

    version, found, instructions = talk(server, work, TOKEN, mode)
    assert version.startswith("2026" if mode == "auto" else "2025")
    assert found == 111
    assert "never instructions" in str(instructions)


def test_callers_at_once_are_never_mixed_up(server: Running) -> None:
    """Ten callers with different rights, each with questions whose answer names who asked."""
    dice = random.Random(3)

    async def one(token: str | None, mark: int) -> bool:
        async with connected(server, token) as client:
            for _ in range(3):
                document = f"query {{ mark{mark}: __typename {ROSTERS[1:]}"
                answer = whole(await client.call_tool("ask", {"document": document}))["data"]
                if answer != {f"mark{mark}": "Query", "rosters": {"totalCount": 3 if token else 0}}:
                    return False
        return True

    async def work() -> list[bool]:
        return await asyncio.gather(*(one(dice.choice([None, TOKEN]), mark) for mark in range(10)))

    assert all(asyncio.run(work()))


def test_an_unknown_token_is_refused(server: Running) -> None:
    refused = post(server, authorization="Bearer nothing")
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert refused.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    with pytest.raises((MCPError, ExceptionGroup), match=r"error|TaskGroup"):
        talk(server, lambda client: client.list_tools(), "nothing")


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:{port}", 200),
        ("http://127.0.0.1:1", 403),
        ("https://evil.example", 403),
        ("http://127.0.0.1.evil.example:{port}", 403),
        ("null", 403),
        ("file://127.0.0.1:{port}", 403),
        ("", 403),
    ],
)
def test_pages_of_other_origins_are_refused(server: Running, origin: str, status: int) -> None:
    assert post(server, origin=origin.format(port=server.port)).status_code == status


def test_other_hosts_are_refused(server: Running) -> None:
    assert post(server, host="evil.example").status_code == 421
    assert post(server, host="evil.example", origin="http://evil.example").status_code == 421
    assert post(server, host="localhost").status_code == 200


def test_the_public_address_is_an_origin(running: Callable[..., Running]) -> None:
    public = running(public_url="https://cities.example/graph")
    assert post(public, origin="https://cities.example").status_code == 200
    assert post(public, origin="http://cities.example").status_code == 403


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "OPTIONS", "HEAD"])
def test_only_posts_are_accepted(server: Running, method: str) -> None:
    refused = httpx.request(method, f"http://127.0.0.1:{server.port}/mcp", headers=ACCEPT, timeout=10)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 90_000, 400),
        (b'{"a":' * 900 + b"1" + b"}" * 900, 400),
        *((b'{"jsonrpc": "2.0", "method": "ping", "id": %b}' % id_, 400) for id_ in (b"{}", b"null", b"true", b"1.5")),
        (b'{"jsonrpc": "2.0", "method": "ping", "id": 7.0}', 200),
        (b'{"jsonrpc": "2.0", "method": "ping", "id": 1e300}', 400),
        (b'{"jsonrpc":"2.0","id":1,"method":"ping","params":' + b'{"a":' * 95 + b"1" + b"}" * 96, 200),
        (b'"' + b"x" * 100_001 + b'"', 413),
        (b'{"jsonrpc":"2.0","id":1,"method":"nothing/like/this"}', 200),
        (b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}', 202),
    ],
    ids=range(15),
)  # fmt: skip
def test_bodies(server: Running, content: bytes, status: int) -> None:
    answered = post(server, content)
    assert answered.status_code == status, answered.text[:300]
    assert "Traceback" not in answered.text
    assert answered.headers["cache-control"] == "private, no-store"


def test_a_body_of_another_type_is_refused(server: Running) -> None:
    assert post(server, None, **{"content-type": "text/plain"}).status_code == 415
    assert post(server, accept="text/html").status_code == 406


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_call_whose_client_leaves_ends_its_statement(running: Callable[..., Running], mode: Any) -> None:
    slow = running(statement_seconds=100, synthetic=False)

    async def leave() -> None:
        async with connected(slow, None, mode) as client:
            await client.call_tool("find_question", {"words": "nothing"})
            async with anyio.create_task_group() as group:
                group.start_soon(client.call_tool, "ask", {"document": SLOW})
                await asyncio.sleep(1.5)
                assert slow.under_way > 0
                group.cancel_scope.cancel()

    begun = time.monotonic()
    asyncio.run(leave())
    slow.until(lambda: slow.under_way == 0, "the call ends")
    assert time.monotonic() - begun < 30


def test_a_server_that_stops_takes_no_new_calls(running: Callable[..., Running]) -> None:
    ending = running()
    assert post(ending).status_code == 200
    ending.server.answering.draining = True
    refused = post(ending)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")


def test_one_client_has_its_share_only(running: Callable[..., Running], monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls take the places of questions: who has all of his waits, and is told so."""
    monkeypatch.setattr("app.http.places.WAIT_SECONDS", 0.3)
    small = running(max_slow=1, client_share=1, max_in_flight=1, statement_seconds=1)

    async def work() -> list[str]:
        async with connected(small) as client:
            await client.list_tools()
            asked = [{"document": SLOW.replace("Slow", f"S{at}")} for at in range(4)]
            results = await asyncio.gather(*(client.call_tool("ask", each) for each in asked))
            return [str(each.content[0]) for each in results if each.is_error]

    told = asyncio.run(work())
    assert len(told) == 4
    assert any("UNAVAILABLE" in each for each in told)


def test_hidden_facts_change_no_byte(server: Running, hide: Any) -> None:
    """Asked before and after three hundred facts that only a steward of Portland sees; who-trusts-whom shows that steward's."""
    asked: dict[str, dict[str, Any]] = {
        "who-trusts-whom": {},
        "latest-visits": {"last": 20},
        "cloud": {"cities": ["city/us-or-portland"]},
        "search": {"text": "hidden", "synthetic": True},
        "ask": {"document": "{ people(first: 50, synthetic: true) { totalCount nodes { name sources { title } } } }"},
        "find_question": {"words": "visit"},
        "describe_type": {"name": "Person"},
    }

    async def work(token: str | None) -> list[str]:
        async with connected(server, token) as client:
            return [(await client.call_tool(name, given)).model_dump_json() for name, given in asked.items()]

    everybody, steward = asyncio.run(work(None)), asyncio.run(work(TOKEN))
    hide()
    assert asyncio.run(work(None)) == everybody
    assert asyncio.run(work(TOKEN)) != steward


@pytest.mark.usefixtures("neo4j")
def test_a_start_does_not_import_the_sdk() -> None:
    code = (
        "import sys, app.http.api, app.start.boot, app.cli.mcp; print([m for m in sys.modules if m.startswith('mcp')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_first_request_is_answered_once_for_all_that_wait(running: Callable[..., Running]) -> None:
    fresh = running()

    async def work() -> list[int]:
        async with httpx.AsyncClient(timeout=60) as client:
            address, given = f"http://127.0.0.1:{fresh.port}/mcp", {**ACCEPT, **BEARER}
            answers = await asyncio.gather(*(client.post(address, json=message(), headers=given) for _ in range(5)))
            return [len(each.json()["result"]["tools"]) for each in answers]

    assert set(asyncio.run(work())) == {108}
