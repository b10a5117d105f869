"""A generated graph for measuring: 200 cities, 20,000 people, 100,000 ties of trust. In: a writer. Out: a filled database."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial

from graph.bolt.write import Unit, Writer
from graph.load.facts import Fact
from graph.load.files import RowFile
from graph.load.migrate import migrate
from graph.load.write import Stamp, write
from schema.model import model

CITIES, PEOPLE, TIES = 200, 20_000, 100_000
SECRET = b"the secret of the benchmarks, 32 bytes"
SECTORS = ("BUSINESS", "CIVIC", "ELECTED", "PUBLIC", "ACADEMIC")


def fill(writer: Writer, seed: int = 1) -> None:
    """Empty the database and write the generated graph: nothing of it is real."""
    migrate(writer, model(), SECRET)
    stamp = Stamp(SECRET, datetime(2026, 1, 31, tzinfo=UTC))
    for name, facts in _files(random.Random(seed)):
        file = RowFile(name, str(seed), (), ())
        writer.unit(partial(_write, file=file, facts=facts, stamp=stamp))


def _write(unit: Unit, file: RowFile, facts: list[Fact], stamp: Stamp) -> None:
    write(unit, file, facts, 0, stamp)


def _files(dice: random.Random) -> Iterator[tuple[str, list[Fact]]]:
    yield "bench-cities", [_node("City", f"city/x-x-{n}", name=f"City {n:03}") for n in range(CITIES)]
    people = [_person(n, dice) for n in range(PEOPLE)]
    yield "bench-people", people
    yield "bench-lives-in", [_lives_in(n, dice) for n in range(PEOPLE)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < TIES:
        pairs.add((dice.randrange(PEOPLE), dice.randrange(PEOPLE)))
    ordered = sorted(pairs)
    for begin in range(0, TIES, 20_000):
        yield f"bench-trusts-{begin}", [_trusts(a, b, dice) for a, b in ordered[begin : begin + 20_000]]


def _node(label: str, id_: str, **properties: object) -> Fact:
    stored = {"id": id_, "marking": 0, "audience": "0", "confidence": "SYNTHETIC", "_digest": "x", **properties}
    return Fact(0, label, id_, stored)


def _person(n: int, dice: random.Random) -> Fact:
    marking = _marking(dice)
    return _node("Person", f"person/{n}", name=f"Person {dice.randrange(10**6):06} {n}", kind="NAMED",
                 sector=dice.choice(SECTORS), **marking)  # fmt: skip


def _marking(dice: random.Random) -> dict[str, object]:
    """Three in ten facts are AMBER, and their audience admits the viewer of the benchmark."""
    return {"marking": 2, "audience": "2:x-x-0"} if dice.random() < 0.3 else {"marking": 0, "audience": "0"}


def _tie(type_: str, start: str, end: str, **properties: object) -> Fact:
    id_ = f"{type_.lower().replace('_', '-')}/{start}/{end}"
    stored = {"id": id_, "marking": 0, "audience": "0", "confidence": "SYNTHETIC", "_digest": "x", **properties}
    return Fact(0, type_, id_, stored, start=start, end=end)


def _lives_in(n: int, dice: random.Random) -> Fact:
    return _tie("LIVES_IN", f"person/{n}", f"city/x-x-{n % CITIES}", **_marking(dice))


def _trusts(a: int, b: int, dice: random.Random) -> Fact:
    day = date(dice.randrange(1990, 2026), 1, 1)
    return _tie("TRUSTS", f"person/{a}", f"person/{b}", strength=dice.randint(1, 5), wave="wave/x",
                since=str(day.year), sinceDay=day, **_marking(dice))  # fmt: skip


__all__ = ["CITIES", "PEOPLE", "TIES", "fill"]
