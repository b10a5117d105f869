"""Where labels stand. In: marks with their names, in order of importance. Out: a place for each label that covers nothing.

A label without room is left out: its mark still has it as a title. No label leaves the box or is shortened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from graph.figures.geometry import Box, Point
from graph.figures.look import INK, PAPER
from graph.figures.svg import node
from graph.figures.text import width

CELL = 64.0


@dataclass(frozen=True)
class Wanted:
    """A label that a mark wants: its key, the text, the middle of the mark and its radius in pixels."""

    key: str
    text: str
    at: Point
    radius: float


def placed(
    wanted: Sequence[Wanted],
    marks: Iterable[tuple[Point, float]],
    box: Box,
    size: float,
    rooms: Iterable[Box] = (),
    *,
    before: bool = False,
) -> dict[str, Xml.Element]:
    """Return the labels that have room, by key. Earlier ones come first; nothing covers the marks and the rooms given.

    A label stands after its mark if it can, or before it if that is asked for.
    """
    taken = _Taken()
    for room in rooms:
        taken.add(room)
    for (x, y), radius in marks:
        taken.add(Box(x - radius, y - radius, x + radius, y + radius))
    made = {}
    for each in wanted:
        for anchor, x, y, room in _candidates(each, size, before):
            if box.holds(room) and not taken.meets(room):
                taken.add(room)
                made[each.key] = label(each.text, (x, y), size, anchor)
                break
    return made


def label(text: str, at: Point, size: float, anchor: str = "start") -> Xml.Element:
    """Return text with a light edge, so that it can be read on lines."""
    return node("text", text, x=at[0], y=at[1], font_size=size, text_anchor=anchor, fill=INK,
        stroke=PAPER, stroke_width=3, stroke_linejoin="round", paint_order="stroke",
    )  # fmt: skip


def _candidates(each: Wanted, size: float, before: bool) -> Iterable[tuple[str, float, float, Box]]:
    (x, y), wide, tall = each.at, width(each.text, size), size * 1.15
    for gap in (2.0, 6.0):
        off, slant = each.radius + gap, each.radius * 0.7 + gap
        sides = [
            ("start", off, 0.0), ("end", -off, 0.0), ("middle", 0.0, -off - tall / 2), ("middle", 0.0, off + tall / 2),
            ("start", slant, -slant), ("start", slant, slant), ("end", -slant, -slant), ("end", -slant, slant),
        ]  # fmt: skip
        for anchor, dx, dy in sorted(sides, key=lambda side: side[0] != "end") if before else sides:
            left = x + dx - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            room = Box(left, y + dy - tall / 2, left + wide, y + dy + tall / 2)
            yield anchor, x + dx, y + dy + size * 0.36, room


class _Taken:
    """Boxes that are taken, found by the cells that they lie in."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for cell in self._of(box):
            self.cells.setdefault(cell, []).append(box)

    def meets(self, box: Box) -> bool:
        return any(box.meets(other) for cell in self._of(box) for other in self.cells.get(cell, ()))

    @staticmethod
    def _of(box: Box) -> list[tuple[int, int]]:
        across = range(int(box.left // CELL), int(box.right // CELL) + 1)
        down = range(int(box.top // CELL), int(box.bottom // CELL) + 1)
        return [(column, row) for column in across for row in down]


def left_out(shown: int, total: int) -> list[str]:
    """Say how many labels are shown, if not all are."""
    if shown == total:
        return []
    return [f"{shown:,} of {total:,} names have room here; every mark has its name as its title."]
