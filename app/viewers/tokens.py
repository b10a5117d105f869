"""Tokens. In: an Authorization header. Out: the Rights of the viewer. Rights are decided nowhere else."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.access.rights import Rights
from graph.errors import Unauthenticated
from schema.derived.rows import REPORT

ANONYMOUS = Rights(open=0, audiences=())
MEMBER_OPEN = 1
STEWARD = "steward"
"""The name of the one viewer who has a token."""


@dataclass
class Viewers:
    """The viewers of a server: everybody, and in local mode the steward of every city, who has the local token.

    Audiences are added while a server runs and never removed, because the audience of a loaded fact is kept.
    """

    token: str | None = field(default=None, repr=False)
    audiences: tuple[str, ...] = ()

    def rights(self, authorization: str | None) -> Rights:
        """Return the rights of a viewer by the header; raise Unauthenticated if the token is unknown."""
        if authorization is None:
            return ANONYMOUS
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or self.token is None or not _same(token.strip(), self.token):
            raise Unauthenticated("The token is not known here. Send `Authorization: Bearer <token>`, or no token.")
        return self.steward()

    def name(self, authorization: str | None) -> str | None:
        """Return the name of a viewer whose token is known; None for everybody."""
        return None if authorization is None else STEWARD

    def learn(self, audiences: Iterable[str]) -> None:
        """Add the audiences that are new; later questions use them."""
        new = set(audiences).difference(self.audiences)
        if new:
            self.audiences = (*self.audiences, *sorted(new))

    def steward(self) -> Rights:
        """Return the rights of the local steward of every city."""
        return Rights(MEMBER_OPEN, stewarded(self.audiences))


def stewarded(audiences: Sequence[str]) -> tuple[str, ...]:
    """Return the audiences that the steward of every city belongs to: all except those of reports."""
    return tuple(sorted(audience for audience in audiences if REPORT not in audience))


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode(), known.encode())
