"""What the log holds of a change: ids and names of fields, never values. In: a change. Out: Logged, and Event as it is read."""

import enum
import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any


class Did(enum.Enum):
    """What happened to a fact. For a viewer, what becomes visible is created, and what becomes hidden is deleted."""

    CREATED = "The fact is new."
    CHANGED = "Fields of the fact have other values."
    DELETED = "The fact is gone."


@dataclass(frozen=True)
class Access:
    """Who may see a fact: its level and audience as stored."""

    level: int
    audience: str


@dataclass(frozen=True)
class Logged:
    """One event on its way into the log. `of` is a label or type; only a relationship has `start` and `end`.

    `was` and `now` are the access to the fact before and after, None if there was or is no fact. `kept` names fields that only
    the operator of the database is told about. `refs` are the facts that a field began or ceased to refer to, as "field id".
    """

    did: Did
    of: str
    fact: str
    was: Access | None = None
    now: Access | None = None
    start: str = ""
    end: str = ""
    fields: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()

    def columns(self) -> dict[str, Any]:
        """Return the event as it is stored, without its number and what is absent."""
        columns: dict[str, Any] = {"did": self.did.name, "of": self.of, "fact": self.fact}
        if self.start:
            columns |= {"start": self.start, "end": self.end}
        if self.was:
            columns |= {"wasLevel": self.was.level, "wasAudience": self.was.audience}
        if self.now:
            columns |= {"level": self.now.level, "audience": self.now.audience}
        lists = {"fields": self.fields, "kept": self.kept, "refs": self.refs}
        return columns | {key: list(texts) for key, texts in lists.items() if texts}


@dataclass(frozen=True)
class Event:
    """One event as a viewer sees it. `seq` is its place in the log, which tells of hidden events and is shown to nobody.

    `actor` is empty for everybody but the operator of the database.
    """

    seq: int
    id: str
    at: datetime
    did: str
    of: str
    fact: str
    start: str | None
    end: str | None
    fields: tuple[str, ...]
    synthetic: bool
    actor: str = ""

    def shown(self) -> dict[str, Any]:
        """Return the event as feeds show it."""
        shown: dict[str, Any] = {
            "id": self.id,
            "time": written(self.at),
            "kind": self.did,
            "type": self.of,
            "fact": self.fact,
        }
        if self.start:
            shown |= {"from": self.start, "to": self.end}
        return shown | {"fields": list(self.fields)} | ({"synthetic": True} if self.synthetic else {})


def written(moment: datetime) -> str:
    """Write a moment as everywhere else: in UTC, with milliseconds."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def event(columns: dict[str, Any], log: str) -> Event:
    """Read an event from what a statement returns of the log with this id."""
    at: Any = columns.pop("at")
    made = {"id": event_id(log, columns["seq"]), "at": at.to_native(), "fields": tuple(columns["fields"])}
    return Event(**columns | made)


def event_id(log: str, seq: int) -> str:
    """Return the id of an event. It is made of its number and of the random id of the log, which nobody is shown.

    To store an id of its own for each event, with its constraint, would make a load slower by a tenth.
    """
    return str(uuid.UUID(bytes=hashlib.blake2b(seq.to_bytes(8, "big"), key=log.encode(), digest_size=16).digest()))
