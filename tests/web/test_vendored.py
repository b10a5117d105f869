"""`make vendored` writes what packages hold, states its hashes, and refuses a package that is not what the list says."""

import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from tests.kit.vendored import FOLDER, LIST, renew


def archive(version: str = "2.0.0", licence: str = "MIT", script: bytes = b"new") -> bytes:
    about = json.dumps({"name": "drawing", "version": version, "license": licence}).encode()
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as opened:
        for name, data in {"package.json": about, "dist/d.js": script, "LICENSE.txt": b"You may."}.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            opened.addfile(member, io.BytesIO(data))
    return made.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose list names version 2, with files of version 1."""
    files = {
        f"drawing-2.0.0/{name}": {"from": at, "sha256": "old"}
        for name, at in {"d.js": "dist/d.js", "LICENSE": "LICENSE.txt"}.items()
    }
    library = {"package": "drawing", "registry": "npm", "version": "2.0.0", "licence": "MIT", "files": files}
    (tmp_path / LIST).write_text(json.dumps([library]))
    (tmp_path / "drawing-1.0.0").mkdir()
    (tmp_path / "drawing-1.0.0" / "d.js").write_text("old")
    return tmp_path


def test_a_version_that_the_list_names_replaces_the_one_before(folder: Path) -> None:
    asked: list[str] = []

    def packed(package: str) -> bytes:
        asked.append(package)
        return archive()

    assert renew(folder, packed) == ["drawing-2.0.0/d.js", "drawing-2.0.0/LICENSE"]
    assert asked == ["drawing@2.0.0"]
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        LIST, "drawing-2.0.0/d.js", "drawing-2.0.0/LICENSE",
    }  # fmt: skip
    files = json.loads((folder / LIST).read_text())[0]["files"]
    assert files["drawing-2.0.0/d.js"] == {"from": "dist/d.js", "sha256": hashlib.sha256(b"new").hexdigest()}
    assert renew(folder, packed) == []


@pytest.mark.parametrize("other", [{"version": "2.0.1"}, {"licence": "GPL-3.0-only"}], ids=["version", "licence"])
def test_a_package_that_is_not_what_the_list_says_is_refused(folder: Path, other: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        renew(folder, lambda _: archive(**other))
    assert (folder / "drawing-1.0.0" / "d.js").read_text() == "old"


def test_the_list_names_no_server() -> None:
    assert "://" not in (FOLDER / LIST).read_text(encoding="utf-8")
