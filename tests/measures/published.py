"""Published networks. In: the name of one of tests/measures/networks. Out: a Network, and columns of its people."""

import csv
from functools import cache
from pathlib import Path

from graph.measures.network import Network, Ties, network

FOLDER = Path(__file__).parent / "networks"
DIRECTED = ("ht_", "law_")


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def people(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of people, in the order of their ids, which are written with three digits."""
    return tuple(
        sorted(({**row, "id": row["id"].zfill(3)} for row in _rows(f"{name}.nodes")), key=lambda row: row["id"])
    )


@cache
def published(name: str, *, without: tuple[str, ...] = ()) -> Network:
    """Return a network, without the people of some names or ids."""
    ids = [row["id"] for row in people(name) if not {row["id"], row.get("name")} & {*without}]
    ties = [(row["source"].zfill(3), row["target"].zfill(3)) for row in _rows(f"{name}.edges")]
    made, _ = network(ids, ties, directed=name.startswith(DIRECTED))
    return made


def turned(given: Network) -> Network:
    """Return a network whose ties lead the other way."""
    return Network(given.people, Ties.of(sorted((end, start) for start, end in given.ties)), given.directed)


def column(name: str, of: str) -> list[str | None]:
    """Return a column of the people."""
    return [row[of] or None for row in people(name)]
