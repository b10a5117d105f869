"""The map of a practice: a mark for each city by its source, lines from stated sources, and what is not on it is said."""

import math

import pytest

from graph.figures.caption import Facts
from graph.figures.diffusion import LINES, Source
from graph.figures.projection import EUROPE
from graph.figures.spread import Adopter, Spread, spread
from tests.figures.given import spread_of
from tests.figures.read import SVG, Figure, corners, middle

FACTS = Facts("Open streets", "All years", "First uses")
GIVEN = Spread(
    FACTS,
    (
        Adopter("a", "Bogota", 1974, Source.NOT_KNOWN, 4.7, -74.1),
        Adopter("b", "Turin", 2001, Source.DIRECT, 45.1, 7.7, (("a", Source.DIRECT),)),
        Adopter("c", "Tokyo", None, Source.SECOND_HAND, 35.7, 139.7, (("b", Source.SECOND_HAND), ("x", Source.DIRECT))),
        Adopter("d", "Nowhere", 1990),
    ),
)


def test_a_city_is_a_mark_with_the_shape_of_its_source() -> None:
    marks = Figure(spread(GIVEN)).of("adoption")
    assert {id_: each[-1].tag.removeprefix(SVG) for id_, each in marks.items()} == {
        "a": "path",
        "b": "circle",
        "c": "path",
    }
    assert marks["b"].attrib["aria-label"] == "Turin: 2001; direct source"
    assert marks["c"].attrib["aria-label"] == "Tokyo: year not known; second-hand source"
    assert marks["a"].attrib["data-year"] == "1974"
    (west, north), (east, south) = middle(marks["b"]), middle(marks["a"])
    assert (west > east, north < south) == (True, True), "Turin lies to the north-east of Bogota"


def test_lines_lead_from_sources_that_are_on_the_map() -> None:
    """The source x is not among the cities; each kind of source has its own dashes."""
    figure = Figure(spread(GIVEN))
    marks = figure.of("adoption")
    leads = ((Source.DIRECT, ("a", "b")), (Source.SECOND_HAND, ("b", "c")))
    dashes = {LINES[kind].dashes: ends for kind, ends in leads}
    drawn = [each for each in figure.root.iter(f"{SVG}path") if " Q" in each.get("d", "")]
    lines = {each.get("stroke-dasharray"): corners(each.attrib["d"]) for each in drawn if each.get("fill") == "none"}
    assert len(drawn) == 2
    for dash, (start, end) in dashes.items():
        first, _, last, *_ = lines[dash]
        assert math.dist(first, middle(marks[start])) < 12
        assert math.dist(last, middle(marks[end])) < 12


def test_the_caption_says_what_is_not_on_the_map() -> None:
    said = Figure(spread(GIVEN)).says()
    assert "All years. 4 cities." in said
    assert "Of 1 city the first year is not known." in said
    assert "Of 1 city no position is known" in said
    assert "elsewhere" not in said
    europe = Figure(spread(GIVEN, EUROPE))
    assert set(europe.of("adoption")) == {"b"}
    assert "2 cities lie elsewhere." in europe.says()
    assert "Synthetic" not in said
    assert "Synthetic: made up" in Figure(spread(spread_of(1))).says()


def test_no_city_at_all() -> None:
    figure = Figure(spread(Spread(FACTS, ())))
    assert figure.of("adoption") == {}
    assert "All years. 0 cities." in figure.says()


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        Spread(FACTS, (Adopter("a", "A"), Adopter("a", "B")))
    with pytest.raises(ValueError, match="direct or second-hand"):
        Spread(FACTS, (Adopter("a", "A", sources=(("b", Source.NOT_KNOWN),)),))
