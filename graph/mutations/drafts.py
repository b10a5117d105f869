"""Drafts as they are stored: rows that somebody may accept later. In: a transaction. Out: Draft."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import orjson

from graph.bolt.write import Unit
from graph.cypher import drafts as cypher
from graph.cypher.events import TICK
from graph.errors import Conflict
from graph.facts.change import Change
from schema.language.writes import END, KEY

PREFIX = "draft/"
OPEN, ACCEPTED, REFUSED = "OPEN", "ACCEPTED", "REFUSED"
LENGTH = 26
PLACE = re.compile(r"rows\[(\d+)\](?:\.(\w+)\[(\d+)\])?")


@dataclass(frozen=True)
class Draft:
    """A draft. `author` made it and `by` gave its present rows; both are owners, not keys. `root` is the field that writes it.

    `facts` are the nodes that it concerns and that exist, and `in_cities` are the cities that it names.
    Once it is decided on, `touched` tells type, level and audience of each fact that it concerned; None if that was not clear.
    """

    id: str
    author: str
    by: str
    root: str
    rows: str = field(repr=False)
    count: int
    facts: tuple[str, ...]
    in_cities: tuple[str, ...]
    created: datetime
    updated: datetime
    state: str = OPEN
    note: str | None = None
    decided_by: str | None = None
    touched: str | None = None

    @property
    def given(self) -> list[dict[str, Any]]:
        """Return the rows."""
        rows: list[dict[str, Any]] = orjson.loads(self.rows)
        return rows

    def require_open(self) -> None:
        """Raise Conflict if somebody has decided on the draft."""
        if self.state != OPEN:
            raise Conflict(f"Somebody has decided on this draft: it is {self.state}.")


NAMES = {"field": "root", "createdAt": "created", "updatedAt": "updated", "decidedBy": "decided_by"}
"""Columns that the code calls otherwise."""


async def read(unit: Unit, id_: str) -> Draft | None:
    """Read a draft; None if there is none."""
    for record in await unit.run(cypher.READ, id=id_):
        stored = {NAMES.get(key, key): value for key, value in record["stored"].items()}
        for name in ("created", "updated"):
            stored[name] = stored[name].to_native()
        return Draft(**stored | {"facts": tuple(stored["facts"]), "in_cities": tuple(stored["in_cities"])})
    return None


async def save(unit: Unit, draft: Draft) -> None:
    """Store a draft, in place of what was stored of it."""
    columns = {name: column for column, name in NAMES.items()}
    stored = {columns.get(name, name): value for name, value in asdict(draft).items()}
    # The next write is later than this one, as it is later than all that is logged.
    await unit.run(TICK, now=draft.updated)
    await unit.run(cypher.SAVE, stored=stored | {"facts": list(draft.facts), "in_cities": list(draft.in_cities)})


async def count_open(unit: Unit, author: str) -> int:
    """Count the open drafts of an author."""
    return sum([record["count"] for record in await unit.run(cypher.OPEN_OF, author=author)])


def new_id(seed: bytes) -> str:
    """Make the id of a new draft."""
    digest = hashlib.blake2b(b"draft", key=seed, digest_size=20).digest()
    return PREFIX + base64.b32encode(digest).decode().lower().rstrip("=")[:LENGTH]


def pinned(name: str, rows: Sequence[Mapping[str, Any]], changes: Sequence[Change], today: str) -> str:
    """Return rows as JSON in which facts that exist are named by id, so that every reader finds the same ones."""
    kept: list[dict[str, Any]] = orjson.loads(orjson.dumps(rows))
    for change in changes:
        place = PLACE.fullmatch(change.where)
        if change.before and place:
            row, route, at = place.groups()
            inner = kept[int(row)] if route is None else kept[int(row)][route][int(at)]
            inner |= {"id": change.id} if change.start else {} if "id" in inner else {KEY: {"id": change.id}}
    if name == END:
        kept = [{**row, "until": row.get("until") or today} for row in kept]
    return orjson.dumps(kept).decode()
