"""A worker: one of several processes of a server. In: a Service and a channel to the first process. Out: answers.

It serves the connections that the first process accepts and passes on, and ends when that process does.
"""

import asyncio
import socket
from contextlib import suppress
from typing import Any

from app.http.api import Service
from app.start import channel as told
from app.start.serve import Server, configured, settle
from app.start.warm import Turn

AGAIN = 0.05
"""Seconds after which a byte is sent again for which the channel had no room."""


class Channel:
    """The worker's side of the channel: bytes to the first process."""

    def __init__(self, connected: socket.socket) -> None:
        self.connected = connected
        self._unsent = b""

    def tell(self, what: bytes) -> None:
        """Send bytes, or keep them until there is room. Nobody hears them if the first process has ended."""
        self._unsent += what
        try:
            self._unsent = self._unsent[self.connected.send(self._unsent) :]
        except BlockingIOError:
            asyncio.get_running_loop().call_later(AGAIN, self.tell, b"")
        except OSError:
            self._unsent = b""


class Connections(set[Any]):
    """The open connections of a server; tells a listener when one has ended."""

    def __init__(self, door: "Door") -> None:
        super().__init__()
        self._door = door

    def discard(self, connection: Any) -> None:
        """Remove a connection."""
        super().discard(connection)
        self._door.look_soon()

    def remove(self, connection: Any) -> None:
        """Remove a connection."""
        super().remove(connection)
        self._door.look_soon()


class Door:
    """What stands for the listening socket in a worker: connections come in by the channel."""

    def __init__(self, server: "WorkerServer", channel: Channel) -> None:
        self._server, self._channel = server, channel
        self._taking: set[asyncio.Task[None]] = set()
        self._taken = self._ended = 0
        self._looks = False
        self.may_warm = asyncio.Event()
        self.is_open = True

    def open(self) -> None:
        """Begin to take connections."""
        self._channel.connected.setblocking(False)
        asyncio.get_running_loop().add_reader(self._channel.connected, self._read)

    def close(self) -> None:
        """Nothing to do: the first process closes the door, by its end of the channel."""

    async def wait_closed(self) -> None:
        """Nothing to wait for."""

    def look_soon(self) -> None:
        """Look how many connections have ended, once in a turn of the event loop: a change to WebSocket ends none."""
        if not self._looks:
            self._looks = True
            asyncio.get_running_loop().call_soon(self._look)

    def _look(self) -> None:
        self._looks = False
        ended = self._taken - len(self._taking) - len(self._server.server_state.connections)
        if ended > self._ended:
            self._channel.tell(told.ENDED * (ended - self._ended))
            self._ended = ended

    def _read(self) -> None:
        try:
            bytes_, connections = told.receive(self._channel.connected)
        except BlockingIOError:
            return
        except ConnectionError:
            bytes_, connections = b"", ()
        # A connection for which this process may open no file is lost on the way, and has ended.
        self._taken += bytes_.count(told.CONNECTION)
        for connection in connections:
            taking = asyncio.ensure_future(self._take(connection))
            self._taking.add(taking)
            taking.add_done_callback(self._took)
        if told.WARM in bytes_:
            self.may_warm.set()
        if told.BEAT in bytes_:
            self._channel.tell(told.BEAT)
        self.look_soon()
        if not bytes_:
            # The first process takes no more connections, or it was killed.
            asyncio.get_running_loop().remove_reader(self._channel.connected)
            self.is_open = False
            self._server.should_exit = True

    async def _take(self, connection: socket.socket) -> None:
        try:
            await asyncio.get_running_loop().connect_accepted_socket(self._server.protocol, connection)
        except OSError:
            connection.close()

    def _took(self, taking: asyncio.Task[None]) -> None:
        self._taking.discard(taking)
        self.look_soon()


class WorkerServer(Server):
    """A server whose connections come in by a channel."""

    def __init__(self, service: Service, connected: socket.socket) -> None:
        self.channel = Channel(connected)
        self.door = Door(self, self.channel)
        super().__init__(*configured(service, Turn(self.door.may_warm.wait, lambda: self.channel.tell(told.WARMED))))
        self.server_state.connections = Connections(self.door)

    def protocol(self) -> asyncio.Protocol:
        """Make the protocol of a connection, as uvicorn does for those that it accepts."""
        kind: Any = self.config.http_protocol_class
        made: asyncio.Protocol = kind(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)
        return made

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002  # as uvicorn calls it
        """Open the driver and what else the application has, then say that connections may come."""
        await super().startup(sockets=[])
        self.servers = [self.door]  # type: ignore[list-item]  # it has all that uvicorn uses
        self.door.open()
        self.channel.tell(told.READY)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say that no more connections may come, and stop as every server does."""
        self.channel.tell(told.LEAVING)
        await super().shutdown(sockets)

    def may_get_more(self) -> bool:
        """Whether a connection may still bring a question."""
        return self.door.is_open or super().may_get_more()


def work(service: Service, connected: socket.socket) -> None:
    """Serve the connections that come by a channel, until SIGINT, SIGTERM or the end of the first process."""
    running = WorkerServer(service, connected)
    settle()
    with suppress(KeyboardInterrupt):
        running.run()
