"""Records: what a file or a portal gives before it is mapped. In: nothing. Out: Record, and what a Source is and tells.

A portal is a Source, and so is a file. `graph/load` takes them alike.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Record:
    """One record as its source gives it: raw text where the format has no types. An absent name, None and "" differ.

    `where` is a place that a person finds again: "visits.csv:12", or a URL with the number of the record. Values are texts,
    numbers (also Decimal), booleans, dates, datetimes, None, and lists and dicts of these. A record that cannot be read has
    no values, and `problem` says why; `Mapper.key` returns it as a Problem.
    """

    where: str
    values: Mapping[str, Any]
    problem: str = ""


@dataclass(frozen=True)
class Known:
    """What is known from earlier runs: the validators that the source gave, such as `etag`, and where reading was interrupted."""

    validators: Mapping[str, str] = field(default_factory=dict)
    position: str | None = None


@dataclass(frozen=True)
class Told:
    """What a source says of a whole reading.

    `total` is the number of records that it says it has; None if it does not say. `incomplete` says why records may be missing;
    "" if none is. With `unchanged` nothing was read, because the source says that nothing has changed.
    """

    total: int | None = None
    incomplete: str = ""
    unchanged: bool = False
    licence: str | None = None
    validators: Mapping[str, str] = field(default_factory=dict)


Take = Callable[[Sequence[Record], str | None], Awaitable[None]]
"""Takes records as they come, with the position from which reading can go on; None where it must begin anew.

No records at all, with None, say that what was taken is void, also what an earlier reading took: the source changed meanwhile,
and all its records come again.
"""


class SourceFailed(Exception):
    """A source cannot be read now; the text says what failed, where, and what to do."""


class Source(Protocol):
    """Reads all records of a file or a portal, once each."""

    async def read(self, known: Known, take: Take) -> Told:
        """Give the records to `take` in parts; raise SourceFailed."""
        ...
