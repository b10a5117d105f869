"""The manifest of a snapshot. In: what was read, the files. Out: manifest.json, and what an earlier one says.

It is made of what the viewer may see alone: but for `made`, hidden facts change no byte of it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from graph.export.datasets import Dataset
from graph.export.licences import Terms
from graph.managed.files import write_private
from graph.snapshot.folder import MANIFEST
from graph.snapshot.problems import SnapshotFailed
from graph.snapshot.tables import NODES, TIES
from schema.language.moments import moment_text

FORMAT = "citygraph snapshot 1"


@dataclass(frozen=True)
class Manifest:
    """What a snapshot is of.

    `viewer` is who sees this: `anonymous`, `steward`, `analyst`, or a key. `log` is a mark of the event log, `until` when the
    last fact of the snapshot was changed: the place in the log from which on changes may be missing. `counts` are by label and
    by type, `files` have bytes and SHA-256 by path.
    """

    citygraph: str
    made: datetime
    viewer: str
    synthetic: bool
    pseudonymous: bool
    as_of: str | None
    log: str
    until: datetime | None
    counts: Mapping[str, Mapping[str, int]]
    licences: tuple[Terms, ...]
    files: Mapping[str, tuple[int, str]]
    key: str | None = None

    @property
    def facts(self) -> int:
        """Return how many facts the snapshot has."""
        return sum(sum(each.values()) for each in self.counts.values())

    def same_but_date(self, other: "Manifest") -> bool:
        """Whether another snapshot of the same wishes has the same files."""
        return replace(self, made=other.made) == other

    def write(self, folder: Path) -> None:
        """Write it into a folder."""
        content = {
            "format": FORMAT,
            "citygraph": self.citygraph,
            "made": _text(self.made),
            "viewer": {
                "as": self.viewer,
                "key": self.key,
                "synthetic": self.synthetic,
                "pseudonymous": self.pseudonymous,
            },
            "asOf": self.as_of,
            "log": {"mark": self.log, "until": _text(self.until)},
            "counts": self.counts,
            "licences": [{"text": each.text, "address": each.address, "facts": each.facts} for each in self.licences],
            "files": {path: {"bytes": size, "sha256": digest} for path, (size, digest) in self.files.items()},
        }
        write_private(folder / MANIFEST, orjson.dumps(content, option=orjson.OPT_INDENT_2).decode() + "\n")


def read(folder: Path) -> Manifest:
    """Return the manifest of a folder; raise SnapshotFailed if there is none or it cannot be used."""
    try:
        return _read(orjson.loads((folder / MANIFEST).read_bytes()))
    except FileNotFoundError as error:
        raise SnapshotFailed(f"{folder} has no snapshot: `citygraph snapshot make {folder}` makes one.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotFailed(
            f"{folder / MANIFEST} is not the manifest of a snapshot that this version reads. Make the snapshot anew."
        ) from error


def _read(given: Any) -> Manifest:
    if given["format"] != FORMAT:
        raise ValueError(given["format"])
    viewer, until = given["viewer"], given["log"]["until"]
    return Manifest(
        citygraph=given["citygraph"],
        made=datetime.fromisoformat(given["made"]),
        viewer=viewer["as"],
        key=viewer["key"],
        synthetic=viewer["synthetic"],
        pseudonymous=viewer["pseudonymous"],
        as_of=given["asOf"],
        log=given["log"]["mark"],
        until=datetime.fromisoformat(until) if until else None,
        counts=given["counts"],
        licences=tuple(Terms(**each) for each in given["licences"]),
        files={path: (each["bytes"], each["sha256"]) for path, each in given["files"].items()},
    )


def counts(counted: Mapping[str, int], every: Mapping[str, Dataset]) -> dict[str, dict[str, int]]:
    """Return the counts of labels and types of which there are facts, sorted by name."""
    found: dict[str, dict[str, int]] = {NODES: {}, TIES: {}}
    for name, rows in sorted(counted.items()):
        if rows:
            found[TIES if every[name].of_relationships else NODES][name] = rows
    return found


def files(folder: Path) -> dict[str, tuple[int, str]]:
    """Return size and SHA-256 of each file of rows in a folder."""
    found = {}
    for path in sorted(each for part in ("csv", "parquet") for each in (folder / part).rglob("*") if each.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        found[path.relative_to(folder).as_posix()] = (path.stat().st_size, digest)
    return found


def mark(log: str) -> str:
    """Return the mark of a log, made of its id, which nobody is shown."""
    return hashlib.blake2b(log.encode(), digest_size=8).hexdigest()


def _text(moment: datetime | date | None) -> str | None:
    if not isinstance(moment, datetime):
        return None
    return moment_text(moment)
