"""Keys and grants as they are stored. In: records of the database. Out: Keys and Grants, and the viewer of a token.

A key and the grants of its owner are read for each request by one indexed statement, so that nothing outlives its removal.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from graph.access.api_keys import ApiKey, Scope, Token, is_valid
from graph.access.grants import Grant, Role
from graph.access.viewer import Viewer
from graph.bolt.read import Reader
from graph.cypher.grants import READ_KEY
from graph.errors import TimedOut, Unavailable

Clock = Callable[[], datetime]
Stored = Mapping[str, Any]
"""The properties of a stored node. What is absent is not restricted."""


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class StoredKeys:
    """The keys of the database."""

    reader: Reader = field(repr=False)
    now: Clock = utc_now

    async def viewer(self, token: Token, audiences: Iterable[str]) -> Viewer | None:
        """Return the viewer of a token; None if it is no key that holds. Raise Unavailable if the database is away."""
        try:
            record = await self.reader.value(READ_KEY.text, {"q": {"id": token.id}}, "key")
        except TimedOut as late:
            raise Unavailable("The key could not be checked in time. Try again in a moment.") from late
        stored = record["key"]
        key = None if stored is None else key_of(stored)
        if not is_valid(token, key, self.now()) or key is None:
            return None
        return key.viewer(map(grant_of, record["grants"]), audiences)


def grant_of(stored: Stored) -> Grant:
    """Read a grant."""
    return Grant(
        id=stored["id"],
        actor=stored["actor"],
        role=Role[stored["role"]],
        city=stored["city"],
        concepts=_set(stored, "concepts"),
        since=datetime.fromisoformat(stored["since"]),
        by=stored["by"],
    )


def stored_grant(grant: Grant) -> dict[str, Any]:
    """Write a grant as properties."""
    return {
        "id": grant.id,
        "actor": grant.actor,
        "role": grant.role.name,
        "city": grant.city,
        "concepts": _list(grant.concepts),
        "since": grant.since.isoformat(),
        "by": grant.by,
    }


def key_of(stored: Stored) -> ApiKey:
    """Read a key."""
    revoked = stored.get("revoked")
    return ApiKey(
        id=stored["id"],
        owner=stored["owner"],
        digest=stored["digest"],
        scope=Scope(_set(stored, "cities"), _set(stored, "concepts"), stored["readOnly"], stored["red"]),
        issued=datetime.fromisoformat(stored["issued"]),
        expires=datetime.fromisoformat(stored["expires"]),
        revoked=None if revoked is None else datetime.fromisoformat(revoked),
        note=stored["note"],
    )


def stored_key(key: ApiKey) -> dict[str, Any]:
    """Write a key as properties."""
    return {
        "id": key.id,
        "owner": key.owner,
        "digest": key.digest,
        "cities": _list(key.scope.cities),
        "concepts": _list(key.scope.concepts),
        "readOnly": key.scope.read_only,
        "red": key.scope.red,
        "issued": key.issued.isoformat(),
        "expires": key.expires.isoformat(),
        "revoked": None if key.revoked is None else key.revoked.isoformat(),
        "note": key.note,
    }


def _set(stored: Stored, name: str) -> frozenset[str] | None:
    return frozenset(stored[name]) if name in stored else None


def _list(names: frozenset[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)
