"""The only way to make statement text. In: constant templates, names, parameters. Out: Fragments.

A fragment cannot be made of a value. Templates take fragments only, names are escaped, and values are parameters.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schema.language.kinds import Choice


@dataclass(frozen=True)
class Fragment:
    """A piece of trusted statement text."""

    text: str


def clause(template: str, **parts: Fragment) -> Fragment:
    """Fill the {holes} of a constant template with fragments. Raise TypeError for anything that is no fragment."""
    for name, part in parts.items():
        if not isinstance(part, Fragment):
            raise TypeError(f"{name} is {type(part).__name__}, not a Fragment: statement text is never made of values")
    return Fragment(template.format(**{name: part.text for name, part in parts.items()}))


def name(identifier: str) -> Fragment:
    """Write a label, relationship type, property or variable name, escaped if needed."""
    if identifier.isascii() and identifier.isidentifier():
        return Fragment(identifier)
    return Fragment("`" + identifier.replace("`", "``") + "`")


def param(key: str) -> Fragment:
    """Write a value of the map `$q`. One map is used because Neo4j replans separate parameters for each new size of a list."""
    return clause("$q.{key}", key=name(key))


def number(constant: int) -> Fragment:
    """Write a whole number that is a constant of ours. Numbers that a client gives are parameters."""
    return Fragment(str(int(constant)))


def word(choice: Choice) -> Fragment:
    """Write a word of a declared set. It is the name of a Python attribute, so it holds no quote."""
    return Fragment(f"'{choice.name}'")


def join(separator: str, parts: Iterable[Fragment]) -> Fragment:
    """Join fragments by a constant separator."""
    return Fragment(separator.join(part.text for part in parts))


EMPTY = Fragment("")
