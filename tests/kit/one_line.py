"""A statement as it is sent. In: a statement laid out for people. Out: the same on one line.

It is written without the code that lays out, so that a test of the one by the other says something.
"""

import re

QUOTED = re.compile(r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`]|``)*`)""", re.DOTALL)


def on_one_line(laid: str) -> str:
    """Outside quotes make white space one space, and take it away inside of round and square brackets."""
    parts = QUOTED.split(laid)
    parts[::2] = [re.sub(r"(?<=[\[(]) | (?=[\])])", "", re.sub(r"\s+", " ", part)) for part in parts[::2]]
    return "".join(parts)


def tokens(text: str) -> list[str]:
    """List the words, signs and quoted texts of a statement."""
    parts = [[part] if QUOTED.match(part) else re.findall(r"\w+|\S", part) for part in QUOTED.split(text)]
    return [token for part in parts for token in part]
