"""The exchange network on networks small enough to count by hand, beside a slow second way, and under renaming."""

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from graph.measures.learning.basis import LeftOut
from graph.measures.learning.exchange import Exchange, Role, Wanted, by_subject, contacts, dyads, exchange, hubs
from graph.measures.learning.facts import Visit
from graph.measures.learning.mixing import Mixing, mixing
from schema.language.edtf import parse

CITIES = ["a", "b", "c", "d", "e"]
SIZES = {"a": "LARGE", "b": "LARGE", "c": "TOWN", "d": "TOWN"}


def visit(id_: str, visitors: str, hosts: str, since: str | None = None, about: str = "") -> Visit:
    return Visit(id_, tuple(visitors), tuple(hosts), parse(since) if since else None, subjects=frozenset(about.split()))


FIVE = [
    visit("1", "a", "b", "2010", "water"),
    visit("2", "b", "a", "2010-05", "water mobility"),
    visit("3", "a", "bc", "2012", "mobility"),
    visit("4", "ad", "b", "[2012..2013]"),
    visit("5", "c", "r"),
]
"""Two journeys from a to b alone, one back, one on to c, one together with d; c went to a region."""


def test_counted_by_hand() -> None:
    found = exchange(FIVE, CITIES)
    assert [(leg.visitor, leg.host, leg.visits) for leg in found.legs] == [
        ("a", "b", 3), ("a", "c", 1), ("b", "a", 1), ("d", "b", 1),
    ]  # fmt: skip
    assert {each.city: (each.made, each.hosted, each.hosts, each.guests) for each in found.cities} == {
        "a": (3, 1, 2, 1), "b": (1, 3, 1, 2), "c": (1, 1, 0, 1), "d": (1, 0, 1, 0),
    }  # fmt: skip
    assert [each.role for each in found.cities] == [Role.BOTH, Role.BOTH, Role.BOTH, Role.VISITOR]
    assert {each.city: each.share for each in found.cities} == {"a": 0.8, "b": 0.8, "c": 0.4, "d": 0.2}
    assert (found.dyads.mutual, found.dyads.one_way) == (1, 2)
    assert (found.dyads.of_pairs, found.dyads.of_arcs) == (1 / 3, 0.5)
    assert [(each.year, each.visits, each.legs, each.cities) for each in found.years] == [
        (2010, 2, 2, 2), (2012, 1, 2, 3),
    ]  # fmt: skip
    assert (found.basis.used, found.basis.left_out, found.without_year, found.outside) == (5, (), 2, 1)
    assert [each.city for each in hubs(found, 2)] == ["a", "b"], "both have three partners, so the id decides"


@pytest.mark.parametrize(
    ("wanted", "ids", "left_out"),
    [
        (Wanted(subject="mobility"), "2 3", {"about something else": 3}),
        (Wanted(2010, 2010), "1 2", {"in other years": 2, "without a date": 1}),
        (Wanted(last_year=2012), "1 2 3", {"perhaps in other years": 1, "without a date": 1}),
        (Wanted(2012, 2013), "3 4", {"in other years": 2, "without a date": 1}),
        (Wanted(city="c"), "3 5", {"of other cities": 3}),
        (Wanted(city="r"), "5", {"of other cities": 4}),
    ],
)
def test_only_what_is_wanted_counts(wanted: Wanted, ids: str, left_out: dict[str, int]) -> None:
    found = exchange(FIVE, CITIES, wanted)
    assert found.basis.left_out == tuple(LeftOut(*each) for each in sorted(left_out.items()))
    assert found.basis.used + sum(each.rows for each in found.basis.left_out) == 5
    assert found == replace(exchange([each for each in FIVE if each.id in ids.split()], CITIES), basis=found.basis)


def test_an_open_date_is_wanted_where_it_surely_is() -> None:
    since = [visit("1", "a", "b", "1982/..")]
    assert exchange(since, CITIES, Wanted(1980)).basis.used == 1
    assert exchange(since, CITIES, Wanted(1990)).basis.used == 0
    assert exchange(since, CITIES, Wanted(1980, 2020)).basis.used == 0


