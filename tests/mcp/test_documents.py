"""Each trusted document is a tool, and answers what GraphQL answers to the same viewer."""

import asyncio
from typing import Any

import pytest
from mcp import Client

from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.mcp.clients import connected, whole


async def complete(client: Client, told: dict[str, Any]) -> Any:
    """Return the data of an answer with all that was cut, asked for as the answer says."""
    data = {"data": told["data"]}
    open_ = list(told.get("cut", ()))
    while open_:
        cut = open_.pop(0)
        more = whole(await client.call_tool("rest", cut["rest"]))
        *parents, last = cut["at"].split("/")[1:]
        holder: Any = data
        for step in parents:
            holder = holder[int(step) if isinstance(holder, list) else step]
        key: Any = int(last) if isinstance(holder, list) else last
        holder[key] = holder[key] + more["part"]
        open_ += more.get("cut", ())
    return data["data"]


@pytest.mark.parametrize("token", [TOKEN], ids=["steward"])
def test_each_document_answers_as_graphql_does(server: Running, token: str | None) -> None:
    from app.start.trusted import trusted_documents
    from seeds import QUESTIONS
    import time

    documents = trusted_documents(QUESTIONS, lambda _: None)
    headers = {} if token is None else {"authorization": f"Bearer {token}"}

    async def work() -> list[str]:
        different = []
        async with connected(server, token) as client:
            for each in documents:
                b = time.perf_counter()
                result = await client.call_tool(each.id, {})
                t = time.perf_counter() - b
                expected = server.ask(each.text, variables=dict(each.head.variables), headers=headers).json()
                told = whole(result)
                print(each.id, round(t, 2), len(str(told)), len(told.get("sources", ())), told.get("cut"), told.get("notes"), told.get("madeUp"))
                if await complete(client, told) != expected["data"]:
                    different.append(each.id)
        return different

    assert asyncio.run(work()) == []
