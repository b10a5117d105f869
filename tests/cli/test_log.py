"""`citygraph log` prints what the log holds, goes on after a cursor, and follows the log through an absence of the database."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.bolt.connect import Address
from tests.cli.conftest import Run
from tests.conftest import SECRET
from tests.events.conftest import log
from tests.events.log import AMBER, LESSON, Log
from tests.kit.paths import ROOT

__all__ = ["log"]

PATIENCE = 40


def cursor_of(err: str) -> str:
    return err.rpartition("--after ")[2].strip()


def test_the_operator_sees_every_event_with_its_actor(run: Run, log: Log) -> None:
    log.put({**LESSON, **AMBER}, actor="key/1")
    log.put({**LESSON, **AMBER, "note": "n"}, day=2)
    code, out, err = run("log", "--last", "2")
    assert code == 0
    assert out.splitlines() == [
        "2026-02-01T00:00:00.000Z  key/1  CREATED  Lesson lesson/log-1",
        "2026-02-02T00:00:00.000Z  load  CHANGED  Lesson lesson/log-1: note",
    ]
    log.put({**LESSON, "id": "lesson/log-2", "confidence": "SYNTHETIC"}, {**LESSON, "id": "lesson/log-3"}, day=3)
    _, out, _ = run("log", "--after", cursor_of(err), "--json")
    (shown,) = map(json.loads, out.splitlines())
    assert (shown["fact"], shown["actor"], shown["seq"]) == ("lesson/log-3", "load", log.end().seq)
    _, out, _ = run("log", "--after", cursor_of(err), "--synthetic")
    assert [line.split()[-1] for line in out.splitlines()] == ["lesson/log-2", "lesson/log-3"]
    assert run("log", "--after", shown["cursor"])[1] == ""


def test_a_wrong_cursor_is_refused(run: Run) -> None:
    code, _, err = run("log", "--after", "abc")
    assert code == 1
    assert "no cursor of the event log" in err


class Door:
    """A way to the database that can be closed."""

    def __init__(self, to: tuple[str, int]) -> None:
        self._to, self._open, self._pairs = to, True, list[socket.socket]()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if not self._open:
                    client.close()
                    continue
                server = socket.create_connection(self._to)
                self._pairs += [client, server]
                for one, other in ((client, server), (server, client)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)

    def shut(self) -> None:
        """End every connection and refuse new ones, as a database does that stops."""
        self._open = False
        for each in self._pairs:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def open(self) -> None:
        self._open = True

    def close(self) -> None:
        """Close for good."""
        self.shut()
        for each in self._pairs:
            each.close()
        self._listening.close()


@pytest.fixture
def door(address: Address) -> Iterator[Door]:
    at = urlsplit(address.uri)
    with closing(Door((str(at.hostname), int(at.port or 7687)))) as made:
        yield made


def test_following_goes_on_after_the_database_was_away_and_ctrl_c_prints_the_cursor(
    log: Log, address: Address, door: Door, tmp_path: Path
) -> None:
    environment = os.environ | {
        "NEO4J_URI": f"bolt://127.0.0.1:{door.port}",
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "CITYGRAPH_KEY_SECRET": SECRET.decode(),
        "CITYGRAPH_DATA_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", "from app.cli import main; main()", "log", "--follow", "--last", "0"]
    out, err = tmp_path / "out", tmp_path / "err"
    with out.open("w") as printed, err.open("w") as told:
        process = subprocess.Popen(command, env=environment, stdout=printed, stderr=told, cwd=ROOT)
    try:
        _until(lambda: len(door._pairs) >= 2)
        time.sleep(2)
        log.put(LESSON)
        _until(lambda: out.read_text().count("\n") == 1)
        door.shut()
        _until(lambda: "Waiting for it" in err.read_text())
        log.put({**LESSON, "note": "n"}, day=2)
        door.open()
        _until(lambda: out.read_text().count("\n") == 2)
        log.put({**LESSON, "note": "m"}, day=3)
        _until(lambda: out.read_text().count("\n") == 3)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
    assert [line.split()[2] for line in out.read_text().splitlines()] == ["CREATED", "CHANGED", "CHANGED"]
    assert "Traceback" not in err.read_text()
    assert len(cursor_of(err.read_text())) == 48


def _until(done: object) -> None:
    assert callable(done)
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)
