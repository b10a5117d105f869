"""Clouds: everybody is drawn, stays in place, is told apart without colours, and no name covers another."""

import itertools
import math
import random
from typing import Any

import pytest

from graph.figures.cloud import cloud
from graph.figures.geometry import hull
from graph.figures.growth import growth
from graph.figures.look import STYLES
from graph.figures.marks import styles
from graph.figures.people import Cloud, Person, Tie, Wave, Way
from graph.figures.svg import clean
from graph.figures.text import width
from tests.figures.given import cloud_of
from tests.figures.read import Figure, Text, corners, middle

SEEDS = range(4)


def two(*ties: Tie) -> Cloud:
    """Return a cloud of four people with two waves: no ties, then these."""
    people = tuple(Person(id_, id_.upper()) for id_ in "abcd")
    return Cloud("Four", people, (Wave("First", ()), Wave("Second", ties)), "A rule")


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_and_each_tie_is_drawn_once(seed: int) -> None:
    given = cloud_of(seed)
    for number, wave in enumerate(given.waves):
        figure = Figure(cloud(given, number))
        people = figure.of("person")
        assert set(people) == {person.id for person in given.people}
        assert set(figure.of("tie")) == {f"{tie.start} {tie.end}" for tie in wave.ties}
        for person in given.people:
            assert clean(person.label) in people[person.id].attrib["aria-label"]


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_moves_between_waves(seed: int) -> None:
    given = cloud_of(seed, waves=3)
    drawn = [Figure(cloud(given, number)) for number in range(3)] + [Figure(growth(given, 0, 2))]
    for person in given.people:
        places = [middle(figure.of("person")[person.id]) for figure in drawn]
        assert max(math.dist(places[0], place) for place in places) < 0.02


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_covers_another_or_leaves_the_sheet(seed: int) -> None:
    figure = Figure(cloud(cloud_of(seed, 60)))
    places = [middle(mark) for mark in figure.of("person").values()]
    wide, tall = figure.size
    assert all(9 < x < wide - 9 and 9 < y < tall - 9 for x, y in places)
    assert min(math.dist(*pair) for pair in itertools.combinations(places, 2)) > 18


def box(text: Text) -> tuple[float, float, float, float]:
    wide = width(text.words, text.size)
    left = text.x - {"start": 0, "middle": wide / 2, "end": wide}[text.anchor]
    return left, text.y - text.size * 0.8, left + wide, text.y + text.size * 0.2


