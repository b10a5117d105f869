"""Pages while shaping. In: the rows of a page and the request. Out: the rows to show, and whether there are more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Seal = Callable[[bytes, Sequence[Any]], str]


@dataclass(frozen=True)
class Request:
    """What a shaper takes besides the record."""

    parameters: dict[str, Any]
    scopes: tuple[bytes, ...]
    seal: Seal


class Absent(Exception):  # a signal between the two shapers, not an error that is shown
    """A required value is missing from the record."""


def cut(rows: list[Any], limit: int) -> tuple[list[Any], bool]:
    """Drop the extra row that was read to learn whether there are more."""
    return (rows[:-1], True) if len(rows) == limit else (rows, False)


def ordered(rows: list[Any], id_column: int, ids: list[str]) -> list[Any]:
    """Sort rows by the ids that were asked for, with None for an id that was not found."""
    by_id = {row[id_column]: row for row in rows}
    return [by_id.get(wanted) for wanted in ids]
