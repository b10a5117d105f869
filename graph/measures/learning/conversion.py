"""How many lessons were put to use, how many uses had results, and after how long. In: facts. Out: Conversion, Waiting.

A lesson without a use may still get one: lessons that are too young to tell are counted apart, and waiting times allow for them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from graph.measures.learning.basis import Basis, Lag, basis, lag, year_of
from graph.measures.learning.facts import Adoption, Lesson, Outcome
from schema.language.edtf import When


@dataclass(frozen=True)
class Lagged:
    """The years of one use: from the first lesson that it drew on; as dates tell, or else as a text states them."""

    adoption: str
    city: str
    lag: Lag


@dataclass(frozen=True)
class Conversion:
    """Lessons, those that were used, and those whose use had a result. Shares are 0 to 1, None without lessons.

    `too_young` have no use and were learned less than `horizon` years before the year of the question; `undated` have no use
    and no known year. `share_of_old` is that of lessons old enough, used within `horizon` years; `old` is how many these are:
    without those used in a year that is not known, or before they were learned.
    `median_lag` is of `lags` uses with a known number of years that is not negative; it is short where long lags are still open.
    """

    lessons: int
    proposed: int
    used: int
    with_result: int
    share_used: float | None
    share_with_result: float | None
    horizon: int
    too_young: int
    undated: int
    old: int
    share_of_old: float | None
    lags: int
    median_lag: float | None
    basis: Basis


@dataclass(frozen=True)
class YearOfWaiting:
    """Years after the lesson: how many were not used before and observed so long, how many got their first use then.

    `not_used` is the estimated share without a use at the end of that year.
    """

    years: int
    at_risk: int
    used: int
    not_used: float


@dataclass(frozen=True)
class Waiting:
    """Time from a lesson to its first use, if lessons without one are still waiting (E. Kaplan and P. Meier, 1958).

    `median` is the first year at whose end half or fewer are not used, None if that is not seen. The basis counts lessons.
    """

    years: tuple[YearOfWaiting, ...]
    median: int | None
    basis: Basis


def lags(lessons: Iterable[Lesson], adoptions: Iterable[Adoption], outcomes: Iterable[Outcome] = ()) -> list[Lagged]:
    """Return the lag of each use that has one, by id: from the first of its lessons with a date to its own beginning."""
    known, stated = {each.id: each for each in lessons}, dict[str, list[int]]()
    for outcome in outcomes:
        if outcome.stated_years is not None:
            for id_ in outcome.results_of:
                stated.setdefault(id_, []).append(outcome.stated_years)
    found = []
    for use in sorted(adoptions, key=lambda each: each.id):
        between = [lag(known[id_].when, use.since) for id_ in {*use.lessons} & known.keys()] if use.used else []
        dated = [each for each in between if each is not None]
        if dated:
            found.append(Lagged(use.id, use.city, _longest(dated)))
        elif use.used and use.id in stated:
            found.append(Lagged(use.id, use.city, Lag(min(stated[use.id]), max(stated[use.id]), stated=True)))
    return found


def conversion(
    lessons: Iterable[Lesson],
    adoptions: Iterable[Adoption],
    outcomes: Iterable[Outcome],
    as_of: int,
    *,
    horizon: int = 5,
) -> Conversion:
    """Return the conversion of lessons as of the end of a year; lessons, uses and results that are surely later do not count."""
    given = list(lessons)
    every = [each for each in adoptions if not _later(each.since, as_of)]
    results = [each for each in outcomes if not _later(each.when, as_of)]
    counted = {each.id: each for each in given if not _later(each.when, as_of)}
    uses = _uses(every, counted)
    used = {id_ for id_, of in uses.items() if any(each.used for each in of)}
    resulted = {id_ for outcome in results for id_ in outcome.results_of}
    with_result = {id_ for id_ in used if any(each.used and each.id in resulted for each in uses[id_])}
    ages = {id_: as_of - year for id_, each in counted.items() if (year := year_of(each.when)) is not None}
    first = {id_: _first_use(counted[id_], uses[id_]) for id_ in used}
    aged = {id_ for id_, age in ages.items() if age >= horizon}
    timed = {id_: years for id_, years in first.items() if years is not None and years >= 0}
    old = aged - (used - timed.keys())
    in_time = {id_ for id_ in old & timed.keys() if timed[id_] <= horizon}
    drew = [each for each in every if {*each.lessons} & counted.keys()]
    years = [each.lag.years for each in lags(counted.values(), drew, results)]
    known = [each for each in years if each is not None and each >= 0]
    n = len(counted)
    return Conversion(
        lessons=n,
        proposed=len(uses.keys() - used),
        used=len(used),
        with_result=len(with_result),
        share_used=len(used) / n if n else None,
        share_with_result=len(with_result) / n if n else None,
        horizon=horizon,
        too_young=len(ages.keys() - aged - used),
        undated=len(counted.keys() - ages.keys() - used),
        old=len(old),
        share_of_old=len(in_time) / len(old) if old else None,
        lags=len(known),
        median_lag=median(known) if known else None,
        basis=basis(n, Counter({"learned later": len(given) - n})),
    )


def waiting(lessons: Iterable[Lesson], adoptions: Iterable[Adoption], as_of: int) -> Waiting:
    """Estimate how long lessons wait for their first use, observed until the end of a year.

    Left out are lessons without a known year, and used ones whose first use has none or is earlier than the lesson.
    """
    given = {each.id: each for each in lessons}
    uses, left_out, times = _uses(adoptions, given), Counter[str](), list[tuple[int, bool]]()
    for id_, lesson in sorted(given.items()):
        year = year_of(lesson.when)
        if year is None or year > as_of:
            left_out["without a known year" if year is None else "learned later"] += 1
            continue
        of = [each for each in uses.get(id_, []) if each.used]
        first = _first_use(lesson, of)
        if of and (first is None or first < 0):
            left_out["used in a year that is not known" if first is None else "used before it was learned"] += 1
        elif first is not None and year + first <= as_of:
            times.append((first, True))
        else:
            times.append((as_of - year, False))
    years = _estimated(times)
    half = next((each.years for each in years if each.not_used <= 0.5), None)
    return Waiting(tuple(years), half, basis(len(times), left_out))


def _estimated(times: list[tuple[int, bool]]) -> list[YearOfWaiting]:
    left, years = Fraction(1), list[YearOfWaiting]()  # exact, because half of the lessons may be left
    for at in range(max((time for time, _ in times), default=-1) + 1):
        at_risk = sum(time >= at for time, _ in times)
        used = sum(time == at and event for time, event in times)
        left *= Fraction(at_risk - used, at_risk)
        years.append(YearOfWaiting(at, at_risk, used, float(left)))
    return years


def _uses(adoptions: Iterable[Adoption], lessons: Mapping[str, Lesson]) -> dict[str, list[Adoption]]:
    """Return the adoptions that drew on each lesson."""
    found = dict[str, list[Adoption]]()
    for each in adoptions:
        for id_ in {*each.lessons} & lessons.keys():
            found.setdefault(id_, []).append(each)
    return found


def _first_use(lesson: Lesson, uses: Iterable[Adoption]) -> int | None:
    """Return the years from a lesson to its first use; None if a use has no known number of years."""
    years = [between.years if (between := lag(lesson.when, each.since)) else None for each in uses if each.used]
    return None if None in years else min((each for each in years if each is not None), default=None)


def _later(when: When | None, as_of: int) -> bool:
    return when is not None and when.earliest is not None and when.earliest.year > as_of


def _longest(lags_: list[Lag]) -> Lag:
    """Return the lag since the first lesson: each bound is the largest; open if one is open."""
    fewest, most = [each.fewest for each in lags_], [each.most for each in lags_]
    return Lag(
        None if None in fewest else max(each for each in fewest if each is not None),
        None if None in most else max(each for each in most if each is not None),
    )
