"""The input of figures of exchange, and what they have in common. In: places, visits between them. Out: marks, curves, legend."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree as Xml

from graph.figures.caption import Facts, count, sentences
from graph.figures.frame import Entry
from graph.figures.geometry import Box, Point, head
from graph.figures.labels import Wanted, placed
from graph.figures.look import HOST, INK, LINK, SMALL, VISITOR, Line
from graph.figures.marks import focusable, stroke
from graph.figures.svg import node, number

BEND = 0.14
"""How far links bend to their left, in parts of their length."""


@dataclass(frozen=True)
class Scale:
    """Radii of marks and widths of links in pixels, least and most. The area of a mark grows with its visits."""

    least: float
    most: float
    thin: float
    thick: float

    def radius(self, visits: int, most: int) -> float:
        """Return the radius of a place with so many visits, of at most so many."""
        return self.least + (self.most - self.least) * math.sqrt(visits / most if most else 0.0)

    def width(self, times: int, most: int) -> float:
        """Return the width of a link: one pixel a visit more, or less if there are many."""
        step = min(1.0, (self.thick - self.thin) / max(1, most - 1))
        return self.thin + step * (times - 1)


@dataclass(frozen=True)
class Place:
    """A city. Latitude and longitude are in degrees, north and east; a place without them is not on the map."""

    id: str
    label: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Visits:
    """How often one place visited another: from the visitor to the host."""

    visitor: str
    host: str
    times: int = 1


@dataclass(frozen=True)
class Exchange:
    """Who visited whom. The facts say when, and `rule` what counts as a visit."""

    facts: Facts
    places: tuple[Place, ...]
    visits: tuple[Visits, ...]

    def __post_init__(self) -> None:
        known = {place.id for place in self.places}
        if len(known) < len(self.places):
            raise ValueError("Two places have the same id.")
        if len({(each.visitor, each.host) for each in self.visits}) < len(self.visits):
            raise ValueError("The visits of one place to another are given twice.")
        for each in self.visits:
            if each.visitor == each.host or each.times < 1:
                raise ValueError("A visit leads to another place, and was made at least once.")
            if not {each.visitor, each.host} <= known:
                raise ValueError(f"No place is {min({each.visitor, each.host} - known)}.")
        for place in self.places:
            if not (abs(place.latitude or 0.0) <= 90 and abs(place.longitude or 0.0) <= 180):
                raise ValueError("A latitude is from -90 to 90, a longitude from -180 to 180.")
        object.__setattr__(self, "places", tuple(sorted(self.places, key=lambda place: place.id)))
        object.__setattr__(self, "visits", tuple(sorted(self.visits, key=lambda each: (each.visitor, each.host))))

    @cached_property
    def made(self) -> dict[str, int]:
        """How many journeys each place made: a visit of one place to two hosts is two."""
        return self._sums(lambda each: each.visitor)

    @cached_property
    def hosted(self) -> dict[str, int]:
        """How many journeys each place hosted."""
        return self._sums(lambda each: each.host)

    @cached_property
    def most(self) -> int:
        """The most journeys that any place made and hosted."""
        return max((self.total(place.id) for place in self.places), default=0)

    def total(self, id_: str) -> int:
        """Return how many journeys a place made and hosted."""
        return self.made[id_] + self.hosted[id_]

    def sizes(self, scale: Scale) -> dict[str, float]:
        """Return the radius of each place in pixels."""
        return {place.id: scale.radius(self.total(place.id), self.most) for place in self.places}

    def _sums(self, end: Callable[[Visits], str]) -> dict[str, int]:
        sums = {place.id: 0 for place in self.places}
        for each in self.visits:
            sums[end(each)] += each.times
        return sums

    def caption(self) -> list[str]:
        """Return the caption."""
        places, links = count(len(self.places), "city", "cities"), count(len(self.visits), "link", "links")
        # A visit of two cities to one host is two journeys.
        journeys = count(sum(each.times for each in self.visits), "journey", "journeys") + " from city to city"
        return [*sentences(self.facts, places, links, journeys)]


def mark(made: int, hosted: int, at: Point, size: float) -> list[Xml.Element]:
    """Draw a place: a circle if it visits, a square if it hosts, a circle in a square if both, a small cross if neither."""
    drawn = []
    if hosted:
        half = size * (1.0 if made else math.sqrt(math.pi) / 2)
        box = {"x": at[0] - half, "y": at[1] - half, "width": 2 * half, "height": 2 * half}
        drawn.append(node("rect", **box, fill=HOST, stroke=INK, stroke_width=1))
    if made:
        inner = size * (0.66 if hosted else 1.0)
        drawn.append(node("circle", cx=at[0], cy=at[1], r=inner, fill=VISITOR, stroke=INK, stroke_width=1))
    if not drawn:
        x, y = at
        cross = f"M{number(x - 3)} {number(y)}H{number(x + 3)}M{number(x)} {number(y - 3)}V{number(y + 3)}"
        drawn.append(stroke(cross, Line(INK, 1.4)))
    return drawn


def marks(
    given: Exchange, at: Mapping[str, Point], box: Box, scale: Scale
) -> tuple[list[Xml.Element], list[Xml.Element], int]:
    """Draw the places that have a point, the largest first. Return marks, names that have room, and how many those are."""
    shown = sorted(
        (place for place in given.places if place.id in at), key=lambda each: (-given.total(each.id), each.id)
    )
    sizes = given.sizes(scale)
    drawn = []
    for place in shown:
        made, hosted = given.made[place.id], given.hosted[place.id]
        says = f"{place.label}: made {count(made, 'journey', 'journeys')}, hosted {hosted}"
        inside = mark(made, hosted, at[place.id], sizes[place.id])
        drawn.append(focusable("place", place.id, says, inside))
    wanted = [Wanted(place.id, place.label, at[place.id], sizes[place.id]) for place in shown]
    names = placed(wanted, [(at[place.id], sizes[place.id] * 0.9) for place in shown], box, SMALL)
    return drawn, list(names.values()), len(names)


def links(
    given: Exchange, shown: Collection[Visits], scale: Scale, runs: Callable[[Visits], Sequence[tuple[Point, Point]]]
) -> list[Xml.Element]:
    """Draw links as one or more curves each; many visits make a wide link."""
    names = {place.id: place.label for place in given.places}
    sizes = given.sizes(scale)
    most = max((each.times for each in given.visits), default=1)
    made = []
    for each in shown:
        line = Line(LINK, scale.width(each.times, most))
        start, end = sizes[each.visitor], sizes[each.host]
        gaps = start, end + 1.5
        data = " ".join(curve(*run, gaps, 3.4 + 1.6 * line.width) for run in runs(each))
        says = f"{names[each.visitor]} visited {names[each.host]}: {count(each.times, 'visit', 'visits')}"
        about = {"data_from": each.visitor, "data_to": each.host, "data_times": str(each.times)}
        made.append(focusable("visits", f"{each.visitor} {each.host}", says, [stroke(data, line)], **about))
    return made


def curve(start: Point, end: Point, gaps: tuple[float, float], size: float) -> str:
    """Return a curve from mark to mark with an arrow head: it bends to its left, so there and back do not cover each other."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, down) or 1.0
    bend = (start[0] + across / 2 + down * BEND, start[1] + down / 2 - across * BEND)
    first, last = _towards(start, bend, min(gaps[0], length * 0.3)), _towards(end, bend, min(gaps[1], length * 0.3))
    left, tip, right = head(last, bend, min(size, length * 0.4))
    said = [" ".join(map(number, point)) for point in (first, bend, last, left, tip, right)]
    return "M{} Q{} {} M{} L{} L{}".format(*said)


