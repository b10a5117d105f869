"""Texts in the order of code points, as they are sorted and indexed. In: an operand. Out: what a comparison with it needs.

Neo4j compares a stored text with a parameter by units of UTF-16 where no index does it. That is another order only where two
texts first differ by a character from U+E000 to U+FFFF in the one and a higher one in the other.
"""

from itertools import islice
from typing import Any

FIRST, ASTRAL = "\ue000", "\U00010000"
MOST, WITHIN = 20, 1_000
"""How many such characters of a text are heeded, and among how many of its first: one operand may stand in many places."""


def is_high(value: Any) -> bool:
    """Whether a comparison with this value needs care: a text with a character from U+E000 on."""
    return isinstance(value, str) and not value.isascii() and max(value) >= FIRST


def operand(text: str) -> dict[str, Any]:
    """Return a text with the texts that UTF-16 puts on its wrong side, as beginnings and bounds in the order of UTF-16.

    `before` are those that come before it by code points: [beginning, least]. `behind` are those that come behind it:
    [beginning, least, first that is beyond].
    """
    high = [(text[:at], char) for at, char in enumerate(text[:WITHIN]) if char >= FIRST]
    before = ([begins, begins + FIRST] for begins, char in high if char >= ASTRAL)
    behind = ([begins, begins + ASTRAL, begins + FIRST] for begins, char in high if char < ASTRAL)
    return {"text": text, "before": list(islice(before, MOST)), "behind": list(islice(behind, MOST))}
