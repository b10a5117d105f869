"""Every declared measure has a function, and each answers in the shape that is declared; the extremes do not fail."""

from itertools import combinations
from typing import Any

import pytest

from graph.measures import registry
from graph.measures.cloud import Basis, Cloud, Member
from graph.measures.network import Dropped, Rule, network
from schema.domain import measures
from schema.language.computed import ObjectType
from schema.language.measures import Measure

PEOPLE = "abcdefgh"
SHAPES: dict[str, list[tuple[str, str]]] = {
    "nobody": [],
    "one": [],
    "two": [("a", "b")],
    "no ties": [],
    "all": [*combinations(PEOPLE, 2), *((b, a) for a, b in combinations(PEOPLE, 2))],
    "ring": [(PEOPLE[at], PEOPLE[(at + 1) % 8]) for at in range(8)],
    "star": [("a", each) for each in PEOPLE[1:]],
    "parts": [("a", "b"), ("b", "c"), ("d", "e"), ("f", "g"), ("g", "f")],
}
SIZES = {"nobody": 0, "one": 1, "two": 2}
GROUPINGS = ("SECTOR", "AGENCY", "AGE_BAND", "ORIGIN")


def made(shape: str, rule: Rule = Rule.DIRECTED) -> Cloud:
    people = PEOPLE[: SIZES.get(shape, 8)]
    given, dropped = network(people, SHAPES[shape])
    members = tuple(
        Member(each, each.upper(), (("x", "y")[at % 2], None, "z", None), False, True) for at, each in enumerate(people)
    )
    basis = Basis("r", None, None, None, None, "TRUSTS", rule, None, False)
    return Cloud(basis, members, given, dropped or Dropped(), GROUPINGS)


def test_every_declared_measure_has_a_function() -> None:
    assert [each.name for each in measures.NETWORK] == list(registry.NETWORK)
    assert [each.name for each in measures.PERSON] == list(registry.PERSON)


TYPES = {each.name: each for each in measures.types()}


def fits(value: Any, type_: str) -> bool:
    """Whether a value has the fields of its type, all the way down."""
    if type_.startswith("list["):
        return isinstance(value, list) and all(fits(each, type_[5:-1]) for each in value)
    if type_ in TYPES:
        fields = {each.name: each for each in TYPES[type_].fields}
        return (
            isinstance(value, dict)
            and value.keys() == fields.keys()
            and all(
                (value[name] is None and each.nullable) or fits(value[name], each.type) for name, each in fields.items()
            )
        )
    kinds: dict[str, Any] = {"int": int, "float": (int, float), "bool": bool, "str": str, "ID": str, "Signature": str}
    return isinstance(value, kinds[type_]) and (type_ == "bool" or not isinstance(value, bool))


@pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.name)
@pytest.mark.parametrize("shape", SHAPES)
def test_measures_of_extremes_have_their_declared_shape(shape: str, rule: Rule) -> None:
    of = made(shape, rule)
    for each in measures.NETWORK:
        value = registry.NETWORK[each.name](of, registry.completed(False, each.name, {}))
        assert fits(value, each.type_name) or (value is None and not each.many), (each.name, value)
    for each in measures.PERSON:
        values = registry.PERSON[each.name](of, registry.completed(True, each.name, {}))
        assert len(values) == of.stated.size, each.name
        assert all(value is None or fits(value, each.type_name) for value in values), (each.name, values)


def test_one_person_who_remains_is_no_pair() -> None:
    """Breakers of two people are nobody, as the fragmentation of one person is null."""
    of = made("ring").changed("cdefgh", [], elected_leave=False)
    assert registry.NETWORK["breakers"](of, registry.completed(False, "breakers", {})) is None
    assert registry.NETWORK["breakers"](made("ring"), registry.completed(False, "breakers", {"count": 5})) is not None


def test_the_excess_is_what_the_shown_numbers_give() -> None:
    """Ten runs find communities of Petersen's graph that three do not find."""
    people = "0123456789"
    ties = [(people[at], people[to]) for at in range(5) for to in ((at + 1) % 5, at + 5)]
    ties += [(people[5 + at], people[5 + (at + 2) % 5]) for at in range(5)]
    given, dropped = network(people, ties)
    members = tuple(Member(each, each, (None,) * 4, False, True) for each in people)
    shown = registry.NETWORK["communities"](Cloud(made("one").basis, members, given, dropped, GROUPINGS), {})
    assert shown["excess"] == pytest.approx(shown["modularity"] - shown["byChance"])


def every() -> list[Measure]:
    return [*measures.NETWORK, *measures.PERSON]


def test_each_measure_is_explained() -> None:
    for each in every():
        assert each.says.endswith("."), each.name
        assert each.source.strip(), each.name
        parts = each.returns.fields if isinstance(each.returns, ObjectType) else ()
        assert all(part.description for part in parts)


@pytest.mark.parametrize("shape", ["all", "ring", "star", "parts"])
def test_measures_do_not_depend_on_names(shape: str) -> None:
    """With the names in another order every number of the network stays, and those of people move along."""
    order = "hdbfacge"
    renamed = dict(zip(PEOPLE, order, strict=True))
    ties = [(renamed[a], renamed[b]) for a, b in SHAPES[shape]]
    one = made(shape)
    given, _ = network(PEOPLE, ties)
    other = Cloud(one.basis, one.members, given, Dropped(), GROUPINGS)
    numbers = [each.name for each in measures.NETWORK if each.returns == "float"]
    for name in numbers:
        first, second = (registry.NETWORK[name](of, registry.completed(False, name, {})) for of in (one, other))
        if name != "smallWorld":
            assert first == pytest.approx(second), name
    for name in (
        "inDegree",
        "outDegree",
        "betweenness",
        "harmonic",
        "pageRank",
        "constraint",
        "coreNumber",
        "isCutPoint",
    ):
        first, second = (registry.PERSON[name](of, {}) for of in (one, other))
        moved = [second[PEOPLE.index(renamed[each])] for each in PEOPLE]
        assert first == pytest.approx(moved), name
