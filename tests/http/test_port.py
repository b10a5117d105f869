"""The port of a server: it is refused while another server starts or runs there, and can be taken again after that one's end."""

import socket

import pytest

from app.start.port import bound_socket, may_be_taken_again
from app.start.settings import Settings, SettingsError, read_settings


def at(port: int) -> Settings:
    return read_settings(profile="local", port=port)


def port_of(bound: socket.socket) -> int:
    port: int = bound.getsockname()[1]
    return port


def test_a_port_is_refused_while_another_server_starts_there() -> None:
    with bound_socket(at(0)) as starting, pytest.raises(SettingsError, match="cannot listen on port"):
        bound_socket(at(port_of(starting))).close()


def test_a_port_is_refused_while_another_server_runs_there() -> None:
    with bound_socket(at(0)) as running:
        may_be_taken_again(running)
        running.listen()
        with pytest.raises(SettingsError, match="cannot listen on port"):
            bound_socket(at(port_of(running))).close()


def test_a_port_on_which_connections_linger_is_taken_again() -> None:
    with bound_socket(at(0)) as running:
        may_be_taken_again(running)
        running.listen()
        port = port_of(running)
        with socket.create_connection(("127.0.0.1", port)) as client:
            accepted, _ = running.accept()
            accepted.close()  # who closes first keeps the connection lingering
            assert client.recv(1) == b""
    with socket.socket() as plain, pytest.raises(OSError, match="in use"):
        plain.bind(("127.0.0.1", port))
    bound_socket(at(port)).close()
