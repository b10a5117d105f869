"""Where a fact comes from. In: the id of a fact. Out: the feed and record that brought it, the runs that wrote it, sources."""

from dataclasses import dataclass, field

from graph.bolt.write import Writer
from graph.cypher import feeds as cypher
from graph.facts.write import Stamp
from graph.load.batch import SOURCE
from graph.load.feed import Run, run
from schema.model import Model


@dataclass(frozen=True)
class Cited:
    """A source that a fact cites."""

    id: str
    title: str
    licence: str | None


@dataclass(frozen=True)
class Origin:
    """Where a fact comes from. Without `feed`, no feed brought it, or somebody else has stated it since.

    `key` is that of the record; None for the source of the feed itself. `made` and `last` are the numbers of the runs that wrote
    the record first and last, 0 if that was not noted. `runs` are those of them that the ledger still has.
    """

    cited: tuple[Cited, ...]
    feed: str | None = None
    key: str | None = None
    made: int = 0
    last: int = 0
    runs: tuple[Run, ...] = field(default=())


async def origin(writer: Writer, id_: str, model: Model, stamp: Stamp) -> Origin | None:
    """Find where a fact comes from; None if there is no such fact. Nothing is asked of who may see it."""
    types = {spec.prefix: spec.type for spec in model.relationships.values()}
    type_ = None if model.concept_of_id(id_) else types.get(id_.partition("/")[0])
    found = await writer.read(cypher.origin(type_), key=stamp.key(id_))
    if not found:
        return None
    cited = tuple(Cited(each["id"], each.get("title") or "", each.get("licence")) for each in found[0]["sources"])
    feed, _, row = (found[0]["owner"] or "").partition("/")
    if not feed:
        return Origin(cited)
    if row == SOURCE:
        return Origin(cited, feed)
    (stored,) = await writer.read(cypher.ROWS_OF, ids=[row]) or [{}]
    numbers = sorted({stored.get("made") or 0, stored.get("run") or 0} - {0})
    ledger = await writer.read(cypher.RUNS_NUMBERED, name=feed, numbers=numbers)
    runs = tuple(run(record["run"]) for record in ledger)
    return Origin(cited, feed, stored.get("key"), stored.get("made") or 0, stored.get("run") or 0, runs)
