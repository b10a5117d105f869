"""A feed and its runs. In: properties of stored nodes. Out: Feed, Run, Counts, Stored, and back.

A feed takes the records of one source again and again: what is new there is written here, and what is gone there goes here.
"""

import enum
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from graph.facts.rows import Row
from graph.load.mapped import Mapper, OwnId

MOST_NAMED = 100
"""Problems that are kept of a run."""


@dataclass(frozen=True)
class Feed:
    """What a run needs: how records become rows, the row of the source they cite, and how long facts stay that are gone.

    `stated` changes with everything that the config says of where records come from and of the source they cite.
    """

    name: str
    mapper: Mapper = field(repr=False)
    source_row: Callable[[OwnId], Row] = field(repr=False)
    grace: timedelta = timedelta(0)
    stated: str = ""


class Outcome(enum.Enum):
    """How a run ended."""

    RUNNING = "runs"
    DONE = "done"
    UNCHANGED = "unchanged at the source"
    INCOMPLETE = "done, but the reading was not complete: nothing was taken away"
    STOPPED = "stopped: it would take away, replace or rename more than a tenth"
    FAILED = "failed"


@dataclass(frozen=True)
class Counts:
    """What a run found and did. The first six count records, the others facts.

    `gone` are records that are missing now, also those whose facts stay until the grace is over; `refused` are records with a
    problem; `waiting` are records whose cities or organizations a person must name.
    """

    records: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    refused: int = 0
    waiting: int = 0
    created: int = 0
    updated: int = 0
    removed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True)
class Run:
    """A run of a feed as the ledger has it; `problems` are the first ones."""

    number: int
    begun: datetime
    outcome: Outcome
    why: str = ""
    ended: datetime | None = None
    counts: Counts = field(default_factory=Counts)
    problems: tuple[str, ...] = ()

    def columns(self) -> dict[str, Any]:
        """Return what is stored; the feed and the number are there already."""
        ended = None if self.ended is None else self.ended.isoformat()
        told = {"begun": self.begun.isoformat(), "ended": ended, "outcome": self.outcome.name, "why": self.why}
        return told | asdict(self.counts) | {"problems": list(self.problems)}


@dataclass(frozen=True)
class Stored:
    """A feed as it is stored: its config as text with folder and file, when it is due, what its last run knew, its last run.

    `every` and `next` are milliseconds: between runs, and since 1970.
    """

    name: str
    config: str = field(repr=False)
    since: datetime
    folder: str = ""
    file: str = ""
    every: int | None = None
    next: int | None = None
    mapped: str | None = None
    stated: str | None = None
    validators: Mapping[str, str] = field(default_factory=dict)
    licence: str | None = None
    locked: bool = False
    rows: int = 0
    last: Run | None = None


def run(stored: Mapping[str, Any]) -> Run:
    """Read a run of the ledger."""
    counts = Counts(**{each.name: stored.get(each.name, 0) for each in fields(Counts)})
    begun, ended = datetime.fromisoformat(stored["begun"]), stored.get("ended")
    return Run(
        stored["number"],
        begun,
        Outcome[stored["outcome"]],
        stored["why"],
        None if ended is None else datetime.fromisoformat(ended),
        counts,
        tuple(stored.get("problems", ())),
    )


def read(record: Mapping[str, Any]) -> Stored:
    """Read a stored feed with what is told beside it."""
    stored = record["stored"]
    names, values = stored.get("validatorNames", ()), stored.get("validatorValues", ())
    last = record.get("run")
    return Stored(
        stored["name"],
        stored["config"],
        datetime.fromisoformat(stored["since"]),
        stored.get("folder", ""),
        stored.get("file", ""),
        stored.get("every"),
        stored.get("next"),
        stored.get("mapped"),
        stored.get("stated"),
        dict(zip(names, values, strict=True)),
        stored.get("licence"),
        record.get("locked", False),
        record.get("rows", 0),
        None if last is None else run(last),
    )
