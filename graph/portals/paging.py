"""Reads pages so that nothing is missed or given twice while the source changes. In: a kind's pages. Out: Told.

By number: neighbouring pages share a row, so that rows which moved are seen. By link: each link is followed once.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from graph.load.records import Known, Record, SourceFailed, Take, Told

RESTARTS = 3
"""How often reading begins anew because the source changed."""


@dataclass(frozen=True)
class Page:
    """Records with what tells each from all others, and what the server says of the whole.

    `more` is whether the server says that there is more; None if it does not say. `link` leads to the next page, if there is one.
    """

    records: Sequence[Record]
    keys: Sequence[str]
    total: int | None = None
    more: bool | None = None
    link: str | None = None


class Numbered(Protocol):
    """Pages by offset and count. `ordered` says that the order is unique and stays; `resumes`, that it may go on later."""

    size: int
    ordered: bool
    resumes: bool

    async def page(self, offset: int, count: int) -> Page:
        """Return the records from an offset on; the server may give fewer."""
        ...

    async def count(self) -> int | None:
        """Ask how many records there are; None if the pages say it, or nobody does."""
        ...


class Linked(Protocol):
    """Pages that lead to the next one."""

    first: str

    async def page(self, url: str) -> Page:
        """Return the records of a page."""
        ...


@dataclass(frozen=True)
class Position:
    """Where reading can go on: rows before, the last of them, and how many rows there were said to be."""

    offset: int
    last: str

    def text(self) -> str:
        return json.dumps([self.offset, self.last])

    @classmethod
    def read(cls, text: str | None) -> "Position | None":
        """Read what `text` wrote; None if it is something else."""
        try:
            offset, last = json.loads(text or "null")
        except (ValueError, TypeError):
            return None
        return cls(offset, last) if isinstance(offset, int) and isinstance(last, str) and offset > 0 else None


class Tally:
    """Counts what came, and notices what should not: a page that comes again, keys that come twice, totals that change."""

    def __init__(self, where: str, most: int) -> None:
        self._where, self._most = where, most
        self._keys: set[bytes] = set()
        self._pages: Counter[bytes] = Counter()
        self._asked = 0
        self.before = 0
        self.first: int | None = None
        self.total: int | None = None
        self.shrank = False
        self.problem = ""

    @property
    def seen(self) -> int:
        """How many different records came, with those of an interrupted reading before."""
        return self.before + len(self._keys)

    def note(self, problem: str) -> None:
        """Remember the first reason why the reading is not what the source holds."""
        self.problem = self.problem or problem

    def say(self, total: int | None) -> None:
        """Take what the server says of its number of records."""
        if total is None:
            return
        self.first = total if self.first is None else self.first
        self.shrank = self.shrank or (self.total is not None and total < self.total)
        self.total = total

    def ask(self) -> None:
        """Count a request for a page; raise SourceFailed if there are too many."""
        self._asked += 1
        if self._asked > self._most:
            raise SourceFailed(f"{self._where}: more than {self._most:,} pages, which is the limit of this feed.")

    def new_page(self, page: Page) -> None:
        """Take a page; raise SourceFailed if the very same came twice before. Once it may, if rows moved meanwhile."""
        self.say(page.total)
        if page.keys:
            mark = _digest("\0".join(page.keys))
            self._pages[mark] += 1
            if self._pages[mark] == 2:
                self.note(f"the page that begins with {page.keys[0]!r} came twice")
            if self._pages[mark] > 2:
                text = (
                    f"{self._where}: the server gives the same page again and again, so it does not page as it should. "
                )
                raise SourceFailed(f"{text}The page begins with {page.keys[0]!r}.")

    def fresh(self, page: Page) -> list[Record]:
        """Return the records that did not come before."""
        found = []
        for record, key in zip(page.records, page.keys, strict=True):
            mark = _digest(key)
            if mark in self._keys:
                self.note(f"the key {key!r} came twice")
            else:
                self._keys.add(mark)
                found.append(record)
        return found

    def close(self) -> str:
        """Say why records may be missing or too many; "" if all came that the source says it has."""
        if self.total is not None and self.seen != self.total:
            self.note(f"the source says that it has {self.total:,} records, and gave {self.seen:,} different ones")
        return self.problem


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).digest()


def row_key(values: Any) -> str:
    """Return what tells a row without an id from others: all that it says."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