@pytest.mark.parametrize("seed", SEEDS)
def test_names_are_whole_and_cover_no_other(seed: int) -> None:
    given = cloud_of(seed, 60)
    figure = Figure(cloud(given))
    wide, tall = figure.size
    for text in figure.texts():
        left, top, right, bottom = box(text)
        assert left >= 0
        assert top >= 0
        assert right <= wide
        assert bottom <= tall
    labels = {clean(person.label) for person in given.people if person.label}
    names = [box(text) for text in figure.texts() if text.words in labels]
    assert len(names) > 30
    for one, other in itertools.combinations(names, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_names_without_room_are_counted() -> None:
    people = tuple(Person(f"p{at:03}", f"A rather long name of a person, number {at}") for at in range(150))
    ties = tuple(Tie(f"p{at:03}", f"p{at + 1:03}") for at in range(149))
    said = Figure(cloud(Cloud("Many", people, (Wave("One", ties),), "A rule"))).says()
    shown = sum(f"number {at}" in said for at in range(150))
    assert "of 150 names have room here" in said
    assert 10 < shown < 150


def test_who_has_no_tie_stands_below_all_others() -> None:
    given = cloud_of(3, 40)
    tied = {id_ for wave in given.waves for tie in wave.ties for id_ in tie.pair}
    places = {id_: middle(mark) for id_, mark in Figure(cloud(given)).of("person").items()}
    alone = [place for id_, place in places.items() if id_ not in tied]
    assert len(alone) >= 4
    assert f"Without ties in any wave: {len(alone)} people" in Figure(cloud(given)).says()
    assert min(y for _, y in alone) > max(place[1] for id_, place in places.items() if id_ in tied)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hull_is_drawn_around_those_of_a_community_who_have_ties(seed: int) -> None:
    given = cloud_of(seed, 40)
    tied = {id_ for wave in given.waves for tie in wave.ties for id_ in tie.pair}
    figure = Figure(cloud(given))
    hulls, places = figure.of("community"), {id_: middle(mark) for id_, mark in figure.of("person").items()}
    for community in range(3):
        inside = [person.id for person in given.people if person.community == community and person.id in tied]
        assert hulls[str(community)][0].text == f"Community {community + 1}: {len(inside)} people"
        xs, ys = zip(*corners(hulls[str(community)][1].attrib["d"]), strict=True)
        for id_ in inside:
            assert min(xs) < places[id_][0] < max(xs)
            assert min(ys) < places[id_][1] < max(ys)
        assert max(ys) == pytest.approx(max(places[id_][1] for id_ in inside) + 9 * 2.1, abs=0.1)


def test_clusters_are_plain() -> None:
    """Two cliques with one tie between them: everybody is nearer to the middle of their own."""
    ids = [f"{side}{at}" for side in "ab" for at in range(8)]
    ties = [Tie(a, b, Way.MUTUAL) for a, b in itertools.combinations(ids, 2) if a[0] == b[0]]
    people = tuple(Person(id_, id_, community="ab".index(id_[0])) for id_ in ids)
    drawn = Figure(cloud(Cloud("Two", people, (Wave("One", (*ties, Tie("a0", "b0"))),), "A rule"))).of("person")
    middles = {}
    for side in "ab":
        xs, ys = zip(*(middle(drawn[f"{side}{at}"]) for at in range(8)), strict=True)
        middles[side] = sum(xs) / 8, sum(ys) / 8
    for id_ in ids:
        own, other = middles[id_[0]], middles["b" if id_[0] == "a" else "a"]
        assert math.dist(middle(drawn[id_]), own) < 0.6 * math.dist(middle(drawn[id_]), other)


@pytest.mark.parametrize("seed", SEEDS)
def test_communities_are_pulled_together(seed: int) -> None:
    """Within communities people stand nearer to each other, compared with all, than if nobody knew of communities."""

    def nearness(known: bool) -> float:
        chance = random.Random(seed)
        ids = [f"{at:02}" for at in range(36)]
        of = {id_: int(id_) % 3 for id_ in ids}
        pairs = list(itertools.combinations(ids, 2))
        ties = tuple(Tie(a, b) for a, b in pairs if chance.random() < (0.4 if of[a] == of[b] else 0.06))
        people = tuple(Person(id_, id_, community=of[id_] if known else None) for id_ in ids)
        drawn = Figure(cloud(Cloud("Three", people, (Wave("One", ties),), "A rule"))).of("person")
        far = {pair: math.dist(*(middle(drawn[id_]) for id_ in pair)) for pair in pairs}
        within = [far[a, b] for a, b in pairs if of[a] == of[b]]
        return (sum(within) / len(within)) / (sum(far.values()) / len(far))

    assert nearness(True) < 0.95 * nearness(False)


@pytest.mark.parametrize("seed", range(5))
def test_a_network_lies_on_its_long_side(seed: int) -> None:
    ids = [f"{at:02}" for at in range(12)]
    ties = tuple(Tie(*pair) for pair in itertools.pairwise(random.Random(seed).sample(ids, 12)))
    people = tuple(Person(id_, id_) for id_ in ids)
    drawn = Figure(cloud(Cloud("Chain", people, (Wave("One", ties),), "A rule"), seed=seed))
    xs, ys = zip(*map(middle, drawn.of("person").values()), strict=True)
    assert max(xs) - min(xs) > 2 * (max(ys) - min(ys))


def test_groups_are_told_without_colour() -> None:
    look = styles([f"Group {at}" for at in range(30)])
    said = {(style.shape, letter) for style, letter in look.values()}
    assert len(said) == 31
    assert len({style.shape for style in STYLES}) == len(STYLES)


@pytest.mark.parametrize(
    ("group", "said"),
    [("CIVIC", "civic"), ("FROM_30_TO_44", "from 30 to 44"), ("UNDP", "UNDP"), ("City of Łódź", None)],
)
def test_groups_are_said_in_words(group: str, said: str | None) -> None:
    """As the pages say them; names of organizations stay as they are, and so does the value that programs read."""
    given = Cloud("City", (Person("a", "Ann", group),), (Wave("One", ()),), "A rule", group_is="Sector")
    figure = Figure(cloud(given))
    assert f"{said or group} (1)" in [each.words for each in figure.texts()]
    assert f"Sector: {said or group};" in figure.of("person")["a"].attrib["aria-label"]
    assert figure.of("person")["a"].attrib["data-group"] == group


def test_a_group_looks_the_same_in_every_city_with_the_same_groups() -> None:
    def drawn(groups: tuple[str, ...]) -> dict[str, str]:
        given = Cloud("City", (Person("a", "Ann", "Public"),), (Wave("One", ()),), "A rule", groups=groups)
        return Figure(cloud(given)).of("person")["a"][1].attrib

    assert drawn(("Business", "Labour", "Public")) == drawn(("Business", "Civic", "Public"))
    assert drawn(("Business", "Labour", "Public")) != drawn(("Public", "Business", "Labour"))


def test_the_caption_counts_what_is_drawn() -> None:
    given = Cloud(
        "Cloud of Testville",
        tuple(Person(id_, id_) for id_ in "abcde"),
        (Wave("Wave 1, May 2023", (Tie("a", "b", Way.MUTUAL), Tie("c", "a")), tuple("abcd"), None, 4, 3),),
        "A tie leads from who said it",
        synthetic=True,
        notes=("A note",),
    )
    said = Figure(cloud(given)).says()
    about = Figure(cloud(given)).root[1].text or ""
    for sentence in (
        "Wave 1, May 2023. 4 people, 3 ties (1 pair in both directions, 1 in one).",
        "A tie leads from who said it.",
        "Response rate: 75% (3 of 4).",
        "Synthetic: made up, and true of nobody.",
        "A note.",
    ):
        assert sentence in said
        assert sentence in about


def test_an_unknown_response_rate_says_so_and_real_data_is_not_called_synthetic() -> None:
    said = Figure(cloud(two(Tie("a", "b")), 1)).says()
    assert "Response rate: not known." in said
    assert "Synthetic" not in said


def test_cut_points_and_people_without_answers_have_rings() -> None:
    given = Cloud(
        "Path",
        tuple(Person(id_, id_) for id_ in "abc"),
        (Wave("One", (Tie("a", "b"), Tie("b", "c")), None, ("a", "b"), cut_points=("b",)),),
        "A rule",
    )
    people = Figure(cloud(given)).of("person")
    rings = {
        id_: [each.get("stroke-dasharray") for each in mark if each.get("fill") == "none"]
        for id_, mark in people.items()
    }
    assert rings == {"a": [], "b": [None], "c": ["2 2.6"]}
    assert "cut point" in people["b"].attrib["aria-label"]
    assert "no answers to show" in people["c"].attrib["aria-label"]


@pytest.mark.parametrize("size", [0, 1, 2, 3])
@pytest.mark.parametrize("way", list(Way))
def test_small_clouds(size: int, way: Way) -> None:
    ids = "abc"[:size]
    people = tuple(Person(id_, id_) for id_ in ids)
    ties = tuple(Tie(a, b, way) for a, b in itertools.combinations(ids, 2))
    given = Cloud("Small", people, (Wave("No ties", ()), Wave("All ties", ties), Wave("Nobody", (), ())), "A rule")
    for number in range(3):
        figure = Figure(cloud(given, number))
        assert len(figure.of("person")) == size
        assert len(figure.of("tie")) == (len(ties) if number == 1 else 0)
    new = len(ties) * (2 if way is Way.MUTUAL else 1)
    assert f"{new} {'tie is' if new == 1 else 'ties are'} new, 0 kept, 0 lost" in Figure(growth(given)).says()


def test_a_cloud_that_is_too_large_is_refused() -> None:
    people = tuple(Person(f"{at}", "Somebody") for at in range(1501))
    with pytest.raises(ValueError, match=r"at most 1,500 people or places, and these are 1,501"):
        cloud(Cloud("Large", people, (Wave("One", ()),), "A rule"))


@pytest.mark.parametrize("size", [161, 700])
def test_a_larger_cloud_gets_more_room_and_then_smaller_marks(size: int) -> None:
    people = tuple(Person(f"{at:03}", "Somebody") for at in range(size))
    ties = tuple(Tie(f"{at:03}", f"{(at * at + 1) % at:03}") for at in range(2, size))
    figure = Figure(cloud(Cloud("Large", people, (Wave("One", ties),), "A rule")))
    radius = float(figure.of("person")["000"][1].attrib["r"])
    assert figure.size[0] > Figure(cloud(cloud_of(1))).size[0]
    assert radius == (9 if size < 640 else pytest.approx(9 * 2 / (700 / 160) ** 0.5, abs=0.01))
    places = [middle(mark) for mark in figure.of("person").values()]
    assert min(math.dist(*pair) for pair in itertools.combinations(places, 2)) > 1.5 * radius


def test_several_components_do_not_cover_each_other() -> None:
    ids = [f"{part}{at}" for part in "abcd" for at in range(5)]
    ties = tuple(Tie(f"{part}{at}", f"{part}{(at + 1) % 5}") for part in "abcd" for at in range(5))
    drawn = Figure(cloud(Cloud("Rings", tuple(Person(id_, id_) for id_ in ids), (Wave("One", ties),), "A rule"))).of(
        "person"
    )
    boxes = []
    for part in "abcd":
        xs, ys = zip(*(middle(drawn[f"{part}{at}"]) for at in range(5)), strict=True)
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    for one, other in itertools.combinations(boxes, 2):
        assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_the_input_does_not_matter(seed: int) -> None:
    given, chance = cloud_of(seed), random.Random(seed)

    def mixed(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(values, len(values)))

    waves = tuple(
        Wave(
            w.name,
            mixed(w.ties),
            mixed(w.listed or ()),
            mixed(w.answered or ()),
            w.invited,
            w.replies,
            mixed(w.cut_points),
        )
        for w in given.waves
    )
    other = Cloud(given.title, mixed(given.people), waves, given.rule)
    assert cloud(other) == cloud(given)
    assert growth(other) == growth(given)


def test_the_seed_matters() -> None:
    assert cloud(cloud_of(1), seed=1) != cloud(cloud_of(1), seed=2)


@pytest.mark.parametrize(
    ("people", "ties", "problem"),
    [
        ("aa", (), "same id"),
        ("ab", (("a", "a"),), "himself"),
        ("ab", (("a", "b"), ("b", "a")), "more than one tie"),
        ("ab", (("a", "c"),), "Nobody of the cloud is c"),
    ],
)
def test_clouds_that_make_no_sense_are_refused(people: str, ties: tuple[tuple[str, str], ...], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Cloud(
            "x", tuple(Person(id_, id_) for id_ in people), (Wave("One", tuple(Tie(*tie) for tie in ties)),), "A rule"
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hull_holds_all_its_points_with_a_margin(seed: int) -> None:
    chance = random.Random(seed)
    points = [(chance.uniform(0, 100), chance.uniform(0, 100)) for _ in range(12)]
    outline = hull(points, 10)
    for x, y in points:
        for turn in range(16):
            ahead = (x + 9.7 * math.cos(math.tau * turn / 16), y + 9.7 * math.sin(math.tau * turn / 16))
            sides = zip(outline, (*outline[1:], outline[0]), strict=True)
            assert all((b[0] - a[0]) * (ahead[1] - a[1]) >= (b[1] - a[1]) * (ahead[0] - a[0]) for a, b in sides)
