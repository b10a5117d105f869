"""Where the lane connects to. In: an Address. Out: host, port, TLS and routing as the driver reads them from the URI."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

from graph.bolt.connect import Address

PORT = 7687
DIRECT = ("bolt", "bolt+s", "bolt+ssc")
"""Schemes of one server. Those of `neo4j` and its kin name a server that knows which servers of a cluster answer."""


@dataclass(frozen=True)
class Target:
    """One server, the login to it, and its TLS context if the connection is encrypted.

    `routing` is what a server of a cluster is told of the address that clients use; None if there is no routing. With an `ip`
    the name of the host is not looked up.
    """

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    tls: ssl.SSLContext | None = None
    routing: Mapping[str, str] | None = None
    ip: str = ""

    @property
    def shown(self) -> str:
        """Host and port, as messages name them."""
        return f"{self.host}:{self.port}"

    def at(self, server: str) -> "Target":
        """Return the target of another server, as a routing table names it. Raise ValueError if it is no address."""
        host, port = _host_and_port(f"//{server}")
        return replace(self, host=host, port=port, ip="")


def target(address: Address) -> Target:
    """Return the target of an address."""
    uri = urlsplit(address.uri)
    host, port = _host_and_port(address.uri)
    tls = _tls(uri.scheme.partition("+")[2])
    found = Target(host, port, address.username, address.password, tls)
    if uri.scheme in DIRECT:
        return found
    told = {key: values[0] for key, values in parse_qs(uri.query, keep_blank_values=True).items()}
    return replace(found, routing={**told, "address": f"[{host}]:{port}" if ":" in host else f"{host}:{port}"})


def _host_and_port(uri: str) -> tuple[str, int]:
    parts = urlsplit(uri)
    return parts.hostname or "localhost", parts.port or PORT


def _tls(trust: str) -> ssl.SSLContext | None:
    """Return the TLS of a scheme by what follows its plus sign."""
    if not trust:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if trust == "ssc":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        context.load_default_certs()
    return context
