"""Runs of the feed of trips in processes that can be killed. In: an address, a folder and the time; tables on standard input.

Each line of input is a table as JSON. A child is forked for it, which tells its id and then each step of its run.
"""

import asyncio
import json
import os
import sys
import traceback
from datetime import datetime
from pathlib import Path

from graph.bolt.connect import Address
from graph.bolt.write import open_writer
from graph.facts.write import Stamp
from graph.load import held, spool
from graph.load.feed import Feed
from graph.load.feeding import run_feed
from graph.load.graves import Means
from schema.model import model
from tests.conftest import SECRET
from tests.feeds.trips import NAME, Names, Table, Trips, source_row

LEASE = 300
"""Milliseconds after which the next run may begin, so that the test need not wait for a minute."""
AT_ONCE = 20


def tell(stage: str, done: int, of: int | None) -> None:
    print(f"{stage} {done}", flush=True)


async def run(address: Address, spools: Path, now: datetime, rows: list[dict[str, object]]) -> None:
    async with open_writer(address) as writer:
        means = Means(writer, model(), Names(), Stamp(SECRET, now, "feed"), lambda: now)
        await run_feed(
            Feed(NAME, Trips(), source_row),
            Table(rows, page=AT_ONCE),
            means,
            spools,
            accept=True,
            progress=tell,
        )


def run_and_end(address: Address, spools: str, now: str, rows: list[dict[str, object]]) -> None:
    """Run in this process, and end it."""
    print(f"pid {os.getpid()}", flush=True)
    try:
        asyncio.run(run(address, Path(spools), datetime.fromisoformat(now), rows))
        print("ended 0", flush=True)
    except BaseException:
        traceback.print_exc()
        print("failed 0", flush=True)
    os._exit(0)


def main(uri: str, password: str, spools: str, now: str) -> None:
    held.LEASE, spool.AT_ONCE = LEASE, AT_ONCE
    for line in sys.stdin:
        child = os.fork()
        if not child:
            run_and_end(Address(uri, "neo4j", password), spools, now, json.loads(line))
        os.waitpid(child, 0)
        print("over 0", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
