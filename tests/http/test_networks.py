"""What measures is made when it is first asked for, and its import keeps no client waiting."""

import asyncio
import threading
from typing import Any

import pytest

from app.http import networks
from app.http.networks import ServerNetworks
from app.start.settings import Settings
from graph.bolt.connect import Address


def test_what_measures_is_imported_beside_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []

    def noted(name: str) -> Any:
        threads.append(threading.get_ident())
        return __import__(name)

    monkeypatch.setattr(networks, "import_module", noted)

    async def asked() -> None:
        given = ServerNetworks(Address("bolt://127.0.0.1:1", "neo4j", ""), Settings())
        first, second = await asyncio.gather(given.ready(), given.ready())
        assert first is second is await given.ready()
        await given.close()

    asyncio.run(asked())
    assert threads
    assert threading.get_ident() not in threads
