"""One shared server, and what is left when a client, the supervisor or the server is killed."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.bolt.connect import Address, change_password, check
from graph.managed import control, processes, server, state
from graph.managed.home import home_of
from graph.managed.lease import acquire
from graph.managed.settings import ManagedServerError, ManagedSettings
from graph.managed.watchdog import Watchdog
from tests.kit.paths import ROOT
from tests.managed.conftest import Clients

SECONDS = 60


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def answers(settings: ManagedSettings, uri: str) -> None:
    check(Address(uri, "neo4j", home_of(settings).password()))


def test_two_processes_share_one_server_until_both_are_gone(clients: Clients) -> None:
    first, second = clients.start(), clients.start()
    assert first.uri() == second.uri()
    running = clients.state()
    root = home_of(clients.settings).root
    assert {stat.S_IMODE(path.stat().st_mode) for path in root.rglob("*") if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in root.rglob("*") if path.is_dir()} == {0o700}
    with pytest.raises(ManagedServerError, match="another citygraph process"):
        control.stop(clients.settings)
    first.kill()
    time.sleep(4)
    answers(clients.settings, running.uri)
    second.kill()
    assert processes.wait_gone(running.server, SECONDS)
    assert processes.wait_gone(running.supervisor, SECONDS)
    assert not control.status(clients.settings).running


def test_a_killed_server_comes_back_and_a_killed_supervisor_leaves_no_orphan(clients: Clients) -> None:
    uri = clients.start().uri()
    before = clients.state()
    os.kill(before.server[0], signal.SIGKILL)
    assert processes.wait_gone(before.server, SECONDS)
    assert eventually(lambda: clients.state().listening and clients.state().server != before.server)
    assert clients.start().uri() == uri
    answers(clients.settings, uri)

    now = clients.state()
    os.kill(now.supervisor[0], signal.SIGKILL)
    assert processes.wait_gone(now.supervisor, SECONDS)
    assert processes.wait_gone(now.server, SECONDS)
    assert state.read(home_of(clients.settings)) is not None
    answers(clients.settings, clients.start().uri())
    assert clients.state().supervisor != now.supervisor


def test_a_client_killed_while_the_server_starts_leaves_nothing_behind(clients: Clients) -> None:
    client = clients.start()
    home = home_of(clients.settings)
    assert eventually(lambda: state.read(home) is not None)
    half_made = clients.state()
    client.kill()
    assert not home.is_ready()
    assert processes.wait_gone(half_made.supervisor, SECONDS)
    assert processes.wait_gone(half_made.server, SECONDS)
    answers(clients.settings, clients.start().uri())


def test_a_server_of_an_unpacked_distribution_stays_without_leases(clients: Clients, tmp_path: Path) -> None:
    lib = tmp_path / "unpacked neo4j" / "lib"
    lib.mkdir(parents=True)
    for jar in server.classpath(clients.settings):
        (lib / jar.name).symlink_to(jar)
    with acquire(replace(clients.settings, neo4j_home=lib.parent), check, change_password) as lease:
        control.stay(clients.settings)
    time.sleep(4)
    answers(clients.settings, lease.uri)
    found = control.status(clients.settings)
    assert (found.running, found.stays, found.in_use) == (True, True, False)
    running = clients.state()
    assert control.stop(clients.settings)
    assert not processes.lives(running.server)
    assert not control.stop(clients.settings)


def test_a_server_that_cannot_start_says_why(settings: ManagedSettings) -> None:
    starved = ManagedSettings(settings.cache, settings.data, heap="1k", start_seconds=30)
    with pytest.raises(ManagedServerError, match="Too small"):
        acquire(starved, check, change_password)
    assert not control.status(settings).running


def test_the_watchdog_kills_a_server_whose_supervisor_is_killed() -> None:
    supervisor = (
        "import subprocess, time\n"
        "from graph.managed import processes\n"
        "from graph.managed.watchdog import Watchdog\n"
        "child = subprocess.Popen(['sleep', '600'])\n"
        "watchdog = Watchdog(processes.mark(child.pid))\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", supervisor], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        child = processes.mark(int(process.stdout.readline()))
        assert processes.lives(child)
        process.kill()
        assert processes.wait_gone(child, SECONDS)


def test_the_watchdog_ends_with_its_server() -> None:
    with subprocess.Popen(["sleep", "600"]) as child:
        watchdog = Watchdog(processes.mark(child.pid))
        child.kill()
        child.wait()
        watchdog.close()
