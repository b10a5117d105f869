"""The adoption curve: sums by year, a mark where the year is, sources by shape and by line."""

from collections import Counter

import pytest

from graph.figures.caption import Facts
from graph.figures.diffusion import Adoption, Diffusion, Source, curve, diffusion
from tests.figures.given import diffusion_of
from tests.figures.read import SVG, Figure, corners, middle

FACTS = Facts("Spread of a practice", "Up to 2010", "The first year of use")
GIVEN = Diffusion(
    FACTS,
    (
        Adoption("a", "Curitiba", 1974),
        Adoption("b", "Quito", 1995, Source.DIRECT),
        Adoption("c", "Bogotá", 2000, Source.DIRECT),
        Adoption("d", "Jakarta", 2004, Source.SECOND_HAND),
        Adoption("e", "Lagos", 2004),
        Adoption("f", "Undated", None, Source.SECOND_HAND),
    ),
)


def test_the_curve_by_hand() -> None:
    """One by 1974, two by 1995, three by 2000, five by 2004; the undated one is in no curve."""
    assert curve(GIVEN, *Source) == ((1974, 1), (1995, 2), (2000, 3), (2004, 5))
    assert curve(GIVEN, Source.DIRECT) == ((1995, 1), (2000, 2))
    assert curve(GIVEN, Source.SECOND_HAND) == ((2004, 1),)
    assert curve(Diffusion(FACTS, ()), *Source) == ()


@pytest.mark.parametrize("seed", range(5))
def test_the_curve_agrees_with_a_slow_count(seed: int) -> None:
    given = diffusion_of(seed)
    for sources in (tuple(Source), (Source.DIRECT,), (Source.SECOND_HAND,)):
        years = [each.year for each in given.adoptions if each.year is not None and each.source in sources]
        assert dict(curve(given, *sources)) == {year: sum(other <= year for other in years) for year in years}


def test_marks_stand_at_their_year_and_are_told_apart() -> None:
    marks = Figure(diffusion(GIVEN)).of("adoption")
    assert set(marks) == set("abcde")
    places = {id_: middle(mark) for id_, mark in marks.items()}
    year = (places["c"][0] - places["a"][0]) / 26
    assert places["b"][0] == pytest.approx(places["a"][0] + 21 * year, abs=0.1)
    assert [places["d"][0], places["e"][0]] == pytest.approx([places["c"][0] + 4 * year] * 2, abs=0.1)
    heights = [places[id_][1] for id_ in "abcde"]
    step = heights[0] - heights[1]
    assert step > 0
    assert [round((heights[0] - y) / step, 1) for y in heights] == [0, 1, 2, 3, 4]
    assert marks["b"][1].tag == marks["c"][1].tag == f"{SVG}circle"
    assert len(corners(marks["d"][1].attrib["d"])) == 4
    assert marks["d"].attrib["aria-label"] == "Jakarta: 2004; second-hand source"


def test_the_caption_says_how_many_names_have_no_room() -> None:
    crowd = tuple(Adoption(f"{at:02}", f"The city of number {at}", 2000) for at in range(80))
    figure = Figure(diffusion(Diffusion(FACTS, crowd)))
    named = sum((each.text or "").startswith("The city") for each in figure.root.iter(f"{SVG}text"))
    assert 0 < named < 80
    assert f"{named} of 80 names have room here" in " ".join(figure.root.itertext())
    assert "names have room" not in " ".join(Figure(diffusion(GIVEN)).root.itertext())


def test_each_source_has_a_line_of_its_own() -> None:
    root = Figure(diffusion(GIVEN)).root
    dashes = [each.get("stroke-dasharray") for each in root.iter(f"{SVG}path") if each.get("fill") == "none"]
    often = Counter(dashes)
    assert often["9 4"] == often["2 4"] == 2, "the line and its sample in the legend"


def test_the_caption_counts_sources_and_who_has_no_year() -> None:
    said = Figure(diffusion(GIVEN)).says()
    assert "Up to 2010. 6 adoptions, of which 2 direct, 2 second-hand, and 2 whose source is not known." in said
    assert "1 adoption has no known year and cannot be drawn." in said
    assert "Synthetic" not in said
    assert "Synthetic: made up" in Figure(diffusion(diffusion_of(1))).says()


@pytest.mark.parametrize("years", [(), (2000,), (None, None), (2000, 2000), tuple(range(1900, 2000)), (-500, 2000)])
def test_extremes(years: tuple[int | None, ...]) -> None:
    given = Diffusion(FACTS, tuple(Adoption(f"{at}", f"City {at}", year) for at, year in enumerate(years)))
    figure = Figure(diffusion(given))
    wide, tall = figure.size
    assert len(figure.of("adoption")) == sum(year is not None for year in years)
    assert all(0 < x < wide and 0 < y < tall for x, y in map(middle, figure.of("adoption").values()))


def test_two_adoptions_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        Diffusion(FACTS, (Adoption("a", "A", 1), Adoption("a", "B", 2)))
