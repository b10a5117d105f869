"""The client for programs that wait. In: an address and a token. Out: answers, rows, frames, networks, events, uploads."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from citygraph_client import asking, frames, networks
from citygraph_client.asking import Variables
from citygraph_client.core import Core, Pause, Reply, Retries, Steps
from citygraph_client.lost import as_ours
from citygraph_client.sockets import listened
from citygraph_client.streams import Stream
from citygraph_client.uploads import Progress, Upload, Uploaded

T = TypeVar("T")


class Client:
    """Asks one server. Close it, or use it as a context.

    `url` is the address of the server, such as `http://127.0.0.1:8000`; `token` is a token or an API key. `timeout` is how many
    seconds an answer may take. `verify` is False, a context of `ssl`, or True for the certificates that are trusted by default.
    It may be used by several threads.
    """

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
        self._http = httpx.Client(timeout=httpx.Timeout(timeout, connect=min(10.0, timeout)), verify=verify)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _done(self, steps: Steps[T]) -> T:
        """Take the steps of a part of work."""
        try:
            step = next(steps)
            while True:
                if isinstance(step, Pause):
                    time.sleep(step.seconds)
                    step = next(steps)
                    continue
                try:
                    came = self._http.request(step.method, step.url, headers=step.headers, content=step.content)
                except httpx.HTTPError as error:
                    step = steps.throw(as_ours(error))
                else:
                    step = steps.send(Reply(came.status_code, came.headers, came.content))
        except StopIteration as over:
            result: T = over.value
            return result

    # Questions -------------------------------------------------------------------------------------------------------

    def query(self, text: str, variables: Variables | None = None, *, operation: str | None = None) -> Any:
        """Ask a question and return its data. Raise GraphQLErrors or TransportError."""
        return self._done(self.core.query(asking.question(text, variables, operation)))

    def trusted(self, id_: str, variables: Variables | None = None) -> Any:
        """Ask a question that the server knows by its id, and return its data."""
        return self._done(self.core.query(asking.trusted(id_, variables)))

    def mutate(
        self,
        text: str,
        variables: Variables | None = None,
        *,
        operation: str | None = None,
        repeatable: bool = True,
    ) -> Any:
        """Send a mutation and return its data.

        Each of its fields gets a request id, so it is sent again if its answer was lost, and is stored once. With
        `repeatable=False` the text stays as it is, and is sent again only if it surely did not arrive.
        """
        return self._done(self.core.mutate(text, variables or {}, operationName=operation, repeatable=repeatable))

    # Lists -----------------------------------------------------------------------------------------------------------

    def pages(self, field: str, fields: str, **given: Any) -> Iterator[list[Any]]:
        """Yield the pages of a connection at the root, each a list of rows. One page is held at a time.

        `fields` is what is selected of each row. `where` and `orderBy` are texts in GraphQL, or Python values; `first`, the
        rows of a page, is 100. Other arguments are those of the field, such as `asOf`.
        """
        yield from self._pages(asking.pages(field, fields, given))

    def rows(
        self, text: str, path: asking.Path, variables: Variables | None = None, *, operation: str | None = None
    ) -> Iterator[Any]:
        """Yield the rows of the list at a path of a document, over all pages if it is a connection.

        The document declares `$after: String`, and selects `pageInfo { hasNextPage endCursor }` beside `nodes` or `edges`.
        """
        for page in self._pages(asking.rows(text, path, variables, operation)):
            yield from page

    def _pages(self, of: asking.Reading) -> Iterator[list[Any]]:
        while (body := of.body) is not None:
            yield of.take(self._done(self.core.query(body)))

    def frame(
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
        for page in self._pages(of):
            made.add(page)
        return made.done()

    def network(self, *, to: networks.Library = "networkx", **given: Any) -> Any:
        """Return the network of a city's leaders as a graph of networkx or igraph; see `networks.Wanted` for the arguments."""
        networks.check(to)
        wanted = networks.Wanted(**given)
        return networks.built(self.query(wanted.text, wanted.variables), wanted, to)

    # Events ----------------------------------------------------------------------------------------------------------

    def end_of_log(self) -> str:
        """Return the cursor of the end of the log: what is written from now on comes after it."""
        return self._done(self.core.end_of_log())

    def subscribe(
        self, text: str, variables: Variables | None = None, *, operation: str | None = None
    ) -> Iterator[Any]:
        """Yield the data of each event of a subscription, until the iterator is closed.

        If the connection is lost, it goes on after the last event, if the document declares `$after` and selects `cursor`.
        Raise GraphQLErrors, StreamEnded, or TransportError if the server stays away.
        """
        stream = Stream(self.core, asking.question(text, variables, operation))
        while True:
            if stream.needs_place:
                stream.begin_at(self.end_of_log())
            with closing(listened(stream, self.timeout, self._verify)) as events:
                yield from events
            if stream.over:
                return
            time.sleep(stream.pause())

    # Uploads ---------------------------------------------------------------------------------------------------------

    def upload(
        self,
        field: str,
        rows: Iterable[Mapping[str, Any]] | str | Path,
        *,
        progress: Callable[[Progress], None] | None = None,
        **given: Any,
    ) -> Uploaded:
        """Write rows by a mutation such as `upsertVisits`, in batches; see `uploads.Upload` for the arguments.

        Return what was written, and the problem of each row that was refused. Raise `UploadStopped`, which says how to go on, if
        the server stays away.
        """
        upload = Upload(field, rows, **given)
        for step in upload.parts(self.core):
            done = self._done(step)
            if progress is not None and done is not None:
                progress(done)
        return upload.result
