"""Administration of feeds. In: configs of feeds, and what the operator asks. Out: stored feeds, runs, reports."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.feeds.configs import read, source_of
from app.viewers.administration import Refused, meant
from graph.bolt.write import Writer
from graph.cypher import feeds as cypher
from graph.facts.rows import Problem
from graph.facts.write import Stamp, now
from graph.load.feed import Feed, Run, Stored
from graph.load.feeding import Progress, Report, run_feed, try_feed
from graph.load.graves import Means
from graph.load.held import feeds, runs
from graph.load.mapping import Config
from graph.load.origin import Origin, origin
from graph.load.records import Source
from graph.load.removal import remove_feed
from graph.matching.matcher import open_matcher
from graph.portals.limits import Limits
from schema.model import Model


@dataclass(frozen=True)
class Wish:
    """How a run is wanted: `accept` lets it take away and rename what it will, `trial` lets it write nothing."""

    accept: bool = False
    trial: bool = False


@dataclass(frozen=True)
class Feeds:
    """The feeds of one database. `spools` is the folder for what is read; `private` allows private addresses.

    `room` raises if the disk of the database has no room for so many records.
    """

    writer: Writer = field(repr=False)
    model: Model = field(repr=False)
    secret: bytes = field(repr=False)
    spools: Path
    private: bool = False
    room: Callable[[int], None] = field(default=lambda _: None, repr=False)

    async def add(self, path: Path) -> tuple[Config, bool]:
        """Store a feed, or the new config of one; return whether it is new. Raise WrongConfig, Refused."""
        config = read(path, self.model, limits=self._limits)
        source_of(config, self._limits)
        known = {each.name for each in await feeds(self.writer)}
        every = None if config.schedule is None else int(config.schedule.total_seconds() * 1000)
        await self._store(config, every)
        return config, config.feed not in known

    async def feeds(self) -> list[Stored]:
        """List all feeds."""
        return await feeds(self.writer)

    async def named(self, name: str) -> Stored:
        """Return a feed; raise Refused if there is none of this name."""
        every = {each.name: each for each in await feeds(self.writer)}
        if name not in every:
            raise Refused(f"There is no feed {name}.{meant(name, every)} `citygraph feed list` lists all.")
        return every[name]

    async def runs(self, name: str, most: int) -> list[Run]:
        """Return the last runs of a feed, the newest first."""
        await self.named(name)
        return list(await runs(self.writer, name, most))

    async def origin(self, fact: str) -> Origin:
        """Tell where a fact comes from; raise Refused if there is none with this id."""
        found = await origin(self.writer, fact, self.model, Stamp(self.secret, now(), ""))
        if found is None:
            raise Refused(f"There is no fact {fact}.")
        return found

    async def run(self, name: str, wish: Wish, progress: Progress) -> Report:
        """Run a stored feed, or tell what a run would do."""
        stored = await self.named(name)
        config = read(Path(stored.folder, stored.file), self.model, text=stored.config)
        return await self._run(config, source_of(config, self._limits), wish, progress)

    async def load(self, path: Path, file: Path, wish: Wish, progress: Progress) -> Report:
        """Run a feed over a file, which takes the place of the one in its config; the feed is stored if it is new."""
        config = read(path, self.model)
        source = config.open(file)
        if not wish.trial:
            await self._store(config, None)
        return await self._run(config, source, wish, progress)

    async def remove(self, name: str, *, facts: bool) -> tuple[int, list[Problem]]:
        """Forget a feed; with `facts` delete what it brought. Return how many facts were deleted, and why others stay."""
        await self.named(name)
        return await remove_feed(name, await self._means(name), facts=facts)

    @property
    def _limits(self) -> Limits:
        return Limits(private=self.private)

    async def _store(self, config: Config, every: int | None) -> None:
        path = config.path.absolute()
        values = {"config": config.text, "folder": str(path.parent), "file": path.name, "every": every}
        await self.writer.read(cypher.ADD, name=config.feed, now=now().isoformat(), **values)

    async def _run(self, config: Config, source: Source, wish: Wish, progress: Progress) -> Report:
        feed = Feed(config.feed, config.mapper, config.source_row, config.grace, config.stated)
        means = await self._means(config.feed)
        if wish.trial:
            return await try_feed(feed, source, means, self.spools, progress)
        return await run_feed(feed, source, means, self.spools, accept=wish.accept, progress=progress)

    async def _means(self, name: str) -> Means:
        matcher = await open_matcher(self.writer, self.model)
        return Means(self.writer, self.model, matcher, Stamp(self.secret, now(), f"feed:{name}"), now, self.room)
