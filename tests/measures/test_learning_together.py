"""Bonding of delegations, councils and silos: by hand, beside slow second ways, and under renaming."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph.measures.learning.basis import Basis, LeftOut
from graph.measures.learning.bonding import Dates, Wave, around, bonding
from graph.measures.learning.councils import Meeting, Seat, attendance, cadence
from graph.measures.learning.silos import LeadFollow, Part, Project, lead_and_follow, silo
from schema.language.edtf import parse


def wave(listed: str, answered: str, ties: str) -> Wave:
    """Make a wave; ties are two letters each."""
    return Wave(frozenset(listed), frozenset(answered), frozenset((each[0], each[1]) for each in ties.split()))


BEFORE = wave("abcdefx", "abcdef", "ab ba de fa ax")
AFTER = wave("abcdefy", "abcdf", "ab ac ca df db bf ay aa")


def test_bonding_by_hand() -> None:
    """a, b and c travelled; d, e and f stayed home, x and y were listed once, e answered once.

    Pairs of delegates: each of 3 names 2 others: 6, with ab and ba before, ab, ac and ca after. At home d and f answered twice
    and could each name 2 of 3: 4 pairs, with de before and df after. Between: 3 delegates by 3, and d and f by 3: 15 pairs,
    with fa before and db and bf after.
    """
    found = bonding(BEFORE, AFTER, "abcz")
    assert (found.delegates.people, found.delegates.pairs, found.home.people, found.home.pairs) == (3, 6, 3, 4)
    assert (found.delegates.before, found.delegates.after, found.delegates.new, found.delegates.kept) == (2, 3, 2, 1)
    assert found.delegates.lost == 1
    assert (found.delegates.formed, found.delegates.kept_share) == (2 / 4, 1 / 2)
    assert (found.home.before, found.home.after, found.home.new, found.home.lost) == (1, 1, 1, 1)
    assert (found.between.pairs, found.between.before, found.between.after) == (15, 1, 2)
    assert found.delegates.change == pytest.approx(1 / 6)
    assert found.home.change == 0
    assert found.beyond_home == pytest.approx(1 / 6)
    assert found.basis == Basis(3, (LeftOut("not listed in both waves", 1),))
    assert bonding(BEFORE, AFTER, "abe").basis == Basis(2, (LeftOut("did not answer in both waves", 1),))


def test_who_did_not_answer_tells_nothing() -> None:
    """e answered before alone: its silence afterwards is no lost tie, whatever it said."""
    said = replace(BEFORE, ties=BEFORE.ties | {("e", "d"), ("e", "a")})
    assert bonding(said, AFTER, "abc") == bonding(BEFORE, AFTER, "abc")


def test_nobody_at_home_and_nobody_away() -> None:
    everybody, nobody = bonding(BEFORE, AFTER, "abcdef"), bonding(BEFORE, AFTER, "")
    assert (everybody.home.pairs, everybody.home.change, everybody.beyond_home, everybody.by_chance) == (
        0,
        None,
        None,
        None,
    )
    assert (nobody.delegates.pairs, nobody.delegates.formed, nobody.beyond_home) == (0, None, None)
    assert bonding(BEFORE, AFTER, "a").delegates.share_before is None, "one delegate has nobody to bond with"


def some_waves(seed: int, people: int = 12) -> tuple[Wave, Wave, frozenset[str]]:
    dice, names = random.Random(seed), [f"p{number:02}" for number in range(people)]

    def one() -> Wave:
        listed = frozenset(dice.sample(names, people - 1))
        answered = frozenset(dice.sample(sorted(listed), people - 3))
        return Wave(listed, answered, frozenset((a, b) for a in names for b in names if dice.random() < 0.3))

    return one(), one(), frozenset(dice.sample(names, 5))


def counted_slowly(before: Wave, after: Wave, who: Iterable[tuple[str, str]]) -> tuple[int, int, int, int]:
    """Count pairs, ties before, ties after and new ones, pair by pair."""
    pairs = [
        (a, b) for a, b in who
        if a != b and a in before.answered and a in after.answered and {a, b} <= before.listed & after.listed
    ]  # fmt: skip
    earlier = [pair for pair in pairs if pair in before.ties]
    later = [pair for pair in pairs if pair in after.ties]
    return len(pairs), len(earlier), len(later), len(set(later) - set(earlier))


@pytest.mark.parametrize("seed", range(10))
def test_bonding_the_slow_way(seed: int) -> None:
    before, after, delegates = some_waves(seed)
    found = bonding(before, after, delegates, shuffles=40)
    every = [(f"p{a:02}", f"p{b:02}") for a in range(12) for b in range(12)]
    kinds = {
        0: found.home,
        1: found.between,
        2: found.delegates,
    }
    for number, pairs in kinds.items():
        who = [(a, b) for a, b in every if (a in delegates) + (b in delegates) == number]
        assert (pairs.pairs, pairs.before, pairs.after, pairs.new) == counted_slowly(before, after, who)
    assert found.by_chance is not None
    assert 0 < found.by_chance <= 1
    assert bonding(before, after, delegates, shuffles=40) == found


@pytest.mark.parametrize("seed", range(4))
def test_bonding_of_others_with_other_names(seed: int) -> None:
    before, after, delegates = some_waves(seed)

    def other(name: str) -> str:
        return f"q{99 - int(name[1:]):02}"

    def renamed(of: Wave) -> Wave:
        ties = frozenset((other(a), other(b)) for a, b in of.ties)
        return Wave(frozenset(map(other, of.listed)), frozenset(map(other, of.answered)), ties)

    here = bonding(before, after, delegates, shuffles=0)
    there = bonding(renamed(before), renamed(after), frozenset(map(other, delegates)), shuffles=0)
    assert here == there
    assert here.by_chance is None


def test_a_delegation_that_bonds_as_no_other() -> None:
    """Twelve people, of whom four travelled and then all trust each other; nobody trusts anybody else."""
    names = "abcdefghijkl"
    ties = " ".join(a + b for a in "abcd" for b in "abcd" if a != b)
    found = bonding(wave(names, names, ""), wave(names, names, ties), "abcd")
    assert (found.delegates.new, found.delegates.change, found.home.change, found.beyond_home) == (12, 1, 0, 1)
    assert found.by_chance is not None
    assert found.by_chance < 0.02, "one delegation in 495 is this one"


def test_the_waves_around_a_journey() -> None:
    waves: dict[str, Dates] = {f"w{year}": (parse(f"{year}"), None) for year in (2024, 2022, 2020, 2018)} | {
        "w0": (None, None)
    }

    def found(since: str, until: str | None = None) -> tuple[str | None, str | None]:
        return around(waves, parse(since), parse(until) if until else None)

    assert found("2021-05") == ("w2020", "w2022")
    assert found("2021-05", "2022-01") == ("w2020", "w2024")
    assert found("2020-12") == ("w2018", "w2022"), "a wave of some day of 2020 may have been later"
    assert (found("2024-05"), found("2018")) == (("w2022", None), (None, "w2020"))
    assert (found("2021/.."), around(waves, None)) == ((None, None), (None, None))
    waves["w2020"] = parse("2020-03"), parse("2021-06")
    assert found("2021-05") == ("w2018", "w2022"), "who is asked until June may answer after the journey"
    assert found("2021-07") == ("w2020", "w2022")


def meeting(day: str, status: str = "HELD", attended: str = "") -> Meeting:
    return Meeting(f"m/{day}", parse(day), status, frozenset(attended))


MEETINGS = [
    meeting("2024-01-10", attended="ab"), meeting("2024-02-14", attended="abc"), meeting("2024-03-13", "MISSED"),
    meeting("2024-05-08", attended="b"), meeting("2024-06-12", "PLANNED"), meeting("2023", attended="a"),
]  # fmt: skip


def test_cadence_by_hand() -> None:
    found = cadence(MEETINGS, "MONTHLY")
    assert (found.held, found.missed, found.planned, found.share_held) == (3, 1, 1, 3 / 4)
    assert (found.gaps, found.median_gap, found.longest_gap) == ((35, 84), 59.5, 84)
    assert (found.periods, found.empty) == (5, ("2024-03", "2024-04"))
    assert found.basis == Basis(5, (LeftOut("on a day that is not known", 1),))
    assert cadence(MEETINGS[::-1], "MONTHLY") == found
    some = cadence(MEETINGS, "QUARTERLY", date(2023, 12, 31), date(2024, 4, 30))
    assert (some.held, some.empty, some.periods) == (2, ("2023-Q4", "2024-Q2"), 3)
    assert cadence(MEETINGS, "YEARLY").empty == ()
    assert (cadence(MEETINGS, "IRREGULAR").empty, cadence(MEETINGS, None).periods) == (None, None)


def test_a_period_that_is_not_over_is_not_empty() -> None:
    """Asked for 2024 in the middle of it, the months that are still to come do not count, nor does this one without a meeting."""
    year = date(2024, 1, 1), date(2024, 12, 31)
    april, may = (cadence(MEETINGS, "MONTHLY", *year, today=date(2024, month, 20)) for month in (4, 5))
    assert [(each.periods, each.empty) for each in (april, may)] == [(3, ("2024-03",)), (5, ("2024-03", "2024-04"))]
    assert cadence(MEETINGS, "MONTHLY", *year, today=date(2024, 8, 2)).empty == (
        "2024-03",
        "2024-04",
        "2024-06",
        "2024-07",
    )
    assert cadence([], "MONTHLY", *year, today=date(2023, 8, 2)).periods == 0


def test_no_meetings() -> None:
    found = cadence([], "WEEKLY")
    assert (found.share_held, found.median_gap, found.longest_gap, found.periods, found.empty) == (
        None,
        None,
        None,
        0,
        (),
    )
    whole = cadence([], "WEEKLY", date(2024, 12, 30), date(2025, 1, 6))
    assert whole.empty == ("2025-W01", "2025-W02"), "the last days of 2024 are of the first week of 2025"


def test_every_period_of_a_year_has_a_name() -> None:
    lengths = {
        rhythm: cadence([], rhythm, date(2023, 1, 1), date(2023, 12, 31)).periods
        for rhythm in ("WEEKLY", "MONTHLY", "QUARTERLY", "YEARLY")
    }
    assert lengths == {"WEEKLY": 53, "MONTHLY": 12, "QUARTERLY": 4, "YEARLY": 1}, "1 January 2023 was a Sunday"


def test_attendance_by_hand() -> None:
    """c has a seat until March; d since May, by its earliest day; a came as a guest in February, after it had left."""
    seats = [
        Seat("a", None, parse("2024-01")), Seat("b"), Seat("c", parse("2024-02"), parse("2024-03")),
        Seat("d", parse("[2024-05..2024-09]")),
    ]  # fmt: skip
    found = [
        (each.who, each.meetings, each.attended, each.share, each.as_guest) for each in attendance(MEETINGS, seats)
    ]
    assert found == [("a", 1, 1, 1.0, 1), ("b", 3, 3, 1.0, 0), ("c", 1, 1, 1.0, 0), ("d", 1, 0, 0.0, 0)]
    assert [each.share for each in attendance(MEETINGS, [])] == [None, None, None]
    assert attendance(MEETINGS[::-1], seats[::-1]) == attendance(MEETINGS, seats)


@pytest.mark.parametrize("seed", range(40))
def test_attendance_the_slow_way(seed: int) -> None:
    """Terms overlap, are only years, or are open; some meetings have no day. A day is sought in each term."""
    dice = random.Random(seed)
    terms = [(None, None), ("2023", "2024"), ("2024", None), (None, "2023"), ("2024-03", "2024-03"), ("2024", "2025")]
    days = [None, "2024", "2023-12-31", "2024-01-01", "2024-03-31", "2024-04-01", "2025-12-31", "2026-01-01"]
    first = {None: "0000", "2023": "2023-01-01", "2024": "2024-01-01", "2024-03": "2024-03-01"}
    last = {None: "9999", "2023": "2023-12-31", "2024": "2024-12-31", "2024-03": "2024-03-31", "2025": "2025-12-31"}
    sits = [(dice.choice("abc"), *dice.choice(terms)) for _ in range(dice.randrange(6))]
    met = [
        (
            dice.choice(days),
            dice.choice(["HELD", "HELD", "MISSED", "PLANNED"]),
            {each for each in "abcd" if dice.random() < 0.5},
        )
        for _ in range(dice.randrange(8))
    ]
    found = attendance(
        [
            Meeting(str(at), parse(day) if day else None, status, frozenset(came))
            for at, (day, status, came) in enumerate(met)
        ],
        [Seat(who, parse(since) if since else None, parse(until) if until else None) for who, since, until in sits],
    )
    held = [(day, came) for day, status, came in met if status == "HELD" and day not in (None, "2024")]
    everybody = sorted({who for who, _, _ in sits}.union(*(came for _, came in held)))
    assert [each.who for each in found] == everybody
    for each in found:
        sat = [
            any(who == each.who and first[since] <= day <= last[until] for who, since, until in sits) for day, _ in held
        ]
        came = [each.who in there for _, there in held]
        due, both = sum(sat), sum(one and other for one, other in zip(sat, came, strict=True))
        assert (each.meetings, each.attended, each.as_guest) == (due, both, sum(came) - both)
        assert each.share == (both / due if due else None)


def project(id_: str, *parts: str, since: str | None = None, until: str | None = None) -> Project:
    """Make a project; a part is "a>" for who leads, "a" for who follows, then years from and until if they are stated."""
    made = []
    for part in parts:
        name, *years = part.split(":")
        first, last = [parse(year) if year else None for year in years] or (None, None)
        made.append(Part(name.removesuffix(">"), name.endswith(">"), first, last))
    return Project(id_, tuple(made), parse(since) if since else None, parse(until) if until else None)


PROJECTS = [
    project("1", "a>", "b", "c"),
    project("2", "b>", "a", since="2022"),
    project("3", "a>::2022", "b>:2023:", "c:2023:", since="2020", until="2025"),
    project("4", "c>", since="2021", until="2023"),
    project("5"),
]
"""In the third a led alone until 2022; since 2023 b leads c."""


def test_who_leads_whom_by_hand() -> None:
    found = lead_and_follow(PROJECTS)
    assert found.organizations == ("a", "b", "c")
    assert found.counts == ((0, 1, 1), (1, 0, 1), (0, 0, 0))
    assert (found.leads, found.follows) == ((2, 2, 1), (1, 1, 2))
    assert (found.mutual, found.one_way) == (1, 2)
    assert found.basis == Basis(3, (LeftOut("without a leader and a follower at one time", 2),))
    earlier = lead_and_follow(PROJECTS, date(2021, 6, 1))
    assert earlier.counts == ((0, 1, 1), (0, 0, 0), (0, 0, 0))
    assert earlier.leads == (2, 0, 1)
    assert lead_and_follow([]).counts == ()


def test_silos_by_hand() -> None:
    """In 2021 project 1 is joint, 3 and 4 are of one organization; at the end of 2022 2 has begun; in 2024 3 is joint, 4 over."""
    groups = {"a": "x", "b": "x", "c": "y"}
    found = {year: silo(PROJECTS, date(year, 12, 31), groups) for year in (2021, 2022, 2024)}
    assert [(found[year].alone, found[year].joint) for year in (2021, 2022, 2024)] == [(2, 1), (2, 2), (0, 3)]
    assert [found[year].share_alone for year in (2021, 2022, 2024)] == [2 / 3, 1 / 2, 0]
    assert [(found[year].internal, found[year].external) for year in (2021, 2022, 2024)] == [(1, 2), (2, 2), (2, 3)]
    assert [found[year].index for year in (2021, 2022, 2024)] == [1 / 3, 0, 1 / 5]
    assert found[2021].basis == Basis(3, (LeftOut("not going on", 1), LeftOut("without an organization", 1)))
    no_groups = silo(PROJECTS, date(2021, 12, 31), {"a": "x"})
    assert (no_groups.index, no_groups.without_group) == (None, 3)
    assert silo([], date(2021, 1, 1)).share_alone is None


def some_projects(seed: int) -> list[Project]:
    dice = random.Random(seed)

    def term() -> str:
        first = dice.randint(2015, 2022)
        return f"{first}:{first + dice.randint(0, 4)}" if dice.random() < 0.5 else ":"

    return [
        project(
            f"{number:02}",
            *(f"o{dice.randint(0, 6)}{dice.choice(['>', ''])}:{term()}" for _ in range(dice.randint(0, 4))),
        )
        for number in range(20)
    ]


def going_on(part: Part, day: date) -> bool:
    first = part.since.earliest if part.since else None
    last = part.until.latest if part.until else None
    return (first or date.min) <= day <= (last or date.max)


@pytest.mark.parametrize("seed", range(8))
def test_who_leads_whom_the_slow_way(seed: int) -> None:
    """Two parts meet if they meet on some day: of half-years, because terms are of years."""
    given = some_projects(seed)
    days = [date(2014, 1, 1) + timedelta(days=180 * number) for number in range(30)]
    found: LeadFollow = lead_and_follow(given)
    for row, one in enumerate(found.organizations):
        for column, other in enumerate(found.organizations):
            wanted = sum(
                any(
                    a.leads and not b.leads and (a.organization, b.organization) == (one, other) and one != other
                    and any(going_on(a, day) and going_on(b, day) for day in days)
                    for a in each.parts for b in each.parts
                )
                for each in given
            )  # fmt: skip
            assert found.counts[row][column] == wanted
    here = silo(given, days[12])
    members = [{part.organization for part in each.parts if going_on(part, days[12])} for each in given]
    assert (here.alone, here.joint) == (sum(len(each) == 1 for each in members), sum(len(each) > 1 for each in members))
    random.Random(seed).shuffle(given)
    assert (lead_and_follow(given), silo(given, days[12])) == (found, here)
