"""Figure one: who visited whom. In: an Exchange and a seed. Out: the bytes of an SVG; circles visit, squares host."""

from graph.figures.flows import Exchange, Scale, Visits, legend, links, marks
from graph.figures.frame import Sheet, drawing, key, sheet
from graph.figures.geometry import Box, Point
from graph.figures.labels import left_out
from graph.figures.layout import places
from graph.figures.scene import gathered
from graph.figures.svg import node

WIDE, TALL, PAD = 1040.0, 780.0, 34.0
SCALE = Scale(least=4.0, most=17.0, thin=1.1, thick=6.0)


def exchange(given: Exchange, *, seed: int = 0) -> bytes:
    """Draw the network of visits, laid out by who visits whom. The map of the same visits is in worldmap.py."""
    box = drawing(WIDE, TALL, given.facts.title)
    inner = Box(box.left + PAD, box.top + PAD, box.right - PAD, box.bottom - PAD)
    ids = [place.id for place in given.places]
    pairs = [(each.visitor, each.host) for each in given.visits]
    at = places(ids, pairs, {}, inner, seed=seed, radius=SCALE.most * 0.6).at

    def runs(each: Visits) -> list[tuple[Point, Point]]:
        return [(at[each.visitor], at[each.host])]

    drawn, names, named = marks(given, at, box, SCALE)
    return sheet(
        Sheet(
            title=given.facts.title,
            about="A network of cities and their visits. Each city and each link has a title and can be reached by keyboard.",
            box=box,
            drawn=[
                gathered("Visits", links(given, given.visits, SCALE, runs)),
                gathered("Cities", drawn),
                node("g", *names, aria_hidden="true"),
            ],
            legend=legend(given, ids, SCALE),
            caption=[*given.caption(), *left_out(named, len(ids))],
            key=key("exchange", given, seed),
        )
    )
