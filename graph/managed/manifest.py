"""The pinned jars. In: the committed jars.json. Out: the jars that this machine needs, each with its SHA-256.

`python -m graph.managed.manifest 5.26.31` resolves that version with jgo, downloads every jar and rewrites jars.json.
"""

import hashlib
import json
import platform
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.managed.settings import ManagedServerError

PATH = Path(__file__).with_name("jars.json")

_ASSEMBLY = "org.neo4j.assembly:neo4j-community-standalone"
_UNPUBLISHED = ("neo4j-push-to-cloud", "neo4j-genai-plugin")
# Parts that starting over Bolt and dump, load, check and import do without: the HTTP API, the shell, Parquet import.
_LEFT_OUT = re.compile(
    r"(scala-reflect|cypher-shell|jline-.*|jansi|hadoop-.*|parquet-.*|snappy-.*"
    r"|jersey-.*|hk2-.*|jaxb-runtime|FastInfoset)"
)
_NATIVE = re.compile(r"(linux|osx)-(x86_64|aarch_64)")


@dataclass(frozen=True)
class Jar:
    """One pinned file: its Maven coordinate, SHA-256 (hex), size in bytes and the platforms it is for (none: all)."""

    coordinate: str
    sha256: str
    size: int
    platforms: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """Return group, artifact, version and classifier ("" when there is none)."""
        group, artifact, version, *rest = self.coordinate.split(":")
        return group, artifact, version, rest[0] if rest else ""

    @property
    def filename(self) -> str:
        """Return the file's name, as Maven builds it."""
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


def _platforms(classifier: str) -> list[str]:
    found = _NATIVE.search(classifier)
    if found is None:
        return []
    return [f"{found[1].replace('osx', 'macos')}-{found[2].replace('aarch_64', 'aarch64')}"]


def _row(artifact: Any) -> dict[str, Any]:
    content = artifact.resolve().read_bytes()
    tail = f":{artifact.classifier}" if artifact.classifier else ""
    row: dict[str, Any] = {
        "coordinate": f"{artifact.groupId}:{artifact.artifactId}:{artifact.version}{tail}",
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
    }
    platforms = _platforms(artifact.classifier)
    return row | ({"platforms": platforms} if platforms else {})


def renew(neo4j: str, path: Path = PATH) -> int:
    """Resolve Neo4j version `neo4j`, rewrite the manifest at `path` and return the number of its jars."""
    from graph.managed.repository import context

    with tempfile.TemporaryDirectory(prefix="citygraph-manifest-") as folder:
        maven = context(Path(folder))
        group, artifact = _ASSEMBLY.split(":")
        without = [maven.project("org.neo4j", name) for name in _UNPUBLISHED]
        wanted = maven.create_dependency(f"{group}:{artifact}:pom:{neo4j}", without)
        wanted.raw = True
        _, nodes = maven.resolver.get_dependency_list([wanted])
        found = [node.dep.artifact for node in nodes if not _LEFT_OUT.fullmatch(node.dep.artifact.artifactId)]
        rows = sorted((_row(one) for one in found), key=lambda row: row["coordinate"])
    lines = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    path.write_text(f'{{\n  "neo4j": "{neo4j}",\n  "jars": [\n{lines}\n  ]\n}}\n')
    return len(rows)


def main(arguments: list[str]) -> None:
    if len(arguments) != 1:
        raise ManagedServerError("give one Neo4j version, such as 5.26.30")
    print(f"{renew(arguments[0])} jars written to {PATH}")


if __name__ == "__main__":
    main(sys.argv[1:])
