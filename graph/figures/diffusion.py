"""How a practice spread: adoptions by year, summed up. In: a Diffusion. Out: the bytes of an SVG.

All adoptions are one stepped line; those with a direct and those with a second-hand source have their own.
"""

import enum
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree as Xml

from graph.figures.caption import Facts, count, sentences
from graph.figures.frame import Entry, Sheet, drawing, key, sheet
from graph.figures.geometry import Box, Point
from graph.figures.labels import Wanted, left_out, placed
from graph.figures.look import ALL, DIRECT, GRID, HOST, INK, PAPER, QUIET, SECOND_HAND, SMALL, VISITOR, Line
from graph.figures.marks import focusable, sample, shaped, stroke
from graph.figures.scene import gathered
from graph.figures.svg import node, path

WIDE, TALL = 920.0, 520.0


class Source(enum.Enum):
    """Whether the adopting city had the practice from where it was first done, or from a place between."""

    DIRECT = "Direct source"
    SECOND_HAND = "Second-hand source"
    NOT_KNOWN = "Source not known"


@dataclass(frozen=True)
class Adoption:
    """A city that took up the practice: its year, if known, and where it had it from."""

    id: str
    label: str
    year: int | None
    source: Source = Source.NOT_KNOWN


@dataclass(frozen=True)
class Diffusion:
    """The adoptions of one practice. The facts say what counts as one."""

    facts: Facts
    adoptions: tuple[Adoption, ...]

    def __post_init__(self) -> None:
        if len({each.id for each in self.adoptions}) < len(self.adoptions):
            raise ValueError("Two adoptions have the same id.")
        object.__setattr__(self, "adoptions", tuple(sorted(self.adoptions, key=lambda each: each.id)))


LINES = {Source.DIRECT: DIRECT, Source.SECOND_HAND: SECOND_HAND}
MARKS = {
    Source.DIRECT: ("circle", VISITOR),
    Source.SECOND_HAND: ("square", HOST),
    Source.NOT_KNOWN: ("diamond", PAPER),
}


@dataclass(frozen=True)
class _Axes:
    """Years to the right, adoptions upwards, in a box of pixels."""

    box: Box
    first: int
    last: int
    most: int

    def at(self, year: float, adoptions: float) -> Point:
        return (
            self.box.left + (year - self.first) / (self.last - self.first) * self.box.width,
            self.box.bottom - adoptions / self.most * self.box.height,
        )


def curve(given: Diffusion, *sources: Source) -> tuple[tuple[int, int], ...]:
    """Return year and how many had adopted by its end, for each year with an adoption from these sources."""
    often = Counter(each.year for each in given.adoptions if each.year is not None and each.source in sources)
    made, total = [], 0
    for year in sorted(often):
        total += often[year]
        made.append((year, total))
    return tuple(made)


def diffusion(given: Diffusion) -> bytes:
    """Draw the curve. Adoptions without a year are left out, which the caption says."""
    box = drawing(WIDE, TALL, given.facts.title)
    dated = sorted((each for each in given.adoptions if each.year is not None), key=lambda each: (each.year, each.id))
    years = [each.year for each in dated if each.year is not None]
    axes = _Axes(
        Box(box.left + 52, box.top + 12, box.right - 16, box.bottom - 46),
        min(years, default=0) - 1,
        max(years, default=0) + 1,
        max(len(dated), 1),
    )
    missing = len(given.adoptions) - len(dated)
    caption = [*sentences(given.facts, count(len(given.adoptions), "adoption", "adoptions"), _by_source(given))]
    if missing:
        caption.append(f"{count(missing, 'adoption has', 'adoptions have')} no known year and cannot be drawn.")
    names = _names(axes, dated)
    caption += left_out(len(names), len(dated))
    lines = [_line(axes, curve(given, *sources), line) for sources, line in ((tuple(Source), ALL), *_lines())]
    return sheet(
        Sheet(
            title=given.facts.title,
            about="Adoptions of a practice by year, summed up. Each adoption has a title and can be reached by keyboard.",
            box=box,
            drawn=[*_frame(axes, bool(dated)), *[each for each in lines if each is not None],
                   gathered("Adoptions", _marks(axes, dated)), node("g", *names, aria_hidden="true")],
            legend=_legend(given),
            caption=caption,
            key=key("diffusion", given),
        )
    )  # fmt: skip


def _lines() -> list[tuple[tuple[Source, ...], Line]]:
    return [((source,), line) for source, line in LINES.items()]


