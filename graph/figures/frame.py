"""The sheet of a figure. In: a title, what is drawn, a legend, a caption. Out: the bytes of the SVG, with nothing cut off."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from graph.figures.caption import LICENCE
from graph.figures.geometry import Box
from graph.figures.look import BODY, INK, PAPER, QUIET, TITLE
from graph.figures.svg import node, picture, written
from graph.figures.text import lines

MARGIN, LEGEND, SAMPLE, LEADING = 24.0, 236.0, 40.0, 1.4


@dataclass(frozen=True)
class Entry:
    """A line of the legend: a sample that is drawn around (20, 0), and what it means; without a sample it is a heading."""

    sample: tuple[Xml.Element, ...]
    text: str


@dataclass(frozen=True)
class Sheet:
    """A figure before it is written. What is drawn lies in `box`; `key` begins the ids inside."""

    title: str
    about: str
    box: Box
    drawn: Sequence[Xml.Element]
    legend: Sequence[Entry]
    caption: Sequence[str]
    key: str


def drawing(wide: float, tall: float, title: str) -> Box:
    """Return the box of a drawing of this size below its title."""
    top = MARGIN + len(lines(title, TITLE, wide + LEGEND)) * TITLE * LEADING
    return Box(MARGIN, top, MARGIN + wide, top + tall)


def key(*given: object) -> str:
    """Return a word that differs between figures of different data."""
    return "f" + hashlib.sha256(repr(given).encode("utf-8", "backslashreplace")).hexdigest()[:10]


def sheet(given: Sheet) -> bytes:
    """Write the figure: title above, legend at the right, caption and licence below; the licence also as metadata."""
    wide = given.box.right + MARGIN + LEGEND + MARGIN
    title = [
        _text(line, MARGIN, MARGIN + TITLE * (0.8 + LEADING * at), TITLE, INK)
        for at, line in enumerate(lines(given.title, TITLE, wide - 2 * MARGIN))
    ]
    legend, bottom = _legend(given.legend, given.box.right + MARGIN, given.box.top + BODY)
    y = max(given.box.bottom, bottom) + MARGIN
    below = []
    for sentence in (*given.caption, LICENCE):
        for line in lines(sentence, BODY, wide - 2 * MARGIN):
            below.append(_text(line, MARGIN, y, BODY, INK))
            y += BODY * LEADING
    height = y + MARGIN - BODY * 0.4
    root = picture(
        (wide, height),
        given.title,
        " ".join((given.about, *given.caption)),
        given.key,
        [
            node("metadata", f"{given.title} — {LICENCE}"),
            node("rect", width=wide, height=height, fill=PAPER),
            node("g", *title, aria_hidden="true"),
            node("g", *given.drawn),
            node("g", *legend, role="group", aria_label="Legend"),
            node("g", *below, role="group", aria_label="Caption"),
        ],
    )
    return written(root)


def _legend(entries: Sequence[Entry], left: float, y: float) -> tuple[list[Xml.Element], float]:
    made = []
    for entry in entries:
        inset = SAMPLE + 6 if entry.sample else 0.0
        y += 0.0 if entry.sample else BODY * 0.6
        if entry.sample:
            made.append(node("g", *entry.sample, transform=f"translate({left:.2f} {y:.2f})"))
        for line in lines(entry.text, BODY, LEGEND - inset):
            made.append(_text(line, left + inset, y + BODY * 0.36, BODY, INK if entry.sample else QUIET))
            y += BODY * LEADING
        y += 5
    return made, y


def _text(text: str, x: float, y: float, size: float, colour: str) -> Xml.Element:
    return node("text", text, x=x, y=y, font_size=size, fill=colour)
