"""One post over real sockets: what counts as success, which addresses are reached, and what a hostile target can do."""

import asyncio
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from app.webhooks import post as module
from app.webhooks.post import Answer, Sender, getaddrinfo
from tests.webhooks.receiver import Receiver, receiving

HEADERS = {"webhook-id": "e"}
CERTIFICATE = Path(__file__).with_name("receiver.pem")


def posted(
    url: str, resolve: module.Resolve = getaddrinfo, *, private: bool = True, trust: ssl.SSLContext | None = None
) -> Answer:
    async def work() -> Answer:
        async with Sender(private=private, resolve=resolve, trust=trust) as sender:
            return await sender.post(url, HEADERS, b"{}")

    return asyncio.run(work())


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a target that takes connections and says nothing."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield listening.getsockname()[1]


@pytest.mark.parametrize(("status", "success"), [(200, True), (204, True), (299, True), (404, False), (500, False)])
def test_success_is_a_status_from_200_to_299(receiver: Receiver, status: int, success: bool) -> None:
    receiver.answer = lambda got: (status, {}, b"")
    answer = posted(receiver.url)
    assert (answer.status, answer.is_success, answer.is_gone) == (status, success, False)
    assert [(got.body, got.id) for got in receiver.got] == [(b"{}", "e")]


def test_a_redirect_is_a_failure_and_is_not_followed(receiver: Receiver, other: Receiver) -> None:
    receiver.answer = lambda got: (302, {"location": other.url}, b"")
    answer = posted(receiver.url)
    assert (answer.status, answer.is_success) == (302, False)
    assert len(receiver.got) == 1
    assert other.got == []


def test_a_target_says_how_long_to_wait(receiver: Receiver) -> None:
    for status, text, pause in [(503, "7", 7), (429, "3", 3), (500, "9", 0), (503, "soon", 0), (503, "9" * 9, 86_400)]:
        receiver.answer = lambda got, status=status, text=text: (status, {"retry-after": text}, b"")  # type: ignore[misc]  # bound
        assert posted(receiver.url).pause == pause


def test_private_addresses_are_not_reached_by_number_or_name(receiver: Receiver) -> None:
    """The socket is never made, so the receiver sees no connection. A name is checked by the address that it resolves to."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[Any]:
        asked.append(host)
        return getaddrinfo("127.0.0.1", port)

    urls = [f"http://127.0.0.1:{receiver.port}/", f"https://127.0.0.1:{receiver.port}/"]
    urls += [f"http://receiver.test:{receiver.port}/", f"https://receiver.test:{receiver.port}/"]
    for url in urls:
        answer = posted(url, resolve, private=False)
        assert answer == Answer(None, "The address is one of this machine. CITYGRAPH_WEBHOOK_PRIVATE allows it.")
    assert asked == ["receiver.test", "receiver.test"]
    assert receiver.got == []


def test_a_name_is_resolved_once_and_that_address_is_connected_to(receiver: Receiver) -> None:
    """The second time the name would resolve to another address. The receiver gets the name as Host."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[Any]:
        asked.append(host)
        return getaddrinfo("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port)

    assert posted(f"http://receiver.test:{receiver.port}/x", resolve).is_success
    assert asked == ["receiver.test"]
    assert receiver.got[0].headers["host"] == f"receiver.test:{receiver.port}"


def test_http_to_a_name_that_is_not_of_this_machine_is_refused() -> None:
    answer = posted("http://receiver.test/", lambda host, port: getaddrinfo("10.0.0.1", port))
    assert answer.why == "http is for addresses of this machine only."


def test_an_unknown_name_and_a_closed_port_are_failures() -> None:
    def unknown(host: str, port: int) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    assert posted("https://receiver.test/", unknown).why == "the name of the host cannot be resolved"
    with closing(socket.socket()) as bound:
        bound.bind(("127.0.0.1", 0))
        assert posted(f"http://127.0.0.1:{bound.getsockname()[1]}/").status is None


def test_plain_http_at_a_tls_port_is_a_failure(receiver: Receiver) -> None:
    answer = posted(f"https://127.0.0.1:{receiver.port}/")
    assert (answer.status, receiver.got) == (None, [])


def here(host: str, port: int) -> list[Any]:
    """Resolve every name to this machine."""
    return getaddrinfo("127.0.0.1", port)


def test_tls_and_host_use_the_name_that_the_certificate_must_have() -> None:
    """The certificate of the tests is for receiver.test; it is its own authority."""
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.sni_callback = lambda _, name, __: names.append(name)
    trust = ssl.create_default_context(cafile=CERTIFICATE)
    with receiving(context) as receiver:
        url = f"https://receiver.test:{receiver.port}/"
        assert posted(url, here, trust=trust).is_success
        assert receiver.got[0].headers["host"] == f"receiver.test:{receiver.port}"
        assert names == ["receiver.test"]
        unverified = Answer(None, "no TLS connection with a valid certificate")
        assert posted(url, here) == unverified
        assert posted(url.replace("receiver.", "other."), here, trust=trust) == unverified
        assert len(receiver.got) == 1


def test_a_target_that_never_answers_takes_bounded_time(silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WHOLE_SECONDS", 0.5)
    begun = time.monotonic()
    assert posted(f"http://127.0.0.1:{silent}/") == Answer(None, "no answer in time")
    assert 0.4 < time.monotonic() - begun < 3


def test_a_connection_that_does_not_come_about_takes_bounded_time(silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The target accepts the connection and never speaks TLS."""
    monkeypatch.setattr(module, "CONNECT_SECONDS", 0.5)
    begun = time.monotonic()
    assert posted(f"https://127.0.0.1:{silent}/").status is None
    assert 0.4 < time.monotonic() - begun < 3


def test_the_limits_are_those_that_are_promised() -> None:
    assert (module.CONNECT_SECONDS, module.WHOLE_SECONDS, module.BUFFER) == (5, 15, 4_096)


def test_of_a_large_answer_only_the_status_is_taken(receiver: Receiver) -> None:
    """The answer claims a terabyte; none of it is waited for."""
    receiver.answer = lambda got: (200, {"content-length": str(2**40)}, b"x" * 1_000_000)
    begun = time.monotonic()
    assert posted(receiver.url).is_success
    assert time.monotonic() - begun < 3


def test_headers_without_end_are_a_failure(receiver: Receiver) -> None:
    receiver.answer = lambda got: (200, {"x": "y" * 100_000}, b"")
    assert posted(receiver.url).status is None


def test_failing_webhooks_have_places_of_their_own() -> None:
    async def work() -> None:
        sender = Sender()
        async with AsyncExitStack() as stack:
            for _ in range(module.AILING):
                assert not await stack.enter_async_context(sender.place(failing=True))
            async with asyncio.timeout(1), sender.place(failing=False) as waited:
                assert not waited
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1), sender.place(failing=True):
                    pass

    asyncio.run(work())
