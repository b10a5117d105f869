"""Which addresses are of the internet, of a private network, or of this machine. In: the text of an address or a URL.

Out: a Reach, or what is wrong with the URL. Webhooks and portals check with it just before a connection is opened.
"""

from enum import Enum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

LONGEST = 2_000
"""Characters of a URL."""
METADATA = ("169.254.169.254/32", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::254/128")
"""Addresses at which clouds tell their machines secrets; not all of them are link-local."""
NOWHERE = ("0.0.0.0/8",)
GLOBAL = ("2000::/3",)
TUNNELS = ("2002::/16", "2001::/32")
"""6to4 and Teredo: addresses that lead to an IPv4 address inside them."""
NAT64 = ("64:ff9b::/96",)
"""Addresses that stand for the IPv4 address in their last 32 bits."""

Address = IPv4Address | IPv6Address


class Reach(Enum):
    """Where an address is. Nothing is ever sent to NEVER: link-local, multicast, reserved, metadata of a cloud."""

    PUBLIC = "public"
    PRIVATE = "private"
    THIS_MACHINE = "this machine"
    NEVER = "never"


def reach(text: str) -> Reach:
    """Say where an address is; raise ValueError if the text is none."""
    address = _inner(ip_address(text.partition("%")[0]))
    if address.is_loopback:
        return Reach.THIS_MACHINE
    if _is_never(address):
        return Reach.NEVER
    return Reach.PUBLIC if _is_public(address) else Reach.PRIVATE


def literal(host: str) -> str | None:
    """Return the host if it is written as an address; None if it is a name."""
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return host


def malformed(url: str, accepted: str) -> str | None:
    """Say why a URL cannot be used, with what is accepted; None if it can. Its scheme and address are not looked at."""
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        return f"The URL has blanks, other characters than printable ASCII, or more than {LONGEST:,}. {accepted}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return f"This is no URL. {accepted}"
    if not host or port == 0:
        return f"The URL names no host, or port 0. {accepted}"
    if parts.username is not None or parts.password is not None or parts.fragment:
        return f"The URL has a user name, a password or a fragment. {accepted}"
    return None


def _inner(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if isinstance(address, IPv4Address):
        return address
    if _within(address, NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address


def _is_never(address: Address) -> bool:
    """Whether nothing is ever sent to an address."""
    nowhere = address.is_unspecified or address.is_reserved or address.is_multicast or address.is_link_local
    return nowhere or _within(address, (*METADATA, *NOWHERE, *TUNNELS))


def _is_public(address: Address) -> bool:
    return address.is_global and (isinstance(address, IPv4Address) or _within(address, GLOBAL))


def _within(address: Address, networks: tuple[str, ...]) -> bool:
    return any(address in ip_network(each) for each in networks)
