"""`citygraph export`: files that can be loaded in the order of their names, and a catalogue that names them."""

import errno
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from tests.cli.conftest import Run

DOWNLOAD = NamedNode("http://www.w3.org/ns/dcat#downloadURL")


def test_export_writes_files_and_a_catalogue(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    code, out, _ = run("export", str(folder), "--concept", "Visit", "--concept", "HOSTED_BY", "--concept", "Source")
    assert code == 0
    assert "public facts in 3 data sets" in out
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "00-Source.jsonl", "01-Visit.jsonl", "02-HOSTED_BY.jsonl", "HOSTED_BY.csv", "HOSTED_BY.parquet", "Source.csv",
        "Source.parquet", "Visit.csv", "Visit.parquet", "catalog.jsonld", "catalog.ttl",
    ]  # fmt: skip
    assert all(json.loads(line)["label"] == "Visit" for line in (folder / "01-Visit.jsonl").read_text().splitlines())
    told = set(parse((folder / "catalog.ttl").read_bytes(), RdfFormat.TURTLE))
    assert told == set(parse((folder / "catalog.jsonld").read_bytes(), RdfFormat.JSON_LD))
    addresses = {str(quad.object.value) for quad in told if quad.predicate == DOWNLOAD}
    assert addresses == {(folder / name).as_uri() for name in names if not name.startswith("catalog")}


def test_export_takes_formats_and_an_address(run: Run, tmp_path: Path) -> None:
    run("export", str(tmp_path / "out"), "--format", "csv", "--concept", "Visit", "--url", "https://data.example/x/")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["Visit.csv", "catalog.jsonld", "catalog.ttl"]
    assert "<https://data.example/x/Visit.csv>" in (tmp_path / "out" / "catalog.ttl").read_text()


def test_export_says_what_it_accepts(run: Run, tmp_path: Path) -> None:
    code, _, err = run("export", str(tmp_path), "--concept", "Visits")
    assert code == 2
    assert "'Visits' is unknown" in err
    assert "HOSTED_BY" in err
    code, _, err = run("export", str(tmp_path), "--url", "data.example")
    assert code == 2
    assert "'data.example' is no address; one looks like https://data.example/citygraph" in err


def test_a_full_disk_leaves_what_was_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    run("export", str(folder), "--format", "csv", "--concept", "Visit")
    (folder / "Visit.csv").write_text("what was there")

    def full(source: Path, target: Path) -> Any:
        Path(target).write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    code, _, err = run("export", str(folder), "--format", "csv", "--concept", "Visit")
    assert code == 1
    assert "No space left on device" in err
    assert (folder / "Visit.csv").read_text() == "what was there"
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_an_export_that_has_nothing_to_say_of_a_concept_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "TRUSTS.csv").write_text("of an earlier export")
    _, out, _ = run("export", str(tmp_path / "out"), "--format", "csv", "--concept", "TRUSTS")
    assert "TRUSTS has no public facts now" in out


@pytest.mark.usefixtures("neo4j")
def test_the_libraries_of_exports_are_not_needed_for_a_start() -> None:
    """The driver imports pyarrow if it can; nothing else does."""
    code = "import sys; sys.modules.update(pyarrow=None, pyoxigraph=None); import app.http.api, app.cli.export, app.cli.serve"
    subprocess.run([sys.executable, "-c", code], check=True)
