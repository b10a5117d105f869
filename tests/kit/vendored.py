"""Renews the vendored files of pages: `make vendored`. In: vendored.json, whose versions may have changed. Out: files, hashes.

To take another version, change it in vendored.json, there and in the names of its files, and run this.
"""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.clients.node import NODE, NPM
from tests.kit.paths import ROOT

FOLDER = ROOT / "app" / "web" / "vendored"
LIST = "vendored.json"
Packed = Callable[[str], bytes]
"""From `name@version` to the archive of the package."""


def renew(folder: Path, packed: Packed) -> list[str]:
    """Write the files that the list names, and their hashes into the list; return the names of files that changed."""
    libraries: list[dict[str, Any]] = json.loads((folder / LIST).read_text(encoding="utf-8"))
    written: dict[str, bytes] = {}
    for library in libraries:
        archive = packed(f"{library['package']}@{library['version']}")
        _stated(library, archive)
        for name, about in library["files"].items():
            written[name] = _file(archive, about["from"])
            about["sha256"] = hashlib.sha256(written[name]).hexdigest()
    changed = [name for name, data in written.items() if not _is(folder / name, data)]
    for child in folder.iterdir():
        if child.is_dir():
            shutil.rmtree(child)
    for name, data in written.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / LIST).write_text(json.dumps(libraries, indent=2) + "\n", encoding="utf-8")
    return changed


def _stated(library: dict[str, Any], archive: bytes) -> None:
    about = json.loads(_file(archive, "package.json"))
    for stated, found in (("package", "name"), ("version", "version"), ("licence", "license")):
        assert about[found] == library[stated], f"{library['package']}: {found} is {about[found]}"


def _file(archive: bytes, name: str) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        member = opened.extractfile(f"package/{name}")
        assert member is not None, name
        return member.read()


def _is(path: Path, data: bytes) -> bool:
    return path.exists() and path.read_bytes() == data


def packed_by_npm(package: str) -> bytes:
    """Fetch a package with npm, which compares what comes with the hash that its registry states."""
    with tempfile.TemporaryDirectory(prefix="citygraph-vendored-") as folder:
        environment = os.environ | {"PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"}
        subprocess.run(
            [NODE, NPM, "pack", package, "--silent"],
            cwd=folder,
            env=environment,
            check=True,
            timeout=120,
            stdout=subprocess.DEVNULL,
        )
        (path,) = Path(folder).glob("*.tgz")
        return path.read_bytes()


if __name__ == "__main__":
    print("\n".join(renew(FOLDER, packed_by_npm)) or "Nothing has changed.")
