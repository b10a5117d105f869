"""A server of two workers over the seeded database; what a test writes is deleted after it. Its ids contain `/log-`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.bolt.connect import Address
from tests.events.conftest import log
from tests.feeds.conftest import stage
from tests.kit.writer import BlockingWriter
from tests.webhooks.conftest import desk, receiver
from tests.workers.running import Served, ready, serving, until

__all__ = ["desk", "log", "receiver", "stage"]

COUNT = 2


@pytest.fixture(scope="module")
def served(seeded: BlockingWriter, address: Address, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = {
        "CITYGRAPH_PROFILE": "local",
        "CITYGRAPH_LOG_LEVEL": "INFO",
        "CITYGRAPH_WEBHOOK_PRIVATE": "1",
        "CITYGRAPH_STATEMENT_SECONDS": "60",
    }
    with serving(address, tmp_path_factory.mktemp("two"), "--workers", str(COUNT), **settings) as made:
        until(lambda: ready(made), "the server serves")
        yield made


@contextmanager
def hardened(address: Address, folder: Path) -> Iterator[Served]:
    """Serve as servers that others reach do: the log is JSON."""
    settings = {"CITYGRAPH_WORKERS": str(COUNT), "CITYGRAPH_STATEMENT_SECONDS": "3", "TMPDIR": str(folder)}
    with serving(address, folder, **settings) as made:
        until(lambda: ready(made), "the server serves")
        yield made


@pytest.fixture(scope="module")
def lasting(seeded: BlockingWriter, address: Address, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for tests that end workers."""
    with hardened(address, tmp_path_factory.mktemp("lasting")) as made:
        yield made


@pytest.fixture
def ending(seeded: BlockingWriter, address: Address, tmp_path: Path) -> Iterator[Served]:
    """A server for a test that ends it."""
    with hardened(address, tmp_path) as made:
        yield made
