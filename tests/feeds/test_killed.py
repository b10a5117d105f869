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

from graph.bolt.connect import Address
from tests.feeds.killed import AT_ONCE, LEASE
from tests.feeds.trips import CITIES, Stage, trip, wanted
from tests.kit.paths import ROOT

MOMENTS = 10
SECONDS = 60


@contextmanager
def processes(address: Address, stage: Stage) -> Iterator[subprocess.Popen[str]]:
    arguments = [sys.executable, "-m", "tests.feeds.killed", address.uri, address.password or "", str(stage.spools)]
    with subprocess.Popen(
        arguments, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def killed(process: subprocess.Popen[str], rows: list[dict[str, Any]], chance: random.Random) -> str:
    """Kill a run after a chosen number of its steps; return what it told last."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(rows) + "\n")
    process.stdin.flush()
    pid, last = int(process.stdout.readline().split()[1]), ""
    # As many steps to read as to write.
    for _ in range(chance.randrange(1, 2 * len(rows) // AT_ONCE + 1)):
        last = process.stdout.readline().strip()
        if last.startswith("ended"):
            break
    time.sleep(chance.uniform(0, 0.02))
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    while not process.stdout.readline().startswith("over"):
        pass
    return last


def test_ten_kills(address: Address, stage: Stage) -> None:
    chance, rows, last = random.Random(20261129), dict[int, dict[str, Any]](), set[str]()
    with processes(address, stage) as process:
        for _ in range(MOMENTS):
            for _ in range(120):
                no = chance.randrange(1, 200)
                if chance.random() < 0.3:
                    rows.pop(no, None)
                else:
                    rows[no] = trip(no, f"Trip {no} {chance.random()}", chance.choice([*CITIES]))
            last.add(killed(process, list(rows.values()), chance).split()[0])
            time.sleep(LEASE / 1000)
            stage.table.rows = list(rows.values())
            # A reading that was interrupted ends nothing, so that the run after it does.
            stage.run(accept=True)
            stage.run(accept=True)
            assert stage.facts() == wanted(stage.table.rows)
            again = stage.run().counts
            assert (again.same, again.created, again.removed) == (len(rows), 0, 0)
    assert {"Reading", "Writing"} <= last
