"""The viewer of a request, on every transport. In: a connection and an Authorization header. Out: a Viewer and a Client.

A token that looks like a key is looked up in the turn of its client. So unknown keys take no more than an anonymous client may.
"""

import asyncio
import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field

from starlette.types import Scope

from app.http.clients import Client, Clients
from app.http.places import Places
from app.http.turns import ANONYMOUS, NAMED
from app.viewers.tokens import Viewers
from graph.access.viewer import Viewer

REMEMBERED = 1_000
"""Keys whose client is remembered, so that they do not wait behind unknown keys from the same address."""


@dataclass(frozen=True)
class Viewing:
    """Builds the viewers of a server. Of a key only whose turn it is, is remembered: never that it holds, or what it opens."""

    viewers: Viewers
    clients: Clients
    places: Places
    _looking: dict[bytes, asyncio.Event] = field(default_factory=dict, repr=False)
    _lately: OrderedDict[bytes, Client] = field(default_factory=OrderedDict, repr=False)

    def known(self, scope: Scope, authorization: str | None) -> tuple[Viewer, Client] | None:
        """Return the viewer of a request and the client that he is, if that is known without the database."""
        viewer = self.viewers.known(authorization)
        return None if viewer is None else (viewer, self.clients.client(scope, viewer.client))

    async def viewer(self, scope: Scope, authorization: str | None) -> tuple[Viewer, Client]:
        """Return the viewer of a request and the client that he is; raise Unauthenticated or Unavailable."""
        known = self.known(scope, authorization)
        if known is not None:
            return known
        if authorization is None or not self.viewers.looks_up(authorization):
            viewer = await self.viewers.viewer(authorization)
            return viewer, self.clients.client(scope, viewer.client)
        mark = hashlib.sha256(authorization.encode()).digest()
        lately = await self._whose(mark)
        turn, rank = (self.clients.client(scope, None), ANONYMOUS) if lately is None else (lately, NAMED)
        looked_up = self._looking.setdefault(mark, asyncio.Event()) if lately is None else asyncio.Event()
        try:
            async with self.places.place(turn, rank, patient=lately is not None):
                viewer = await self.viewers.viewer(authorization)
            client = self.clients.client(scope, viewer.client)
            self._remember(mark, client)
            return viewer, client
        finally:
            if lately is None and not looked_up.is_set():
                looked_up.set()
                del self._looking[mark]

    async def _whose(self, mark: bytes) -> Client | None:
        """Return the client of a key that was used lately. Who comes with a new key while it is looked up waits for that."""
        if mark not in self._lately and mark in self._looking:
            await self._looking[mark].wait()
        return self._lately.get(mark)

    def _remember(self, mark: bytes, client: Client) -> None:
        self._lately[mark] = client
        self._lately.move_to_end(mark)
        if len(self._lately) > REMEMBERED:
            self._lately.popitem(last=False)
