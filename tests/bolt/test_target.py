"""Addresses and TLS: the lane connects where the driver does, and trusts whom it trusts."""

import ssl
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from neo4j import GraphDatabase

from graph.bolt.connect import Address
from graph.bolt.lane.target import target
from graph.errors import Unavailable
from tests.bolt.conftest import Way
from tests.bolt.scripted import Wire, playing

Run = Callable[[Callable[[], Awaitable[Any]]], Any]
URIS = [
    "neo4j://example.org:7688", "neo4j+s://[::1]", "neo4j+ssc://Example.org?policy=p", "bolt://localhost:7687",
    "bolt://example.org", "bolt://127.0.0.1:1", "bolt://[::1]:7688", "bolt://[::1]", "bolt://",
    "bolt+s://example.org:7687", "bolt+ssc://example.org", "bolt://Example.ORG:7000/",
]  # fmt: skip


@pytest.mark.parametrize("uri", URIS)
def test_host_and_port_are_those_of_the_driver(neo4j: None, uri: str) -> None:
    found = target(Address(uri, "neo4j", "x"))
    with GraphDatabase.driver(uri, auth=("neo4j", "x")) as driver:
        host, port, *_ = driver._pool.address
        assert (found.host, found.port) == (host.lower(), port)
        assert (found.tls is not None) == driver.encrypted
        assert (found.routing is None) == driver._pool.is_direct_pool


def test_a_password_is_not_shown() -> None:
    assert "sesame" not in repr(target(Address("bolt://localhost", "neo4j", "sesame")))


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """TLS of a server at 127.0.0.1 that signed its certificate itself, and the certificate."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = builder.add_extension(names, critical=False).sign(key, SHA256())
    folder = tmp_path_factory.mktemp("tls")
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "certificate.pem").write_bytes(made.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context, folder / "certificate.pem"


@pytest.mark.parametrize(
    ("scheme", "trusted", "expected"),
    [
        ("bolt+ssc", False, 5),
        ("bolt+s", False, Unavailable),
        ("bolt+s", True, 5),
        ("bolt", False, Unavailable),
        ("neo4j+ssc", False, 5),
        ("neo4j+s", False, Unavailable),
        ("neo4j+s", True, 5),
    ],
)
def test_a_server_is_trusted_as_by_the_driver(
    way: Way,
    run: Run,
    certified: tuple[ssl.SSLContext, Path],
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    trusted: bool,
    expected: Any,
) -> None:
    context, certificate = certified
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    ports: list[int] = []

    async def answering(wire: Wire) -> None:
        await wire.log_in()
        here = [f"127.0.0.1:{ports[0]}"]
        servers = [{"role": role, "addresses": here} for role in ("ROUTE", "READ", "WRITE")]
        await wire.answers("x" * 100_000, lambda: {"servers": servers, "ttl": 300})

    async def work() -> Any:
        async with playing(answering, tls=context) as server:
            ports.append(server.port)
            address = replace(server.address, uri=server.address.uri.replace("bolt", scheme))
            async with way.reader(address) as reader:
                try:
                    return len(await reader.value("a statement", {}, "test")) // 20_000
                except Unavailable as error:
                    return type(error)

    assert run(work) == expected
