"""What the names in the records of a feed meant when the facts were written. In: matches. Out: which names mean another fact.

So a change of a city concerns only the records that name it. A name with another meaning is another entry, so that each record
says with which meaning it was written, also after a run that was killed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from typing import Any

from graph.bolt.write import Unit, Writer
from graph.cypher import feeds as cypher
from graph.load.held import PAGE as ROWS
from graph.load.held import Held
from graph.matching.named import Match, Matcher, Named

PAGE = 2_000
"""Names that are matched again at once."""
MOST_CHANGED = 10_000
"""If more names mean something else, all records are mapped again."""
MOST_KNOWN = 100_000
"""Names of a run that are kept in memory, so that they are written once."""
FORGOTTEN = 10_000
"""Names that are deleted in one transaction."""
LEFT_OUT = ""
"""What a name means that a person left out."""


@dataclass(frozen=True)
class Meaning:
    """A name and the id of the fact that it means."""

    named: Named
    means: str

    def id(self, feed: str) -> str:
        """Return the id under which it is stored."""
        return hashlib.blake2b(f"{feed}\0{self.means}\0{self.told}".encode(), digest_size=12).hexdigest()

    @property
    def told(self) -> str:
        """Return the name as text."""
        return json.dumps(astuple(self.named))


@dataclass
class Names:
    """The names that a run writes; those that it wrote before are not written again.

    `dropped` says that a record lost a name, so that perhaps no record has it any more.
    """

    feed: str
    dropped: bool = False
    _known: set[str] = field(default_factory=set, repr=False)

    def of(self, matches: Mapping[Named, Match]) -> dict[str, Meaning]:
        """Return what names mean, by the ids under which it is stored; those that wait are left out."""
        every = (meaning(named, match) for named, match in matches.items())
        return {each.id(self.feed): each for each in every if each}

    async def put(self, unit: Unit, meanings: Mapping[str, Meaning]) -> None:
        """Store names with what they mean. Call `wrote` when the transaction is committed."""
        rows = [
            {"id": id_, "told": each.told, "means": each.means}
            for id_, each in sorted(meanings.items())
            if id_ not in self._known
        ]
        if rows:
            await unit.run(cypher.PUT_NAMES, rows=rows, name=self.feed)

    def wrote(self, ids: Iterable[str]) -> None:
        """Remember names that are stored."""
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        self._known.update(ids)


def meaning(named: Named, match: Match) -> Meaning | None:
    """Return what a name means; None if it waits for a person."""
    if match.id is None and not match.left_out:
        return None
    return Meaning(named, match.id or LEFT_OUT)


async def changed(writer: Writer, feed: str, matcher: Matcher) -> set[str] | None:
    """Return the ids of the stored names that mean something else now; None if they are too many to be told apart."""
    found, after = set[str](), ""
    while page := await writer.read(cypher.NAMES, name=feed, after=after, most=PAGE):
        after = page[-1]["id"]
        stored = {record["id"]: Meaning(_named(record["told"]), record["means"]) for record in page}
        matches = await matcher.match(None, {each.named for each in stored.values()})
        found |= {id_ for id_, each in stored.items() if meaning(each.named, matches[each.named]) != each}
        if len(found) > MOST_CHANGED:
            return None
    return found


async def forget_unused(lock: Held) -> int:
    """Delete the names that no record of a feed has any more; return how many."""
    writer, count, after = lock.writer, 0, ""
    while True:
        (page,) = await writer.read(cypher.NAME_IDS, name=lock.name, after=after, most=MOST_KNOWN)
        if not page["ids"]:
            return count
        after = page["ids"][-1]
        unused = sorted(await _unused(lock, page["ids"]))
        for first in range(0, len(unused), FORGOTTEN):
            ids = unused[first : first + FORGOTTEN]

            async def work(unit: Unit, ids: list[str] = ids) -> None:
                await lock.hold(unit)
                await unit.run(cypher.FORGET_NAMES, ids=ids)

            await writer.unit(work)
            count += len(ids)


async def _unused(lock: Held, ids: Iterable[str]) -> set[str]:
    """Return those of these names that no record has. All records are looked at, in pages."""
    unused, after = set(ids), ""
    while unused:
        (page,) = await lock.writer.read(cypher.MEANT, name=lock.name, after=after, most=ROWS)
        if page["last"] is None:
            break
        unused.difference_update(page["ids"])
        after = page["last"]
    return unused


def _named(told: str) -> Named:
    label, name, country, city, website, at, ids = json.loads(told)
    point: Any = None if at is None else tuple(at)
    return Named(label, name, country, city, website, point, tuple((prop, value) for prop, value in ids))
