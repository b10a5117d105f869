"""From lessons to uses to results, what they cost, scorecards and peers: by hand, and beside slow second ways."""

import random
from dataclasses import replace

import pytest

from graph.measures.learning.basis import Lag, LeftOut
from graph.measures.learning.conversion import conversion, lags, waiting
from graph.measures.learning.cost import Journey, Money, costs
from graph.measures.learning.facts import Adoption, Lesson, Outcome, Visit
from graph.measures.learning.peers import Profile, Reason, peers
from graph.measures.learning.scorecard import Effort, Indicator, Kept, Prepared, Record, scorecard
from schema.language.edtf import parse


def lesson(id_: str, year: str | None) -> Lesson:
    return Lesson(id_, "a", (), parse(year) if year else None)


def use(id_: str, year: str | None, *drew_on: str, status: str = "RUNNING") -> Adoption:
    return Adoption(id_, "a", "p", status, parse(year) if year else None, lessons=drew_on)


LESSONS = [
    lesson("1", "2000"), lesson("2", "2000"), lesson("3", "2005"), lesson("4", "2018"), lesson("5", None),
    lesson("6", None), lesson("7", "2025"), lesson("8", "2001"),
]  # fmt: skip
USES = [
    use("u1", "2002", "1", "3"), use("u2", "2012", "2"), use("u3", "2004", "5"), use("u4", "2003", "8", status="PROPOSED"),
]  # fmt: skip
RESULTS = [Outcome("o1", ("u1",), stated_years=9), Outcome("o2", ("u3", "u9"), stated_years=4), Outcome("o3", ("u4",))]


def test_conversion_by_hand() -> None:
    """As of 2020. 7 is later. 4 is two years old and has no use, 6 has no year and no use, 8 was proposed only.

    1, 2, 3 and 5 were used, of which 1, 3 and 5 had results. 3 was used before it was learned. Old enough are 1, 2 and 8, of
    which 1 was used within five years.
    """
    found = conversion(LESSONS, USES, RESULTS, 2020)
    assert (found.lessons, found.used, found.proposed, found.with_result) == (7, 4, 1, 3)
    assert (found.share_used, found.share_with_result) == (4 / 7, 3 / 7)
    assert (found.too_young, found.undated, found.old, found.share_of_old) == (1, 1, 3, 1 / 3)
    assert found.basis.left_out == (LeftOut("learned later", 1),)
    assert (found.lags, found.median_lag) == (3, 4), "2, 12 and 4 as a text states"
    assert conversion(LESSONS, USES, RESULTS, 2020, horizon=15).share_of_old == 2 / 3
    assert conversion(LESSONS, USES, RESULTS, 2005).used == 3, "nobody knows of u2 yet"


def test_lags_are_from_the_first_lesson_by_dates_before_texts() -> None:
    found = {each.adoption: each.lag for each in lags(LESSONS, USES, RESULTS)}
    assert found == {"u1": Lag(2, 2), "u2": Lag(12, 12), "u3": Lag(4, 4, stated=True)}
    both = lags([lesson("1", "[1998..2000]"), lesson("2", "1999")], [use("u", "2002", "2", "1")])
    assert [each.lag for each in both] == [Lag(3, 4)]


def test_a_use_before_its_lesson_has_no_lag_that_counts() -> None:
    found = conversion([lesson("1", "2010")], [use("u", "2008", "1")], [], 2020)
    assert (found.used, found.lags, found.median_lag, found.old, found.share_of_old) == (1, 0, None, 0, None)


def test_no_lessons() -> None:
    found = conversion([], USES, RESULTS, 2020)
    assert (found.lessons, found.share_used, found.share_with_result, found.share_of_old, found.median_lag) == (
        0, None, None, None, None,
    )  # fmt: skip
    assert waiting([], [], 2020).years == ()


def test_waiting_by_hand() -> None:
    """Four lessons of 2010 to 2013, seen until 2013: used after 1 year, waiting 2 years, used after 1 year, waiting 0 years.

    Year 0: 4 at risk, none used. Year 1: 3 at risk, 2 used: a third is left. Year 2: 1 at risk, none used.
    """
    given = [lesson("1", "2010"), lesson("2", "2011"), lesson("3", "2012"), lesson("4", "2013"), lesson("5", None)]
    found = waiting(given, [use("u1", "2011", "1"), use("u2", "2013", "3"), use("u3", "2014", "4")], 2013)
    assert [(each.at_risk, each.used) for each in found.years] == [(4, 0), (3, 2), (1, 0)]
    assert [each.not_used for each in found.years] == pytest.approx([1, 1 / 3, 1 / 3])
    assert (found.median, found.basis.used) == (1, 4)
    assert found.basis.left_out == (LeftOut("without a known year", 1),)


