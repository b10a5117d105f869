"""The door for WebSocket connections. In: a handshake. Out: the connection with its place, or a refusal.

It stands before the web framework, so that a client that connects again and again costs little.
"""

import asyncio

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from app.http.answering import Answering
from app.http.clients import Clients
from graph.errors import Unavailable

REFUSAL_SECONDS = 1.0
"""Seconds after which a client learns that it is refused, because many clients connect again at once."""


class Admission:
    """Gives each WebSocket connection a place until it ends."""

    def __init__(self, answering: Answering, clients: Clients) -> None:
        self._answering, self._clients = answering, clients

    async def serve(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection, unless there is no place for it."""
        try:
            if self._answering.draining:
                raise Unavailable("The server is about to stop. Connect again in a moment.")
            place = self._answering.queues.connections.place(self._clients.address(scope))
            with place as connected:
                await app({**scope, "state": {**scope.get("state", {}), "connected": connected}}, receive, send)
        except Unavailable as busy:
            await asyncio.sleep(REFUSAL_SECONDS)
            refusal = JSONResponse({"errors": [busy.as_dict()]}, busy.status, {"retry-after": "1"})
            await WebSocket(scope, receive, send).send_denial_response(refusal)
