"""Only allowed hosts are served, on every path and transport; /graphql/ answers like /graphql, and nothing redirects."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pydantic import ValidationError
from websockets.exceptions import InvalidStatus

from app.http.hosts import allowed_hosts
from app.start.settings import Profile, Settings
from tests.http.conftest import Client
from tests.http.running import Running

NAME = "{ __typename }"
PATHS = ["/", "/graphql", "/graphql/", "/healthz", "/readyz", "/nothing", "/web/explorer/explorer.css", "/openapi.json"]
EVIL = "evil.example"


def allows(host: str, /, **given: Any) -> bool:
    settings = Settings(**{"profile": Profile.LOCAL, **given})
    return allowed_hosts(settings).allow([(b"accept", b"*/*"), (b"host", host.encode())])


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost:8000", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8000", "localhost.", "localhost.:80"],
)
def test_a_local_server_is_reached_under_the_names_of_this_machine(host: str) -> None:
    assert allows(host)
    assert allows(host, allowed_hosts="a.example", profile=Profile.HARDENED)


@pytest.mark.parametrize(
    "host", [EVIL, "192.168.0.9", "", "localhost.evil.example", "evil.example:localhost", "::1", "]"]
)
def test_a_local_server_is_reached_under_no_other_name(host: str) -> None:
    assert not allows(host)


def test_a_request_without_host_is_refused() -> None:
    assert not allowed_hosts(Settings(profile=Profile.LOCAL)).allow([])


def test_the_address_on_which_it_listens_is_allowed() -> None:
    assert allows("192.168.0.9:8000", host="192.168.0.9")
    assert allows("[fe80::1]:8000", host="fe80::1")
    assert allows("cities.lan", host="Cities.lan")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_local_server_on_every_address_is_reached_under_every_address_but_no_name(host: str) -> None:
    assert allows("192.168.0.9:8000", host=host)
    assert allows("[fe80::1]:8000", host=host)
    assert not allows(EVIL, host=host)
    assert not allows("192.168.0.9", host=host, allowed_hosts="a.example")


def test_the_setting_decides_for_both_profiles() -> None:
    for profile in Profile:
        named = {"profile": profile, "allowed_hosts": "a.example, B.example,[2001:db8::1]"}
        assert [allows(host, **named) for host in ("A.example:80", "b.example", "[2001:db8::1]:80", EVIL)] == [
            True
        ] * 3 + [False]
        assert allows(EVIL, profile=profile, allowed_hosts="*")
    assert allows(EVIL, profile=Profile.HARDENED)


@pytest.mark.parametrize("value", ["a.example:8000", "https://a.example", "*.example", "a.example,*", "a,,b", "a b"])
def test_what_no_host_can_be_is_refused_at_the_start(value: str) -> None:
    with pytest.raises(ValidationError, match="accepted are names of hosts"):
        Settings(allowed_hosts=value)


def test_the_test_of_the_host_costs_next_to_nothing() -> None:
    hosts = allowed_hosts(Settings(profile=Profile.LOCAL))
    headers = [(b"accept", b"*/*"), (b"content-type", b"application/json"), (b"host", b"127.0.0.1:8000")]
    begun = time.perf_counter()
    for _ in range(10_000):
        hosts.allow(headers)
    assert (time.perf_counter() - begun) / 10_000 < 20e-6, "a small question takes 700e-6"


@pytest.mark.parametrize("path", PATHS)
def test_a_wrong_host_is_refused_on_every_path(client: Client, path: str) -> None:
    response = client.request("GET", path, params={"query": NAME}, headers={"host": EVIL})
    assert response.status_code == 421
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    assert "'evil.example' is not served here. CITYGRAPH_ALLOWED_HOSTS" in error["message"]


def test_a_wrong_host_is_refused_when_it_posts(client: Client) -> None:
    assert client.ask(NAME, headers={"host": EVIL}).status_code == 421
    assert client.ask(NAME, headers={"host": "localhost:9"}).status_code == 200


def test_graphql_with_a_slash_answers_the_same(client: Client) -> None:
    for method, given in (("POST", {"json": {"query": NAME}}), ("GET", {"params": {"query": NAME}})):
        answers = [client.request(method, path, **given) for path in ("/graphql", "/graphql/")]
        assert [(each.status_code, each.content) for each in answers] == [(200, b'{"data":{"__typename":"Query"}}')] * 2
    page = client.request("GET", "/graphql/", headers={"accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("profile", ["local", "hardened"])
@pytest.mark.parametrize("path", ["/graphql/", "/healthz/", "/readyz/", "/web", "/nothing/", "/graphql//"])
def test_nothing_redirects(make_client: Callable[..., Client], path: str, profile: str) -> None:
    client = make_client(profile=profile, allowed_hosts="*")
    for method in ("GET", "POST", "HEAD"):
        response = client.request(method, path, headers={"host": EVIL}, follow_redirects=False)
        assert response.status_code in (400, 404, 405, 415)
        assert "location" not in response.headers
        assert method == "HEAD" or response.json()
        assert EVIL not in response.text


def test_a_socket_is_opened_with_a_slash_too(running: Callable[..., Running]) -> None:
    server = running()
    for path in ("/graphql", "/graphql/"):
        with server.websocket(path=path) as socket:
            socket.send(json.dumps({"type": "connection_init"}))
            assert json.loads(socket.recv(10))["type"] == "connection_ack"


def test_a_socket_under_a_wrong_host_or_from_another_page_is_refused(running: Callable[..., Running]) -> None:
    server = running()
    own = f"http://127.0.0.1:{server.port}"
    with server.websocket(origin=own) as socket:
        socket.send(json.dumps({"type": "connection_init"}))
        assert json.loads(socket.recv(10))["type"] == "connection_ack"
    with pytest.raises(InvalidStatus) as refused, server.websocket(host=EVIL, origin=f"http://{EVIL}"):
        pass
    assert refused.value.response.status_code == 421
    assert json.loads(refused.value.response.body)["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}
    for origin in (f"http://{EVIL}", "null", f"http://127.0.0.1.{EVIL}:{server.port}"):
        with pytest.raises(InvalidStatus) as refused, server.websocket(origin=origin):
            pass
        assert refused.value.response.status_code == 403


def test_a_wrong_host_is_refused_over_a_connection(running: Callable[..., Running]) -> None:
    response = httpx.post(
        f"http://127.0.0.1:{running().port}/graphql", json={"query": NAME}, headers={"host": EVIL}, timeout=10
    )
    assert response.status_code == 421
    assert response.json()["errors"]
