"""The server's process: its command line, and a port that a stranger has taken."""

import os
import socket
import subprocess
from collections.abc import Iterator

import pytest

from graph.managed import home, processes, server, supervisor
from graph.managed.settings import ManagedSettings


@pytest.fixture
def stranger() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_the_command_line_holds_no_password(settings: ManagedSettings) -> None:
    made = home.prepare(settings)
    assert not any(made.password() in argument for argument in server.command(settings, made))


def test_a_port_of_this_process_is_told_from_a_stranger_s(stranger: int) -> None:
    assert processes.holds_port(os.getpid(), stranger)
    assert server.listens(stranger)
    assert not server.listens(server.free_port())


def test_a_stranger_is_not_taken_for_the_server_however_long_it_listens(stranger: int) -> None:
    with subprocess.Popen(["sleep", "60"]) as process:
        assert not server.wait_listening(process, stranger, 0.5, lambda: False)
        process.kill()


def test_another_port_is_taken_when_a_stranger_listens(
    settings: ManagedSettings, stranger: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = [stranger, server.free_port()]
    monkeypatch.setattr(server, "free_port", lambda: ports.pop(0))
    made = home.prepare(settings)
    watched = supervisor.Supervisor(settings, made)
    process, _ = watched._start(mending=False)
    try:
        assert server.listens(watched._port)
        assert watched._port != stranger
    finally:
        server.stop(process, 10)
