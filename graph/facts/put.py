"""How files and feeds write, and the lock that they share with mutations. In: a transaction and checked rows. Out: a Diff.

The good rows are written and the others are problems of the Diff; a caller that wants all rows or none raises.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from graph.bolt.write import Unit
from graph.cypher import facts as cypher
from graph.facts.check import Checked
from graph.facts.compare import compare
from graph.facts.decide import decide
from graph.facts.diff import Diff
from graph.facts.write import Stamp, write

STEP = timedelta(milliseconds=1)
"""The least time between two writes: times are stored in milliseconds."""


async def put_checked(unit: Unit, checked: Checked, stamp: Stamp) -> Diff:
    """Write facts whose rows were checked before, in a transaction that other writers wait for."""
    await lock(unit)
    return await write(unit, await decide(unit, checked, stamp.key), stamp)


async def preview_checked(unit: Unit, checked: Checked, stamp: Stamp, known: Collection[str] = ()) -> Diff:
    """Return the Diff that `put_checked` would return now if there were also the `known` facts; write nothing."""
    return await compare(unit, await decide(unit, checked, stamp.key, known=known), stamp)


async def lock(unit: Unit) -> None:
    """Make other writers wait until this transaction ends, because a decision must hold until it is written."""
    await unit.run(cypher.LOCK)


def moment(last: datetime | None, clock: Callable[[], datetime]) -> datetime:
    """Return the time of a write under the lock. It is later than that of the last one, which is `last`.

    The clock is read only now: whoever waited is later than those he waited for. Clocks of servers may differ, and two writes
    of one millisecond would have one time, by which `expectedUpdatedAt` could not tell them apart.
    """
    return clock() if last is None else max(clock(), last + STEP)


async def lock_at(unit: Unit, clock: Callable[[], datetime]) -> datetime:
    """Lock as `lock` does, and return the time of this write."""
    (record,) = await unit.run(cypher.LOCK_AND_LAST)
    return moment(None if record["last"] is None else record["last"].to_native(), clock)
