"""Whether figures can be read: contrasts by the formula of WCAG, lines and shapes that differ without colour."""

import itertools

import pytest

from graph.figures import look
from graph.figures.cloud import LINES as WAYS
from graph.figures.diffusion import LINES as SOURCES
from graph.figures.diffusion import MARKS
from graph.figures.growth import LINES as CHANGES
from graph.figures.look import HULL, INK, LAND, PAPER, QUIET, SEA, Line
from tests.figures.sight import contrast


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#000000", 2.44),
    ],
)
def test_contrast(one: str, other: str, expected: float) -> None:
    """Black on white is 21 by definition; the others are the values that checkers of web pages give."""
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize("ground", [PAPER, HULL])
def test_lines_and_marks_stand_out(ground: str) -> None:
    lines = [*WAYS.values(), *CHANGES.values(), *SOURCES.values(), look.ALL]
    for colour in [*(line.colour for line in lines), look.LINK, INK, QUIET]:
        assert contrast(colour, ground) >= 3


@pytest.mark.parametrize("ground", [LAND, SEA])
def test_links_stand_out_on_the_map(ground: str) -> None:
    assert contrast(look.LINK, ground) >= 3
    assert contrast(INK, ground) >= 3


def test_text_stands_out() -> None:
    for style in look.STYLES:
        assert contrast(style.letter, style.fill) >= 4.5
    for ground in (PAPER, HULL, LAND):
        assert contrast(INK, ground) >= 4.5
        assert contrast(QUIET, ground) >= 4.5


def test_a_hull_is_light() -> None:
    assert contrast(HULL, PAPER) < 1.3
    assert contrast(look.HULL_EDGE, PAPER) >= 3


def told_apart(one: Line, other: Line) -> bool:
    return one.dashes != other.dashes or max(one.width, other.width) >= 1.5 * min(one.width, other.width)


@pytest.mark.parametrize("lines", [[*CHANGES.values()], [*SOURCES.values(), look.ALL]], ids=["changes", "sources"])
def test_lines_are_told_apart_without_colour(lines: list[Line]) -> None:
    for one, other in itertools.combinations(lines, 2):
        assert told_apart(one, other)


def test_sources_have_shapes_of_their_own() -> None:
    assert len({shape for shape, _ in MARKS.values()}) == len(MARKS)
