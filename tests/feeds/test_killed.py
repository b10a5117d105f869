"""kill -9 in the middle of a run, at ten seeded moments: the next run gives the same facts as an undisturbed one."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from graph.bolt.connect import Address
from tests.feeds.killed import AT_ONCE, LEASE
from tests.feeds.trips import CITIES, Stage, trip, wanted
from tests.kit.paths import ROOT

MOMENTS = 10
SEED, SOAK = 20261129, 50


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", [SEED + n for n in range(SOAK if metafunc.config.getoption("soak") else 1)])


@contextmanager
def processes(address: Address, stage: Stage) -> Iterator[subprocess.Popen[str]]:
    arguments = [address.uri, address.password or "", str(stage.spools), stage.now.isoformat()]
    command = [sys.executable, "-m", "tests.feeds.killed", *arguments]
    with (stage.spools / "told.log").open("w") as told:
        process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told
        )
        try:
            yield process
        finally:
            process.communicate(timeout=30)


def line(process: subprocess.Popen[str], stage: Stage) -> str:
    """Return what a run tells next; fail if nothing will come, or if the run failed by itself."""
    assert process.stdout
    told = process.stdout.readline()
    assert told not in ("", "failed 0\n"), (stage.spools / "told.log").read_text()
    return told.strip()


def killed(process: subprocess.Popen[str], stage: Stage, rows: list[dict[str, Any]], chance: random.Random) -> str:
    """Kill a run after a chosen number of its steps; return what it told last."""
    assert process.stdin
    process.stdin.write(json.dumps(rows) + "\n")
    process.stdin.flush()
    pid, last = int(line(process, stage).split()[1]), ""
    # As many steps to read as to write.
    for _ in range(chance.randrange(1, 2 * len(rows) // AT_ONCE + 1)):
        last = line(process, stage)
        if last.startswith("ended"):
            break
    time.sleep(chance.uniform(0, 0.02))
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    while not line(process, stage).startswith("over"):
        pass
    return last


@pytest.mark.soak
def test_ten_kills(address: Address, stage: Stage, seed: int) -> None:
    chance, rows, last = random.Random(seed), dict[int, dict[str, Any]](), set[str]()
    with processes(address, stage) as process:
        for _ in range(MOMENTS):
            for _ in range(120):
                no = chance.randrange(1, 200)
                if chance.random() < 0.3:
                    rows.pop(no, None)
                else:
                    rows[no] = trip(no, f"Trip {no} {chance.random()}", chance.choice([*CITIES]))
            last.add(killed(process, stage, list(rows.values()), chance).split()[0])
            time.sleep(LEASE / 1000)
            stage.table.rows = list(rows.values())
            # A reading that was interrupted ends nothing, so that the run after it does.
            stage.run(accept=True)
            stage.run(accept=True)
            assert stage.facts() == wanted(stage.table.rows)
            again = stage.run().counts
            assert (again.same, again.created, again.removed) == (len(rows), 0, 0)
    if seed == SEED:
        assert last >= {"Reading", "Writing"}
