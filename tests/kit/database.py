"""A real Neo4j for the tests: NEO4J_TEST_URI, else Testcontainers if a Docker daemon answers, else a managed server.

In: how to fill it, if it is to be filled. Out: its address.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from graph.bolt.connect import Address, change_password, check
from graph.managed import control
from graph.managed.lease import acquire
from graph.managed.settings import ManagedSettings
from tests.kit.filled import Fill, copy_filled
from tests.kit.java import compile_well

IMAGE = "neo4j:5.26-community"
PASSWORD = "for-tests-only"


@contextmanager
def test_database(fill: Fill | None) -> Iterator[Address]:
    """Give the address of a database that the tests may fill and empty, filled if `fill` is given; fail if there is none."""
    uri = os.environ.get("NEO4J_TEST_URI")
    if uri:
        if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) > 1:
            raise ValueError(
                "NEO4J_TEST_URI is one database, which several workers would empty for each other: pytest -n 0"
            )
        address = Address(uri, "neo4j", os.environ.get("NEO4J_TEST_PASSWORD", PASSWORD))
        check(address)
        yield _filled(address, fill)
    elif _docker_answers():
        yield from _container(fill)
    else:
        yield from _managed(fill)


def _filled(address: Address, fill: Fill | None) -> Address:
    if fill:
        fill(address)
    return address


def _docker_answers() -> bool:
    """Ask the daemon by the command line, which leaves no socket open where there is none."""
    if shutil.which("docker") is None:
        return False
    asked = subprocess.run(["docker", "version", "--format", "{{.Server.Version}}"], capture_output=True, check=False)
    return asked.returncode == 0


def _container(fill: Fill | None) -> Iterator[Address]:
    from testcontainers.neo4j import Neo4jContainer

    with Neo4jContainer(IMAGE, password=PASSWORD) as container:
        yield _filled(Address(container.get_connection_url(), "neo4j", PASSWORD), fill)


def _managed(fill: Fill | None) -> Iterator[Address]:
    cache = Path(os.environ.get("CITYGRAPH_CACHE_DIR") or platformdirs.user_cache_dir("citygraph"))
    with tempfile.TemporaryDirectory(prefix="citygraph tests ") as folder:
        settings = ManagedSettings(cache=cache, data=Path(folder), heap="1g")
        if fill:
            copy_filled(settings, fill)
        with compile_well():
            lease = acquire(settings, check, change_password)
        try:
            with lease:
                yield Address(lease.uri, lease.username, lease.password)
        finally:
            # It stops by itself a few seconds later, and would write into the folder while that is removed.
            control.stop(settings, force=True)
