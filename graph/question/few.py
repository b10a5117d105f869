"""Which variables are few. In: the variables of a question. Out: whether it may be prepared at once, on the event loop."""

from collections.abc import Mapping
from typing import Any

SMALL = 200
LONG = 10_000
"""Most values in the variables of a question that is prepared at once, and most characters of one: more take milliseconds."""


def few(variables: Mapping[str, Any]) -> bool:
    """Whether variables hold few values, however they are nested. It looks at no more than that."""
    rest: list[Any] = [variables]
    seen = 0
    while rest and seen <= SMALL:
        value = rest.pop()
        seen += 1
        if isinstance(value, dict | list) and seen + len(value) <= SMALL:
            rest.extend(value.values() if isinstance(value, dict) else value)
        elif isinstance(value, dict | list) or (isinstance(value, str) and len(value) > LONG):
            return False
    return seen <= SMALL
