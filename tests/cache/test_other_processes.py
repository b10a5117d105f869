"""What others write is seen within the bound; without the database nothing is served for longer, and afterwards nothing old."""

import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from neo4j import AsyncTransaction
from neo4j.exceptions import IncompleteCommit

from app.http.api import Service
from graph.answers.kept import BOUND
from graph.answers.look import EVENTS
from graph.bolt.connect import Address
from graph.bolt.lane.transaction import LaneTransaction
from graph.cypher import system
from graph.cypher.fragments import Fragment
from tests.cache.conftest import (
    MOST,
    PRACTICE,
    STEWARD,
    ask,
    hits,
    kept,
    look_again,
    looked,
    practice,
    upsert,
)
from tests.cache.test_own_writes import NOTE, SUMMARY
from tests.conftest import SECRET
from tests.events.log import Log
from tests.http.running import Running, started
from tests.kit.paths import ROOT
from tests.kit.writer import BlockingWriter
from tests.python_client.proxy import proxied

ANSWERED = 0.5
"""Seconds that an answer may take on a busy machine, after the bound."""
FIRST, NOTED = SUMMARY % (PRACTICE % 0), NOTE % (PRACTICE % 0)
HIDE = Fragment(f"MATCH (n:Practice {{id: '{PRACTICE % 1}'}}) REMOVE n.level")


def summary(server: Running, at: int = 0) -> str | None:
    """Ask for the summary of a practice."""
    (node,) = ask(server, SUMMARY % (PRACTICE % at))["nodes"]
    return None if node is None else str(node["summary"])


def seen_within(server: Running, value: str, at: int = 0, since: float | None = None) -> float:
    """Ask until a summary has a value; return the seconds that it took since the write was acknowledged."""
    since = since or time.monotonic()
    while summary(server, at) != value:
        assert time.monotonic() < since + BOUND + ANSWERED, "the write is not seen within the bound"
    return time.monotonic() - since


def test_a_write_of_another_process_is_seen_within_the_bound(server: Running, log: Log) -> None:
    for turn in range(1, 6):
        assert summary(server) == summary(server)
        log.put(practice(0, summary=str(turn)))
        assert seen_within(server, str(turn)) < BOUND + ANSWERED
    assert kept(server).hits >= 5


def test_a_load_from_the_command_line_is_seen(server: Running, address: Address, log: Log, tmp_path: Path) -> None:
    (tmp_path / "kept.jsonl").write_bytes(orjson.dumps(practice(0, summary="loaded")))
    database = {"NEO4J_URI": address.uri, "NEO4J_USERNAME": address.username, "NEO4J_PASSWORD": address.password or ""}
    more = {"CITYGRAPH_KEY_SECRET": SECRET.decode(), "CITYGRAPH_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from app.cli import main; main()", "load", "kept.jsonl"]
    assert summary(server) == "0"
    done = subprocess.run(command, cwd=tmp_path, env={**database, **more}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    seen_within(server, "loaded")


def test_only_what_others_changed_is_outdated(server: Running, log: Log) -> None:
    for question in (FIRST, NOTED):
        ask(server, question)
    log.put({"type": "UNDER", "from": PRACTICE % 0, "to": "topic/kept-0", "note": "other", **_stated()})
    look_again(server)
    look_again(server)
    assert (hits(server, FIRST), hits(server, NOTED)) == (1, 0)


def _stated() -> dict[str, Any]:
    return {key: value for key, value in practice(0).items() if key in ("confidence", "sources")}


def test_after_very_many_events_everything_counts_as_changed(
    server: Running, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.answers.look.EVENTS", 3)
    ask(server, "{ cities(first: 2) { nodes { id } } }")
    log.put(*(practice(at, summary="many") for at in range(4)))
    look_again(server)
    look_again(server)
    assert hits(server, "{ cities(first: 2) { nodes { id } } }") == 0
    assert EVENTS > 3


def test_a_migration_which_logs_nothing_is_seen(server: Running, log: Log, seeded: BlockingWriter) -> None:
    seeded.read(HIDE)
    assert summary(server, 1) is None
    noted = next(each["value"] for each in seeded.read(system.META) if each["name"] == "schema")
    seeded.read(system.SET_META, name="schema", value="of before")
    assert seeded.migrate(SECRET) > 0
    seen_within(server, "0", 1)
    assert noted == next(each["value"] for each in seeded.read(system.META) if each["name"] == "schema")


def _give_up_soon(server: Running) -> None:
    answering = server.server.answering
    answering.writer = replace(answering.writer, tries=2, seconds=0.5)


def _break_commits(patch: pytest.MonkeyPatch, instead: str) -> None:
    """Let every commit lose its connection, after the transaction was committed or rolled back."""
    for kind in (LaneTransaction, AsyncTransaction):
        patch.setattr(kind, "commit", _broken(getattr(kind, instead)))


def _broken(end: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    async def lost(self: Any) -> None:
        await end(self)
        raise IncompleteCommit("lost")

    return lost


def test_a_commit_without_acknowledgement_is_seen(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection is lost in every commit, after the database has stored it; the last of the tries gives up."""
    assert summary(server) == "0"
    with monkeypatch.context() as patch:
        _break_commits(patch, "commit")
        _give_up_soon(server)
        answer = server.ask(upsert(0, summary="stored"), headers=STEWARD)
        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE", answer.text
    assert summary(server) == "stored", "what is kept of the label was dropped when the commit was sent"


def test_a_write_whose_transaction_was_rolled_back_leaves_what_is_true(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit never reaches the database."""
    assert summary(server) == "0"
    with monkeypatch.context() as patch:
        _break_commits(patch, "rollback")
        _give_up_soon(server)
        assert server.ask(upsert(0, summary="lost"), headers=STEWARD).status_code == 200
    assert summary(server) == "0"
    assert summary(server) == "0"


def test_without_the_database_nothing_is_served_longer_than_the_bound(
    make_service: Callable[..., Service], address: Address, log: Log
) -> None:
    with proxied(int(address.uri.rpartition(":")[2])) as between:
        through = replace(address, uri=f"bolt://127.0.0.1:{between.port}")
        with started(replace(make_service(answer_cache=MOST), address=through)) as running:
            server = looked(running)
            assert (summary(server), summary(server)) == ("0", "0")
            real, between.to = between.to, 1
            between.cut()
            cut = time.monotonic()
            log.put(practice(0, summary="meanwhile"))
            while server.ask(FIRST).status_code == 200:
                assert time.monotonic() < cut + BOUND + ANSWERED, "an answer from before, without the database"
            assert server.ask(FIRST).status_code == 503
            between.to = real
            server.until(lambda: server.ask(FIRST).status_code == 200, "the database is back")
            assert summary(server) == "meanwhile"
