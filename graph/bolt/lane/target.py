"""Where the lane connects to. In: an Address. Out: host, port and TLS as the driver reads them from the URI."""

import ssl
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from graph.bolt.connect import Address

PORT = 7687
DIRECT = ("bolt", "bolt+s", "bolt+ssc")
"""Schemes of one server. `neo4j` and its kin have a routing table, which the driver keeps."""


@dataclass(frozen=True)
class Target:
    """One server, the login to it, and its TLS context if the connection is encrypted."""

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    tls: ssl.SSLContext | None = None

    @property
    def shown(self) -> str:
        """Host and port, as messages name them."""
        return f"{self.host}:{self.port}"


def target(address: Address) -> Target | None:
    """Return the target of an address; None if the address is not that of one server."""
    uri = urlsplit(address.uri)
    if uri.scheme not in DIRECT:
        return None
    return Target(uri.hostname or "localhost", uri.port or PORT, address.username, address.password, _tls(uri.scheme))


def _tls(scheme: str) -> ssl.SSLContext | None:
    if scheme == "bolt":
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if scheme == "bolt+ssc":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        context.load_default_certs()
    return context
