"""A cloud with a supposition: who leaves is faint with all ties, new ties have a line, and the words say both."""

from graph.figures.cloud import cloud
from graph.figures.people import Cloud, Person, Tie, Wave, Way
from graph.figures.whatif import FAINT, Supposed, whatif
from tests.figures.given import cloud_of
from tests.figures.read import Figure, middle


def given() -> Cloud:
    ties = (Tie("a", "b", Way.MUTUAL), Tie("c", "b"), Tie("c", "d"))
    return Cloud("Four", tuple(Person(id_, id_.upper()) for id_ in "abcd"), (Wave("First", ties),), "A rule")


def faint(figure: Figure, kind: str) -> set[str]:
    return {id_ for id_, each in figure.of(kind).items() if each.get("opacity") == FAINT}


def test_what_if_by_hand() -> None:
    """B leaves, with a-b in both directions and c-b. A, C and D come together: c-d is there, the others are new."""
    added = (("a", "c"), ("a", "d"), ("c", "a"), ("d", "a"), ("d", "c"))
    supposed = Supposed(("b",), added, (("a", "b"), ("b", "a"), ("c", "b")), "without B", "with a tour")
    figure = Figure(whatif(given(), supposed))
    assert faint(figure, "person") == {"b"}
    assert faint(figure, "tie") == {"a b", "c b"}
    new = {id_ for id_, each in figure.of("tie").items() if each.get("data-change") == "added"}
    assert new == {"a c added", "a d added", "c d added"}
    assert {each.get("stroke-dasharray") for id_ in new for each in figure.of("tie")[id_] if each.get("d")} == {"9 4"}
    says = figure.says()
    assert "What if without B: 1 person leaves, and 3 ties go with them." in says
    assert "What if with a tour: 5 new ties between 3 people." in says
    assert "New tie (3)" in says
    assert "Faint: leaves, with all ties (1)" in says
    assert figure.of("person")["b"].get("aria-label", "").endswith("; gone")


def test_one_tie_that_goes_is_one() -> None:
    says = Figure(whatif(given(), Supposed(("b",), lost=(("a", "b"),), who="without B"))).says()
    assert "1 person leaves, and 1 tie goes with them." in says


def test_nothing_new_is_said_too() -> None:
    says = Figure(whatif(given(), Supposed(what="with a board"))).says()
    assert "What if with a board: no new tie." in says
    assert "New tie" not in says


def test_people_stand_where_they_stand_without_it() -> None:
    of = cloud_of(3)
    supposed = Supposed(("person/004",), (("person/001", "person/020"),))
    before, after = Figure(cloud(of, 1)), Figure(whatif(of, supposed, 1))
    places = [{id_: middle(each) for id_, each in each.of("person").items()} for each in (before, after)]
    assert places[0] == places[1]
    assert len(after.of("tie")) == len(before.of("tie")) + 1
