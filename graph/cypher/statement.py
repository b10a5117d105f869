"""A whole statement. In: text made of fragments. Out: a Statement, whose only parameter is the map `q`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """The text of a statement."""

    text: str


def profiled(statement: Statement) -> Statement:
    """Ask the database to report its work for a statement. For the operator's command line only."""
    return Statement(f"PROFILE {statement.text}")
