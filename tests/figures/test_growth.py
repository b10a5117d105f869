"""What became of ties between two waves: new, kept, lost, or not known because a wave cannot tell."""

import itertools

import pytest

from graph.figures.cloud import cloud, stated
from graph.figures.growth import Change, compared, growth, in_words
from graph.figures.people import Cloud, Person, Tie, Wave, Way
from tests.figures.given import cloud_of
from tests.figures.read import SVG, Figure


def test_growth_by_hand() -> None:
    """Four people. d gives no answers later, c is not listed then.

    a-b was mutual and is one-way: a→b kept, b→a lost. a→d is new. d→a is in the first wave, and d gives no answers in the
    second: not known. a→c is in the first wave, and c is not listed in the second: not known.
    """
    first = Wave("First", (Tie("a", "b", Way.MUTUAL), Tie("d", "a"), Tie("a", "c")))
    second = Wave("Second", (Tie("a", "b"), Tie("a", "d")), listed=("a", "b", "d"), answered=("a", "b"))
    given = Cloud("Four", tuple(Person(id_, id_) for id_ in "abcd"), (first, second), "A rule")
    found = compared(given, 0, 1)
    assert found.changes == {
        ("a", "b"): Change.KEPT,
        ("b", "a"): Change.LOST,
        ("a", "d"): Change.NEW,
        ("d", "a"): Change.NOT_KNOWN,
        ("a", "c"): Change.NOT_KNOWN,
    }
    assert (found.came, found.left) == ((), ("c",))
    assert in_words(found) == (
        "1 tie is new, 1 kept, 1 lost; of 2 the waves cannot tell. 0 people came and 1 left the list."
    )
    figure = Figure(growth(given))
    assert in_words(found) in figure.says()
    assert {id_: each.attrib["data-change"] for id_, each in figure.of("tie").items()} == {
        "a b": "kept", "b a": "lost", "a d": "new", "d a": "not_known", "a c": "not_known",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("way", [None, Way.EITHER])
def test_growth_agrees_with_a_slow_count(seed: int, way: Way | None) -> None:
    given = cloud_of(seed, 12, way=way)
    before, after = given.waves
    listed = [set(wave.listed or ()) for wave in given.waves]
    heard = [set(wave.answered or ()) for wave in given.waves]
    expected = {}
    for a, b in itertools.permutations(sorted(person.id for person in given.people), 2):
        said = [_said(wave, a, b) for wave in (before, after)]
        if not any(said) or (way is Way.EITHER and a > b):
            continue
        tells = [{a, b} <= listed[at] and ({a, b} if way else {a}) <= heard[at] for at in (0, 1)]
        if all(said):
            expected[a, b] = Change.KEPT
        elif said[0]:
            expected[a, b] = Change.LOST if tells[1] else Change.NOT_KNOWN
        else:
            expected[a, b] = Change.NEW if tells[0] else Change.NOT_KNOWN
    assert compared(given, 0, 1).changes == expected


def _said(wave: Wave, a: str, b: str) -> bool:
    return any(
        (tie.start, tie.end) == (a, b) or ((tie.end, tie.start) == (a, b) and tie.way is not Way.ONE_WAY)
        for tie in wave.ties
    )


def test_people_of_a_growth_are_those_of_its_later_wave() -> None:
    given = cloud_of(6)
    says = [
        {id_: each.attrib["aria-label"] for id_, each in Figure(figure).of("person").items()}
        for figure in (growth(given, 0, 1), cloud(given, 1), cloud(given, 0))
    ]
    assert says[0] == says[1] != says[2]


def test_a_wave_against_itself_is_all_kept() -> None:
    given = cloud_of(5)
    changes = compared(given, 0, 0).changes
    assert set(changes.values()) == {Change.KEPT}
    assert f"{len(changes):,} tie" in stated(given.waves[0].ties)


def test_two_directions_of_a_pair_with_different_fates_lie_side_by_side() -> None:
    first = Wave("First", (Tie("a", "b"),))
    second = Wave("Second", (Tie("a", "b", Way.MUTUAL),))
    ties = Figure(growth(Cloud("Two", (Person("a", "A"), Person("b", "B")), (first, second), "A rule"))).of("tie")
    lines = {id_: next(each for each in tie if each.tag == f"{SVG}path").attrib["d"] for id_, tie in ties.items()}
    assert set(lines) == {"a b", "b a"}
    assert lines["a b"].split()[1] != lines["b a"].split()[1]
