"""The exchange network and its map: roles by shape, sizes by visits, links by count, land where land is."""

import json
import math
from itertools import pairwise

import pytest

from graph.figures.caption import Facts
from graph.figures.exchange import exchange
from graph.figures.flows import Exchange, Place, Scale, Visits, curve
from graph.figures.land import converted, rings
from graph.figures.projection import EUROPE, NORTH_AMERICA, WORLD, Map, Window, projected
from graph.figures.worldmap import worldmap
from tests.figures.given import exchange_of
from tests.figures.read import SVG, Figure, corners, middle

FACTS = Facts("Exchange", "2007", "From visitor to host")
CITIES = (
    Place("a", "Seattle", 47.61, -122.33),
    Place("b", "Tokyo", 35.69, 139.69),
    Place("c", "Turin", 45.07, 7.69),
    Place("d", "Quiet", -33.87, 151.21),
    Place("e", "Nowhere"),
)
VISITS = (Visits("a", "b", 3), Visits("a", "c"), Visits("b", "c", 2), Visits("e", "c"))
GIVEN = Exchange(FACTS, CITIES, VISITS)


def shapes(figure: Figure, id_: str) -> list[str]:
    return [each.tag.removeprefix(SVG) for each in figure.of("place")[id_] if each.tag != f"{SVG}title"]


@pytest.mark.parametrize("figure", [exchange(GIVEN), worldmap(GIVEN)], ids=["network", "map"])
def test_circles_visit_and_squares_host(figure: bytes) -> None:
    """Seattle only visits, Turin only hosts, Tokyo does both, and nobody came to or from the last."""
    read = Figure(figure)
    assert shapes(read, "a") == ["circle"]
    assert shapes(read, "c") == ["rect"]
    assert shapes(read, "b") == ["rect", "circle"]
    assert shapes(read, "d") == ["path"]
    assert read.of("place")["b"].attrib["aria-label"] == "Tokyo: made 2 journeys, hosted 3"
    assert "From visitor to host." in read.says()
    assert "2007. 5 cities, 4 links, 7 journeys from city to city." in read.says()
    assert "Response rate" not in read.says(), "nobody is asked in it"


def test_links_lead_from_visitor_to_host_and_are_wider_for_more_visits() -> None:
    links = Figure(exchange(GIVEN)).of("visits")
    widths = {id_: float(each[1].attrib["stroke-width"]) for id_, each in links.items()}
    assert set(widths) == {"a b", "a c", "b c", "e c"}
    assert widths["a b"] > widths["b c"] > widths["a c"] == widths["e c"]
    places = Figure(exchange(GIVEN)).of("place")
    for id_, each in links.items():
        start, end = (middle(places[end]) for end in id_.split())
        first, _, last, *_ = corners(each[1].attrib["d"])
        assert math.dist(first, start) < math.dist(first, end)
        assert math.dist(last, end) < math.dist(last, start)


def test_there_and_back_are_two_curves() -> None:
    both = Exchange(FACTS, CITIES, (Visits("a", "b"), Visits("b", "a")))
    there, back = (each[1].attrib["d"] for each in Figure(exchange(both)).of("visits").values())
    assert math.dist(corners(there)[1], corners(back)[1]) > 20


def test_a_link_bends_to_its_left() -> None:
    """To the right of the page, left is up; y grows downwards. The bend is 0.14 of 100 pixels."""
    assert corners(curve((0, 0), (100, 0), (0, 0), 5))[1] == (50, -14)
    assert corners(curve((100, 0), (0, 0), (0, 0), 5))[1] == (50, 14)
    assert corners(curve((0, 0), (0, 100), (0, 0), 5))[1] == (14, 50)


def test_the_area_of_a_mark_grows_with_its_visits() -> None:
    """From the least radius of 2 at no visits to 10 at sixteen: a quarter of the visits is half of the way."""
    scale = Scale(least=2, most=10, thin=1, thick=5)
    assert [scale.radius(visits, 16) for visits in (0, 1, 4, 16)] == [2, 4, 6, 10]
    assert scale.radius(0, 0) == 2
    assert [scale.width(times, 3) for times in (1, 2, 3)] == [1, 2, 3]
    assert [scale.width(times, 41) for times in (1, 21, 41)] == [1, 3, 5]


@pytest.mark.parametrize("seed", range(4))
def test_every_city_and_link_is_drawn_inside_the_sheet(seed: int) -> None:
    given = exchange_of(seed)
    for figure, left_out in ((Figure(exchange(given)), set()), (Figure(worldmap(given)), {"city/03"})):
        wide, tall = figure.size
        places = figure.of("place")
        assert set(places) == {place.id for place in given.places} - left_out
        assert all(0 < x < wide and 0 < y < tall for x, y in map(middle, places.values()))
        shown = [each for each in given.visits if not {each.visitor, each.host} & left_out]
        assert set(figure.of("visits")) == {f"{each.visitor} {each.host}" for each in shown}


