"""Settings of the managed server, as a frozen value, and the one class of its errors."""

import json
from dataclasses import dataclass
from pathlib import Path

USERNAME = "neo4j"


class ManagedServerError(Exception):
    """The managed server could not be fetched, started or stopped; the text says what failed and what to do."""


@dataclass(frozen=True)
class ManagedSettings:
    """Folders and sizes of the managed server; `heap` and `page_cache` are JVM sizes such as "512m".

    A `read_only` server refuses statements that write. One with `browser` serves Neo4j Browser on a port of its own.
    """

    cache: Path
    data: Path
    neo4j_home: Path | None = None
    heap: str = "512m"
    page_cache: str = "128m"
    start_seconds: int = 180
    read_only: bool = False
    browser: bool = False

    @property
    def jars(self) -> Path:
        """Return the folder that holds the verified jars."""
        return self.cache / "neo4j" / "jars"

    @property
    def home(self) -> Path:
        """Return the folder that holds the server's configuration, data and logs."""
        return self.data / "neo4j"

    def to_json(self) -> str:
        """Return the settings as one line of JSON, for another process."""
        home = str(self.neo4j_home.absolute()) if self.neo4j_home else None
        return json.dumps(
            {
                "cache": str(self.cache.absolute()),
                "data": str(self.data.absolute()),
                "neo4j_home": home,
                "heap": self.heap,
                "page_cache": self.page_cache,
                "start_seconds": self.start_seconds,
                "read_only": self.read_only,
                "browser": self.browser,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "ManagedSettings":
        """Return the settings that `to_json` wrote."""
        given = json.loads(text)
        home = given["neo4j_home"]
        return cls(
            cache=Path(given["cache"]),
            data=Path(given["data"]),
            neo4j_home=Path(home) if home else None,
            heap=given["heap"],
            page_cache=given["page_cache"],
            start_seconds=given["start_seconds"],
            read_only=given["read_only"],
            browser=given["browser"],
        )
