"""API keys. In: a token, a stored key, the grants of its owner. Out: whether the token is that key, and its Viewer.

A key is `cg_`, a public id, and 256 random bits. Only its SHA-256 is stored.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from graph.access.grants import Grant, edits, rights
from graph.access.viewer import Edits, Viewer

PREFIX = "cg_"
ACTOR = "key/"
"""The prefix of the actor of a key."""
ID_BYTES, SECRET_BYTES = 6, 32
KEY = re.compile(r"cg_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
NO_DIGEST = "0" * 64
"""What the digest of an unknown key is compared with, so that it costs what a known one costs."""


@dataclass(frozen=True)
class Token:
    """A token that has the form of a key: the public id, and the digest of the whole."""

    id: str
    digest: str = field(repr=False)


def new_key() -> str:
    """Return a new key."""
    return f"{PREFIX}{secrets.token_hex(ID_BYTES)}_{secrets.token_urlsafe(SECRET_BYTES)}"


def read_token(text: str) -> Token | None:
    """Return a token that has the form of a key; None for any other text."""
    form = KEY.fullmatch(text)
    return None if form is None else Token(form[1], hashlib.sha256(text.encode()).hexdigest())


@dataclass(frozen=True)
class Scope:
    """What a key may do at most. None stands for all cities, and for all labels and relationship types."""

    cities: frozenset[str] | None = None
    concepts: frozenset[str] | None = None
    read_only: bool = False
    red: bool = False

    def narrowed(self, grants: Iterable[Grant]) -> list[Grant]:
        """Return the grants within this scope."""
        within = [grant for grant in grants if self.cities is None or grant.city in self.cities]
        return [replace(grant, concepts=_both(grant.concepts, self.concepts)) for grant in within]


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


@dataclass(frozen=True)
class ApiKey:
    """A key as it is stored."""

    id: str
    owner: str
    digest: str = field(repr=False)
    scope: Scope
    issued: datetime
    expires: datetime
    revoked: datetime | None = None
    note: str = ""

    @property
    def actor(self) -> str:
        """Return the actor that the key is."""
        return ACTOR + self.id

    def ended(self, now: datetime) -> str | None:
        """Say why the key no longer holds; None if it holds."""
        if self.revoked is not None:
            return "revoked"
        return None if now < self.expires else "expired"

    def viewer(self, grants: Iterable[Grant], audiences: Iterable[str]) -> Viewer:
        """Return the viewer of a valid key: its scope and the current grants of its owner together."""
        within = self.scope.narrowed(grants)
        seen = rights(within, audiences, red=self.scope.red)
        return Viewer(self.actor, seen, Edits() if self.scope.read_only else edits(within), self.owner)


def is_valid(token: Token, key: ApiKey | None, now: datetime) -> bool:
    """Whether a token is a key that holds. The digests are compared in constant time."""
    same = hmac.compare_digest(token.digest, NO_DIGEST if key is None else key.digest)
    return same and key is not None and key.ended(now) is None
