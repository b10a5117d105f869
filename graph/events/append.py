"""Appending to the log. In: a transaction and what happened in it. Out: numbered events, stored if the transaction commits.

The sequence is locked until then, so it comes last. Numbers follow the order of commits; an aborted transaction leaves no gap.
The transaction notes which labels and types it touches: what the log tells outdates the answers that are kept.
"""

from collections.abc import Sequence
from datetime import datetime

from graph.bolt.write import Unit
from graph.cypher import events as cypher
from graph.events.event import Logged

BATCH = 5_000


async def append(unit: Unit, events: Sequence[Logged], now: datetime, actor: str) -> None:
    """Append events in their order, after every other write of the transaction."""
    if not events:
        return
    unit.touched.update(each.of for each in events)
    for at in range(0, len(events), BATCH):
        rows = [each.columns() for each in events[at : at + BATCH]]
        await unit.tell(cypher.APPEND, rows=rows, now=now, actor=actor)
