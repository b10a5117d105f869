"""What the database does for a statement, for the operator's command line. In: a statement. Out: its profile as lines."""

from collections.abc import Iterator
from typing import Any

from neo4j import READ_ACCESS, Query

from graph.bolt.codes import FAILURES, code
from graph.bolt.connect import Address, DatabaseUnavailable, open_driver
from graph.cypher.render import Statement, profiled


def profile(address: Address, statement: Statement, parameters: dict[str, Any], seconds: float = 60) -> str:
    """Run a statement and return its operators with rows and database hits, the last operator first.

    Raise DatabaseUnavailable where the database does not do it in this time.
    """
    try:
        with (
            open_driver(address) as driver,
            driver.session(database=address.database, default_access_mode=READ_ACCESS) as session,
        ):
            asked = Query(profiled(statement).text, timeout=seconds)
            summary = session.run(asked, parameters).consume()
    except FAILURES as error:
        raise DatabaseUnavailable(f"The database could not profile the statement ({code(error)}).") from error
    return "\n".join(_lines(summary.profile or {}, 0)) + "\n"


def _lines(operator: dict[str, Any], depth: int) -> Iterator[str]:
    arguments = operator.get("args", {})
    name = operator.get("operatorType", "?").removesuffix("@neo4j")
    yield (
        f"{'  ' * depth}{name}  rows {arguments.get('Rows', 0):,}  hits {arguments.get('DbHits', 0):,}"
        f"  {arguments.get('Details', '')}"
    )
    for child in operator.get("children", []):
        yield from _lines(child, depth + 1)
