"""Requests per second over HTTP: our server against Strawberry's router with DataLoaders. In: a database. Out: rates.

Both servers and the client are processes of their own; both servers run under uvicorn with the same settings.
"""

import statistics
from dataclasses import dataclass

from bench.serving import LOADERS, OURS, put_load, server
from graph.bolt.connect import Address

ROUNDS, SECONDS, WARM_SECONDS = 15, 1.5, 6.0


@dataclass(frozen=True)
class Rates:
    """Requests per second of each round, the seconds that each answer took, and seconds from start to first answer.

    `client` is the share of a core that the client used.
    """

    ours: list[float]
    loaders: list[float]
    ours_took: list[float]
    loaders_took: list[float]
    client: float
    ours_ready: float
    loaders_ready: float

    @property
    def ratio(self) -> float:
        return statistics.median(self.ours) / statistics.median(self.loaders)


def measure(address: Address) -> Rates:
    """Run both servers and put load on them in turn."""
    rates: dict[str, list[float]] = {OURS: [], LOADERS: []}
    took: dict[str, list[float]] = {OURS: [], LOADERS: []}
    shares = []
    with server(OURS, address) as ours, server(LOADERS, address) as loaders:
        ports = {OURS: ours.port, LOADERS: loaders.port}
        for port in ports.values():
            put_load(port, WARM_SECONDS)
        for at in range(ROUNDS):
            for way in (OURS, LOADERS) if at % 2 else (LOADERS, OURS):
                result = put_load(ports[way], SECONDS)
                rates[way].append(result["answers"] / result["seconds"])
                took[way] += result["latencies"]
                shares.append(result["busy"] / result["seconds"])
    return Rates(
        rates[OURS], rates[LOADERS], took[OURS], took[LOADERS], statistics.fmean(shares), ours.ready, loaders.ready
    )
