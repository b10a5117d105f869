"""Requests that are repeated. In: a writer, the id that he gave a request, its body. Out: the first answer, if there was one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph.bolt.write import Unit
from graph.cypher import upserts as cypher
from graph.errors import BadUserInput, Conflict

LONGEST = 200


@dataclass(frozen=True)
class Request:
    """A request that may be repeated: a digest of writer and id, and one of everything that it asks for."""

    key: str
    body: str

    def answered(self, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
        """Return the answer to this request among the known ones by key, None if it is new.

        Raise Conflict if the id belongs to another request.
        """
        stored = known.get(self.key)
        if stored is None:
            return None
        if stored["digest"] != self.body:
            raise Conflict("This `requestId` belongs to another request. Use a new id for each request.")
        first: dict[str, Any] = orjson.loads(stored["answer"])
        return first

    async def keep(self, unit: Unit, answer: dict[str, Any], now: datetime) -> None:
        """Remember the answer, in the transaction of the write."""
        await unit.tell(
            cypher.KEEP_REQUEST, key=self.key, digest=self.body, answer=orjson.dumps(answer).decode(), now=now
        )


def request(actor: str, id_: str | None, *body: Any) -> Request | None:
    """Name a request; None if its writer gave no id. Raise BadUserInput if the id is too long."""
    if id_ is None:
        return None
    if not 1 <= len(id_) <= LONGEST:
        raise BadUserInput(f"`requestId` has {len(id_):,} characters; accepted are 1 to {LONGEST}.")
    return Request(_digest(actor, id_), _digest(*body))


def _digest(*parts: Any) -> str:
    return hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()
