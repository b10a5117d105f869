"""How many cities use a practice, year by year. In: adoptions. Out: curves, and who stopped.

A city counts once, however many uses it has. Adoption may end: a curve of those in use can fall (E. Rogers, 2003, chapter 5).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from graph.measures.learning.basis import Basis, basis, maybe_by, surely_by, year_of
from graph.measures.learning.facts import Adoption
from schema.language.edtf import When


@dataclass(frozen=True)
class YearOfUse:
    """Cities at the end of a year. `new` and `stopped` count those of which the year is known.

    `ever_fewest` to `ever_most` have begun, `in_use_fewest` to `in_use_most` use it then: as far as dates tell.
    """

    year: int
    new: int
    stopped: int
    ever_fewest: int
    ever_most: int
    in_use_fewest: int
    in_use_most: int


@dataclass(frozen=True)
class Curve:
    """The years from the first to the last of which a date tells. The basis counts adoptions."""

    years: tuple[YearOfUse, ...]
    cities: int
    basis: Basis


@dataclass(frozen=True)
class Stopped:
    """A city that used a practice and uses it no more; `ended` is the last end, None if no source gives it."""

    city: str
    adoptions: tuple[str, ...]
    ended: When | None


def of_practice(adoptions: Iterable[Adoption], practice: str) -> list[Adoption]:
    """Return the adoptions of one practice, by id."""
    return sorted((each for each in adoptions if each.practice == practice), key=lambda each: each.id)


def curve(adoptions: Iterable[Adoption], until: int | None = None) -> Curve:
    """Return the curve of adoptions of one practice, up to a year. What is only proposed or has no date is left out."""
    left_out, uses = Counter[str](), dict[str, list[Adoption]]()
    for each in adoptions:
        why = None if each.used else "proposed only"
        why = why or ("without a date" if each.since is None else None)
        if why:
            left_out[why] += 1
        else:
            uses.setdefault(each.city, []).append(each)
    known = [year for of in uses.values() for each in of for year in _years(each)]
    last = until if until is not None else max(known, default=0)
    years = [_year(year, uses) for year in range(min(known), last + 1)] if known else []
    return Curve(tuple(years), len(uses), basis(sum(map(len, uses.values())), left_out))


def first_uses(adoptions: Iterable[Adoption]) -> dict[str, When]:
    """Return when each city first used a practice, of the uses with a date, in the order of cities' ids."""
    uses = dict[str, list[When]]()
    for each in adoptions:
        if each.used and each.since is not None:
            uses.setdefault(each.city, []).append(each.since)
    return {city: _earliest(uses[city]) for city in sorted(uses)}


def stopped(adoptions: Iterable[Adoption]) -> tuple[Stopped, ...]:
    """Return the cities all of whose uses have ended, by id. Who replaced a use by another of the practice did not stop."""
    uses = dict[str, list[Adoption]]()
    for each in sorted(adoptions, key=lambda each: each.id):
        if each.used:
            uses.setdefault(each.city, []).append(each)
    return tuple(
        Stopped(city, tuple(each.id for each in uses[city]), _latest([each.until for each in uses[city]]))
        for city in sorted(uses)
        if all(each.ended for each in uses[city])
    )


def _year(year: int, uses: Mapping[str, list[Adoption]]) -> YearOfUse:
    count = Counter[str]()
    for of in uses.values():
        first = _earliest([each.since for each in of if each.since])
        count["new"] += year_of(first) == year
        count["ever fewest"] += surely_by(first, year)
        count["ever most"] += maybe_by(first, year)
        sure = any(surely_by(each.since, year) and not _maybe_ended(each, year) for each in of)
        count["in use fewest"] += sure
        count["in use most"] += any(maybe_by(each.since, year) and not _surely_ended(each, year) for each in of)
        count["stopped"] += year_of(_latest([each.until for each in of])) == year
    return YearOfUse(
        year,
        count["new"],
        count["stopped"],
        count["ever fewest"],
        count["ever most"],
        count["in use fewest"],
        count["in use most"],
    )


def _surely_ended(use: Adoption, year: int) -> bool:
    return surely_by(use.until, year)


def _maybe_ended(use: Adoption, year: int) -> bool:
    return use.ended and maybe_by(use.until, year)


def _years(use: Adoption) -> list[int]:
    days = [day for when in (use.since, use.until) if when for day in (when.earliest, when.latest)]
    return [day.year for day in days if day is not None]


def _earliest(dates: list[When]) -> When:
    """Return the earliest of dates: each of its two days is the earliest that it may be."""
    firsts, lasts = [each.earliest for each in dates], [each.latest for each in dates if each.latest]
    first = None if None in firsts else min(day for day in firsts if day)
    return When(_text(first, min(lasts, default=None)), first, min(lasts, default=None))


def _latest(dates: list[When | None]) -> When | None:
    """Return the latest of ends; None if one of them is not known."""
    ends = [each for each in dates if each is not None]
    if len(ends) < len(dates) or not ends:
        return None
    firsts, lasts = [each.earliest for each in ends if each.earliest], [each.latest for each in ends]
    last = None if None in lasts else max(day for day in lasts if day)
    return When(_text(max(firsts, default=None), last), max(firsts, default=None), last)


def _text(first: date | None, last: date | None) -> str:
    return f"{first.isoformat() if first else '..'}/{last.isoformat() if last else '..'}"
