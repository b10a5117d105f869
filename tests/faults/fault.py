"""One planted fault. In: nothing. Out: Fault."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault: a stage, what goes wrong, and the replacement of a text that occurs once in a file."""

    stage: str
    says: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
