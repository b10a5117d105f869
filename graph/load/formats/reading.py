"""What readers of files share. In: nothing. Out: Reading, what ends one before its time, and names of columns."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from graph.load.formats.options import FileOptions
from graph.load.records import Record

AT_ONCE = 1_000
"""Records that are given at once."""


class Cut(str):
    """Why the rest of a file cannot be read, as the last item of a reading."""

    __slots__ = ()


class Reading(Protocol):
    """One reading of a file. `total` is how many records the file says it has, `at_once` how many are given at once."""

    total: int | None
    at_once: int

    def __init__(self, path: Path, options: FileOptions, name: str) -> None: ...

    def records(self) -> Iterator[Record | Cut]:
        """Yield the records; raise UnreadableFile before the first."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


def column_names(header: Sequence[str]) -> list[str]:
    """Return a name for each column. One without a name, or with that of another, is named with its number.

    Two columns called "name" are "name [2]" and "name [5]", so that neither is taken for the other.
    """
    names = [name.strip() for name in header]
    counts = Counter(names)
    return [
        name if name and counts[name] == 1 else f"{name} [{number}]".strip()
        for number, name in enumerate(names, start=1)
    ]
