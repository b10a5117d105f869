"""Fixtures that several folders of tests share: one database for the session, filled once; one engine; one event loop.

A fixture belongs here only when two folders use it; what changes the database cleans up after itself.
"""

import asyncio
import gc
import logging
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.start.boot import seed_files
from app.start.settings import Bolt, read_settings
from app.viewers.tokens import ANONYMOUS, stewarded
from graph.access.rights import Rights
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.lane.lane import open_lane
from graph.bolt.read import Note, Reader, Sessions, ignore
from graph.cypher.facts import READ_AUDIENCES
from graph.cypher.fragments import Fragment
from graph.facts.check import read_fact
from graph.facts.decide import Decided
from graph.facts.write import Stamp, write
from graph.load.files import read_file
from graph.question.compile import Limits
from graph.question.cursor import Cursors
from graph.question.decode.native import Library, installed
from graph.question.engine import Answer, Engine, Question
from schema.derived.graphql.build import core, schema
from schema.model import model
from tests.kit.database import test_database
from tests.kit.java import compile_quickly
from tests.kit.no_database import MARKER, mark, no_database
from tests.kit.oracle.world import World
from tests.kit.random.documents import random_seed
from tests.kit.writer import BlockingWriter, blocking_writer

SECRET = b"the secret of the tests, 32 bytes or more"
NOW = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)
NOW_TEXT = "2026-01-31T12:00:00.000Z"
WORLDS = Path(__file__).parent / "kit" / "worlds"
EDGES = tuple(WORLDS / f"{name}.jsonl" for name in ("edges", "language", "computed", "certain"))
BROKEN = WORLDS / "broken.jsonl"
"""Rows that a load refuses and a former version did not: second relationships at ends that take one, relationships from a
fact to itself, and ids whose characters may look like others."""
WIPE = Fragment("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS")
REPLAN = Fragment("CALL db.prepareForReplanning(60)")
"""Statements are planned by what the indexes hold; after a load the database would notice that only some time later."""

LONG = (
    "tests/access/test_noninterference.py",
    "tests/recovery/test_first_start.py",
    "tests/language/test_random_documents.py",
    "tests/recovery/test_full_disk.py",
    "tests/attacks/test_event_loop.py",
    "tests/managed/test_lifecycle.py",
    "tests/wheel/test_wheel.py",
    "tests/recovery/test_running.py",
)
"""Files that take long. They run first, in this order, so that no worker has one left when the other has nothing more to do,
and so that the second worker does not wait while the first fills the database."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long forms of the tests that have one: make soak")
    parser.addoption(
        "--portals", action="store_true", help="run the tests of servers that take minutes to install: make portals"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed of this run, and how its servers compile, once: workers and servers inherit the environment."""
    gc.disable()  # until the tests are collected: all that is made until then stays
    os.environ.setdefault("CITYGRAPH_RANDOM_SEED", str(random_seed()))
    # Many tests change facts behind the back of a server. Set to a number, their servers keep answers all the same.
    os.environ.setdefault("CITYGRAPH_ANSWER_CACHE", "0")
    compile_quickly()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that use a database, leave out those that only `make portals` runs, and put the long ones first."""
    mark(items)
    if not config.getoption("portals"):
        left = [item for item in items if item.get_closest_marker("portals")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
    items.sort(key=lambda item: next((at for at, file in enumerate(LONG) if item.nodeid.startswith(file)), len(LONG)))


def pytest_collection_finish() -> None:
    """Let the garbage collector leave alone what was made so far, and look through the rest less often than by default."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Keep a test without the marker `database` away from every database, its fixtures too."""
    with nullcontext() if item.get_closest_marker(MARKER) else no_database():
        return (yield)


@pytest.fixture(scope="session")
def neo4j() -> None:
    """Say that a test uses a Neo4j. Fixtures that reach or start one ask for this."""


@pytest.fixture(scope="session")
def address(neo4j: None) -> Iterator[Address]:
    """Address of the database of this session, which is filled."""
    with test_database(fill) as filled:
        yield filled


@pytest.fixture(scope="session")
def writer(address: Address, runner: asyncio.Runner) -> Iterator[BlockingWriter]:
    with blocking_writer(address, runner) as opened:
        yield opened


def fill(address: Address) -> None:
    """Empty the database and load the seeds and the edge cases."""
    with asyncio.Runner() as runner, blocking_writer(address, runner) as writer:
        load_all(writer)


def load_all(writer: BlockingWriter) -> None:
    writer.alone(WIPE)
    writer.migrate(SECRET)
    reports = writer.load([*seed_files(), *EDGES], Stamp(SECRET, NOW))
    problems = [problem for report in reports for problem in report.diff.problems]
    if problems:
        raise AssertionError(f"the seeds have bad rows: {problems[:5]}")
    write_broken(writer)
    writer.alone(REPLAN)