def test_half_of_the_lessons_is_exactly_half() -> None:
    """Of 14 lessons 13/14, then 12/13, 10/12 and 7/10 are left: in fractions a half, in floats a little more."""
    given = [lesson(f"{n}", "2010") for n in range(14)]
    years = (0, 1, 3, 3, 4, 4, 4)
    found = waiting(given, [use(f"u{n}", f"{2010 + after}", f"{n}") for n, after in enumerate(years)], 2020)
    assert (found.years[4].not_used, found.median) == (0.5, 4)


@pytest.mark.parametrize("seed", range(6))
def test_without_waiting_lessons_the_estimate_is_the_share(seed: int) -> None:
    dice = random.Random(seed)
    given = [lesson(f"{n}", f"{dice.randint(1990, 2000)}") for n in range(30)]
    uses = [
        use(f"u{n}", f"{int(each.when.text if each.when else 0) + dice.randint(0, 9)}", each.id)
        for n, each in enumerate(given)
    ]
    years = [each.lag.years or 0 for each in lags(given, uses)]
    for at in waiting(given, uses, 2026).years:
        assert at.not_used == pytest.approx(sum(each > at.years for each in years) / 30)
        assert at.at_risk == sum(each >= at.years for each in years)
    dice.shuffle(given)
    assert waiting(given, uses[::-1], 2026) == waiting(given, uses, 2026)


def test_costs_by_hand() -> None:
    """1 cost 1,000 for 2 lessons and 4 new ties, 2 cost 500 for none. 3 was paid in euros. Of 4 and 5 the cost is not known.

    7 was called off.
    """
    usd, eur = Money(100, "USD"), Money(7, "EUR")
    given = [
        Journey("1", usd, 10, (Money(300, "USD"), eur), 2, 4, ("p",)),
        Journey("2", usd, 5, programmes=("p",)),
        Journey("3", eur, 2, lessons=4),
        Journey("4", usd, None, lessons=3),
        Journey("5", None, 9, (usd,)),
        Journey("6"),
        Journey("7", usd, 8, lessons=1, status="CANCELLED"),
    ]
    found = costs(given)
    euros, dollars = found.currencies
    assert (dollars.cost, dollars.lessons, dollars.per_lesson, dollars.without_lesson, dollars.paid) == (
        1500,
        2,
        750,
        1,
        300,
    )
    assert (dollars.cost_with_ties, dollars.new_ties, dollars.per_new_tie) == (1000, 4, 250)
    assert (euros.cost, euros.per_lesson, euros.new_ties, euros.per_new_tie) == (14, 4, 0, None), "3.5 is shown as 4"
    assert (found.basis.used, found.lessons_of_unknown) == (3, 4)
    assert {each.why: each.rows for each in found.basis.left_out} == {
        "no cost is known": 1, "of another status": 1, "only payments are known": 1, "the number of delegates is not known": 1,
    }  # fmt: skip
    of_programme = costs(given, "p")
    assert (of_programme.currencies, of_programme.basis.left_out) == ((dollars,), (LeftOut("of another programme", 5),))
    assert costs(reversed(given)) == found
    assert costs([]).currencies == ()


def rows(found: tuple[Indicator, ...]) -> dict[str, object]:
    return {f"{each.name} {each.unit}": (each.value, each.unit, each.n, each.unknown) for each in found}


