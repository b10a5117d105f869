"""A generated graph: 100 people in each city, about 5 ties of trust for each person. In: a writer. Out: a filled database."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any

from graph.bolt.write import Unit, Writer
from graph.cypher import ddl
from graph.cypher.fragments import Fragment
from graph.facts.migrate import migrate
from schema.derived.constraints import Unique
from schema.model import FACT, model

CITIES, MORE_CITIES = 200, 2_000
PER_CITY, PER_PERSON, ABROAD, CLOSED = 100, 5, 0.2, 0.3
"""People are written city by city. One tie of trust in five leads to a person of any city, the others stay in the city."""
SECRET = b"the secret of the benchmarks, 32 bytes"
SECTORS = ("BUSINESS", "CIVIC", "ELECTED", "PUBLIC", "ACADEMIC")
NOW = datetime(2026, 1, 31, tzinfo=UTC)
BATCH = 20_000

# Rows are short lists, and the server adds what is equal in all of them: to send every property takes three times as long.
_ALIKE = (
    "id: id, key: id, marking: CASE WHEN closed THEN 2 ELSE 0 END, level: CASE WHEN closed THEN 2 ELSE 0 END, "
    "audience: CASE WHEN closed THEN '2:x-x-0' ELSE '0' END, confidence: 'UNVERIFIED', _digest: 'x', "
    "recordedAt: $q.now, updatedAt: $q.now"
)
_BEGUN = "since: toString(year), sinceDay: CASE WHEN year IS NOT NULL THEN date({year: year}) END"

CITY = "UNWIND $q.rows AS row WITH row[0] AS id, row[1] AS name, false AS closed CREATE (:City:Fact {name: name, %s})"
PERSON = (
    "UNWIND $q.rows AS row WITH row[0] AS id, row[1] AS name, row[2] AS closed, row[3] AS year, row[4] AS sector "
    "CREATE (:Person:Fact {name: name, kind: 'NAMED', sector: sector, %s, %s})"
)
_ENDS = (
    "UNWIND $q.rows AS row MATCH (a:Fact {id: row[0]}) MATCH (b:Fact {id: row[1]}) "
    "WITH a, b, row[2] AS closed, row[3] AS year, row[4] AS strength, '%s/' + row[0] + '/' + row[1] AS id "
)
LIVES_IN = _ENDS % "lives-in" + "CREATE (a)-[:LIVES_IN {%s}]->(b)"
TRUSTS = _ENDS % "trusts" + "CREATE (a)-[:TRUSTS {strength: strength, wave: 'wave/x', %s, %s}]->(b)"


async def fill(writer: Writer, cities: int = CITIES, seed: int = 1) -> None:
    """Write the generated graph into an empty database."""
    dice = random.Random(seed)
    people = cities * PER_CITY
    await writer.unit(lambda unit: unit.run(ddl.statement(Unique(FACT, "id"))))
    await _write(writer, CITY % _ALIKE, ([f"city/x-x-{n}", f"City {n:04}"] for n in range(cities)))
    await _write(writer, PERSON % (_BEGUN, _ALIKE), (person(n, dice) for n in range(people)))
    lives_in = ([f"person/{n}", f"city/x-x-{n // PER_CITY}", _closed(dice)] for n in range(people))
    await _write(writer, LIVES_IN % _ALIKE, lives_in)
    await _write(writer, TRUSTS % (_BEGUN, _ALIKE), trusts(people, dice))
    # Indexes are made last, because to fill them at once is faster than row by row.
    await migrate(writer, model(), SECRET)


async def _write(writer: Writer, text: str, rows: Iterator[list[Any]]) -> None:
    while batch := list(islice(rows, BATCH)):
        await writer.unit(partial(_unit, text=Fragment(text), rows=batch))


async def _unit(unit: Unit, text: Fragment, rows: list[list[Any]]) -> None:
    await unit.run(text, rows=rows, now=NOW)


def _closed(dice: random.Random) -> bool:
    """Draw whether a fact is AMBER: three in ten are, and the viewer of the benchmark belongs to their audience."""
    return dice.random() < CLOSED


def _year(dice: random.Random) -> int | None:
    """Draw the year of a fact: one in three has none."""
    return None if dice.random() < 0.33 else dice.randrange(1990, 2026)


def person(n: int, dice: random.Random) -> list[Any]:
    name = f"Person {dice.randrange(10**6):06} {n}"
    return [f"person/{n}", name, _closed(dice), _year(dice), dice.choice(SECTORS)]


def trusts(people: int, dice: random.Random) -> Iterator[list[Any]]:
    for n in range(people):
        home = n // PER_CITY * PER_CITY
        others = {_other(people, home, dice) for _ in range(dice.randint(2, 2 * PER_PERSON - 2))}
        for other in sorted(others):
            ends = [f"person/{n}", f"person/{other}"]
            yield [*ends, _closed(dice), dice.randrange(1990, 2026), dice.randint(1, 5)]


def _other(people: int, home: int, dice: random.Random) -> int:
    return dice.randrange(people) if dice.random() < ABROAD else home + dice.randrange(PER_CITY)
