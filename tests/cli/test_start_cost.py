"""A start costs little beside the import of its libraries, measured at the same time: the same work takes half as long again on a
slow day. In CPU seconds, because a wall clock measures a busy machine too.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from graph.bolt.connect import Address
from tests.conftest import SECRET
from tests.kit.writer import BlockingWriter
from tests.recovery.platform import Platform

MOST_TIMES = 2.4
"""Cost until the first answer, on a Neo4j that runs, against that of importing the libraries alone.

It was 2.1 before measures added a tenth to the types of the schema, which is built at each start.
"""
ROUNDS = 4
"""Measurements, of which the least counts: other processes only add to one."""
LIBRARIES = "import fastapi, neo4j, pydantic_settings, rich.console, strawberry.fastapi, typer, uvicorn"


def cost(address: Address, folder: Path) -> float:
    """Start a server and return its CPU seconds until its first answer."""
    platform = Platform(folder / "data")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CITYGRAPH_"))}
    environment = kept | {
        "NEO4J_URI": address.uri,
        "NEO4J_PASSWORD": address.password,
        "CITYGRAPH_KEY_SECRET": SECRET.decode(),
        "CITYGRAPH_PROFILE": "local",
        "CITYGRAPH_DATA_DIR": str(platform.data),
        "CITYGRAPH_PORT": str(platform.port),
    }
    with platform.log.open("ab") as log:
        command = [sys.executable, "-c", "from app.cli import main; main()", "serve"]
        platform.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        # Warming begins a second after the start, so a question must not wait longer than needed for its turn.
        platform.until(lambda: platform.ask("{ __typename }")[0] == 200, "an answer")
        used = psutil.Process(platform.process.pid).cpu_times()
        return float(used.user + used.system)
    finally:
        platform.kill()
        time.sleep(0.1)


def cost_of_libraries() -> float:
    """Import the libraries of a server in a process of their own, and return its CPU seconds."""
    before = os.times()
    subprocess.run([sys.executable, "-c", LIBRARIES], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


@pytest.mark.usefixtures("seeded")
def test_a_server_on_a_running_database_costs_little_until_its_first_answer(
    address: Address, seeded: BlockingWriter, tmp_path: Path
) -> None:
    pairs = [(cost_of_libraries(), cost(address, tmp_path)) for _ in range(ROUNDS)]
    libraries, server = (min(each) for each in zip(*pairs, strict=True))
    print(f"{server:.2f} s, {server / libraries:.2f} times the libraries")
    assert server < MOST_TIMES * libraries


@pytest.mark.usefixtures("address")
def test_a_start_imports_no_data_frames() -> None:
    """Neo4j's driver would. They can be imported afterwards."""
    names = "{'numpy', 'pandas', 'pyarrow'}"
    text = f"import sys, app.cli; app.cli.imported('serve'); print({names} & sys.modules.keys()); import pyarrow"
    done = subprocess.run([sys.executable, "-c", text], check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"
