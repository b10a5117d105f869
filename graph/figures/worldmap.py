"""Figure one on a map: who visited whom. In: an Exchange, the part of the world that is shown. Out: the bytes of an SVG.

The land is Natural Earth, 1:110m. A link takes the shorter way around the world, so some leave at one edge and come back
at the other.
"""

from collections.abc import Mapping

from graph.figures.caption import count
from graph.figures.flows import Exchange, Scale, Visits, legend, links, marks
from graph.figures.frame import Sheet, drawing, key, sheet
from graph.figures.geometry import Point
from graph.figures.labels import left_out
from graph.figures.look import COAST, LAND, SEA
from graph.figures.projection import WORLD, Map, Window
from graph.figures.scene import gathered
from graph.figures.svg import node

WIDE, TALL = 1400.0, 900.0
SCALE = Scale(least=2.8, most=9.0, thin=0.8, thick=4.0)


def worldmap(given: Exchange, window: Window = WORLD) -> bytes:
    """Draw the visits on the map. The caption counts the places that are not on it: elsewhere, or without a position.

    Links to places elsewhere end at the edge of the map.
    """
    word, room = key("worldmap", given, window), drawing(WIDE, TALL, given.facts.title)
    paper = Map(window, room.left, room.top, WIDE, TALL)
    where = {
        place.id: (place.longitude, place.latitude)
        for place in given.places
        if place.longitude is not None and place.latitude is not None
    }
    turned = {id_: (window.turned(east), up) for id_, (east, up) in where.items()}
    at = {id_: paper.at(*turned[id_]) for id_, position in where.items() if window.holds(*position)}
    shown = [
        each
        for each in given.visits
        if {each.visitor, each.host} & at.keys() and {each.visitor, each.host} <= turned.keys()
    ]
    drawn, names, named = marks(given, at, paper.box, SCALE)
    curves = gathered("Visits", links(given, shown, SCALE, lambda each: _runs(paper, turned, each)))
    curves.set("clip-path", f"url(#{word}-map)")
    ground = [
        node("defs", node("clipPath", node("path", d=paper.outline()), id=f"{word}-map")),
        node("path", d=paper.outline(), fill=SEA, stroke=COAST, stroke_width=0.8),
        node("path", d=paper.land(), fill=LAND, fill_rule="evenodd", stroke=COAST, stroke_width=0.6,
             clip_path=f"url(#{word}-map)"),
    ]  # fmt: skip
    return sheet(
        Sheet(
            title=given.facts.title,
            about="A map with visits between cities. Each city and each link has a title and can be reached by keyboard.",
            box=paper.box,
            drawn=[*ground, curves, gathered("Cities", drawn), node("g", *names, aria_hidden="true")],
            legend=legend(given, list(at), SCALE),
            caption=[
                *given.caption(),
                *_missing(len(given.places) - len(where), len(where) - len(at)),
                *left_out(named, len(at)),
                "Land: Natural Earth, public domain. Natural Earth projection.",
            ],
            key=word,
        )
    )


def _missing(unknown: int, elsewhere: int) -> list[str]:
    """Say how many places are not on the map."""
    made = []
    if unknown:
        made.append(
            f"Of {count(unknown, 'city', 'cities')} no position is known, so they and their links are not on the map."
        )
    if elsewhere:
        made.append(
            f"{count(elsewhere, 'city lies', 'cities lie')} elsewhere; links to them end at the edge of the map."
        )
    return made


def _runs(paper: Map, turned: Mapping[str, tuple[float, float]], each: Visits) -> list[tuple[Point, Point]]:
    """Return the link once, or twice if it crosses the edge: from the start to beyond the edge, and from there to the end."""
    (from_x, from_y), (to_x, to_y) = turned[each.visitor], turned[each.host]
    turn = 360.0 if to_x - from_x < -180 else -360.0 if to_x - from_x > 180 else 0.0
    made = [(paper.at(from_x, from_y), paper.at(to_x + turn, to_y))]
    return [*made, (paper.at(from_x - turn, from_y), paper.at(to_x, to_y))] if turn else made
