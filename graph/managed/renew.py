"""Renewing the manifest. In: a version of Neo4j. Out: jars.json with coordinate, size and SHA-256 of every jar.

`python -m graph.managed.renew 5.26.31` resolves that version with jgo and downloads every jar.
"""

import hashlib
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from graph.managed.manifest import PATH
from graph.managed.repository import context
from graph.managed.settings import ManagedServerError

_ASSEMBLY = "org.neo4j.assembly:neo4j-community-standalone"
_UNPUBLISHED = ("neo4j-push-to-cloud", "neo4j-genai-plugin")
# Not needed to serve Bolt, nor to dump, load, check and import: the HTTP API, the shell and the import of Parquet.
_LEFT_OUT = re.compile(
    r"(scala-reflect|cypher-shell|jline-.*|jansi|hadoop-.*|parquet-.*|snappy-.*"
    r"|jersey-.*|hk2-.*|jaxb-runtime|FastInfoset)"
)
_NATIVE = re.compile(r"(linux|osx)-(x86_64|aarch_64)")


def _platforms(classifier: str) -> list[str]:
    match = _NATIVE.search(classifier)
    if match is None:
        return []
    return [f"{match[1].replace('osx', 'macos')}-{match[2].replace('aarch_64', 'aarch64')}"]


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
    with tempfile.TemporaryDirectory(prefix="citygraph-manifest-") as folder:
        maven = context(Path(folder))
        group, artifact = _ASSEMBLY.split(":")
        without = [maven.project("org.neo4j", name) for name in _UNPUBLISHED]
        wanted = maven.create_dependency(f"{group}:{artifact}:pom:{neo4j}", without)
        wanted.raw = True
        _, nodes = maven.resolver.get_dependency_list([wanted])
        artifacts = [node.dep.artifact for node in nodes if not _LEFT_OUT.fullmatch(node.dep.artifact.artifactId)]
        rows = sorted((_row(each) for each in artifacts), key=lambda row: row["coordinate"])
    lines = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    path.write_text(f'{{\n  "neo4j": "{neo4j}",\n  "jars": [\n{lines}\n  ]\n}}\n')
    return len(rows)


def main(arguments: list[str]) -> None:
    if len(arguments) != 1:
        raise ManagedServerError("the argument must be one version of Neo4j, such as 5.26.30")
    print(f"{renew(arguments[0])} jars written to {PATH}")


if __name__ == "__main__":
    main(sys.argv[1:])
