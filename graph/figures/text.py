"""How wide text is, and how it is broken into lines. In: text and its size. Out: pixels, lines.

The widths are those of Noto Sans, the font of the PNG; a viewer's own font may be a little wider, so they are rounded up.
"""

import unicodedata
from collections.abc import Iterable

ADVANCES = (
    260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572, 572, 572, 572, 572, 572, 572, 572,
    572, 572, 268, 268, 572, 572, 572, 434, 899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781,
    605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444, 281, 561, 615, 480, 615, 564, 344, 615,
    618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572,
)  # fmt: skip
"""Widths of the printable characters of ASCII, from the space on, in thousandths of the size."""
OTHER, WIDE = 650, 1000
MOST_INITIALS = 4
"""Letters of a name in capitals, such as UNDP, up to which it is taken for one."""
SLACK = 1.08
"""How much wider than Noto Sans the fonts of viewers are, such as DejaVu Sans."""


def words(value: str) -> str:
    """Return a value in capitals, such as FROM_30_TO_44, as words, as pages show it; a name stays as it is."""
    return value.lower().replace("_", " ") if value == value.upper() and len(value) > MOST_INITIALS else value


def width(text: str, size: float) -> float:
    """Return the pixels that a line of text needs."""
    return sum(map(_advance, unicodedata.normalize("NFC", text))) * size * SLACK / 1000


def _advance(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    base = unicodedata.normalize("NFD", character)[0]
    at = ord(base) - ord(" ")
    if 0 <= at < len(ADVANCES):
        return ADVANCES[at]
    return WIDE if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF else OTHER


def lines(text: str, size: float, most: float) -> list[str]:
    """Break text at spaces into lines of at most so many pixels; a longer word is broken inside."""
    made: list[str] = []
    for word in _pieces(text.split(), size, most):
        if made and width(f"{made[-1]} {word}", size) <= most:
            made[-1] += f" {word}"
        else:
            made.append(word)
    return made


def _pieces(words: Iterable[str], size: float, most: float) -> Iterable[str]:
    for word in words:
        piece = ""
        for character in word:
            if piece and width(piece + character, size) > most:
                yield piece
                piece = ""
            piece += character
        yield piece
