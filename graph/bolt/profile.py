"""Profiles of statements. In: a statement. Out: its operators with rows, database hits and indexes, as values or as text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from neo4j import READ_ACCESS, Query

from graph.bolt.codes import FAILURES, code
from graph.bolt.connect import Address, DatabaseUnavailable, open_driver
from graph.cypher.ddl import WORDS
from graph.cypher.statement import Statement, profiled

_INDEX = re.compile(r"(?:INDEX|UNIQUE) \w+:(\w+\([^)]*\))|(fulltext\.queryNodes)")


@dataclass(frozen=True)
class Operator:
    """One operator of a profile; `sources` are the operators that it gets its rows from."""

    name: str
    details: str
    rows: int
    hits: int
    sources: tuple["Operator", ...]

    def all(self) -> Iterator["Operator"]:
        """Yield this operator and every one below it."""
        yield self
        for source in self.sources:
            yield from source.all()

    @property
    def total(self) -> int:
        """Return the database hits of this operator and of all below it."""
        return sum(each.hits for each in self.all())

    @property
    def indexes(self) -> frozenset[str]:
        """Return the indexes that this operator and all below it read: `City(name, id)`, or the full-text index by its name."""
        matches = [match for each in self.all() for match in _INDEX.findall(each.details)]
        return frozenset(WORDS if words else index for index, words in matches)


def profile(address: Address, statement: Statement, parameters: dict[str, Any], seconds: float = 60) -> str:
    """Run a statement and return its operators as lines of text, the last operator first; raise DatabaseUnavailable."""
    return "\n".join(_lines(measure(address, statement, parameters, seconds), 0)) + "\n"


def measure(address: Address, statement: Statement, parameters: dict[str, Any], seconds: float = 60) -> Operator:
    """Run a statement and return its last operator; raise DatabaseUnavailable if it fails or takes more than `seconds`."""
    try:
        with (
            open_driver(address) as driver,
            driver.session(database=address.database, default_access_mode=READ_ACCESS) as session,
        ):
            asked = Query(profiled(statement).text, timeout=seconds)
            summary = session.run(asked, parameters).consume()
    except FAILURES as error:
        raise DatabaseUnavailable(f"The database could not profile the statement ({code(error)}).") from error
    return _operator(summary.profile or {})


def _lines(operator: Operator, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}{operator.name}  rows {operator.rows:,}  hits {operator.hits:,}  {operator.details}"
    for source in operator.sources:
        yield from _lines(source, depth + 1)


def _operator(plan: dict[str, Any]) -> Operator:
    arguments = plan.get("args", {})
    return Operator(
        name=plan.get("operatorType", "?").removesuffix("@neo4j"),
        details=arguments.get("Details", ""),
        rows=arguments.get("Rows", 0),
        hits=arguments.get("DbHits", 0),
        sources=tuple(_operator(child) for child in plan.get("children", [])),
    )
