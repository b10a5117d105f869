"""Figure one on a map of the world: who visited whom. In: an Exchange. Out: the bytes of an SVG.

The land is Natural Earth, 1:110m. A link takes the shorter way around the world, so some leave at one edge and come back
at the other.
"""

import math
from collections.abc import Mapping

from graph.figures.flows import Exchange, Scale, Visits, legend, links, marks
from graph.figures.frame import Sheet, drawing, key, sheet
from graph.figures.geometry import Point
from graph.figures.labels import left_out
from graph.figures.land import rings
from graph.figures.look import COAST, LAND, SEA
from graph.figures.scene import gathered
from graph.figures.svg import node, path

WIDE, SOUTH, NORTH = 1400.0, -57.0, 84.0
"""The width of the map in pixels, and the latitudes that it shows: no city lies beyond them."""
SCALE = Scale(least=2.8, most=9.0, thin=0.8, thick=4.0)
RIM = 2.73539
"""Half the width of the projected world."""


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


class _Sheet:
    """The projected world in pixels."""

    def __init__(self, title: str) -> None:
        self.scale = WIDE / 2 / RIM
        self.top = projected(0, NORTH)[1]
        self.box = drawing(WIDE, (self.top - projected(0, SOUTH)[1]) * self.scale, title)

    def at(self, longitude: float, latitude: float) -> Point:
        x, y = projected(longitude, latitude)
        return self.box.left + WIDE / 2 + x * self.scale, self.box.top + (self.top - y) * self.scale

    def land(self) -> str:
        """Return the path of all land; lakes are rings inside it. Land on the edge of the map is drawn at both edges."""
        said = []
        for ring in rings():
            longitudes = [longitude for longitude, _ in ring]
            for turn in (-360, 0, 360):
                seen = min(longitudes) + turn < 180 and max(longitudes) + turn > -180
                if seen and max(latitude for _, latitude in ring) > SOUTH:
                    said.append(path(*(self.at(x + turn, y) for x, y in ring[:-1]), closed=True))
        return " ".join(said)

    def edge(self) -> str:
        """Return the outline of the world between the latitudes that are shown."""
        steps = [SOUTH + (NORTH - SOUTH) * step / 40 for step in range(41)]
        right = [self.at(180, latitude) for latitude in steps]
        left = [self.at(-180, latitude) for latitude in reversed(steps)]
        return path(*right, *left, closed=True)


def worldmap(given: Exchange) -> bytes:
    """Draw the visits on the map. Places without a position are left out, which the caption says."""
    world, word = _Sheet(given.facts.title), key("worldmap", given)
    where = {
        place.id: (place.longitude, place.latitude)
        for place in given.places
        if place.longitude is not None and place.latitude is not None
    }
    at = {id_: world.at(*position) for id_, position in where.items()}
    drawn, names, named = marks(given, at, world.box, SCALE)
    clip = node("clipPath", node("path", d=world.edge()), id=f"{word}-world")
    ground = [
        node("defs", clip),
        node("path", d=world.edge(), fill=SEA, stroke=COAST, stroke_width=0.8),
        node("path", d=world.land(), fill=LAND, fill_rule="evenodd", stroke=COAST, stroke_width=0.6,
             clip_path=f"url(#{word}-world)"),
    ]  # fmt: skip
    curves = gathered("Visits", links(given, at, SCALE, lambda each: _runs(world, where, each)))
    curves.set("clip-path", f"url(#{word}-world)")
    return sheet(
        Sheet(
            title=given.facts.title,
            about="A map of the world with visits between cities. Each city and each link has a title and can be reached "
            "by keyboard.",
            box=world.box,
            drawn=[*ground, curves, gathered("Cities", drawn), node("g", *names, aria_hidden="true")],
            legend=legend(given, list(at), SCALE),
            caption=[
                *given.caption(without=len(given.places) - len(at)),
                *left_out(named, len(at)),
                "Land: Natural Earth, public domain. Natural Earth projection.",
            ],
            key=word,
        )
    )


def _runs(world: _Sheet, where: Mapping[str, tuple[float, float]], each: Visits) -> list[tuple[Point, Point]]:
    """Return the link once, or twice if it crosses the edge: from the start to beyond the edge, and from there to the end."""
    (from_x, from_y), (to_x, to_y) = where[each.visitor], where[each.host]
    turn = 360.0 if to_x - from_x < -180 else -360.0 if to_x - from_x > 180 else 0.0
    made = [(world.at(from_x, from_y), world.at(to_x + turn, to_y))]
    return [*made, (world.at(from_x - turn, from_y), world.at(to_x, to_y))] if turn else made
