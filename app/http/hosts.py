"""Which hosts are served. In: settings, and the headers of a request. Out: whether its Host is allowed, or the refusal.

A page of another origin can make a browser send requests here under a name of its own, which is a Host that is not allowed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from app.http.headers import ALWAYS
from app.start.settings import ANY_HOST, Settings
from graph.errors import QuestionError

HERE = frozenset({b"localhost", b"127.0.0.1", b"[::1]"})
"""Always allowed: only this machine reaches itself under these names."""
LONGEST = 100
"""Bytes of a host that a refusal repeats."""
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # compared, not bound


class WrongHost(QuestionError):
    """The request names a host that is not served here."""

    code = "BAD_USER_INPUT"
    status = 421


@dataclass(frozen=True)
class Hosts:
    """The hosts that are allowed, in lower case and without port; None allows any.

    `addresses` allows every IP address: nobody can make a browser take one for his own.
    """

    names: frozenset[bytes] | None
    addresses: bool = False

    def allow(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Return whether the header Host names an allowed host. It is called for every request, so it only compares."""
        if self.names is None:
            return True
        host = _host(headers)
        return host in self.names or (self.addresses and _is_address(host))

    async def refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request or the handshake of a WebSocket."""
        name = _host(scope["headers"])[:LONGEST].decode(errors="replace")
        error = WrongHost(f"The host {name!r} is not served here. CITYGRAPH_ALLOWED_HOSTS lists the hosts that are.")
        response = JSONResponse({"errors": [error.as_dict()]}, error.status, ALWAYS)
        if scope["type"] == "websocket":
            await WebSocket(scope, receive, send).send_denial_response(response)
        else:
            await response(scope, receive, send)


def allowed_hosts(settings: Settings) -> Hosts:
    """Return the hosts of the settings; if they name none, those of this machine in local mode and any otherwise."""
    if settings.allowed_hosts == ANY_HOST or not (settings.allowed_hosts or settings.local):
        return Hosts(None)
    named = (settings.allowed_hosts or "").split(",")
    own = f"[{settings.host}]" if ":" in settings.host else settings.host
    names = HERE | {name.lower().encode() for name in (*named, own) if name}
    return Hosts(names, addresses=settings.host in EVERYWHERE and not settings.allowed_hosts)


def _host(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the host in lower case, without port and the dot of a full domain name; nothing if there is no header."""
    for name, value in headers:
        if name == b"host":
            host = value.lower()
            if not host.endswith(b"]"):
                host = host.rpartition(b":")[0] or host
            return host.removesuffix(b".")
    return b""


def _is_address(host: bytes) -> bool:
    try:
        ip_address(host.strip(b"[]").decode())
    except ValueError:
        return False
    return True
