"""Viewers. In: an Authorization header. Out: the Viewer of a request. Who a viewer is, is decided nowhere else."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.viewers.stored import StoredKeys
from graph.access.api_keys import read_token
from graph.access.rights import Rights
from graph.access.viewer import Edits, Viewer
from graph.errors import Unauthenticated
from schema.derived.rows import REPORT

ANONYMOUS = Rights(open=0, audiences=())
EVERYBODY = Viewer(None, ANONYMOUS)
MEMBER_OPEN = 1
STEWARD = "steward"
"""The actor of the local token."""


@dataclass
class Viewers:
    """The viewers of a server: everybody, who has an API key, and in local mode the steward of every city, who has the token.

    Audiences are added while a server runs and never removed, because the audience of a loaded fact is kept.
    """

    token: str | None = field(default=None, repr=False)
    audiences: tuple[str, ...] = ()
    keys: StoredKeys | None = None
    _local: tuple[tuple[str, ...], Viewer] | None = field(default=None, init=False, repr=False, compare=False)

    async def viewer(self, authorization: str | None) -> Viewer:
        """Return the viewer of a header. It alone turns a header into an actor, on every transport.

        Raise Unauthenticated, with one message, for a token that is unknown or no longer holds; Unavailable if the database
        is needed and away. Without a header, and for the local token, the database is not asked.
        """
        known = self.known(authorization)
        if known is not None:
            return known
        token = read_token(bearer(authorization or ""))
        viewer = await self.keys.viewer(token, self.audiences) if token and self.keys else None
        if viewer is None:
            raise Unauthenticated("The token is not known here. Send `Authorization: Bearer <token>`, or no token.")
        return viewer

    def known(self, authorization: str | None) -> Viewer | None:
        """Return the viewer of no header, or of the local token; None if the database must be asked, or knows no better."""
        if authorization is None:
            return EVERYBODY
        return self.local() if self._is_local(bearer(authorization)) else None

    def looks_up(self, authorization: str) -> bool:
        """Whether the database is asked for the viewer of a header."""
        given = bearer(authorization)
        return not self._is_local(given) and read_token(given) is not None

    def learn(self, audiences: Iterable[str]) -> None:
        """Add the audiences that are new; later questions use them."""
        new = set(audiences).difference(self.audiences)
        if new:
            self.audiences = (*self.audiences, *sorted(new))

    def steward(self) -> Rights:
        """Return the rights of the local steward of every city."""
        return Rights(MEMBER_OPEN, stewarded(self.audiences))

    def local(self) -> Viewer:
        """Return the local steward, who sees and writes for every city."""
        if self._local is None or self._local[0] is not self.audiences:
            self._local = self.audiences, Viewer(STEWARD, self.steward(), Edits(everywhere=True))
        return self._local[1]

    def _is_local(self, given: str) -> bool:
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())


def bearer(authorization: str) -> str:
    """Return the token of a header; an empty text, which is no token, if the header has another scheme."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def stewarded(audiences: Sequence[str]) -> tuple[str, ...]:
    """Return the audiences that the steward of every city belongs to: all except those of reports."""
    return tuple(sorted(audience for audience in audiences if REPORT not in audience))
