"""Comparing texts in the order of code points. In: an operand. Out: the parameter that such a comparison needs.

Neo4j sorts and indexes texts by code points, but without an index it compares by UTF-16 units. The two orders differ only if
the first different characters are one from U+E000 to U+FFFF and one above U+FFFF.
"""

from itertools import islice
from typing import Any

FIRST, ASTRAL = "\ue000", "\U00010000"
MOST, WITHIN = 20, 1_000
"""Only the first 20 such characters among the first 1,000 of an operand are corrected for, which bounds the statement's work."""


def is_high(value: Any) -> bool:
    """Whether the two orders can differ for this operand: it has a character from U+E000 on."""
    return isinstance(value, str) and not value.isascii() and max(value) >= FIRST


def operand(text: str) -> dict[str, Any]:
    """Return an operand as a map: its `text`, and the ranges of texts that UTF-16 puts on the wrong side of it.

    `before`: ranges that come before it by code points, each [prefix, least text]. `behind`: ranges that come after it, each
    [prefix, least text, first text beyond].
    """
    high = [(text[:at], char) for at, char in enumerate(text[:WITHIN]) if char >= FIRST]
    before = ([begins, begins + FIRST] for begins, char in high if char >= ASTRAL)
    behind = ([begins, begins + ASTRAL, begins + FIRST] for begins, char in high if char < ASTRAL)
    return {"text": text, "before": list(islice(before, MOST)), "behind": list(islice(behind, MOST))}
