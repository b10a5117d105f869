"""The only way to make statement text. In: templates written in this package, names, parameters. Out: Fragments.

A fragment cannot be made of a value: templates take fragments only, names are escaped, values are parameters.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schema.language.kinds import Choice


@dataclass(frozen=True)
class Fragment:
    """A piece of trusted statement text."""

    text: str


def clause(template: str, **parts: Fragment) -> Fragment:
    """Fill a template, whose {holes} take fragments only; the template is a constant of this package."""
    for name, part in parts.items():
        if not isinstance(part, Fragment):
            raise TypeError(f"{name} is {type(part).__name__}, not a Fragment: statement text is never made of values")
    return Fragment(template.format(**{name: part.text for name, part in parts.items()}))


def name(identifier: str) -> Fragment:
    """Write a label, relationship type or property name, escaped where it needs it."""
    if identifier.isascii() and identifier.isidentifier():
        return Fragment(identifier)
    return Fragment("`" + identifier.replace("`", "``") + "`")


def param(key: str) -> Fragment:
    """Write a value of the one map of parameters: separate parameters would be planned again for each size."""
    return clause("$q.{key}", key=name(key))


def number(constant: int) -> Fragment:
    """Write a whole number that is a constant of the house; what a client gives is a parameter."""
    return Fragment(str(int(constant)))


def word(choice: Choice) -> Fragment:
    """Write a word of a declared set. It is the name of a Python attribute, so it holds no quote."""
    return Fragment(f"'{choice.name}'")


def join(separator: str, parts: Iterable[Fragment]) -> Fragment:
    """Join fragments by a separator that is a constant of this package."""
    return Fragment(separator.join(part.text for part in parts))


EMPTY = Fragment("")
