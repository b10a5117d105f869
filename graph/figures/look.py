"""Colours, lines and sizes of all figures. In: nothing. Out: values, and the contrast of two colours.

Nothing is told by colour alone: groups have a shape and a letter, kinds of ties a line, so figures can be read in grey.
"""

from dataclasses import dataclass

PAPER, INK, QUIET, GRID = "#ffffff", "#1b1f24", "#4a5058", "#e3e6ea"
HULL, HULL_EDGE = "#edf1f7", "#737b84"
SEA, LAND, COAST = "#ffffff", "#eceee8", "#a9afa3"
TITLE, BODY, SMALL = 22.0, 13.0, 11.0
"""Sizes of text in pixels."""


@dataclass(frozen=True)
class Line:
    """How a kind of tie is drawn: colour, width in pixels, and dashes as in SVG."""

    colour: str
    width: float
    dashes: str | None = None


ONE_WAY, MUTUAL, EITHER = Line("#7b8189", 0.9), Line("#565d65", 1.7), Line("#767c84", 1.1)
NEW, KEPT = Line("#0b5394", 2.4), Line("#7b8189", 1.0)
LOST, NOT_KNOWN = Line("#a83c00", 1.8, "7 4"), Line("#6b7178", 1.6, "1.5 4")
ADDED = Line("#0b6b57", 3.0, "9 4")
DIRECT, SECOND_HAND, ALL = Line("#0b5394", 2.0, "9 4"), Line("#a83c00", 2.0, "2 4"), Line(INK, 2.6)
LINK = "#5c636b"
VISITOR, HOST = "#0b5394", "#f2d04a"
"""Of circles and squares, whose outline is ink."""


@dataclass(frozen=True)
class Style:
    """How a group is drawn: a shape, its fill, and the colour of the letter on it. The outline is always ink."""

    shape: str
    fill: str
    letter: str


STYLES = (
    Style("circle", "#0b5394", PAPER),
    Style("square", "#f2d04a", INK),
    Style("triangle", "#00664b", PAPER),
    Style("diamond", "#a9d8f2", INK),
    Style("hexagon", "#a83c00", PAPER),
    Style("down", "#f4bcd7", INK),
    Style("pentagon", "#7a2a6b", PAPER),
    Style("octagon", "#d5dbc0", INK),
)
"""After Okabe and Ito, Color universal design, 2008, made darker or lighter so that letters can be read on them."""
PLAIN = Style("circle", PAPER, INK)
"""Of people without a group."""
