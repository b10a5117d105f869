"""One kind of hostile client. In: a function that acts once. Out: a Kind; helpers that make one from documents or requests."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.kit.hostile.peer import Peer

Act = Callable[[Peer, Random], Awaitable[object]]


@dataclass(frozen=True)
class Kind:
    """A kind of hostile client: `says` is what it does, `act` does it once, within seconds."""

    name: str
    says: str
    act: Act

    def __str__(self) -> str:
        return self.name


def documents(name: str, says: str, write: Callable[[Random], str], times: int = 1) -> Kind:
    """Make a kind that sends documents, one after the other."""
    return bodies(name, says, lambda random: {"query": write(random)}, times)


def bodies(name: str, says: str, make: Callable[[Random], dict[str, Any] | bytes], times: int = 1) -> Kind:
    """Make a kind that sends bodies, one after the other. A body is an object, or JSON that is already written."""

    async def act(peer: Peer, random: Random) -> None:
        for _ in range(times):
            made = make(random)
            await peer.post(made if isinstance(made, bytes) else json.dumps(made).encode())

    return Kind(name, says, act)


def raw(name: str, says: str, write: Callable[[Random], bytes]) -> Kind:
    """Make a kind that sends bytes over a connection of its own."""

    async def act(peer: Peer, random: Random) -> None:
        await peer.send(write(random))

    return Kind(name, says, act)
