"""Where a practice is used, on a map. In: a Spread, the part of the world that is shown. Out: the bytes of an SVG.

Each city that took it up is one mark, with the year of its first use. Lines lead to it from a city that it had the practice from.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from graph.figures.caption import Facts, count, sentences
from graph.figures.diffusion import LINES, MARKS, Source
from graph.figures.flows import curve
from graph.figures.frame import Entry, Sheet, drawing, key, sheet
from graph.figures.geometry import Point
from graph.figures.labels import Wanted, left_out, placed
from graph.figures.look import COAST, LAND, SEA, SMALL
from graph.figures.marks import focusable, sample, shaped, stroke
from graph.figures.projection import WORLD, Map, Window
from graph.figures.scene import gathered
from graph.figures.svg import node

WIDE, TALL, SIZE = 1400.0, 900.0, 5.5


@dataclass(frozen=True)
class Adopter:
    """A city that took up the practice: the id of its first use, its year, if known, and where it had it from.

    `sources` are ids of other adopters that it had the practice from, each with what it was.
    """

    id: str
    label: str
    year: int | None = None
    source: Source = Source.NOT_KNOWN
    latitude: float | None = None
    longitude: float | None = None
    sources: tuple[tuple[str, Source], ...] = ()


@dataclass(frozen=True)
class Spread:
    """The cities that took up one practice. The facts say what counts as that."""

    facts: Facts
    adopters: tuple[Adopter, ...]

    def __post_init__(self) -> None:
        if len({each.id for each in self.adopters}) < len(self.adopters):
            raise ValueError("Two adopters have the same id.")
        if any(kind not in LINES for each in self.adopters for _, kind in each.sources):
            raise ValueError("A source is direct or second-hand.")
        object.__setattr__(self, "adopters", tuple(sorted(self.adopters, key=lambda each: each.id)))


def spread(given: Spread, window: Window = WORLD) -> bytes:
    """Draw the map. The caption counts the cities that are not on it: elsewhere, or without a position."""
    word, room = key("spread", given, window), drawing(WIDE, TALL, given.facts.title)
    paper = Map(window, room.left, room.top, WIDE, TALL)
    where = {
        each.id: (each.longitude, each.latitude)
        for each in given.adopters
        if each.longitude is not None and each.latitude is not None
    }
    at = {id_: paper.at(window.turned(east), up) for id_, (east, up) in where.items() if window.holds(east, up)}
    shown = sorted((each for each in given.adopters if each.id in at), key=_by_year)
    names = _names(shown, at, paper)
    land: dict[str, str | float] = {"fill": LAND, "fill_rule": "evenodd", "stroke": COAST, "stroke_width": 0.6}
    ground = [
        node("defs", node("clipPath", node("path", d=paper.outline()), id=f"{word}-map")),
        node("path", d=paper.outline(), fill=SEA, stroke=COAST, stroke_width=0.8),
        node("path", d=paper.land(), **land, clip_path=f"url(#{word}-map)"),
    ]
    known = Counter(each.year is None for each in given.adopters)
    return sheet(
        Sheet(
            title=given.facts.title,
            about="A map of the cities that use a practice. Each city has a title and can be reached by keyboard.",
            box=paper.box,
            drawn=[
                *ground,
                node("g", *_lines(shown, at), aria_hidden="true"),
                gathered("Cities", _marks(shown, at)),
                node("g", *names, aria_hidden="true"),
            ],
            legend=_legend(shown),
            caption=[
                *sentences(given.facts, count(len(given.adopters), "city", "cities")),
                *([f"Of {count(known[True], 'city', 'cities')} the first year is not known."] if known[True] else []),
                *_missing(len(given.adopters) - len(where), len(where) - len(at)),
                *left_out(len(names), len(at)),
                "Land: Natural Earth, public domain. Natural Earth projection.",
            ],
            key=word,
        )
    )


def _by_year(each: Adopter) -> tuple[bool, int, str]:
    return each.year is None, each.year or 0, each.id


def _said(each: Adopter) -> str:
    return f"{each.label} {each.year}" if each.year is not None else each.label


def _marks(shown: Sequence[Adopter], at: dict[str, Point]) -> list[Xml.Element]:
    made = []
    for each in shown:
        shape, fill = MARKS[each.source]
        says = f"{each.label}: {each.year if each.year is not None else 'year not known'}; {each.source.value.lower()}"
        about = {"data_year": str(each.year or ""), "data_source": each.source.name.lower()}
        made.append(focusable("adoption", each.id, says, [shaped(shape, at[each.id], SIZE, fill)], **about))
    return made


def _lines(shown: Sequence[Adopter], at: dict[str, Point]) -> list[Xml.Element]:
    """Draw a line from each source that is on the map."""
    return [
        stroke(curve(at[start], at[each.id], (SIZE, SIZE + 1), 6), LINES[kind])
        for each in shown
        for start, kind in each.sources
        if start in at and at[start] != at[each.id]
    ]


def _names(shown: Sequence[Adopter], at: dict[str, Point], paper: Map) -> list[Xml.Element]:
    """Return the names that have room; those with a known source first, then the earliest."""
    first = sorted(shown, key=lambda each: (each.source is Source.NOT_KNOWN, *_by_year(each)))
    wanted = [Wanted(each.id, _said(each), at[each.id], SIZE) for each in first]
    return list(placed(wanted, [(point, SIZE) for point in at.values()], paper.box, SMALL).values())


def _missing(unknown: int, elsewhere: int) -> list[str]:
    made = (
        [f"Of {count(unknown, 'city', 'cities')} no position is known, so they are not on the map."] if unknown else []
    )
    return [*made, f"{count(elsewhere, 'city lies', 'cities lie')} elsewhere."] if elsewhere else made


def _legend(shown: Sequence[Adopter]) -> list[Entry]:
    often = Counter(each.source for each in shown)
    made = [Entry((), "Cities, with their first year")]
    for source, (shape, fill) in MARKS.items():
        if often[source]:
            made.append(Entry((shaped(shape, (20, 0), 6.5, fill),), f"{source.value} ({often[source]})"))
    on_it = {each.id for each in shown}
    drawn = {kind for each in shown for start, kind in each.sources if start in on_it}
    if drawn:
        made.append(Entry((), "Lines, from the source"))
        made += [Entry(sample(line), source.value) for source, line in LINES.items() if source in drawn]
    return made
