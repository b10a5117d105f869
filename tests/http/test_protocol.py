"""GraphQL over HTTP: methods, media types, the page for browsers, what hardened servers keep to themselves."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from tests.http.conftest import TOKEN, Client

GRAPHQL = "application/graphql-response+json"
NAMES = "{ people(first: 1) { nodes { name } } }"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (GRAPHQL, GRAPHQL),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        (f"application/json;q=0.5, {GRAPHQL}", GRAPHQL),
        (f"text/html, {GRAPHQL};q=0.1", GRAPHQL),
        (f"{GRAPHQL};q=0, application/json", "application/json"),
    ],
)
def test_the_media_type_follows_accept(client: Client, accept: str, kind: str) -> None:
    response = client.ask(NAMES, accept=accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{kind}; charset=utf-8"


def test_no_accepted_type_is_406_and_other_methods_are_405(client: Client) -> None:
    assert client.ask(NAMES, accept="image/png").status_code == 406
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        response = client.request(method, "/graphql")
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, POST"


def test_get_answers_queries(client: Client) -> None:
    query = {"query": "query A($n: Int) { people(first: $n) { nodes { __typename } } } query B { __typename }"}
    for parameters in ({"variables": '{"n": 1}', "operationName": "A"}, {"operationName": "A", "variables": "null"}):
        response = client.request("GET", "/graphql", params={**query, **parameters})
        assert response.status_code == 200
        assert response.json()["data"]["people"]["nodes"][0] == {"__typename": "Person"}
    assert client.request("GET", "/graphql", params=query).json()["errors"]
    assert client.request("GET", "/graphql").status_code == 400
    assert client.request("GET", "/graphql", params={"query": "{a}", "variables": "{"}).status_code == 400


def test_browsers_get_the_page_in_local_mode_only(client: Client, make_client: Callable[..., Client]) -> None:
    accept = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    local = client.request("GET", "/graphql", headers=accept)
    assert local.headers["content-type"].startswith("text/html")
    assert "citygraph" in local.text
    hardened = make_client(profile="hardened").request("GET", "/graphql", headers=accept)
    assert not hardened.headers["content-type"].startswith("text/html")


def test_hardened_servers_hide_schema_suggestions_and_the_local_token(make_client: Callable[..., Client]) -> None:
    hardened = make_client(profile="hardened")
    assert hardened.ask("{ __schema { queryType { name } } }").status_code == 400
    assert "name" not in hardened.ask("{ people { nodes { nam } } }").json()["errors"][0]["message"].replace(
        "'nam'", ""
    )
    assert hardened.ask(NAMES, headers={"authorization": f"Bearer {TOKEN}"}).status_code == 401
    many = hardened.ask("{ " + " ".join(f"a{n}" for n in range(9)) + " }").json()["errors"]
    assert len(many) <= 5
    assert hardened.request("GET", "/openapi.json").status_code == 404


def test_introspection_and_data_come_in_one_answer_in_the_order_asked(client: Client) -> None:
    text = '{ a: __type(name: "City") { kind } people(first: 1) { totalCount } __schema { queryType { name } } b: __typename }'
    body = client.ask(text).json()
    assert list(body["data"]) == ["a", "people", "__schema", "b"]
    assert body["data"]["a"] == {"kind": "OBJECT"}
    assert body["data"]["b"] == "Query"


def test_variables_serve_introspection_and_data_at_once(client: Client) -> None:
    text = """query ($sector: Sector, $type: String!, $n: Int = 2) { __type(name: $type) { name }
      people(where: {sector: {eq: $sector}}, first: $n) { nodes { sector } } }"""
    body = client.ask(text, variables={"sector": "CIVIC", "type": "City"}).json()
    assert body["data"]["__type"] == {"name": "City"}
    assert {person["sector"] for person in body["data"]["people"]["nodes"]} <= {"CIVIC"}


def test_answers_are_private(client: Client) -> None:
    response = client.ask(NAMES)
    assert response.headers["cache-control"] == "private, no-store"
    assert "Authorization" in response.headers["vary"]


def test_the_steward_sees_more_than_everybody(client: Client) -> None:
    everybody = client.ask('{ rosters(where: {name: {startsWith: "Leaders"}}) { totalCount } }').json()
    steward = client.ask(
        '{ rosters(where: {name: {startsWith: "Leaders"}}) { totalCount } }',
        headers={"authorization": f"bearer {TOKEN}"},
    ).json()
    assert everybody["data"]["rosters"]["totalCount"] == 0
    assert steward["data"]["rosters"]["totalCount"] == 1


def test_too_many_at_once_are_told_to_come_again(
    make_client: Callable[..., Client], runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.http.places.WAITING", 3)
    client = make_client(max_slow=1)

    async def crowd() -> list[httpx.Response]:
        texts = [f"{NAMES} # {number}" for number in range(12)]
        return await asyncio.gather(*(client._client.post("/graphql", json={"query": text}) for text in texts))

    responses = runner.run(crowd())
    refused = [response for response in responses if response.status_code == 503]
    assert {response.status_code for response in responses} == {200, 503}
    assert len(responses) - len(refused) >= 4
    assert all(response.headers["retry-after"] for response in refused)
    assert client.ask(NAMES).status_code == 200


def test_health_and_readiness(client: Client) -> None:
    assert client.request("GET", "/healthz").json() == {"status": "ok"}
    assert client.request("GET", "/readyz").json() == {"status": "ok"}
