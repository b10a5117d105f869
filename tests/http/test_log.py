"""The request log: its lines are written together, in their order, and none is lost when the process ends."""

import json
import logging
import subprocess
import sys
from typing import Any

import pytest

from app.http.log import NAME, note
from app.start.logs import MOST_WAITING, REQUESTS, Together, set_up_logs
from app.start.settings import Profile, Settings
from tests.kit.paths import ROOT

HARDENED = Settings(profile=Profile.HARDENED, key_secret="x" * 32)
PROGRAM = """
import asyncio, logging, time
from app.http.log import note
from app.start.logs import set_up_logs
from app.start.settings import Profile, Settings

async def main():
    for at in range({first}):
        note({{"method": "GET", "path": f"/{{at}}"}}, 200, time.perf_counter())
    if {warns}:
        logging.getLogger("other").warning("between")
    note({{"method": "GET", "path": "/last"}}, 0, time.perf_counter())

set_up_logs(Settings(profile=Profile.HARDENED, key_secret="x" * 32))
asyncio.run(main())
"""


def lines(first: int, *, warns: bool) -> list[dict[str, Any]]:
    """Run a process that logs requests and ends at once; return its lines."""
    program = PROGRAM.format(first=first, warns=warns)
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stderr.splitlines()]


@pytest.mark.parametrize(("first", "warns"), [(3, True), (MOST_WAITING + 3, False)])
def test_no_line_is_lost_and_their_order_is_kept(first: int, warns: bool) -> None:
    found = [each.get("path", each["event"]) for each in lines(first, warns=warns)]
    assert found == [*(f"/{at}" for at in range(first)), *["between"] * warns, "/last"]


@pytest.mark.parametrize("worker", [None, 2])
def test_a_line_has_what_every_line_has(monkeypatch: pytest.MonkeyPatch, worker: int | None) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.root.level)
    monkeypatch.setattr(logging.getLogger("neo4j"), "level", logging.getLogger("neo4j").level)
    set_up_logs(HARDENED, worker)
    (handler,) = logging.root.handlers
    assert isinstance(handler, Together)
    record = logging.LogRecord(REQUESTS, logging.INFO, "", 0, "request", (), None)
    record.__dict__.update(method="POST", path='/é"', status=200, ms=1.5)
    ours, usual = json.loads(handler.line(record)), json.loads(handler.format(record))
    assert {**ours, "timestamp": ""} == {**usual, "timestamp": ""}
    assert len(ours["timestamp"]) == len(usual["timestamp"])
    assert NAME == REQUESTS


def test_nothing_is_made_if_nothing_is_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    logger = logging.getLogger(NAME)
    monkeypatch.setattr(logger, "level", logging.WARNING)
    monkeypatch.setattr(logger, "handle", lambda _: pytest.fail("a record was made"))
    logger.manager._clear_cache()  # type: ignore[attr-defined]  # as setLevel does
    note({"method": "GET", "path": "/"}, 200, 0.0)
    logger.manager._clear_cache()  # type: ignore[attr-defined]  # as setLevel does
