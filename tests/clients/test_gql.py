"""gql, the client of Python: over its transports, with the schema of a file and the one that introspection gives."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing, closing
from typing import Any

import httpx
import pytest
from gql import Client, GraphQLRequest, gql
from gql.dsl import DSLQuery, DSLSchema, dsl_gql
from gql.transport import AsyncTransport, Transport
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError, TransportServerError
from gql.transport.httpx import HTTPXTransport
from gql.transport.requests import RequestsHTTPTransport
from gql.transport.websockets import WebsocketsTransport

from tests.clients.conftest import TOKEN, Rows
from tests.events.log import LESSON, Log
from tests.kit.oracle.world import World
from tests.kit.paths import DOCS

PAGE = "query ($n: Int, $after: String) { cities(first: $n, after: $after) { nodes { id } pageInfo { endCursor } } }"
ROSTERS = "{ rosters { totalCount } }"
BEARER = {"authorization": f"Bearer {TOKEN}"}
OVER: dict[str, Callable[..., Transport | AsyncTransport]] = {
    "httpx": lambda url, **given: HTTPXTransport(url=url, **given),
    "requests": lambda url, **given: RequestsHTTPTransport(url=url, **given),
    "aiohttp": lambda url, **given: AIOHTTPTransport(url=url, **given),
    "websockets": lambda url, **given: WebsocketsTransport(url=url.replace("http", "ws"), **given),
}


@pytest.fixture(autouse=True)
def loop() -> Iterator[None]:
    """An event loop that is closed afterwards: gql runs its asynchronous transports on the thread's, or leaves one behind."""
    with closing(asyncio.new_event_loop()) as opened:
        asyncio.set_event_loop(opened)
        yield
    asyncio.set_event_loop(None)


each_transport = pytest.mark.parametrize("over", OVER)


def asked(client: Client, text: str, variables: dict[str, Any] | None = None) -> Any:
    return client.execute(GraphQLRequest(text, variable_values=variables))


@each_transport
def test_pages(url: str, rows: Rows, over: str) -> None:
    client, ids, after = Client(transport=OVER[over](url)), list[str](), None
    for _ in range(3):
        page = asked(client, PAGE, {"n": 2, "after": after})["cities"]
        ids += [each["id"] for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert ids == rows.all("City")[:6]


@each_transport
def test_a_token(url: str, world: World, over: str) -> None:
    everybody, steward = Client(transport=OVER[over](url)), Client(transport=OVER[over](url, headers=BEARER))
    rosters = len(world.nodes_of["Roster"])
    assert asked(steward, ROSTERS) == {"rosters": {"totalCount": rosters}}
    assert asked(everybody, ROSTERS)["rosters"]["totalCount"] < rosters


@each_transport
def test_a_refused_document_is_an_error_with_its_code(url: str, over: str) -> None:
    with pytest.raises(TransportQueryError) as refused:
        asked(Client(transport=OVER[over](url)), "{ cities { nodes { nothing } } }")
    assert refused.value.errors is not None
    assert refused.value.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("over", ["httpx", "requests", "aiohttp"])
def test_an_unknown_token_is_401(url: str, over: str) -> None:
    client = Client(transport=OVER[over](url, headers={"authorization": "Bearer wrong"}))
    with pytest.raises((TransportServerError, TransportQueryError)) as refused:
        asked(client, ROSTERS)
    told = refused.value.errors[0] if isinstance(refused.value, TransportQueryError) and refused.value.errors else {}
    assert getattr(refused.value, "code", None) == 401 or told["extensions"]["code"] == "UNAUTHENTICATED"


def test_the_schema_by_introspection_writes_documents(url: str, rows: Rows) -> None:
    client = Client(transport=HTTPXTransport(url=url), fetch_schema_from_transport=True)
    with client as session:
        assert client.schema is not None
        query = DSLSchema(client.schema).Query
        city = DSLSchema(client.schema).City
        connection = DSLSchema(client.schema).CityConnection
        listed = query.cities(first=2, where={"name": {"eq": "Turin"}}).select(
            connection.nodes.select(city.id, city.name)
        )
        assert session.execute(dsl_gql(DSLQuery(listed)))["cities"]["nodes"][0]["name"] == "Turin"


def test_the_published_schema_checks_documents_before_they_are_sent(url: str) -> None:
    schema = (DOCS / "schema.graphql").read_text(encoding="utf-8")
    client = Client(transport=HTTPXTransport(url=url), schema=schema)
    assert client.execute(gql("{ __typename }")) == {"__typename": "Query"}
    with pytest.raises(Exception, match="Cannot query field 'nothing'"):
        client.execute(gql("{ nothing }"))


def test_questions_share_a_websocket(url: str) -> None:
    async def crowd() -> list[int]:
        async with Client(transport=WebsocketsTransport(url=url.replace("http", "ws"))) as session:
            asks = [session.execute(GraphQLRequest(PAGE, variable_values={"n": n})) for n in range(1, 17)]
            return [len(each["cities"]["nodes"]) for each in await asyncio.gather(*asks)]

    assert asyncio.run(crowd()) == list(range(1, 17))


EVENTS = "subscription ($after: String) { events(after: $after) { cursor kind fact node { id } } }"


def test_a_subscription(url: str, log: Log) -> None:
    """The second one goes on where the first has stopped; an event came meanwhile."""
    got = []

    async def one(after: str | None) -> str:
        async with Client(transport=WebsocketsTransport(url=url.replace("http", "ws"))) as session:
            events = session.subscribe(GraphQLRequest(EVENTS, variable_values={"after": after}))
            async with aclosing(events):
                async for answer in events:
                    got.append([answer["events"][key] for key in ("kind", "fact", "node")])
                    return str(answer["events"]["cursor"])
        raise AssertionError("the subscription ended")

    cursor = httpx.get(f"{url.removesuffix('/graphql')}/events?after=now").json()["cursor"]
    log.put(LESSON)
    cursor = asyncio.run(one(cursor))
    log.put({**LESSON, "note": "n"}, day=2)
    asyncio.run(one(cursor))
    shown = {"id": LESSON["id"]}
    assert got == [["CREATED", LESSON["id"], shown], ["CHANGED", LESSON["id"], shown]]
