"""Colours are told apart by the colour-blind, and where grey makes them alike, neighbours are not."""

import itertools
import re
from pathlib import Path

import pytest

from app import web
from graph.figures import look
from graph.figures.diffusion import MARKS
from tests.figures.sight import GREY, SIGHTS, difference

LEAST, PLAIN = 8.0, 20.0
"""Least difference of any two of the eight fills, and of colours that mean opposite things."""
LEAST_GREY = 40.0
"""Least difference in grey of fills that are given one after the other: a dark one follows a light one."""
FILLS = [style.fill for style in look.STYLES]
BLIND = [sight for sight in SIGHTS if sight != GREY]
SCRIPT = (Path(web.__file__).parent / "explorer" / "cloud" / "large.js").read_text(encoding="utf-8")


def constant(name: str) -> list[str]:
    """Return the colours of a constant of the canvas, in order."""
    (body,) = re.findall(rf"const {name} = [\[{{](.*?)[\]}}];", SCRIPT, re.DOTALL)
    return re.findall(r"#[0-9a-f]{6}", body)


def test_differences_are_those_that_are_known() -> None:
    """White and black are 100 apart; red and green of one lightness are near for who lacks a cone, blue and yellow are not."""
    assert difference("#ffffff", "#000000", GREY) == pytest.approx(100, abs=0.01)
    assert difference("#c05a4c", "#7f7a4c", "protanopia") < 0.5 * difference("#c05a4c", "#7f7a4c", "tritanopia")
    assert difference("#0000ff", "#ffff00", "deuteranopia") > 100


@pytest.mark.parametrize("sight", BLIND)
def test_the_colour_blind_tell_colours_apart(sight: str) -> None:
    for one, other in itertools.combinations(FILLS, 2):
        assert difference(one, other, sight) >= LEAST, (one, other)
    assert difference(look.NEW.colour, look.LOST.colour, sight) >= PLAIN
    assert difference(look.VISITOR, look.HOST, sight) >= PLAIN
    for one, other in itertools.combinations([fill for _, fill in MARKS.values() if fill.startswith("#")], 2):
        assert one == other or difference(one, other, sight) >= LEAST
    for one, other in itertools.combinations(constant("CHANGES"), 2):
        assert difference(one, other, sight) >= PLAIN, (one, other)


def test_in_grey_neighbours_are_told_apart() -> None:
    for one, other in itertools.pairwise(FILLS):
        assert difference(one, other, GREY) >= LEAST_GREY, (one, other)
    assert difference(look.VISITOR, look.HOST, GREY) >= LEAST_GREY


def test_each_group_has_a_shape_of_its_own() -> None:
    assert len({style.shape for style in look.STYLES}) == len(look.STYLES)


def test_the_canvas_has_the_fills_and_shapes_of_the_figures() -> None:
    assert constant("COLOURS") == FILLS
    canvas = (Path(web.__file__).parent / "explorer" / "cloud" / "canvas.js").read_text(encoding="utf-8")
    (body,) = re.findall(r"const SHAPES = \{(.*?)\n\};", canvas, re.DOTALL)
    assert re.findall(r"^  (\w+):", body, re.MULTILINE) == [style.shape for style in look.STYLES]