def write_broken(writer: BlockingWriter) -> None:
    """Write the rows of BROKEN past the checks that a load makes."""
    facts = tuple(read_fact(row, model()) for row in read_file(BROKEN).rows)
    writer.unit(lambda unit: write(unit, Decided(facts), Stamp(SECRET, NOW)))


@pytest.fixture(scope="session")
def seeded(writer: BlockingWriter) -> BlockingWriter:
    """The database, filled with the seeds and the edge cases."""
    return writer


@pytest.fixture(scope="session")
def world() -> World:
    """The same rows for the oracle."""
    return World.read([*seed_files(), *EDGES, BROKEN], NOW_TEXT)


@dataclass
class Asker:
    """Asks the engine, in one event loop, and keeps the statements that went over the wire."""

    engine: Engine
    reader: Reader
    runner: asyncio.Runner
    audiences: tuple[str, ...]
    sent: list[str] = field(default_factory=list)

    def rights(self, viewer: str) -> Rights:
        return ANONYMOUS if viewer == "anonymous" else Rights(1, stewarded(self.audiences))

    def within(self, seconds: float) -> Reader:
        """Make a reader whose statements have so many seconds."""
        return Reader(self.reader.sessions, seconds)

    def __call__(self, text: str, variables: dict[str, Any] | None = None, viewer: str = "steward") -> Answer:
        with wire(self.sent):
            return self.runner.run(self.engine.ask(Question(text, variables or {}), self.rights(viewer), self.reader))


@contextmanager
def wire(sent: list[str]) -> Iterator[None]:
    """Collect every statement that the driver itself, or the lane, says it sends."""
    sent.clear()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if "C: RUN" in message or "C: ROUTE" in message:
                sent.append(message)

    logger, listener = logging.getLogger("neo4j.io"), Listener()
    before = logger.level, logger.propagate
    logger.addHandler(listener)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.setLevel(before[0])
        logger.propagate = before[1]


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """The event loop of the session's questions."""
    with asyncio.Runner() as running:
        yield running


@pytest.fixture(scope="session")
def sessions(address: Address, runner: asyncio.Runner) -> Iterator[Sessions]:
    """Sessions of a driver of the tests' own, with a lane unless CITYGRAPH_BOLT=driver."""
    lane = open_lane(address, 20) if read_settings().bolt is Bolt.LANE else None
    opened = Sessions(open_async_driver(address, 20), address.database, lane)
    yield opened
    runner.run(opened.__aexit__())


def native() -> Library | None:
    """The native writer of the tests' engines, if it is installed, unless CITYGRAPH_NATIVE=false."""
    return installed() if read_settings().native else None


@pytest.fixture(scope="session")
def new_engine() -> Callable[[Limits], Engine]:
    """Make an engine with other limits. It sees synthetic facts, because the edge cases are synthetic."""

    def make(limits: Limits) -> Engine:
        return Engine(core(schema()), model(), replace(limits, synthetic=True), Cursors(SECRET), native())

    return make


@pytest.fixture(scope="session")
def ask(
    seeded: BlockingWriter,
    address: Address,
    sessions: Sessions,
    runner: asyncio.Runner,
    new_engine: Callable[[Limits], Engine],
) -> Asker:
    """Ask a question over the seeds and the edge cases."""
    audiences = tuple(seeded.read(READ_AUDIENCES)[0]["audiences"])
    return Asker(new_engine(Limits()), Reader(sessions, 120), runner, audiences)


@pytest.fixture(scope="session")
def plain_engine() -> Engine:
    """An engine with the settings of a server that nobody configured: it sees no synthetic facts unless asked."""
    return Engine(core(schema()), model(), Limits(), Cursors(SECRET), native())


class Unreachable(Reader):
    """A reader without a database: whoever sends a statement fails."""

    def __init__(self) -> None:
        pass

    async def value(self, text: str, parameters: dict[str, Any], name: str, note: Note = ignore) -> Any:
        raise AssertionError("a statement is sent by a test that has no database")


@pytest.fixture(scope="session")
def offline(world: World, runner: asyncio.Runner, new_engine: Callable[[Limits], Engine]) -> Asker:
    """Compile questions, and ask those that need no statement, for the viewers that `ask` has; there is no database."""
    audiences = {
        fact.audience for fact in (*world.nodes.values(), *world.relationships.values()) if ":" in fact.audience
    }
    return Asker(new_engine(Limits()), Unreachable(), runner, tuple(sorted(audiences)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how what was random in this run can be had again."""
    terminalreporter.write_line(f"the seed of this run: CITYGRAPH_RANDOM_SEED={random_seed()}")


@pytest.fixture(scope="session")
def rewrite() -> bool:
    """Whether expected files are written anew: CITYGRAPH_REWRITE=1."""
    return os.environ.get("CITYGRAPH_REWRITE") == "1"
