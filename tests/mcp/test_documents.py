"""Each trusted document is a tool, and answers what GraphQL answers to the same viewer."""

import asyncio
import json
import random
from copy import deepcopy
from typing import Any

import pytest
from mcp import Client

from app.start.trusted import TrustedDocument, trusted_documents
from seeds import QUESTIONS
from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.kit.random.documents import random_seed
from tests.mcp.clients import called, connected, text, whole

DOCUMENTS = {each.id: each for each in trusted_documents(QUESTIONS, lambda _: None)}
ALWAYS = (
    "latest-visits", "who-trusts-whom", "who-says-so", "heard-and-involved", "from-leader-to-leader",
)  # fmt: skip
"""With variables, cut, with relationships, too costly for sources of relationships, for stewards."""
DRAWN = 3
BEARER = {"authorization": f"Bearer {TOKEN}"}


async def complete(client: Client, told: dict[str, Any]) -> Any:
    """Return the data of an answer with all that was cut, asked for as the answer says."""
    data = {"data": deepcopy(told["data"])}
    open_ = [cut for cut in told.get("cut", ()) if cut["at"].startswith("/data")]
    while open_:
        cut = open_.pop(0)
        more = whole(await client.call_tool("rest", cut["rest"]))
        *parents, last = cut["at"].split("/")[1:]
        holder: Any = data
        for step in parents:
            holder = holder[int(step) if isinstance(holder, list) else step]
        key: Any = int(last) if isinstance(holder, list) else last
        holder[key] = holder[key] + more["part"]
        open_ += [each for each in more.get("cut", ()) if each["at"].startswith("/data")]
    return data["data"]


def expected(server: Running, document: TrustedDocument, token: str | None) -> Any:
    headers = {} if token is None else BEARER
    return server.ask(document.text, variables=dict(document.head.variables), headers=headers).json()["data"]


def test_documents_answer_as_graphql_does(server: Running, pytestconfig: pytest.Config) -> None:
    drawn = random.Random(random_seed()).sample(sorted(DOCUMENTS), DRAWN)
    asked = list(DOCUMENTS) if pytestconfig.getoption("soak") else [*ALWAYS, *drawn]

    async def work(token: str | None) -> list[str]:
        async with connected(server, token) as client:
            answers = [await complete(client, whole(await client.call_tool(each, {}))) for each in asked]
        return [
            each for each, data in zip(asked, answers, strict=True) if data != expected(server, DOCUMENTS[each], token)
        ]

    assert asyncio.run(work(TOKEN)) == []
    assert asyncio.run(work(None)) == []


def test_variables_are_those_that_are_given(server: Running) -> None:
    document = DOCUMENTS["latest-visits"]
    asked = server.ask(document.text, variables={"last": 2}).json()["data"]
    assert called(server, "latest-visits", last=2)["data"] == asked
    assert called(server, "answer_question", id="latest-visits", variables={"last": 2})["data"] == asked
    assert len(asked["visits"]["nodes"]) == 2


def test_the_sources_of_each_fact_are_told_with_its_place(server: Running) -> None:
    """Compared with what GraphQL says of the lesson, of its relationship, and of the city at the end."""
    told = called(server, "who-says-so")
    lesson = "lesson/co-34-bogota-from-br-18-curitiba-bus-rapid-transit"
    stated = "sources { title url }"
    asked = f"{{ lesson(id: {json.dumps(lesson)}) {{ {stated} from {{ edges {{ {stated} node {{ {stated} }} }} }} }} }}"
    data = server.ask(asked).json()["data"]["lesson"]
    edges = data["from"]["edges"]
    places = {"/data/node": data["sources"]}
    for at, each in enumerate(edges):
        places[f"/data/node/from/edges/{at}"] = each["sources"]
        places[f"/data/node/from/edges/{at}/node"] = each["node"]["sources"]
    assert all(places.values())
    found: dict[str, list[dict[str, Any]]] = {place: [] for place in places}
    for source in told["sources"]:
        for place in source["of"]:
            found[place].append({"title": source["title"], "url": source["url"]})
    key = json.dumps
    assert {at: sorted(map(key, each)) for at, each in found.items()} == {
        at: sorted(map(key, each)) for at, each in places.items()
    }
    assert "madeUp" not in told


def test_what_is_made_up_is_said_to_be(server: Running) -> None:
    async def work() -> tuple[str, dict[str, Any]]:
        async with connected(server) as client:
            result = await client.call_tool("who-held-which-office", {})
            return text(result), whole(result)

    said, told = asyncio.run(work())
    assert "made up (synthetic)" in said
    confidences = [each["confidence"] for each in told["data"]["offices"]["nodes"]]
    assert confidences == ["VERIFIED", "SYNTHETIC"]
    offices = next(each for each in told["madeUp"] if each["at"] == "/data/offices/nodes/*")
    assert offices == {"at": "/data/offices/nodes/*", "madeUp": 1, "of": 2, "which": ["/data/offices/nodes/1"]}


def test_a_cut_answer_says_so_and_how_to_get_the_rest(server: Running) -> None:
    async def work() -> tuple[str, dict[str, Any], Any]:
        async with connected(server, TOKEN) as client:
            result = await client.call_tool("who-trusts-whom", {})
            told = whole(result)
            return text(result), told, await complete(client, told)

    said, told, data = asyncio.run(work())
    (cut,) = [each for each in told["cut"] if each["at"] == "/data/people/nodes"]
    assert f"CUT, because the answer is long: {cut['shown']} of {cut['total']} at /data/people/nodes" in said
    assert len(told["data"]["people"]["nodes"]) == cut["shown"] < cut["total"] == 60
    assert len(json.dumps(told["data"])) < 60_000
    assert data == expected(server, DOCUMENTS["who-trusts-whom"], TOKEN)


def test_sources_that_were_cut_are_shown_by_rest(server: Running) -> None:
    told = called(server, "most-visited-cities")
    (cut,) = [each for each in told["cut"] if each["at"] == "/sources"]
    rest = called(server, "rest", **cut["rest"])
    titles = [each["title"] for each in (*told["sources"], *rest["part"])]
    assert len(told["sources"]) == cut["shown"]
    assert len(titles) == cut["total"]
