"""Removing a feed. In: its name. Out: the feed and its runs are forgotten; its facts stay, or go too."""

from graph.bolt.write import Unit
from graph.cypher import feeds as cypher
from graph.cypher import matches
from graph.facts.rows import Problem
from graph.load.batch import SOURCE
from graph.load.graves import Graves, Means
from graph.load.held import held, rows_of


async def remove_feed(name: str, means: Means, *, facts: bool) -> tuple[int, list[Problem]]:
    """Forget a feed; with `facts` delete what it brought. Return how many facts were deleted, and why others stay.

    Raise FeedBusy. If facts stay because others refer to them, the feed stays too.
    """
    async with held(means.writer, name) as lock:
        graves, removed, stay = Graves(name, means, lock), 0, list[Problem]()
        if facts:
            now = means.clock()
            async for page in rows_of(means.writer, name):
                await graves.mark([row.id for row in page], now)
            async for buried in graves.bury(now):
                removed += buried.removed
                stay += buried.stay
            if stay:
                return removed, stay

        async def forget(unit: Unit) -> int:
            owners = await means.begun(unit, lock)
            sources = (
                [record["id"] for record in await unit.run(cypher.OWNED, owner=owners.of(SOURCE))] if facts else []
            )
            count, _ = await graves.removed(owners, [(id_, SOURCE) for id_ in sources])
            await unit.run(cypher.REMOVE, name=name)
            await unit.run(matches.FORGET_FEED, feed=name)
            return count

        for text in (cypher.REMOVE_ROWS, cypher.REMOVE_NAMES, cypher.REMOVE_RUNS):
            while (await means.writer.read(text, name=name))[0]["count"]:
                pass
        return removed + await means.writer.unit(forget), stay
