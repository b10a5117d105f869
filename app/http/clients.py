"""Who asks. In: the address of a connection, its headers, a token. Out: a Client, among whom a server shares what is scarce."""

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple

from starlette.types import Scope

from app.start.settings import Network

FORWARDED = b"x-forwarded-for"
LONGEST = 1_000
"""Characters at the end of X-Forwarded-For that are read; what stands before them a client may have written."""
IPV6_PREFIX = 64
"""Bits of an IPv6 address that tell clients apart: whoever has one address has the 2^64 others with these bits."""


class Client(NamedTuple):
    """One client: a viewer with a name, wherever he asks from, or an address from which somebody without a token asks."""

    key: str
    named: bool = False


OWN = Client("citygraph", named=True)
"""The server itself, with the questions that it asks after its start."""


@dataclass(frozen=True)
class Clients:
    """Tells clients apart. Proxies in `trusted` say in X-Forwarded-For for whom they ask; nobody else is believed."""

    trusted: tuple[Network, ...] = ()

    def address(self, scope: Scope) -> str:
        """Return the address from which a request or a WebSocket comes; of IPv6 only the network."""
        peer = scope.get("client")
        host: str = peer[0] if peer else ""
        if not self.trusted:
            return _kept(host)
        forwarded = b",".join(value for name, value in scope["headers"] if name == FORWARDED).decode("latin-1")
        return _kept(_origin(host, forwarded[-LONGEST:], self.trusted))

    def trusts(self, host: str) -> bool:
        """Whether an address is that of a trusted proxy."""
        address = _address(host) if self.trusted else None
        return address is not None and any(address in network for network in self.trusted)

    def client(self, scope: Scope, name: str | None) -> Client:
        """Return the client of a request, by the name of its viewer; None is everybody."""
        return Client(self.address(scope)) if name is None else Client(name, named=True)


@lru_cache(maxsize=4096)
def _origin(peer: str, forwarded: str, trusted: tuple[Network, ...]) -> str:
    """Return the last address that no trusted proxy has: what stands before it anybody may have written."""
    last = peer
    for text in [peer, *(part.strip() for part in reversed(forwarded.split(",")))]:
        address = _address(text)
        if address is None:
            break
        last = text
        if not any(address in network for network in trusted):
            break
    return last


@lru_cache(maxsize=4096)
def _kept(host: str) -> str:
    """Return what of an address tells clients apart."""
    address = _address(host)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_PREFIX), strict=False))
    return host if address is None else str(address)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address; an IPv4 address in IPv6 form is an IPv4 address, as it is in the settings."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
