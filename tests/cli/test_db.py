"""`citygraph db`: its folders, one alone for other programs, and what it says of a server."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import db
from graph.managed.control import Status


def said(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(db.app, arguments)
    return result.exit_code, result.output


def test_a_folder_is_printed_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITYGRAPH_DATA_DIR", str(tmp_path))
    data = str(tmp_path / "neo4j" / "data")
    assert said("path", "data") == (0, f"{data}\n")
    assert f"data  {data}\n" in said("path")[1]
    code, told = said("path", "date")
    assert code == 2
    assert "accepted are jars, data, logs, conf" in " ".join(told.split())


@pytest.mark.parametrize("stays", [True, False])
@pytest.mark.parametrize("in_use", [True, False])
def test_the_status_says_each_thing_once(monkeypatch: pytest.MonkeyPatch, stays: bool, in_use: bool) -> None:
    known = Status(running=True, changing=False, uri="bolt://127.0.0.1:1", pid=7, stays=stays, in_use=in_use)
    monkeypatch.setattr("graph.managed.control.status", lambda _: known)
    code, told = said("status")
    assert code == 0
    assert told.count("citygraph process") == 1
    assert ("until `citygraph db stop`" in told) is stays
