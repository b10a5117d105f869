"""A webhook and a dead letter. In: properties of stored nodes. Out: Webhook and Letter, and back."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Stored = Mapping[str, Any]
"""The properties of a stored node."""


class State(enum.Enum):
    """Whether a webhook is delivered."""

    ACTIVE = "delivered"
    DISABLED = "not delivered, until it is resumed or replayed"


@dataclass(frozen=True)
class Webhook:
    """Where events of the log are sent, and how far this came.

    No label or type in `types` means all. `salt` is a part of what the signing secret is made of; `former` is the one before,
    whose secret signs too until `expires`, in seconds since 1970. `after` is the number of the
    last event that was delivered or given up. `failing` is the id of the event that had so many `attempts`
    without success; it is sent again at `next`, in seconds since 1970. `why` says what went wrong last.
    """

    id: str
    url: str = field(repr=False)
    owner: str
    since: datetime
    salt: str = field(repr=False)
    types: tuple[str, ...] = ()
    near: str | None = None
    synthetic: bool = False
    red: bool = False
    state: State = State.ACTIVE
    after: int = 0
    round: int = 0
    failing: str | None = None
    attempts: int = 0
    next: float | None = None
    why: str = ""
    former: str | None = field(default=None, repr=False)
    expires: float | None = None

    def salts(self, at: float) -> tuple[str, ...]:
        """Return the salts of the secrets that are valid at a time, the newest first."""
        return (self.salt, self.former) if self.former and (self.expires or 0.0) > at else (self.salt,)

    def columns(self) -> dict[str, Any]:
        """Return what is stored when it is added; the statement adds the place in the log."""
        return {
            "id": self.id,
            "url": self.url,
            "owner": self.owner,
            "since": self.since.isoformat(),
            "salt": self.salt,
            "types": list(self.types),
            "near": self.near,
            "synthetic": self.synthetic,
            "red": self.red,
            "state": self.state.name,
            "round": self.round,
        }


@dataclass(frozen=True)
class Letter:
    """An event that was given up: its number and fact, when, after how many attempts, and why.

    `message` is the id of the event, which is sent as `webhook-id`.
    """

    webhook: str
    seq: int
    message: str
    fact: str
    at: datetime
    attempts: int
    why: str

    @property
    def id(self) -> str:
        """Return the id of the letter."""
        return f"{self.webhook}/{self.seq}"

    def columns(self) -> dict[str, Any]:
        """Return what is stored."""
        return {**self.__dict__, "id": self.id, "at": self.at.isoformat()}


def webhook(stored: Stored) -> Webhook:
    """Read a webhook; what only leases need is left out."""
    known = {key: value for key, value in stored.items() if key not in ("lease", "until", "claim")}
    read = {"since": datetime.fromisoformat(known["since"]), "types": tuple(known["types"])}
    return Webhook(**{**known, **read, "state": State[known["state"]]})


def letter(stored: Stored) -> Letter:
    """Read a dead letter."""
    known = {key: value for key, value in stored.items() if key not in ("id", "wanted")}
    return Letter(**{**known, "at": datetime.fromisoformat(known["at"])})
