"""Readers who ask all the time while facts are written: each page has every event up to its place, so none is ever missed."""

import asyncio
from threading import Thread
from typing import Any

from graph.bolt.connect import Address
from graph.bolt.write import Unit
from graph.events.read import Wanted, read
from graph.facts.diff import Diff
from tests.events.log import ANYONE, LESSON, Log, put_rows
from tests.kit.writer import blocking_writer

WRITES, EACH, READERS = 30, 3, 6


def test_a_page_never_ends_after_an_event_that_it_lacks(log: Log, address: Address) -> None:
    """Neo4j stores the number of the last event before the index entries of the events, and readers may come between."""

    def write() -> None:
        with asyncio.Runner() as runner, blocking_writer(address, runner) as writer:
            for at in range(WRITES):
                rows: list[dict[str, Any]] = [{**LESSON, "id": f"lesson/log-{at}-{n}"} for n in range(EACH)]

                async def work(unit: Unit, rows: list[dict[str, Any]] = rows) -> Diff:
                    return await put_rows(unit, *rows)

                writer.unit(work)

    async def follow() -> list[int]:
        """Return the numbers of all events, as one reader gets them page by page."""
        place, got = log.start, list[int]()
        while len(got) < WRITES * EACH and writing.is_alive():
            page = await read(log.reader, ANYONE, place, 1_000, Wanted())
            got += [event.seq for event in page.events]
            place = page.position
        rest = await read(log.reader, ANYONE, place, 1_000, Wanted())
        return got + [event.seq for event in rest.events]

    async def crowd() -> list[list[int]]:
        return await asyncio.gather(*(follow() for _ in range(READERS)))

    writing = Thread(target=write)
    writing.start()
    try:
        followed = log.runner.run(crowd())
    finally:
        writing.join()
    first = log.start.seq + 1
    assert followed == [list(range(first, first + WRITES * EACH))] * READERS
