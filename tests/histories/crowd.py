"""Many writers on one city at the same time. In: a server, a token. Out: seconds of each write, and every error."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.histories.kinds import CITIES, SOURCE
from tests.soak.soak import quantile

WRITERS, WRITES = 200, 20
UPSERT = """mutation Note($rows: [VisitInput!]!, $id: ID) { done: upsertVisits(rows: $rows, requestId: $id) {
  created changed problems { code } nodes { id } } }"""


@dataclass
class Crowd:
    """What a crowd of writers saw."""

    seconds: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    took: float = 0.0

    @property
    def acknowledged(self) -> int:
        return len(self.seconds)

    @property
    def p99(self) -> float:
        """Seconds within which 99 of 100 writes were acknowledged."""
        return quantile(self.seconds, 0.99)

    def __str__(self) -> str:
        p50 = quantile(self.seconds, 0.5)
        return (
            f"{self.acknowledged} acknowledged in {self.took:.1f} s, {self.acknowledged / self.took:.0f} a second; "
            f"p50 {p50:.2f} s, p99 {self.p99:.2f} s, slowest {max(self.seconds, default=0):.2f} s; "
            f"refused: {dict(self.refused) or 'none'}"
        )


async def crowd(url: str, token: str, mark: str, writers: int = WRITERS, writes: int = WRITES) -> Crowd:
    """Let writers of one client upsert visits to one city at once, each with a connection of its own, without any retry."""
    seen, limits = Crowd(), httpx.Limits(max_connections=writers, max_keepalive_connections=writers)
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(limits=limits, headers=headers, timeout=60) as client:

        async def write(number: int) -> None:
            for at in range(writes):
                row: dict[str, Any] = {"kind": "MISSION", "status": "PLANNED", "since": "2031", "note": f"{at}"}
                row |= {"confidence": "VERIFIED", "sources": [SOURCE], "hosts": [{"to": CITIES[0], "stop": at + 1}]}
                given = {"rows": [row | {"key": {"title": f"{mark} {number}"}}], "id": f"{mark}-{number}-{at}"}
                begun = time.monotonic()
                told = await client.post(f"{url}/graphql", json={"query": UPSERT, "variables": given})
                done = (told.json().get("data") or {}).get("done") or {}
                if done.get("problems") == []:
                    seen.seconds.append(time.monotonic() - begun)
                else:
                    seen.refused[f"{told.status_code} {told.text[-200:]}"] += 1

        begun = time.monotonic()
        await asyncio.gather(*(write(number) for number in range(writers)))
        seen.took = time.monotonic() - begun
    return seen
