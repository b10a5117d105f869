"""The port of a server. In: settings. Out: a bound socket, or an error that says which setting to change."""

import errno
import socket

from app.start.settings import Settings, SettingsError

UNREAD_SECONDS = 30
"""Seconds after which the connection of a client that reads nothing is closed."""


def bound_socket(settings: Settings) -> socket.socket:
    """Bind the port before the long work begins; raise SettingsError if that fails."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # Connections inherit it. Without it, an answer that nobody reads is kept for as long as the client likes.
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_SECONDS * 1000)
    try:
        _bind(bound, settings)
    except OSError as error:
        bound.close()
        raise SettingsError(_why_not(settings, error)) from error
    return bound


def _bind(bound: socket.socket, settings: Settings) -> None:
    """Bind a port that nobody has, or on which only connections of a former server linger.

    With SO_REUSEADDR the kernel also gives a port away that another starting server has bound and does not listen on yet.
    """
    try:
        bound.bind((settings.host, settings.port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        may_be_taken_again(bound)
        bound.bind((settings.host, settings.port))


def may_be_taken_again(bound: socket.socket) -> None:
    """Let the next server take the port while connections of this one linger. Call it when this one is about to listen."""
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def _why_not(settings: Settings, error: OSError) -> str:
    """Say why the server cannot listen, and which setting to change."""
    host, port = settings.host, settings.port
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return (
            f"CITYGRAPH_HOST: {host} is not an address of this machine ({error.strerror}). "
            "Set it to one, such as 127.0.0.1, or to 0.0.0.0 for all of them."
        )
    reason = f"The server cannot listen on port {port} of {host} ({error.strerror})."
    if error.errno == errno.EACCES:
        return f"{reason} This user may not take it; set CITYGRAPH_PORT to a port from 1024 on."
    return f"{reason} Another server may run there; set CITYGRAPH_PORT to a free port."