def test_nothing() -> None:
    found = exchange([], CITIES)
    assert (found.cities, found.legs, found.years, found.dyads.of_pairs, found.dyads.of_arcs) == (
        (),
        (),
        (),
        None,
        None,
    )
    assert exchange(FIVE, []).basis.left_out == (LeftOut("without a city of the network", 5),)
    assert hubs(found) == ()


def test_a_visit_counts_once_and_none_to_itself() -> None:
    found = exchange([FIVE[0], FIVE[0], visit("6", "a", "a")], CITIES)
    assert (found.basis.used, found.to_itself) == (2, 1)
    assert found.basis.left_out == (LeftOut("given twice", 1),)
    assert [(leg.visitor, leg.host, leg.visits) for leg in found.legs] == [("a", "b", 1)]


def test_subjects_and_contacts() -> None:
    assert {each.subject: each.visits for each in by_subject(FIVE, CITIES)} == {"mobility": 2, "water": 2}
    in_2010 = by_subject(FIVE, CITIES, Wanted(2010, 2010))
    assert [(each.subject, each.visits) for each in in_2010] == [("mobility", 1), ("water", 2)]
    assert [(each.visit, each.visitor, each.host) for each in contacts(FIVE, CITIES)] == [
        ("1", "a", "b"), ("2", "b", "a"), ("3", "a", "b"), ("3", "a", "c"), ("4", "a", "b"), ("4", "d", "b"),
    ]  # fmt: skip


def test_mixing_counted_by_hand() -> None:
    """Of 6 journeys, a-b thrice and back are within large cities; a-c and d-b are between."""
    found = mixing(exchange(FIVE, CITIES), SIZES)
    assert (found.groups, found.counts) == (("LARGE", "TOWN"), ((4, 1), (1, 0)))
    assert (found.internal, found.external, found.index) == (4, 2, (2 - 4) / 6)
    some = mixing(exchange(FIVE, CITIES), {"a": "LARGE", "b": "LARGE"})
    assert (some.basis.used, some.basis.left_out) == (4, (LeftOut("of a city without a group", 2),))
    assert (some.index, some.assortativity, some.by_chance) == (-1, None, None), "one group alone cannot mix"


def some_visits(seed: int, cities: int = 12, visits: int = 40) -> list[Visit]:
    dice = random.Random(seed)
    names = [f"c{number:02}" for number in range(cities)]
    return [
        Visit(
            f"v{number:02}",
            tuple(dice.sample(names, dice.randint(0, 2))),
            tuple(dice.sample(names, dice.randint(0, 3))),
            parse(dice.choice(["2001", "2002", "2003-07", "[2002..2004]"])),
            dice.choice(["HELD", "HELD", "PLANNED"]),
        )
        for number in range(visits)
    ]


def groups(seed: int, cities: int = 12) -> dict[str, str | None]:
    dice = random.Random(seed)
    return {f"c{number:02}": dice.choice(["x", "y", "z", None]) for number in range(cities)}


@pytest.mark.parametrize("seed", range(10))
def test_a_slow_second_way(seed: int) -> None:
    given, names = some_visits(seed), [f"c{number:02}" for number in range(10)]
    found = exchange(given, names)
    held = [each for each in given if each.status == "HELD" and {*each.visitors, *each.hosts} & {*names}]
    for city in found.cities:
        assert city.made == sum(city.city in each.visitors for each in held)
        assert city.hosted == sum(city.city in each.hosts for each in held)
        assert city.share == sum(city.city in each.visitors + each.hosts for each in held) / len(held)
    legs = {(leg.visitor, leg.host): leg.visits for leg in found.legs}
    for one in names:
        for other in names:
            wanted = sum(one in each.visitors and other in each.hosts for each in held) if one != other else 0
            assert legs.get((one, other), 0) == wanted
    mutual = [(one, other) for one, other in legs if (other, one) in legs]
    assert found.dyads.of_arcs == len(mutual) / len(legs)
    assert dyads(legs) == found.dyads


