"""Which targets a webhook may have. In: a URL, or the address that a name resolved to. Out: why it is refused, if it is.

The URL is checked when a webhook is added. The address is checked each time, just before the connection to it is opened.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

LONGEST = 2_000
"""Characters of a URL."""
METADATA = ("169.254.169.254/32", "100.100.100.200/32", "168.63.129.16/32", "fd00:ec2::254/128")
"""Addresses at which clouds tell their machines secrets; not all of them are link-local."""
NOWHERE = ("0.0.0.0/8",)
GLOBAL = ("2000::/3",)
TUNNELS = ("2002::/16", "2001::/32")
"""6to4 and Teredo: addresses that lead to an IPv4 address inside them."""
NAT64 = ("64:ff9b::/96",)
"""Addresses that stand for the IPv4 address in their last 32 bits."""

Address = IPv4Address | IPv6Address


def url_problem(url: str, *, private: bool) -> str | None:
    """Say why a URL is not accepted; None if it is. `private` says that private addresses are allowed."""
    accepted = "Accepted is a URL such as https://example.org/hook."
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
    return _scheme_problem(parts, private=private) or _literal_problem(parts.scheme, host, private=private)


def _scheme_problem(parts: SplitResult, *, private: bool) -> str | None:
    if parts.scheme == "https" or (parts.scheme == "http" and private):
        return None
    return (
        "A webhook is sent over https only. http is accepted for addresses of this machine, if CITYGRAPH_WEBHOOK_PRIVATE "
        "is true."
    )


def _literal_problem(scheme: str, host: str, *, private: bool) -> str | None:
    try:
        ip_address(host)
    except ValueError:
        return None
    return address_problem(host, plain=scheme == "http", private=private)


def address_problem(text: str, *, plain: bool, private: bool) -> str | None:
    """Say why nothing is sent to an address; None if it may be. `plain` is http, which is for this machine only."""
    address = _inner(ip_address(text.partition("%")[0]))
    if address.is_loopback:
        return None if private else "The address is one of this machine. CITYGRAPH_WEBHOOK_PRIVATE allows it."
    if plain:
        return "http is for addresses of this machine only."
    if _is_never(address):
        return "The address is link-local, multicast, reserved, or gives metadata of a cloud."
    if private or _is_public(address):
        return None
    return "The address is private. CITYGRAPH_WEBHOOK_PRIVATE allows it."


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
