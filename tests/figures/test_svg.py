"""What no figure may have: text that becomes markup, something that runs or loads, numbers that are none."""

import math
from collections.abc import Callable
from xml.etree import ElementTree as Xml

import pytest

from graph.figures.cloud import cloud
from graph.figures.diffusion import diffusion
from graph.figures.exchange import exchange
from graph.figures.growth import growth
from graph.figures.spread import spread
from graph.figures.svg import clean, node, number, path, picture, written
from graph.figures.text import lines, width
from graph.figures.worldmap import worldmap
from tests.figures.given import HOSTILE, cloud_of, diffusion_of, exchange_of, spread_of
from tests.figures.read import SVG, Figure

FIGURES: list[tuple[str, Callable[[], bytes]]] = [
    ("cloud", lambda: cloud(cloud_of(1))),
    ("growth", lambda: growth(cloud_of(1))),
    ("exchange", lambda: exchange(exchange_of(1))),
    ("worldmap", lambda: worldmap(exchange_of(1))),
    ("diffusion", lambda: diffusion(diffusion_of(1))),
    ("spread", lambda: spread(spread_of(1))),
]
each_figure = pytest.mark.parametrize("drawn", [pytest.param(make, id=name) for name, make in FIGURES])


@each_figure
def test_nothing_runs_loads_or_restyles(drawn: Callable[[], bytes]) -> None:
    figure = Figure(drawn())
    kinds = {each.tag.removeprefix(SVG) for each in figure.root.iter()}
    assert kinds <= {"svg", "title", "desc", "defs", "metadata", "clipPath", "g", "path", "circle", "rect", "text"}
    for each in figure.root.iter():
        for name, value in each.attrib.items():
            assert not name.startswith("on")
            assert name not in ("style", "href", "class", "{http://www.w3.org/1999/xlink}href")
            if not name.startswith(("aria-", "data-")):
                assert "://" not in value
                assert "url(" not in value or value.startswith("url(#")


@each_figure
def test_ids_are_plain_and_differ_between_figures_of_other_data(drawn: Callable[[], bytes]) -> None:
    ids = [each.attrib["id"] for each in Figure(drawn()).root.iter() if "id" in each.attrib]
    assert len(set(ids)) == len(ids) >= 2
    assert all(id_.replace("-", "").isalnum() for id_ in ids)
    other = Figure(exchange(exchange_of(99)))
    assert not set(ids) & {each.attrib["id"] for each in other.root.iter() if "id" in each.attrib}


@each_figure
def test_screen_readers_and_keyboards_reach_every_mark(drawn: Callable[[], bytes]) -> None:
    root = Figure(drawn()).root
    assert root.attrib["role"].split()[0] == "graphics-document"
    named = {each.attrib["id"]: each.text for each in root.iter() if "id" in each.attrib}
    assert named[root.attrib["aria-labelledby"]]
    assert named[root.attrib["aria-describedby"]]
    marks = [each for each in root.iter() if "data-id" in each.attrib and each.get("data-kind") != "community"]
    assert len(marks) > 20
    for each in marks:
        assert each.attrib["tabindex"] == "0"
        assert each.attrib["role"] == "graphics-symbol img"
        assert each.attrib["aria-label"].strip() == each[0].text
        assert each[0].tag == f"{SVG}title"


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    said = clean(text)
    root = Xml.fromstring(written(node("g", node("title", text), node("text", text), data_id=text, aria_label=text)))
    assert [each.text or "" for each in root] == [said, said]
    assert root.attrib == {"data-id": said, "aria-label": said}
    assert len(said.splitlines()) <= 1


def test_what_xml_forbids_is_replaced() -> None:
    assert clean("a\x00b\x0b\ud800\ufffe c\t\n d") == "a\ufffdb \ufffd\ufffd c d"


@pytest.mark.parametrize("name", ["script", "image", "a", "foreignObject", "style", "use", "animate"])
def test_elements_that_run_or_load_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no element"):
        node(name)


@pytest.mark.parametrize("name", ["onload", "onclick", "style", "href", "xlink:href", "src", "class"])
def test_attributes_that_run_or_load_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no attribute"):
        node("g", **{name: "x"})


@pytest.mark.parametrize("value", ["url(http://example.org)", "URL( #a )", "red url(#a)", "url(#a) url(//b)"])
def test_references_lead_only_inside(value: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        node("g", fill=value)
    assert node("g", fill="url(#a-b)").attrib == {"fill": "url(#a-b)"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (-0.001, "0"),
        (0.005, "0.01"),
        (1.5, "1.5"),
        (2.0, "2"),
        (100, "100"),
        (-3.14159, "-3.14"),
        (-0.0, "0"),
    ],
)
def test_numbers_are_short(value: float, said: str) -> None:
    assert number(value) == said


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_are_finite(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        path((0, value))


def test_a_picture_names_and_describes_itself() -> None:
    root = Xml.fromstring(written(picture((10, 20), "A <title>", "What it is", "k", [])))
    assert [each.text for each in root] == ["A <title>", "What it is"]
    assert root.attrib["viewBox"] == "0 0 10 20"


@pytest.mark.parametrize("text", ["one two three four five", "x" * 90, "a " * 40, "", "Łódź " * 20])
@pytest.mark.parametrize("most", [20.0, 75.0, 300.0])
def test_lines_lose_nothing_and_fit(text: str, most: float) -> None:
    made = lines(text, 11, most)
    assert "".join(made).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, 11) <= most or len(line) == 1 for line in made)


def test_marks_above_letters_need_no_room() -> None:
    assert width("Trà Vinh", 10) == width("Tra Vinh", 10) == width("Tra\u0300 Vinh", 10)
    assert width("x\u0331", 10) == width("x", 10)
    assert width("東京", 10) > width("To", 10) > width("", 10) == 0
