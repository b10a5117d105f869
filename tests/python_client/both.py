"""The two clients under one face, so that each test asks both. In: a client with asyncio. Out: the same methods, which wait."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

from citygraph_client import AsyncClient


class Awaited:
    """An AsyncClient in an event loop of its own."""

    def __init__(self, url: str, token: str | None = None, **given: Any) -> None:
        self.runner = asyncio.Runner()
        self.client = self.runner.run(self._made(url, token, given))

    async def _made(self, url: str, token: str | None, given: dict[str, Any]) -> AsyncClient:
        return AsyncClient(url, token, **given)

    def close(self) -> None:
        self.runner.run(self.client.close())
        self.runner.close()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.client, name)
        if name in ("pages", "rows", "subscribe"):
            return lambda *given, **named: self._iterated(method(*given, **named))
        return lambda *given, **named: self.runner.run(method(*given, **named))

    def _iterated(self, of: AsyncIterator[Any]) -> Iterator[Any]:
        async def following() -> Any:
            return await anext(of)

        try:
            while True:
                try:
                    found = self.runner.run(following())
                except StopAsyncIteration:
                    return
                yield found
        finally:
            self.runner.run(of.aclose())  # type: ignore[attr-defined]  # it is a generator