def test_a_scorecard_by_hand() -> None:
    visits = [
        Visit("1", ("a",), ("b", "c"), parse("2010-05")),
        Visit("2", ("b",), ("a",)),
        Visit("3", ("a",), ("b",), status="PLANNED"),
    ]  # fmt: skip
    record = Record(
        "a",
        visits,
        [Prepared("1", (parse("2010-04"),), judged=True), Prepared("3", (None,)), Prepared("9")],
        [Kept("l1", explicit=True, used=True), Kept("l2")],
        [use("u1", "2011"), use("u2", "2012", status="ENDED"), use("u3", None, status="PROPOSED")],
        [Outcome("o1", ("u1",)), Outcome("o2", ("elsewhere",))],
        [
            Effort("e1", 10.5, Money(5, "USD"), 2),
            Effort("e2", None, Money(6, "EUR"), 5),
            Effort("e3", 2, Money(1, "USD")),
        ],
    )
    found = rows(scorecard(record))
    assert found["visits made visits"] == (1, "visits", 2, 0)
    assert found["visits received visits"] == (1, "visits", 2, 0)
    assert found["partners in these visits places"] == (2, "places", 2, 0)
    assert found["visits made with an objective share"] == (2 / 3, "share", 3, 0)
    assert found["visits with an objective set before them share"] == (1.0, "share", 1, 1)
    assert found["visits made that somebody judged share"] == (1 / 3, "share", 3, 0)
    assert found["lessons made explicit share"] == (0.5, "share", 2, 0)
    assert found["practices used practices"] == (2, "practices", 3, 0)
    assert found["uses that ended practices"] == (1, "practices", 2, 0)
    assert found["results of uses results"] == (1, "results", 2, 0)
    assert found["hours of work hours"] == (12.5, "hours", 2, 1)
    assert found["people, mean of periods people"] == (3.5, "people", 2, 1)
    assert found["money spent USD"] == (6, "USD", 2, 0), "dollars and euros are not added"
    assert found["money spent EUR"] == (6, "EUR", 1, 0)
    assert not any("total" in each or "score" in each for each in found)


@pytest.mark.parametrize(
    ("objective", "since", "share"),
    [("2010-04", "2010-05", 1), ("2010-05-02", "2010-05-02", 0), ("2011", "2010-05", 0), ("2010", "2010-05", 0)],
)
def test_an_objective_counts_if_it_was_surely_set_before(objective: str, since: str, share: float) -> None:
    visit = Visit("1", ("a",), ("b",), parse(since))
    found = rows(scorecard(Record("a", [visit], [Prepared("1", (parse(objective),))])))
    assert found["visits with an objective set before them share"] == (share, "share", 1, 0)


def test_an_empty_scorecard_has_no_shares() -> None:
    found = scorecard(Record("a"))
    assert {each.value for each in found if each.unit == "share"} == {None}
    assert {each.value for each in found if each.unit not in ("share", "hours", "people")} == {0}
    assert {each.value for each in found if each.unit in ("hours", "people")} == {None}


PROFILES = [
    Profile("a", frozenset("xyz"), frozenset("xpq")),
    Profile("b", frozenset("xy"), frozenset("pyr")),
    Profile("c", frozenset("x"), frozenset("qx")),
    Profile("d", frozenset(), frozenset("z")),
    Profile("e"),
    Profile("f", frozenset("w"), frozenset()),
]


def test_peers_by_hand() -> None:
    """b shares 2 of 3 problems with a and 1 of 5 lessons, and learned about y; c shares 1 of 3 and 2 of 3; d learned about z."""
    found = peers(PROFILES, "a")
    assert found
    assert [(each.city, each.problems, each.learned) for each in found.peers] == [
        ("b", 2 / 3, 1 / 5), ("c", 1 / 3, 2 / 3), ("d", 0, 0),
    ]  # fmt: skip
    assert [each.can_teach for each in found.peers] == [("y",), (), ("z",)]
    assert [each.can_learn for each in found.peers] == [("x",), (), ()]
    assert found.peers[0].shared_problems == (Reason("y", 2), Reason("x", 3)), "the rarer reason comes first"
    assert (found.compared, found.empty) == (4, 1)
    assert peers(PROFILES, "nobody") is None
    assert peers(PROFILES[::-1], "a") == found
    assert [each.city for each in (peers(PROFILES, "a", 1) or found).peers] == ["b"]


def test_likeness_is_of_both_and_names_do_not_matter() -> None:
    swapped = {each.city: each for each in PROFILES}
    for one in swapped:
        for other in (peers(PROFILES, one) or pytest.fail("no peers")).peers:
            back = {each.city: each for each in (peers(PROFILES, other.city) or pytest.fail("no peers")).peers}
            if one in back:
                assert (back[one].problems, back[one].learned) == (other.problems, other.learned)
                assert (back[one].can_teach, back[one].can_learn) == (other.can_learn, other.can_teach)
    renamed = [replace(each, city=f"city {each.city}") for each in PROFILES]
    here, there = peers(PROFILES, "a"), peers(renamed, "city a")
    assert here
    assert there
    assert [replace(each, city=f"city {each.city}") for each in here.peers] == list(there.peers)
