"""`citygraph network`, over the seeds, without a server."""

import json
import tempfile
from pathlib import Path
from typing import Any

import networkx
import pytest

from tests.cli.conftest import Run

SEATTLE = "city/us-wa-seattle"


def test_networks_are_written_into_files(run: Run, tmp_path: Path) -> None:
    gexf, zipped = tmp_path / "seattle.gexf", tmp_path / "exchange.csv.zip"
    code, out, err = run("network", "cloud", f"city={SEATTLE}", "waves=all", "-o", str(gexf))
    assert (code, err) == (0, "")
    assert out == f"Wrote {gexf}: {gexf.stat().st_size:,} bytes.\n"
    assert networkx.read_gexf(gexf).number_of_nodes() > 55
    assert run("network", "exchange", "synthetic=false", "from=2010", "-o", str(zipped))[0] == 0
    assert zipped.read_bytes().startswith(b"PK")
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == [zipped.name, gexf.name]


def test_everybody_sees_less_than_the_steward(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "exchange.json"
    counts = []
    for viewer in ("anonymous", "steward"):
        assert run("network", "exchange", "--as", viewer, "-o", str(out))[0] == 0
        counts.append(len(json.loads(out.read_bytes())["nodes"]))
    assert 0 < counts[0] <= counts[1]
    assert (
        "There is nothing to export"
        in run("network", "cloud", f"city={SEATTLE}", "--as", "anonymous", "-o", str(out))[2]
    )
    assert len(json.loads(out.read_bytes())["nodes"]) == counts[1]


def test_what_is_wrong_is_said_and_what_was_there_stays(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "x.net"
    out.write_text("before")
    for arguments, says in {
        ("pie",): "pie is no kind of network; accepted are cloud and exchange",
        ("cloud", "city"): "city is no argument",
        ("cloud", f"city={SEATTLE}", "wave=wave/x"): "of this roster; without it the last one is taken.",
        ("cloud", f"city={SEATTLE}", "synthetic=false"): "`synthetic=true` takes them too.",
        ("cloud",): "give either `city` or `roster`",
        ("cloud", f"city={SEATTLE}", "waves=all"): "Pajek cannot hold ties of several waves",
    }.items():
        code, _, err = run("network", *arguments, "-o", str(out))
        assert code == 1
        assert says in err
    assert "ends in one of .gexf, .graphml" in run("network", "cloud", "-o", str(tmp_path / "x.pdf"))[2]
    assert "cannot be written: No such file" in run("network", "exchange", "-o", str(tmp_path / "no" / "x.net"))[2]
    assert out.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["x.net"]


def test_a_full_disk_leaves_what_was_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """/dev/full is a disk without room: the draft leads there."""
    out, make = tmp_path / "x.gexf", tempfile.mkstemp
    out.write_text("before")

    def full(*given: Any, **named: Any) -> tuple[int, str]:
        handle, name = make(*given, **named)
        if name.endswith(".draft"):
            Path(name).unlink()
            Path(name).symlink_to("/dev/full")
        return handle, name

    monkeypatch.setattr(tempfile, "mkstemp", full)
    code, _, err = run("network", "exchange", "-o", str(out))
    assert (code, err) == (1, "citygraph: The file cannot be written: No space left on device.\n")
    assert out.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir() if not each.is_dir()] == ["x.gexf"]