@pytest.mark.parametrize("places", [(), CITIES[:1]])
def test_exchanges_without_visits(places: tuple[Place, ...]) -> None:
    for figure in (exchange(Exchange(FACTS, places, ())), worldmap(Exchange(FACTS, places, ()))):
        assert len(Figure(figure).of("place")) == len(places)
        assert "0 journeys" in Figure(figure).says()


def test_places_without_a_position_are_counted() -> None:
    assert "Of 1 city no position is known" in Figure(worldmap(GIVEN)).says()
    assert "no position" not in Figure(exchange(GIVEN)).says()


@pytest.mark.parametrize(
    ("places", "visits", "problem"),
    [
        ((CITIES[0], CITIES[0]), (), "same id"),
        (CITIES, (Visits("a", "a"),), "another place"),
        (CITIES, (Visits("a", "b", 0),), "at least once"),
        (CITIES, (Visits("a", "x"),), "No place is x"),
        (CITIES, (Visits("a", "b"), Visits("a", "b")), "twice"),
        ((Place("a", "A", 91, 0),), (), "latitude"),
        ((Place("a", "A", 0, math.nan),), (), "latitude"),
    ],
)
def test_exchanges_that_make_no_sense_are_refused(
    places: tuple[Place, ...], visits: tuple[Visits, ...], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        Exchange(FACTS, places, visits)


@pytest.mark.parametrize(
    "window", [WORLD, EUROPE, NORTH_AMERICA, Window(100, -50, -60, 70), Window(170, -20, -170, 20)]
)
def test_a_window_shows_the_places_inside(window: Window) -> None:
    """A place is inside if going east from the western edge reaches it before the eastern edge, in steps of a degree."""
    given = exchange_of(7, 60)
    figure = Figure(worldmap(given, window))
    reached = {(round(window.west) + step + 180) % 360 - 180 for step in range(round(window.span))}
    inside = {
        place.id
        for place in given.places
        if place.longitude is not None
        and place.latitude is not None
        and math.floor(place.longitude) in reached
        and window.south <= place.latitude <= window.north
    }
    assert set(figure.of("place")) == inside
    known = {place.id for place in given.places if place.latitude is not None}
    links = {
        f"{each.visitor} {each.host}"
        for each in given.visits
        if {each.visitor, each.host} & inside and {each.visitor, each.host} <= known
    }
    assert set(figure.of("visits")) == links
    elsewhere = len(known - inside)
    assert ("elsewhere" in figure.says()) == (elsewhere > 0)
    assert not elsewhere or f". {elsewhere} cities lie elsewhere" in figure.says()
    wide, tall = figure.size
    assert all(20 < x < wide - 20 and 20 < y < tall - 20 for x, y in map(middle, figure.of("place").values()))


@pytest.mark.parametrize(
    ("window", "land", "sea"),
    [
        (WORLD, [(-172.5, 66.5), (177, 66.5), (133.88, -23.7), (-104.98, 39.74)], [(-150, 0), (-178, 58), (178, -40)]),
        (Window(100, -50, -60, 70), [(133.88, -23.7), (-104.98, 39.74), (177, 66.5), (-172.5, 66.5)], [(-150, 0)]),
        (Window(60, -50, 420, 70), [(133.88, -23.7), (-104.98, 39.74), (7.69, 45.07), (36.82, -1.29)], [(-40, 30)]),
        (EUROPE, [(7.69, 45.07), (-3.7, 40.42), (37.62, 55.75)], [(18, 35.5), (3, 56)]),
    ],
)
def test_land_is_drawn_where_it_is(
    window: Window, land: list[tuple[float, float]], sea: list[tuple[float, float]]
) -> None:
    """Seen along a horizontal line of the drawing, a point on land is inside an odd number of its outlines."""
    paper = Map(window, 0, 0, 1400, 900)
    outlines = [corners(part) for part in paper.land().split("Z") if part.strip()]

    def inside(place: tuple[float, float]) -> bool:
        x, y = paper.at(window.turned(place[0]), place[1])
        crossed = 0
        for outline in outlines:
            for (ax, ay), (bx, by) in pairwise([*outline, outline[0]]):
                crossed += (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax)
        return crossed % 2 == 1

    assert [inside(place) for place in land] == [True] * len(land)
    assert [inside(place) for place in sea] == [False] * len(sea)


@pytest.mark.parametrize("window", [(0, 10, 10, 10), (0, 10, 10, 0), (5, 0, 5, 10), (0, -91, 10, 10), (0, 0, 10, 91)])
def test_windows_that_make_no_sense_are_refused(window: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="window"):
        Window(*window)


@pytest.mark.parametrize("window", [WORLD, EUROPE, NORTH_AMERICA, Window(100, -50, -60, 70)])
def test_a_map_fills_its_room_and_keeps_its_proportions(window: Window) -> None:
    paper = Map(window, 10, 20, 1400, 900)
    assert paper.box.width == pytest.approx(1400) or paper.box.height == pytest.approx(900)
    assert paper.box.width <= 1400.001
    assert paper.box.height <= 900.001
    assert (paper.box.left, paper.box.top) == (10, 20)
    middle_up = (window.south + window.north) / 2
    (ax, ay), (bx, by) = paper.at(0, middle_up), paper.at(1, middle_up + 1)
    (cx, cy), (dx, dy) = projected(0, middle_up), projected(1, middle_up + 1)
    assert (bx - ax) / (ay - by) == pytest.approx((dx - cx) / (dy - cy))


# The map -----------------------------------------------------------------------------------------------------------


def test_the_projection_has_its_published_size() -> None:
    """The paper gives 2.73539 and 1.42239 as half of width and height; the pole line is a little over half of the equator."""
    assert projected(0, 0) == (0, 0)
    assert projected(180, 0)[0] == pytest.approx(2.73539, abs=1e-5)
    assert projected(0, 90)[1] == pytest.approx(1.42239, abs=1e-5)
    assert 0.5 < projected(180, 90)[0] / projected(180, 0)[0] < 0.6


@pytest.mark.parametrize(("longitude", "latitude"), [(30, 40), (-122.33, 47.61), (151.21, -33.87), (179, 60)])
def test_the_projection_is_symmetric_and_grows(longitude: float, latitude: float) -> None:
    x, y = projected(longitude, latitude)
    assert projected(-longitude, latitude) == (-x, y)
    assert projected(longitude, -latitude) == (x, -y)
    assert projected(longitude, latitude + 1)[1] > y
    assert projected(longitude + 1, latitude)[0] > x


def on_land(longitude: float, latitude: float) -> bool:
    """Whether a point is inside an odd number of rings, seen along its parallel."""
    crossed = 0
    for ring in rings():
        for turn in (-360, 0, 360):
            for (ax, ay), (bx, by) in pairwise(ring):
                if (ay > latitude) != (by > latitude):
                    crossed += longitude < ax + turn + (latitude - ay) / (by - ay) * (bx - ax)
    return crossed % 2 == 1


@pytest.mark.parametrize(
    ("place", "longitude", "latitude"),
    [("Denver", -104.98, 39.74), ("Turin", 7.69, 45.07), ("Nairobi", 36.82, -1.29), ("Chukotka", -172.5, 66.5),
     ("Curitiba", -49.27, -25.43), ("Alice Springs", 133.88, -23.7)],
)  # fmt: skip
def test_there_is_land_where_cities_are(place: str, longitude: float, latitude: float) -> None:
    assert on_land(longitude, latitude), place


@pytest.mark.parametrize(
    ("place", "longitude", "latitude"),
    [("Atlantic", -40, 30), ("Pacific", -150, 0), ("Caspian Sea", 51, 41.5), ("Bering Sea", -178, 58), ("Mediterranean", 18, 35)],
)  # fmt: skip
def test_there_is_none_at_sea_and_in_a_lake(place: str, longitude: float, latitude: float) -> None:
    assert not on_land(longitude, latitude), place


def test_rings_are_closed_and_never_jump() -> None:
    assert len(rings()) > 100
    around_the_pole = [ring for ring in rings() if ring[0] != ring[-1]]
    assert len(around_the_pole) == 1
    assert max(latitude for _, latitude in around_the_pole[0]) < -60
    for ring in rings():
        assert all(abs(ax - bx) <= 180 for (ax, _), (bx, _) in pairwise(ring))


def test_no_coast_runs_across_the_map() -> None:
    figure = Figure(worldmap(GIVEN))
    land = next(each for each in figure.root.iter(f"{SVG}path") if each.get("fill-rule"))
    for part in land.attrib["d"].split("Z"):
        points = corners(part)
        assert all(math.dist(a, b) < 90 for a, b in pairwise(points))


def test_a_link_takes_the_shorter_way_around_the_world() -> None:
    """From Seattle to Tokyo it leaves at the left and comes back at the right; from Seattle to Turin it crosses the map."""
    figure = Figure(worldmap(GIVEN))
    links, places = figure.of("visits"), figure.of("place")
    seattle, tokyo = middle(places["a"])[0], middle(places["b"])[0]
    assert links["a c"][1].attrib["d"].count("Q") == 1
    leaving, coming = (corners(part) for part in links["a b"][1].attrib["d"].split("M") if "Q" in part)
    assert leaving[0][0] == pytest.approx(seattle, abs=10)
    assert leaving[-1][0] < 0
    assert coming[0][0] > 24 + 1400
    assert coming[-1][0] == pytest.approx(tokyo, abs=15)


def test_topojson_becomes_rings() -> None:
    """Two arcs make one ring, the second backwards; steps add up, and the ring crosses the edge without a jump."""
    topology = {
        "transform": {"scale": [0.5, 1.0], "translate": [170.0, 0.0]},
        "arcs": [[[0, 0], [30, 0]], [[0, 0], [0, 10], [30, 0], [0, -10]]],
        "objects": {"land": {"geometries": [{"arcs": [[[0, -2]]]}]}},
    }
    assert converted(json.loads(json.dumps(topology))) == [
        [17000, 0, 18500, 0, 18500, 1000, 17000, 1000, 17000, 0],
    ]