@pytest.mark.parametrize("seed", range(6))
def test_mixing_the_slow_way(seed: int) -> None:
    """Newman's coefficient by its definition: (sum of e_ii - sum of a_i b_i) / (1 - sum of a_i b_i)."""
    of, names = exchange(some_visits(seed), [f"c{number:02}" for number in range(12)]), groups(seed)
    found = mixing(of, names, shuffles=50)
    legs = [(names[leg.visitor], names[leg.host], leg.visits) for leg in of.legs]
    known = [leg for leg in legs if leg[0] and leg[1]]
    every = sum(count for *_, count in known)
    within = sum(count for one, other, count in known if one == other)
    assert found.index == pytest.approx((every - 2 * within) / every)
    by_chance = sum(
        sum(count for one, _, count in known if one == group) * sum(count for _, other, count in known if other == group)
        for group in "xyz"
    ) / every**2  # fmt: skip
    assert found.assortativity == pytest.approx((within / every - by_chance) / (1 - by_chance))
    assert found.by_chance is not None
    assert -1 <= found.by_chance.mean <= 1
    assert 0 < found.by_chance.at_most <= 1


def test_like_visits_like_beyond_chance() -> None:
    """Twenty cities of two groups, each of which visits all of its group: no shuffle keeps them so apart, or nearly none."""
    names = {f"{group}{number}": group for group in "xy" for number in range(10)}
    given = [
        Visit(f"{one}{other}", (one,), (other,)) for one in names for other in names if one[0] == other[0] != other
    ]
    found = mixing(exchange(given, names), names)
    assert (found.index, found.assortativity) == (-1, 1)
    assert found.by_chance is not None
    assert found.by_chance.at_most < 0.01
    assert found.by_chance.mean == pytest.approx(1 / 19, abs=0.02), (
        "of the 19 others 10 are of the other group, 9 of one's own"
    )
    assert mixing(exchange(given, names), names) == found, "the same seed deals the same groups"


def test_chance_alone() -> None:
    """Two cities of two groups visit each other: however the groups are dealt, no journey is within one."""
    found = mixing(exchange([visit("1", "a", "b"), visit("2", "b", "a")], CITIES), {"a": "x", "b": "y"}).by_chance
    assert found
    assert (found.mean, found.at_most, found.shuffles) == (1, 1, 999)


def rename(city: str) -> str:
    return f"z{99 - int(city[1:]):02}"


def both(of: list[Visit], cities: Iterable[str], names: dict[str, str | None]) -> tuple[Exchange, Mixing]:
    found = exchange(of, cities)
    return found, mixing(found, names, shuffles=0)


@pytest.mark.parametrize("seed", range(4))
def test_names_and_order_change_nothing(seed: int) -> None:
    names = [f"c{number:02}" for number in range(12)]
    here, mixed = both(some_visits(seed), names, groups(seed))
    dice, given = random.Random(seed), some_visits(seed)
    dice.shuffle(given)
    assert both(given, reversed(names), groups(seed)) == (here, mixed)
    renamed = [
        replace(each, visitors=tuple(map(rename, each.visitors)), hosts=tuple(map(rename, each.hosts)))
        for each in given
    ]
    there, mixed_there = both(
        renamed, map(rename, names), {rename(city): group for city, group in groups(seed).items()}
    )
    assert {rename(each.city): replace(each, city="") for each in here.cities} == {
        each.city: replace(each, city="") for each in there.cities
    }
    assert (there.dyads, there.years, there.basis, there.outside) == (here.dyads, here.years, here.basis, here.outside)
    assert mixed_there.assortativity == pytest.approx(mixed.assortativity)
    assert replace(mixed_there, assortativity=None) == replace(mixed, assortativity=None)


def test_a_city_without_visits_changes_nothing() -> None:
    assert exchange(FIVE, CITIES) == exchange(FIVE, [*CITIES, "z"])
