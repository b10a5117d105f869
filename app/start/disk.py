"""The disk of the managed server, for loads. In: settings. Out: refusals of what does not fit, and a list of what was loaded.

With a Neo4j of the user's own nothing is known about its disk, and nothing is refused.
"""

from collections.abc import Iterable
from pathlib import Path

from app.start.database import managed_settings
from app.start.settings import Settings
from graph.load.files import RowFile
from graph.managed import reset, space
from graph.managed.home import home_of

RECORD_BYTES, RECORD_ROWS = 1_000, 3
"""What a record of a feed is taken to need: bytes, and rows."""


class Disk:
    """The room on the disk of the managed server."""

    def __init__(self, settings: Settings) -> None:
        self._home = None if settings.neo4j_uri else home_of(managed_settings(settings))

    def require(self, file: RowFile) -> None:
        """Raise ManagedServerError if a file does not fit."""
        if self._home:
            space.require(self._home, file.name, file.size, len(file.rows))

    def require_records(self, count: int) -> None:
        """Raise ManagedServerError if so many records of a feed do not fit."""
        if self._home:
            space.require(self._home, f"{count:,} records", count * RECORD_BYTES, count * RECORD_ROWS)

    def nearly_full(self) -> str | None:
        """Say that the disk is nearly full."""
        return space.nearly_full(self._home) if self._home else None

    def note(self, files: Iterable[Path]) -> None:
        """Note which files are loaded."""
        if self._home:
            reset.note(self._home, files)
