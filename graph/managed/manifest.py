"""The pinned jars. In: the committed jars.json. Out: the jars that this machine needs, each with its SHA-256."""

import json
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("jars.json")
BROWSER = Path(__file__).with_name("browser.json")
"""The jars of Neo4j Browser and of the HTTP server that serves it, which only a server with `browser` needs."""


@dataclass(frozen=True)
class Jar:
    """One pinned jar: Maven coordinate, SHA-256 in hex, size in bytes, and the platforms that need it (empty: all)."""

    coordinate: str
    sha256: str
    size: int
    platforms: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """Return group, artifact, version and classifier ("" if there is none)."""
        group, artifact, version, *rest = self.coordinate.split(":")
        return group, artifact, version, rest[0] if rest else ""

    @property
    def filename(self) -> str:
        """Return the name of the file, as Maven builds it."""
        _, artifact, version, classifier = self.parts
        return f"{artifact}-{version}{'-' + classifier if classifier else ''}.jar"


def this_platform() -> str:
    """Return system and machine, such as linux-x86_64 or macos-aarch64."""
    system = {"darwin": "macos"}.get(platform.system().lower(), platform.system().lower())
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    return f"{system}-{machine}"


def load(path: Path = PATH, on: str | None = None) -> list[Jar]:
    """Return the jars of the manifest at `path` that platform `on` (default: this machine) needs."""
    system = on or this_platform()
    jars = [_jar(row) for row in json.loads(path.read_text())["jars"]]
    return [jar for jar in jars if not jar.platforms or system in jar.platforms]


def version(path: Path = PATH) -> str:
    """Return the Neo4j version that the manifest pins."""
    return str(json.loads(path.read_text())["neo4j"])


def _jar(row: dict[str, Any]) -> Jar:
    return Jar(row["coordinate"], row["sha256"], row["size"], tuple(row.get("platforms", ())))
