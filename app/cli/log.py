"""`citygraph log`. In: a cursor. Out: the events of the log as the operator of the database sees them, with actors."""

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.bolt.read import Reader
    from graph.events.cursor import LogCursors, Position
    from graph.events.event import Event

PAGE = 500
EVERY = 0.5
"""Seconds between two looks at the log while it is followed."""


def log(
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Go on and print events as they come; Ctrl-C ends it.")
    ] = False,
    after: Annotated[
        str | None, typer.Option(help="Cursor after which to begin, as an earlier call printed it.")
    ] = None,
    last: Annotated[
        int, typer.Option(min=0, max=10_000, help="How many events to begin with if there is no cursor.")
    ] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line, each with its cursor.")] = False,
    synthetic: Annotated[bool, typer.Option("--synthetic", help="Show events of made-up facts too.")] = False,
) -> None:
    """Print the event log: what was created and changed, when and by whom. It holds ids and names of fields, no values."""
    from app.cli.settings import local_settings
    from app.cli.starting import started
    from app.start.database import key_secret
    from graph.bolt.connect import open_async_driver
    from graph.bolt.read import Reader, Sessions
    from graph.events.cursor import OPERATOR, LogCursors

    settings = local_settings()
    cursors = LogCursors(key_secret(settings))
    printer = Printer(cursors, as_json=as_json, synthetic=synthetic)
    if after is not None:
        printer.position = cursors.open(after, OPERATOR)

    async def work() -> None:
        async with Sessions(open_async_driver(address, 2), address.database) as sessions:
            reader = Reader(sessions, settings.statement_seconds)
            if after is None:
                await printer.begin(reader, last)
            await printer.go_on(reader, follow=follow)

    with started(settings) as address:
        try:
            asyncio.run(work())
        except (KeyboardInterrupt, BrokenPipeError):
            pass
        finally:
            printer.tell_cursor()


class Printer:
    """Prints events, and knows the place after the last one."""

    def __init__(self, cursors: "LogCursors", *, as_json: bool, synthetic: bool) -> None:
        self.position: Position | None = None
        self._cursors, self._as_json, self._synthetic = cursors, as_json, synthetic

    async def begin(self, reader: "Reader", last: int) -> None:
        """Print the last events."""
        from graph.events.read import head, read_all_latest

        self.position = end = await head(reader)
        if last:
            events = await read_all_latest(reader, last, synthetic=self._synthetic)
            self._print((event for event in reversed(events) if event.seq <= end.seq), end.mark)

    async def go_on(self, reader: "Reader", *, follow: bool) -> None:
        """Print what comes after the place. With `follow`, wait for more, also while the database is away."""
        from graph.errors import TimedOut, Unavailable
        from graph.events.cursor import Position
        from graph.events.read import read_all

        told = False
        while True:
            try:
                page = await read_all(reader, self.position or Position(), PAGE, synthetic=self._synthetic)
            except (TimedOut, Unavailable) as error:
                if not follow:
                    raise
                if not told:
                    print(f"citygraph: {error.message} Waiting for it.", file=sys.stderr, flush=True)
                told = True
                await asyncio.sleep(EVERY)
                continue
            told = False
            self._print(page.events, page.position.mark)
            self.position = page.position
            if not page.full:
                if not follow:
                    return
                await asyncio.sleep(EVERY)

    def tell_cursor(self) -> None:
        """Print the cursor after which a later call goes on."""
        from graph.events.cursor import OPERATOR

        if self.position is not None:
            again = self._cursors.seal(self.position, OPERATOR)
            print(f"citygraph: go on with: citygraph log --after {again}", file=sys.stderr, flush=True)

    def _print(self, events: "Iterable[Event]", mark: bytes) -> None:
        for event in events:
            print(self._json(event, mark) if self._as_json else _line(event), flush=True)

    def _json(self, event: "Event", mark: bytes) -> str:
        import orjson

        from graph.events.cursor import OPERATOR, Position

        cursor = self._cursors.seal(Position(event.seq, mark), OPERATOR)
        return orjson.dumps({**event.shown(), "actor": event.actor, "seq": event.seq, "cursor": cursor}).decode()


def _line(event: "Event") -> str:
    from graph.events.event import written

    ends = f" ({event.start} -> {event.end})" if event.start else ""
    fields = f": {', '.join(event.fields)}" if event.fields else ""
    return f"{written(event.at)}  {event.actor}  {event.did:<7}  {event.of} {event.fact}{ends}{fields}"
