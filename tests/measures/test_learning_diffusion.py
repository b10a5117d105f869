"""How practices spread: curves, sources, exposure and guesses, on few cities counted by hand and beside a slow second way."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from graph.measures.learning.adoption import curve, first_uses, of_practice, stopped
from graph.measures.learning.basis import Lag, LeftOut, lag, surely_not_after, year_of
from graph.measures.learning.diffusion import METHOD, By, exposure, likely, sources
from graph.measures.learning.exchange import contacts
from graph.measures.learning.facts import Adoption, Contact, Lesson, Visit
from schema.language.edtf import When, parse


def day(text: str | None) -> When | None:
    return parse(text) if text else None


def use(city: str, since: str | None = None, until: str | None = None, **given: object) -> Adoption:
    status = "ENDED" if until else "RUNNING"
    made = Adoption(f"use/{city}", city, "p", status, day(since), day(until))
    return replace(made, **given)  # type: ignore[arg-type]  # the fields of one dataclass


def test_lags() -> None:
    assert lag(day("2006"), day("2009")) == Lag(3, 3)
    assert lag(day("1999-12-31"), day("2000-01-01")) == Lag(1, 1), "as the field lagYears counts"
    assert lag(day("[2001..2003]"), day("2004")) == Lag(1, 3)
    assert lag(day("1982/.."), day("1990")) == Lag(None, 8)
    assert (lag(day("2009"), day("2006")), lag(None, day("2006"))) == (Lag(-3, -3), None)
    assert (Lag(1, 3).years, Lag(2, 2).years, Lag(None, None).years) == (None, 2, None)


@pytest.mark.parametrize(
    ("one", "other", "sure"),
    [
        ("2006", "2009", True),
        ("2009-05", "2009", True),
        ("2009", "2009", True),
        ("2009", "2009-05", False),
        ("2009-06", "2009-05", False),
        ("[2008..2009]", "[2008..2010]", False),
        ("1982/..", "2009", False),
    ],
)
def test_what_is_surely_not_after(one: str, other: str, sure: bool) -> None:
    assert surely_not_after(day(one), day(other)) is sure


def test_a_curve_by_hand() -> None:
    """a began in 2000 and stopped in 2003, b in 2001 or 2002; c proposed, d has no date; e replaced its use in 2002."""
    given = [
        use("a", "2000", "2003"), use("b", "[2001..2002]"), use("c", "2001", status="PROPOSED"), use("d"),
        use("e", "2001", "2002"), use("e", "2002", id="use/e2"),
    ]  # fmt: skip
    found = curve(given)
    shown = [
        (y.year, y.new, y.stopped, y.ever_fewest, y.ever_most, y.in_use_fewest, y.in_use_most) for y in found.years
    ]
    assert shown == [
        (2000, 1, 0, 1, 1, 1, 1),
        (2001, 1, 0, 2, 3, 2, 3),
        (2002, 0, 0, 3, 3, 3, 3),
        (2003, 0, 1, 3, 3, 2, 2),
    ]
    assert found.cities == 3
    assert (found.basis.used, found.basis.left_out) == (4, (LeftOut("proposed only", 1), LeftOut("without a date", 1)))
    assert [each.year for each in curve(given, 2005).years][-1] == 2005
    assert [(each.city, each.ended and each.ended.text) for each in stopped(given)] == [("a", "2003-01-01/2003-12-31")]


def test_an_end_without_a_date_may_have_been_at_any_time() -> None:
    given = [replace(use("a", "2000"), status="ENDED"), use("b", "2001")]
    assert [(y.in_use_fewest, y.in_use_most) for y in curve(given).years] == [(0, 1), (1, 2)]
    assert [(each.city, each.ended) for each in stopped(given)] == [("a", None)]
    assert curve([]).years == curve([use("a")]).years == ()


def test_the_first_use_of_several() -> None:
    given = [use("a", "2003"), use("a", "[2001..2005]", id="use/a2"), use("b"), use("b", "../2004", id="use/b2")]
    found = first_uses(given)
    assert (found["a"].earliest, found["a"].latest) == (day("2001").earliest, day("2003").latest)  # type: ignore[union-attr]  # both are dates
    assert (found["b"].earliest, year_of(found["b"])) == (None, None)


def some_uses(seed: int) -> list[Adoption]:
    dice = random.Random(seed)
    found = []
    for number in range(30):
        first = dice.randint(2000, 2010)
        last = first + dice.choice([0, 0, 1, 3])
        since = dice.choice([f"{first}", f"[{first}..{last}]", None])
        until = f"{last + dice.randint(1, 4)}" if dice.random() < 0.3 else None
        status = dice.choice(["RUNNING", "EXPERIMENT", "PROPOSED"]) if not until else "ENDED"
        found.append(Adoption(f"u{number:02}", f"c{dice.randint(0, 14):02}", "p", status, day(since), day(until)))
    return found


def years(when: When | None) -> list[int]:
    assert when
    assert when.earliest
    assert when.latest
    return list(range(when.earliest.year, when.latest.year + 1))


@pytest.mark.parametrize("seed", range(10))
def test_a_curve_the_slow_way(seed: int) -> None:
    """Bounds are the least and the most of all ways to choose a year for each date, city by city."""
    given = some_uses(seed)
    dated = [each for each in given if each.status != "PROPOSED" and each.since]
    found = curve(given)
    assert found.basis.used == len(dated)
    for at in found.years:
        ever, in_use = [0, 0], [0, 0]
        for city in {each.city for each in dated}:
            of = [each for each in dated if each.city == city]
            begun = [[year <= at.year for year in years(each.since)] for each in of]
            ever[0] += any(all(ways) for ways in begun)
            ever[1] += any(any(ways) for ways in begun)
            going = [[year > at.year for year in years(each.until)] if each.until else [True] for each in of]
            in_use[0] += any(all(one) and all(other) for one, other in zip(begun, going, strict=True))
            in_use[1] += any(any(one) and any(other) for one, other in zip(begun, going, strict=True))
        assert [at.ever_fewest, at.ever_most] == ever
        assert [at.in_use_fewest, at.in_use_most] == in_use
    assert all(one.ever_fewest <= other.ever_fewest for one, other in pairwise(found.years))
    dice = random.Random(seed)
    dice.shuffle(given)
    assert curve(given) == found


LESSONS = [
    Lesson("l1", "b", ("a",), day("2001")),
    Lesson("l2", "c", ("b", "somewhere"), day("2004")),
    Lesson("l3", "d", ("c",), None, carriers=("organization/firm",)),
]
CHAIN = [
    use("a", "2000"),
    use("b", "2003", lessons=("l1",)),
    use("c", "2006", lessons=("l2",)),
    use("d", "2008", lessons=("l3",), led_to_by=("v1", "programme/x")),
    use("e", "2009"),
    use("f", "2002"),
    use("g", "2010", led_to_by=("programme/x",)),
]
VISITS = [
    Visit("v1", ("d",), ("a", "b"), day("2007")),
    Visit("v2", ("e",), ("f",), day("2005"), subjects=frozenset({"p"})),
    Visit("v3", ("a",), ("e",), day("2009")),
    Visit("v4", ("e",), ("c",), day("2010")),
    Visit("v5", ("f",), ("e",), day("2001")),
    Visit("v6", ("e",), ("a",), day("2006")),
    Visit("v7", ("e",), ("a",), day("2010")),
]
CITIES = "abcdefg"


def test_stated_sources_by_hand() -> None:
    """a to b to c to d, each by a lesson; c also had it from elsewhere, and d travelled to a and b."""
    found = sources(CHAIN, LESSONS, VISITS)
    assert [(each.source, each.adopter, each.by, each.second_hand, each.steps, each.lag) for each in found.links] == [
        ("a", "b", By.LESSON, False, 1, Lag(2, 2)),
        ("a", "d", By.VISIT, False, 1, Lag(1, 1)),
        ("b", "c", By.LESSON, True, 2, Lag(2, 2)),
        ("b", "d", By.VISIT, True, 2, Lag(1, 1)),
        ("c", "d", By.LESSON, True, 2, None),
        ("somewhere", "c", By.LESSON, False, 1, Lag(2, 2)),
    ]
    assert (found.direct, found.second_hand) == (3, 3)
    assert next(each for each in found.links if each.through == "l3").carriers == ("organization/firm",)
    assert found.unknown == ("a", "e", "f"), "g had it from a programme"


def test_a_circle_of_sources_has_no_first() -> None:
    found = sources(
        [use("a", "2000", lessons=("x",)), use("b", "2000", lessons=("y",))],
        [Lesson("x", "a", ("b",)), Lesson("y", "b", ("a",))],
        [],
    )
    assert [(each.source, each.adopter, each.second_hand, each.steps) for each in found.links] == [
        ("a", "b", False, None), ("b", "a", False, None),
    ]  # fmt: skip


def test_who_learned_later_passed_nothing_on() -> None:
    """b had its lesson from a, but began after c, which had it from b: so it is not second-hand by what is known."""
    lessons = [Lesson("x", "b", ("a",)), Lesson("y", "c", ("b",))]
    found = sources([use("a", "2005"), use("b", "2003", lessons=("x",)), use("c", "2004", lessons=("y",))], lessons, [])
    assert [(each.source, each.second_hand) for each in found.links] == [("a", False), ("b", False)]


def test_likely_links_by_hand() -> None:
    """e visited f before both began, and was visited by f and a; it visited c after it had begun itself."""
    stated = sources(CHAIN, LESSONS, VISITS)
    found = likely(stated, CHAIN, contacts(VISITS, CITIES), "p")
    assert [(each.source, each.adopter, each.evidence, each.to_source, each.about) for each in found] == [
        ("f", "e", ("v2", "v5"), ("v2",), ("v2",)),
        ("a", "e", ("v3", "v6"), ("v6",), ()),
    ]
    assert {(each.candidates, each.method, each.confidence) for each in found} == {(2, METHOD, "INFERRED")}
    assert not {(each.source, each.adopter) for each in found} & {(each.source, each.adopter) for each in stated.links}
    assert likely(stated, CHAIN, [], "p") == ()


def test_exposure_by_hand() -> None:
    """By 2009 e had to do with f (since 2001), a (2006); c came later. f used it since 2002, a since 2000."""
    found = {each.city: each for each in exposure(CHAIN, contacts(VISITS, CITIES), 2010, ["h"]).cities}
    assert (found["e"].partners, found["e"].adopters, found["e"].share, found["e"].adopted) == (2, 2, 1.0, True)
    assert (found["f"].partners, found["f"].adopters, found["f"].share) == (1, 0, 0.0)
    assert (found["b"].partners, found["b"].share) == (0, None)
    assert (found["h"].year, found["h"].adopted, found["h"].share) == (2010, False, None)
    early = {each.city: each for each in exposure(CHAIN, contacts(VISITS, CITIES), 2006).cities}
    assert (early["e"].year, early["e"].adopted, early["e"].adopters, early["e"].partners) == (2006, False, 2, 2)


def test_what_may_have_been_used_before() -> None:
    given = [use("a", "[2000..2005]"), use("b", "2004"), use("c")]
    met = [Contact("b", "a", "1", day("2003")), Contact("c", "b", "2", day("2001")), Contact("b", "d", "3")]
    found = exposure(given, met, 2010)
    assert [(each.city, each.partners, each.adopters, each.maybe) for each in found.cities] == [("b", 2, 0, 2)]
    assert (found.undated, found.basis.left_out) == (1, (LeftOut("began in a year that is not known", 2),))


@pytest.mark.parametrize("seed", range(8))
def test_exposure_the_slow_way(seed: int) -> None:
    dice, names = random.Random(seed), [f"c{number:02}" for number in range(15)]
    given = of_practice(some_uses(seed), "p")
    met = [
        Contact(one, other, f"v{number}", day(dice.choice(["1999", "2003", "2007", None])))
        for number in range(40)
        for one, other in [dice.sample(names, 2)]
    ]
    found = exposure(given, met, 2008)
    first = first_uses(given)
    for each in found.cities:
        others = {
            other
            for contact in met
            for here, other in ((contact.visitor, contact.host), (contact.host, contact.visitor))
            if here == each.city and (year := year_of(contact.when)) is not None and year <= each.year
        }
        assert each.partners == len(others)
        assert each.adopters == sum(other in first and max(years(first[other])) < each.year for other in others)
        assert each.share == (each.adopters / len(others) if others else None)
        assert each.adopters + each.maybe <= each.partners
    dice.shuffle(met)
    assert exposure(given[::-1], met, 2008) == found
