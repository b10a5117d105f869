"""The client for programs with asyncio: the methods of `Client`, to be awaited. In: an address and a token. Out: as there."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from citygraph_client import asking, frames, networks
from citygraph_client.asking import Variables
from citygraph_client.core import Core, Pause, Reply, Retries, Steps
from citygraph_client.lost import as_ours
from citygraph_client.sockets import alistened
from citygraph_client.streams import Stream
from citygraph_client.uploads import Progress, Upload, Uploaded

T = TypeVar("T")


class AsyncClient:
    """Asks one server. Close it, or use it as an asynchronous context. The arguments and methods are those of `Client`."""

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        timeout: float = 60.0,
        retries: Retries | None = None,
        verify: Any = True,
    ) -> None:
        self.core = Core(url, token, retries or Retries())
        self.timeout, self._verify = timeout, verify
        self._http = httpx.AsyncClient(timeout=httpx.Timeout(timeout, connect=min(10.0, timeout)), verify=verify)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _done(self, steps: Steps[T]) -> T:
        """Take the steps of a part of work."""
        try:
            step = next(steps)
            while True:
                if isinstance(step, Pause):
                    await asyncio.sleep(step.seconds)
                    step = next(steps)
                    continue
                try:
                    came = await self._http.request(step.method, step.url, headers=step.headers, content=step.content)
                except httpx.HTTPError as error:
                    step = steps.throw(as_ours(error))
                else:
                    step = steps.send(Reply(came.status_code, came.headers, came.content))
        except StopIteration as over:
            result: T = over.value
            return result

    # Questions -------------------------------------------------------------------------------------------------------

    async def query(self, text: str, variables: Variables | None = None, *, operation: str | None = None) -> Any:
        """Ask a question and return its data. Raise GraphQLErrors or TransportError."""
        return await self._done(self.core.query(asking.question(text, variables, operation)))

    async def trusted(self, id_: str, variables: Variables | None = None) -> Any:
        """Ask a question that the server knows by its id, and return its data."""
        return await self._done(self.core.query(asking.trusted(id_, variables)))

    async def mutate(
        self,
        text: str,
        variables: Variables | None = None,
        *,
        operation: str | None = None,
        repeatable: bool = True,
    ) -> Any:
        """Send a mutation and return its data; see `Client.mutate`."""
        return await self._done(self.core.mutate(text, variables or {}, operationName=operation, repeatable=repeatable))

    # Lists -----------------------------------------------------------------------------------------------------------

    async def pages(self, field: str, fields: str, **given: Any) -> AsyncIterator[list[Any]]:
        """Yield the pages of a connection at the root; see `Client.pages`."""
        async for page in self._pages(asking.pages(field, fields, given)):
            yield page

    async def rows(
        self, text: str, path: asking.Path, variables: Variables | None = None, *, operation: str | None = None
    ) -> AsyncIterator[Any]:
        """Yield the rows of the list at a path of a document, over all pages; see `Client.rows`."""
        async for page in self._pages(asking.rows(text, path, variables, operation)):
            for row in page:
                yield row

    async def _pages(self, of: asking.Reading) -> AsyncIterator[list[Any]]:
        while (body := of.body) is not None:
            yield of.take(await self._done(self.core.query(body)))

    async def frame(
        self,
        text: str,
        path: asking.Path,
        variables: Variables | None = None,
        *,
        to: frames.Library = "pandas",
        days: Sequence[str] = (),
        operation: str | None = None,
    ) -> Any:
        """Return the rows of `rows` as a DataFrame of pandas or polars; see `frames.Frame`."""
        frames.check(to)
        of = asking.rows(text, path, variables, operation)
        made = frames.Frame(of.columns, to, days)
        async for page in self._pages(of):
            made.add(page)
        return made.done()

    async def network(self, *, to: networks.Library = "networkx", **given: Any) -> Any:
        """Return the network of a city's leaders as a graph of networkx or igraph; see `networks.Wanted` for the arguments."""
        networks.check(to)
        wanted = networks.Wanted(**given)
        return networks.built(await self.query(wanted.text, wanted.variables), wanted, to)

    # Events ----------------------------------------------------------------------------------------------------------

    async def end_of_log(self) -> str:
        """Return the cursor of the end of the log; see `Client.end_of_log`."""
        return await self._done(self.core.end_of_log())

    async def subscribe(
        self, text: str, variables: Variables | None = None, *, operation: str | None = None
    ) -> AsyncIterator[Any]:
        """Yield the data of each event of a subscription; see `Client.subscribe`."""
        stream = Stream(self.core, asking.question(text, variables, operation))
        while True:
            if stream.needs_place:
                stream.begin_at(await self.end_of_log())
            async with aclosing(alistened(stream, self.timeout, self._verify)) as events:
                async for event in events:
                    yield event
            if stream.over:
                return
            await asyncio.sleep(stream.pause())

    # Uploads ---------------------------------------------------------------------------------------------------------

    async def upload(
        self,
        field: str,
        rows: Iterable[Mapping[str, Any]] | str | Path,
        *,
        progress: Callable[[Progress], None] | None = None,
        **given: Any,
    ) -> Uploaded:
        """Write rows by a mutation such as `upsertVisits`, in batches; see `Client.upload`. A file is read in a thread."""
        upload = Upload(field, rows, **given)
        parts = upload.parts(self.core)
        while True:
            step = await asyncio.to_thread(next, parts, None) if isinstance(rows, str | Path) else next(parts, None)
            if step is None:
                break
            done = await self._done(step)
            if progress is not None and done is not None:
                progress(done)
        return upload.result
