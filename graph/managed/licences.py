"""The licences of the pinned jars. In: the manifest and a Maven repository with their POMs. Out: the rows of docs/licences.md.

`python -m graph.managed.licences ~/.m2/repository` prints them, after `python -m graph.managed.renew` fetched the POMs.
"""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

from graph.managed.manifest import PATH

UNSTATED = "not stated in the POM"
NAMES = {
    "gnu general public license, version 3": "GPL 3",
    "gplv3": "GPL 3",
    "apache": "Apache 2.0",
    "asl, version 2": "Apache 2.0",
    "mit license": "MIT",
    "the mit license": "MIT",
    "bouncy castle": "Bouncy Castle Licence (MIT)",
    "bsd": "BSD",
    "eclipse public license": "EPL 2.0",
    "epl": "EPL 2.0",
    "edl": "EDL 1.0",
    "eclipse distribution license": "EDL 1.0",
    "lgpl": "LGPL 2.1",
    "gnu lesser": "LGPL 2.1",
}
"""Short names of licences, by how their names in POMs begin or what they hold."""


def licences(repository: Path, group: str, artifact: str, version: str) -> str:
    """Return the licences that a POM states; those of its parent if it states none."""
    file = repository / group.replace(".", "/") / artifact / version / f"{artifact}-{version}.pom"
    if not file.exists():
        return UNSTATED
    root = ElementTree.parse(file).getroot()  # noqa: S314  the checksum of the repository was tested
    stated = {_short(name.text or "") for name in root.iterfind("{*}licenses/{*}license/{*}name")}
    parent = root.find("{*}parent")
    if stated or parent is None:
        return " or ".join(sorted(stated)) or UNSTATED
    above = [(parent.findtext(f"{{*}}{part}") or "").strip() for part in ("groupId", "artifactId", "version")]
    return licences(repository, *above)


def _short(name: str) -> str:
    name = " ".join(name.split())
    return next((short for known, short in NAMES.items() if known in name.lower()), name)


def table(repository: Path) -> str:
    """Return a row for each licence, with the coordinates of its jars without version."""
    by_licence: dict[str, set[str]] = {}
    for row in json.loads(PATH.read_text())["jars"]:
        group, artifact, version = row["coordinate"].split(":")[:3]
        by_licence.setdefault(licences(repository, group, artifact, version), set()).add(f"`{group}:{artifact}`")
    rows = (f"| {name} | {', '.join(sorted(jars))} |" for name, jars in sorted(by_licence.items()))
    return "\n".join(["| licence | jars |", "| --- | --- |", *rows])


if __name__ == "__main__":
    print(table(Path(sys.argv[1]).expanduser()))
