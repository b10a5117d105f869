"""What decides whether a test needs a database: its fixtures; a test that needs none reaches none."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from graph.bolt.connect import Address, open_async_driver, open_driver
from graph.managed import server
from graph.managed.home import Home
from tests.kit.no_database import MARKER
from tests.kit.paths import ROOT

NOWHERE = Address("bolt://127.0.0.1:1", "neo4j", "")
WAYS: dict[str, Callable[[], object]] = {
    "a driver": lambda: open_driver(NOWHERE),
    "an asynchronous driver": lambda: open_async_driver(NOWHERE, 1),
    "a managed server": lambda: server.launch(["java"], Home(ROOT)),
    "the command line": lambda: subprocess.Popen([sys.executable, "-c", "from app.cli import main; main()", "up"]),
    "the installed command": lambda: subprocess.run(["bin/citygraph", "up"], check=True),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_test_without_the_marker_reaches_no_database(way: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="does not ask for the fixture `neo4j`"):
        WAYS[way]()


def test_other_processes_are_left_alone() -> None:
    assert subprocess.run([sys.executable, "-c", "print(7)"], capture_output=True, check=True).stdout == b"7\n"


def test_a_test_without_a_database_has_no_marker(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker(MARKER) is None


def test_a_test_that_asks_for_neo4j_is_marked(request: pytest.FixtureRequest, neo4j: None) -> None:
    assert request.node.get_closest_marker(MARKER)
    open_driver(NOWHERE).close()


@pytest.fixture
def through(neo4j: None) -> None:
    """A fixture that uses a database."""


def test_so_is_one_that_asks_for_it_through_another_fixture(request: pytest.FixtureRequest, through: None) -> None:
    assert request.node.get_closest_marker(MARKER)
