"""Headers: every response has those of safety and caching, whoever makes it; what addresses and headers hold is bounded."""

import asyncio
import logging
from typing import Any

import pytest
from starlette.routing import BaseRoute

from app.http.every import MOST_PARAMETERS
from app.http.health import Pinged
from app.http.log import LONGEST, NAME, shown
from app.http.negotiate import _response_type, response_type
from tests.http.conftest import Client

PUBLIC = ("/catalog", "/data", "/ngsi-ld")
"""Routes whose answers are for everybody, so that shared caches may keep them."""
OTHERS = ("/nowhere", "/graphql", "/graphql/", "/graphql?query={__typename}", "/web/nothing.js", "/events/nowhere.atom")


def paths(client: Client) -> list[str]:
    """Return an address for each route of the application, and some that nothing is at."""

    def of(route: BaseRoute) -> str:
        path = str(getattr(route, "path", ""))
        return path.replace("{", "").replace("}", "").replace(":path", "")

    return [*OTHERS, *filter(None, map(of, client.app.routes))]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_every_response_has_the_headers_of_safety_and_says_who_may_keep_it(client: Client, method: str) -> None:
    seen = 0
    for path in paths(client):
        if path == "/events/stream" and method == "GET":
            continue
        response = client.request(method, path)
        headers = response.headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert "accept-encoding" in headers["vary"].lower(), path
        kept = headers["cache-control"]
        assert kept in {"private, no-store", "no-store", "no-cache"} or (
            kept == "public, no-cache" and path.startswith(PUBLIC)
        ), path
        if not path.startswith(("/graphql", "/mcp", "/events", "/figures", "/graphs", *PUBLIC)):
            assert "content-security-policy" in headers, path
        assert "server" not in headers
        assert "Traceback" not in response.text
        seen += 1
    assert seen > 20


def test_a_wrong_host_gets_them_too(client: Client) -> None:
    response = client.request("GET", "/", headers={"host": "h" * 5_000})
    assert response.status_code == 421
    assert response.headers["cache-control"] == "private, no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert len(response.content) < 500


@pytest.mark.parametrize("path", ["/graphql", "/events", "/figures/cloud.svg", "/readyz"])
def test_an_address_with_very_many_parameters_is_refused_before_they_are_read(client: Client, path: str) -> None:
    refused = client.request("GET", f"{path}?{'a=b&' * MOST_PARAMETERS}")
    assert refused.status_code == 400
    assert "more than 500 parameters" in refused.text


def test_what_is_remembered_of_long_headers_is_short() -> None:
    _response_type.cache_clear()
    for number in range(300):
        assert response_type(f"{number}/b," * 20_000) is None
    assert response_type("application/json," + "a/b," * 20_000) == "application/json"
    assert _response_type.cache_info().currsize <= 256
    texts = {response_type(f"application/json,{'a' * length}") for length in (1_000, 2_000, 3_000)}
    assert texts == {"application/json"}
    _response_type.cache_clear()
    for length in range(2_000, 2_100):
        response_type("application/json," + "a" * length)
    assert _response_type.cache_info().currsize == 1


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/graphql", "/graphql"),
        ("/Zürich", "/Zürich"),
        ("/a\nlevel=error forged", "/a\\nlevel=error forged"),
        ("/a\x1b[31m", "/a\\x1b[31m"),
        ("/a\u202eb\u2028", "/a\\u202eb\\u2028"),
        ("/" + "a" * 5_000, "/" + "a" * (LONGEST - 1)),
    ],
)
def test_a_path_is_logged_on_one_line_and_short(path: str, written: str) -> None:
    assert shown(path) == written


def test_no_token_parameter_or_body_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """In no line, at no level, whoever logs it."""
    secret = "cg_" + "s3cret" * 8
    with caplog.at_level(logging.DEBUG):
        for path in ("/graphql", f"/graphql?query={secret}", f"/events?after={secret}", f"/nowhere?{secret}", "/mcp"):
            for method in ("GET", "POST"):
                headers = {"authorization": f"Bearer {secret}", "cookie": secret, "content-type": "application/json"}
                client.request(method, path, headers=headers, content=secret)
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert [record for record in ours if record.name == NAME]
    assert not [record for record in ours if secret in repr(record.__dict__)]


def test_many_who_ask_whether_the_server_is_ready_share_one_sign_of_life() -> None:
    asked: list[str] = []

    class Reader:
        async def value(self, text: str, parameters: dict[str, Any], name: str) -> int:
            asked.append(name)
            await asyncio.sleep(0.02)
            return 1

    async def main() -> None:
        pinged = Pinged(Reader())  # type: ignore[arg-type]  # it has what is used of a Reader
        await asyncio.gather(*(pinged.value() for _ in range(50)))
        await pinged.value()

    asyncio.run(main())
    assert asked == ["readyz"] * 2