async def read_numbered(pages: Numbered, where: str, most: int, known: Known, take: Take) -> Told:
    """Read pages by offset; begin anew, at most three times, when the source changes meanwhile."""
    start = Position.read(known.position) if pages.resumes else None
    if known.position is not None and start is None:
        await take((), None)
    outcome: tuple[int, int | None, str] | None = None
    for attempt in range(RESTARTS + 1):
        if attempt:
            await take((), None)
        tally = Tally(where, most)
        await _Walk(pages, tally, take, start).run()
        problem, start = tally.close(), None
        if not problem:
            return Told(total=tally.total)
        if outcome == (tally.seen, tally.total, problem):
            break  # twice the same: it is how the server is, and not a change meanwhile
        outcome = tally.seen, tally.total, problem
    return Told(total=tally.total, incomplete=f"{where}: {problem}.")


class _Walk:
    """One reading of all pages by offset."""

    def __init__(self, pages: Numbered, tally: Tally, take: Take, start: Position | None) -> None:
        self._pages, self._tally, self._take = pages, tally, take
        self._offset = tally.before = start.offset if start else 0
        self._last = start.last if start else None
        self._counted = -1

    async def run(self) -> None:
        tally = self._tally
        tally.say(await self._pages.count())
        while True:
            tally.ask()
            page = await self._next()
            if tally.before and tally.problem:
                break  # what was read before the interruption is no longer true
            if not page.keys and not page.more:
                if page.total is not None or not await self._grew():
                    break
            elif self._is_end(page) and not await self._grew():
                break
        if not self._pages.ordered and tally.first != tally.total:
            tally.note(f"its number of records changed from {tally.first} to {tally.total} while it was read")

    async def _next(self) -> Page:
        """Read the next page, and give what is new in it."""
        shared = 1 if self._pages.ordered and self._last is not None and self._pages.size > 1 else 0
        page = await self._pages.page(self._offset - shared, self._pages.size)
        self._tally.new_page(page)
        if shared:
            if page.keys[:1] == [self._last]:
                page = replace(page, records=page.records[1:], keys=page.keys[1:])
            else:
                self._tally.note("its rows moved while they were read")
        self._offset += len(page.keys) or (self._pages.size if page.more else 0)
        fresh = self._tally.fresh(page)
        if page.keys:
            self._last = page.keys[-1]
        if fresh:
            goes_on = self._pages.resumes and not self._tally.problem and self._last is not None
            await self._take(fresh, Position(self._offset, self._last or "").text() if goes_on else None)
        return page

    def _is_end(self, page: Page) -> bool:
        """Whether no page follows. A short page is no proof: servers give fewer rows than were asked for."""
        total = self._tally.total
        reached = total is not None and self._offset >= total
        if page.more is not None:
            return not page.more or (reached and not page.keys)
        return reached and not self._tally.shrank

    async def _grew(self) -> bool:
        """Ask anew for the number of records at the end; whether some were added behind those that were read."""
        total = await self._pages.count()
        self._tally.say(total)
        grew = total is not None and total > self._offset and self._counted != self._offset
        self._counted = self._offset
        return grew


async def read_linked(pages: Linked, where: str, most: int, known: Known, take: Take) -> Told:
    """Read pages by their links; begin anew, at most three times, when the source changes meanwhile."""
    outcome: tuple[int, int | None, str] | None = None
    for attempt in range(RESTARTS + 1):
        if attempt or known.position is not None:
            await take((), None)
        tally = Tally(where, most)
        await _follow(pages, tally, take)
        problem = tally.close()
        if not problem:
            return Told(total=tally.total)
        if outcome == (tally.seen, tally.total, problem):
            break
        outcome = tally.seen, tally.total, problem
    return Told(total=tally.total, incomplete=f"{where}: {problem}.")


async def _follow(pages: Linked, tally: Tally, take: Take) -> None:
    url: str | None = pages.first
    visited: set[str] = set()
    while url is not None:
        tally.ask()
        visited.add(url)
        page = await pages.page(url)
        tally.new_page(page)
        fresh = tally.fresh(page)
        if fresh:
            await take(fresh, None)
        if page.link in visited:
            raise SourceFailed(f"{url}: the link to the next page leads back to {page.link}.")
        url = page.link if page.keys or page.more else None
    if tally.first != tally.total:
        tally.note(f"its number of records changed from {tally.first} to {tally.total} while it was read")
