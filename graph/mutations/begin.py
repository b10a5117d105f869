"""How a write begins: one statement locks and reads what is known to be needed. In: a write. Out: Began."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.access.rights import Rights
from graph.bolt.write import Unit
from graph.cypher import upserts as cypher
from graph.facts.found import Looked
from graph.mutations.requests import Request
from graph.mutations.writes import Write


@dataclass(frozen=True)
class Began:
    """The time of the last write, the answer if the request is a repeated one, and the facts that were read."""

    last: datetime | None
    answer: dict[str, Any] | None
    looked: Looked


async def begin(unit: Unit, write: Write | None, request: Request | None, rights: Rights) -> Began:
    """Make other writers wait, and read. Raise Conflict if the id of the request belongs to another one."""
    keys, named = (write.keys, write.named) if write else (frozenset[str](), frozenset[str]())
    (record,) = await unit.run(
        cypher.begin_write(),
        request=request and request.key,
        keys=list(keys),
        named=list(named),
        **rights.parameters(synthetic=True),
    )
    answer = request.answered(record["digest"], record["answer"]) if request else None
    last = None if record["last"] is None else record["last"].to_native()
    nodes = {node["id"]: node for node in record["nodes"]}
    return Began(last, answer, Looked(keys, nodes, named, frozenset(record["ids"])))