def _towards(point: Point, aim: Point, by: float) -> Point:
    length = math.dist(point, aim) or 1.0
    return point[0] + (aim[0] - point[0]) * by / length, point[1] + (aim[1] - point[1]) * by / length


def legend(given: Exchange, shown: Collection[str], scale: Scale) -> list[Entry]:
    """Explain the marks and the widths, with how many places there are of each."""
    roles = [(bool(given.made[id_]), bool(given.hosted[id_])) for id_ in shown]
    made = [Entry((), "Cities")]
    for role, words in (
        ((True, False), "Circle: visits others"),
        ((False, True), "Square: hosts others"),
        ((True, True), "Both: visits and hosts"),
        ((False, False), "No visit"),
    ):
        if role in roles:
            made.append(Entry(tuple(mark(*role, (20, 0), 8.5)), f"{words} ({roles.count(role)})"))
    sizes = sorted({1, given.most}) if given.most else []
    for value in sizes:
        circle = node("circle", cx=20, cy=0, r=scale.radius(value, given.most), fill="none", stroke=INK, stroke_width=1)
        made.append(Entry((circle,), f"{count(value, 'journey', 'journeys')} made or hosted"))
    times = [each.times for each in given.visits if {each.visitor, each.host} & set(shown)]
    if times:
        made.append(Entry((), "Links, from visitor to host"))
        for value in sorted({min(times), max(times)}):
            line = Line(LINK, scale.width(value, max(each.times for each in given.visits)))
            drawn = stroke(curve((2, 4), (38, 4), (0, 0), 3.4 + 1.6 * line.width), line)
            made.append(Entry((drawn,), count(value, "visit", "visits")))
    return made