def _by_source(given: Diffusion) -> str:
    often = Counter(each.source for each in given.adoptions)
    direct, second, unknown = (often[source] for source in Source)
    return f"of which {direct} direct, {second} second-hand, and {unknown} whose source is not known"


def _line(axes: _Axes, found: Sequence[tuple[int, int]], line: Line) -> Xml.Element | None:
    """Draw a stepped line: it rises in the year of an adoption and runs level until the next."""
    if not found:
        return None
    points, before = [axes.at(found[0][0], 0)], 0
    for year, total in found:
        points += [axes.at(year, before), axes.at(year, total)]
        before = total
    return stroke(path(*points, axes.at(axes.last, before)), line)


def _frame(axes: _Axes, dated: bool) -> list[Xml.Element]:
    """Draw the axes with their numbers: adoptions at the left, years below."""
    box, made = axes.box, []
    for value in _ticks(0, axes.most, 6):
        y = axes.at(axes.first, value)[1]
        made.append(node("path", d=path((box.left, y), (box.right, y)), stroke=GRID, stroke_width=1))
        made.append(_said(str(value), (box.left - 8, y + SMALL * 0.36), "end"))
    for value in _ticks(axes.first, axes.last, 12) if dated else ():
        x = axes.at(value, 0)[0]
        made.append(node("path", d=path((x, box.bottom), (x, box.bottom + 5)), stroke=QUIET, stroke_width=1))
        made.append(_said(str(value), (x, box.bottom + 5 + SMALL * 1.2), "middle"))
    made.append(node("path", d=path((box.left, box.top), (box.left, box.bottom), (box.right, box.bottom)), fill="none",
                     stroke=QUIET, stroke_width=1))  # fmt: skip
    made.append(_said("Year", ((box.left + box.right) / 2, box.bottom + 5 + SMALL * 2.8), "middle"))
    made.append(_said("Adoptions so far", (box.left - 44, box.top - 8 + SMALL * 0.36), "start"))
    return [node("g", *made, role="group", aria_label="Axes")]


def _ticks(first: int, last: int, most: int) -> list[int]:
    """Return round numbers from first to last, at most so many and a few more."""
    size = 1
    while (last - first) / size > most:
        size = {1: 2, 2: 5, 5: 10}[int(str(size)[0])] * 10 ** (len(str(size)) - 1)
    return list(range(-(-first // size) * size, last + 1, size))


def _said(text: str, at: Point, anchor: str) -> Xml.Element:
    return node("text", text, x=at[0], y=at[1], font_size=SMALL, text_anchor=anchor, fill=INK)


def _points(axes: _Axes, dated: Sequence[Adoption]) -> list[Point]:
    return [axes.at(each.year or 0, number + 1) for number, each in enumerate(dated)]


def _size(axes: _Axes) -> float:
    return max(2.4, min(6.5, axes.box.height / axes.most * 0.45))


def _marks(axes: _Axes, dated: Sequence[Adoption]) -> list[Xml.Element]:
    made = []
    for each, at in zip(dated, _points(axes, dated), strict=True):
        shape, fill = MARKS[each.source]
        says = f"{each.label}: {each.year}; {each.source.value.lower()}"
        about = {"data_year": str(each.year), "data_source": each.source.name.lower()}
        made.append(focusable("adoption", each.id, says, [shaped(shape, at, _size(axes), fill)], **about))
    return made


def _names(axes: _Axes, dated: Sequence[Adoption]) -> list[Xml.Element]:
    """Return the names that have room; those with a known source first."""
    points, size = _points(axes, dated), _size(axes)
    steps = [*pairwise(points), (points[-1], (axes.box.right, points[-1][1]))] if points else []
    lines = [Box(a[0], a[1] - 2, b[0], a[1] + 2) for a, b in steps if b[0] > a[0]]
    known = sorted(range(len(dated)), key=lambda at: (dated[at].source is Source.NOT_KNOWN, at))
    wanted = [Wanted(dated[at].id, dated[at].label, points[at], size) for at in known]
    return list(placed(wanted, [(point, size) for point in points], axes.box, SMALL, lines, before=True).values())


def _legend(given: Diffusion) -> list[Entry]:
    often = Counter(each.source for each in given.adoptions)
    made = [Entry((), "Lines"), Entry(sample(ALL), "All adoptions")]
    made += [Entry(sample(line), f"{source.value} only") for source, line in LINES.items() if often[source]]
    made.append(Entry((), "Marks"))
    for source, (shape, fill) in MARKS.items():
        if often[source]:
            made.append(Entry((shaped(shape, (20, 0), 6.5, fill),), f"{source.value} ({often[source]})"))
    return made
