"""A part of the world on paper. In: a window of longitudes and latitudes. Out: points in pixels, the outline, the land."""

import math
from dataclasses import dataclass
from functools import cached_property

from graph.figures.geometry import Box, Point, around
from graph.figures.land import rings
from graph.figures.svg import path


@dataclass(frozen=True)
class Window:
    """What a map shows, in degrees. From west to east it goes eastwards, so that it may cross the meridian of 180 degrees."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        if not (-90 <= self.south < self.north <= 90 and self.span > 0):
            raise ValueError("A window of the map goes from south to north, and from west to east.")

    @property
    def span(self) -> float:
        """How many degrees it is wide."""
        return 360.0 if self.east - self.west >= 360 else (self.east - self.west) % 360

    def turned(self, longitude: float) -> float:
        """Return a longitude as degrees east of the middle, -180 to 180."""
        return (longitude - self.west - self.span / 2 + 180) % 360 - 180

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether it shows a place."""
        return abs(self.turned(longitude)) <= self.span / 2 and self.south <= latitude <= self.north


WORLD = Window(-180, -57, 180, 84)
"""All land but Antarctica."""
EUROPE, NORTH_AMERICA = Window(-12, 35, 41, 70), Window(-128, 15, -60, 55)


def projected(longitude: float, latitude: float) -> Point:
    """Return x to the right and y upwards, in radii of the globe, of degrees. A longitude beyond 180 lies beyond the edge.

    Source: B. Šavrič, B. Jenny, T. Patterson, D. Petrovič and L. Hurni, A polynomial equation for the Natural Earth
    projection, 2011.
    """
    turn, up = math.radians(longitude), math.radians(latitude)
    two = up * up
    four = two * two
    ten = four * four * two
    length = 0.8707 - 0.131979 * two - 0.013791 * four + ten * (0.003971 - 0.001529 * two)
    height = 1.007226 + 0.015085 * two - 0.044475 * four * two + 0.028874 * four * four - 0.005916 * ten
    return turn * length, up * height


@dataclass(frozen=True)
class Map:
    """A window that fills the width of a box in pixels, or its height. Longitudes are counted from its middle."""

    window: Window
    left: float
    top: float
    widest: float
    highest: float

    @cached_property
    def _flat(self) -> Box:
        return around((x, -y) for x, y in (projected(*corner) for corner in self._corners))

    @cached_property
    def _corners(self) -> list[Point]:
        """The outline in degrees from the middle."""
        half, south, north = self.window.span / 2, self.window.south, self.window.north
        steps = [south + (north - south) * step / 40 for step in range(41)]
        return [*((half, up) for up in steps), *((-half, up) for up in reversed(steps))]

    @cached_property
    def scale(self) -> float:
        """Pixels in a radius of the globe."""
        return min(self.widest / self._flat.width, self.highest / self._flat.height)

    @property
    def box(self) -> Box:
        """The room of the map in pixels."""
        flat = self._flat
        return Box(self.left, self.top, self.left + flat.width * self.scale, self.top + flat.height * self.scale)

    def at(self, turned: float, latitude: float) -> Point:
        """Return the point of a place; its longitude is counted from the middle and may lie beyond the edge."""
        x, y = projected(turned, latitude)
        return self.left + (x - self._flat.left) * self.scale, self.top + (-y - self._flat.top) * self.scale

    def outline(self) -> str:
        """Return the path around the map."""
        return path(*(self.at(*corner) for corner in self._corners), closed=True)

    def land(self) -> str:
        """Return the path of the land; lakes are rings inside it. Land on the edge is drawn at both edges."""
        half, middle = self.window.span / 2, self.window.west + self.window.span / 2
        said = []
        for ring in rings():
            east, up = zip(*ring, strict=True)
            inside = max(up) > max(self.window.south, -60) and min(up) < self.window.north
            turns = [turn - middle for turn in range(-720, 721, 360)]
            said += [
                path(*(self.at(x + turn, y) for x, y in ring[:-1]), closed=True)
                for turn in turns
                if inside and min(east) + turn < half and max(east) + turn > -half
            ]
        return " ".join(said)
