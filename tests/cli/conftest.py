"""Commands run in the process of the tests; what they do to its logs is undone."""

import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from app.cli import main
from graph.bolt.connect import Address
from tests.conftest import SECRET
from tests.kit.writer import BlockingWriter

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Put the handlers back: those of a command write to a stream that ends with it."""
    loggers = [logging.getLogger(), logging.getLogger("neo4j")]
    before = [(logger, list(logger.handlers), logger.level) for logger in loggers]
    yield
    for logger, handlers, level in before:
        logger.handlers = handlers
        logger.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def run(
    seeded: BlockingWriter,
    address: Address,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run a command against the seeded database; return exit code, output and errors."""
    for name, value in {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "CITYGRAPH_KEY_SECRET": SECRET.decode(),
        "CITYGRAPH_DATA_DIR": str(tmp_path / "data"),
        "COLUMNS": "200",
    }.items():
        monkeypatch.setenv(name, value)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["citygraph", *arguments])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call
