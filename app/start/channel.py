"""What the processes of a server tell one another, a byte for each thing. In: a byte or a connection. Out: the same elsewhere.

The first process sends connections that it has accepted. A byte that cannot be sent at once is sent later.
"""

import socket
from collections.abc import Iterable

CONNECTION, WARM = b"c", b"w"
"""To a worker: a connection, and that it is its turn to warm its caches."""
READY, WARMED, ENDED, LEAVING = b"r", b"w", b"e", b"l"
"""From a worker: it is ready, its caches are warm, a connection has ended, it will take no further connections."""
BEAT = b"b"
"""To a worker, and back from its event loop, which shows that it does not hang."""
MOST = 64
"""Most bytes that are read at once; each comes with one connection at most."""


def pass_on(channel: socket.socket, connection: socket.socket) -> None:
    """Send a connection; the caller closes its own handle. Raise BlockingIOError if the channel is full."""
    socket.send_fds(channel, [CONNECTION], [connection.fileno()])


def receive(channel: socket.socket) -> tuple[bytes, Iterable[socket.socket]]:
    """Return the bytes that came, and the connections among them; no bytes if the other side has closed."""
    # Where the system knows the flag, programs that are started do not inherit the connections.
    told, handles, _, _ = socket.recv_fds(channel, MOST, MOST, getattr(socket, "MSG_CMSG_CLOEXEC", 0))
    return told, [socket.socket(fileno=handle) for handle in handles]
