"""One page of a list. In: its rows and the request. Out: the rows that are shown, and whether there are more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Seal = Callable[[bytes, Sequence[Any]], str]


@dataclass(frozen=True)
class Request:
    """What shaping needs to know of a request besides the record."""

    parameters: dict[str, Any]
    scopes: tuple[bytes, ...]
    seal: Seal


class Absent(Exception):  # a signal between the two shapers, not an error that is shown
    """A value that must be there is missing from the record."""


def cut(rows: list[Any], limit: int) -> tuple[list[Any], bool]:
    """Leave out the one row that was read only to know whether there are more."""
    return (rows[:-1], True) if len(rows) == limit else (rows, False)


def ordered(rows: list[Any], id_column: int, ids: list[str]) -> list[Any]:
    """Put rows into the order of the ids asked for; None where there is none."""
    found = {row[id_column]: row for row in rows}
    return [found.get(wanted) for wanted in ids]
