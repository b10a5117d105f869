"""Introspection over HTTP: compressed for whoever accepts that, and answered after the start before anybody asks."""

import asyncio
import gzip
from collections.abc import Callable

import httpx
import pytest
from graphql import get_introspection_query, parse

from app.http.api import Service
from app.http.negotiate import takes_gzip
from app.start.warm import Warming, introspections, warm_introspection
from graph.question import engine as engine_module
from tests.conftest import Asker
from tests.http.conftest import Client

MOST_BYTES = 150_000
TEXT = get_introspection_query()


async def raw(client: Client, encoding: str) -> tuple[httpx.Headers, bytes]:
    """Ask and return the body as it was sent."""
    headers = {"accept": "application/json", "accept-encoding": encoding}
    async with client._client.stream("POST", "/graphql", json={"query": TEXT}, headers=headers) as response:
        return response.headers, b"".join([part async for part in response.aiter_raw()])


def test_the_answer_is_compressed_for_whoever_accepts_that(client: Client, runner: asyncio.Runner) -> None:
    plain, body = runner.run(raw(client, "identity"))
    packed, sent = runner.run(raw(client, "gzip, br"))
    assert "content-encoding" not in plain
    assert packed["content-encoding"] == "gzip"
    assert len(sent) <= MOST_BYTES
    assert int(packed["content-length"]) == len(sent)
    assert gzip.decompress(sent) == body
    for headers in (plain, packed):
        assert "Accept-Encoding" in headers["vary"]


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("GZIP;q=0.5", True),
        ("br, deflate", False),
        ("br, *", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("identity", False),
    ],
)
def test_gzip_is_accepted(header: str | None, taken: bool) -> None:
    assert takes_gzip(header) is taken


def test_an_answer_over_the_size_of_answers_is_refused(make_client: Callable[..., Client]) -> None:
    response = make_client(max_result=10_000).ask(TEXT)
    assert response.status_code == 413


def test_what_tools_ask_is_answered_after_the_start(offline: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in introspections():
        parse(text)
    assert len(set(introspections())) == len(introspections())
    offline.runner.run(warm_introspection(Warming(offline.engine, offline.reader)))

    def asked_again(*_: object) -> None:
        raise AssertionError("a text that is kept is not asked again")

    monkeypatch.setattr(engine_module, "introspect", asked_again)
    for text in introspections():
        assert offline(text, viewer="anonymous").packed is not None


def test_a_hardened_server_warms_no_introspection(make_service: Callable[..., Service], offline: Asker) -> None:
    service = make_service(profile="hardened")
    offline.runner.run(warm_introspection(Warming(service.engine, offline.reader)))
    assert not service.engine._introspections._kept


def test_warming_lets_the_questions_of_clients_go_first(offline: Asker) -> None:
    """As long as somebody asks, a document waits; but not for ever."""
    looks: list[bool] = []

    def busy() -> bool:
        looks.append(len(looks) < 5)
        return looks[-1]

    offline.runner.run(warm_introspection(Warming(offline.engine, offline.reader, busy=busy)))
    assert looks[:6] == [True] * 5 + [False]
    assert len(looks) == 5 + len(introspections())
