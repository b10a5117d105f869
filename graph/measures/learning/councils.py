"""Whether a council meets, and who comes. In: meetings and members of one council. Out: Cadence, Attendance.

A meeting that was planned and not held counts as missed; one of which nothing is known yet does not count.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from graph.measures.learning.basis import Basis, basis, day_of, held_on
from graph.measures.learning.facts import HELD
from schema.language.edtf import When

MISSED, PLANNED = "MISSED", "PLANNED"
WEEKLY, MONTHLY, QUARTERLY, YEARLY = "WEEKLY", "MONTHLY", "QUARTERLY", "YEARLY"


@dataclass(frozen=True)
class Meeting:
    """A meeting on the day for which it was planned. `attended` are the organizations and people that came."""

    id: str
    when: When | None
    status: str = HELD
    attended: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Seat:
    """An organization sits on the council for a time."""

    organization: str
    since: When | None = None
    until: When | None = None


@dataclass(frozen=True)
class Cadence:
    """How regularly a council meets. Gaps are days between meetings that were held, in order.

    `share_held` is held by held and missed, 0 to 1. `empty` are the periods of the stated rhythm, such as `2024-04`, without a
    meeting that was held, from the first to the last that is looked at, of `periods`; None if the rhythm is none.
    The basis counts meetings.
    """

    held: int
    missed: int
    planned: int
    share_held: float | None
    gaps: tuple[int, ...]
    median_gap: float | None
    longest_gap: int | None
    periods: int | None
    empty: tuple[str, ...] | None
    basis: Basis


@dataclass(frozen=True)
class Attendance:
    """Of the meetings held while somebody sat on the council, those that he attended; share None if there were none.

    `as_guest` are meetings attended without a seat.
    """

    who: str
    meetings: int
    attended: int
    share: float | None
    as_guest: int


def cadence(
    meetings: Iterable[Meeting],
    rhythm: str | None,
    first: date | None = None,
    last: date | None = None,
    *,
    today: date = date.max,
) -> Cadence:
    """Return the cadence from a day to a day; without them, from the first to the last meeting that was held or missed.

    A period that is not over `today` is not empty yet: it is looked at only if a meeting was held in it.
    """
    given, left_out = sorted(meetings, key=lambda each: each.id), Counter[str]()
    days = dict[str, list[date]]()
    for each in given:
        day = day_of(each.when)
        if day is None:
            left_out["on a day that is not known"] += 1
        elif (first and day < first) or (last and day > last):
            left_out["on another day"] += 1
        else:
            days.setdefault(each.status, []).append(day)
    held, missed = sorted(days.get(HELD, [])), days.get(MISSED, [])
    gaps = tuple((later - earlier).days for earlier, later in pairwise(held))
    begin, end = first or min((*held, *missed), default=None), last or max((*held, *missed), default=None)
    met = {_period(rhythm, day) for day in held}
    periods = _periods(rhythm, begin, end and min(end, today))
    if periods and periods[-1] not in met and periods[-1] == _period(rhythm, today):
        periods.pop()
    return Cadence(
        held=len(held),
        missed=len(missed),
        planned=len(days.get(PLANNED, [])),
        share_held=len(held) / (len(held) + len(missed)) if held or missed else None,
        gaps=gaps,
        median_gap=median(gaps) if gaps else None,
        longest_gap=max(gaps, default=None),
        periods=None if periods is None else len(periods),
        empty=None if periods is None else tuple(each for each in periods if each not in met),
        basis=basis(sum(map(len, days.values())), left_out),
    )


def attendance(meetings: Iterable[Meeting], seats: Iterable[Seat]) -> tuple[Attendance, ...]:
    """Return the attendance of each organization that had a seat, and of who came beside them, by id.

    Terms count by the rule of `asOf`.
    """
    held = [(day, each) for each in meetings if each.status == HELD and (day := day_of(each.when)) is not None]
    terms = dict[str, list[Seat]]()
    for seat in seats:
        terms.setdefault(seat.organization, []).append(seat)
    found = []
    for organization in sorted({*terms, *(each for _, meeting in held for each in meeting.attended)}):
        of = terms.get(organization, [])
        due = [each for day, each in held if any(held_on(seat.since, seat.until, day) for seat in of)]
        came, every = (
            sum(organization in each.attended for each in some) for some in (due, [each for _, each in held])
        )
        share = came / len(due) if due else None
        found.append(Attendance(organization, len(due), came, share, every - came))
    return tuple(found)


def _periods(rhythm: str | None, first: date | None, last: date | None) -> list[str] | None:
    """Name the periods of a rhythm from one day to another, in order; None if the rhythm has none."""
    if rhythm not in (WEEKLY, MONTHLY, QUARTERLY, YEARLY):
        return None
    if first is None or last is None:
        return []
    days = (date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))
    return list(dict.fromkeys(_period(rhythm, day) for day in days))


def _period(rhythm: str | None, day: date) -> str:
    if rhythm == WEEKLY:
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if rhythm == MONTHLY:
        return f"{day.year:04}-{day.month:02}"
    return f"{day.year:04}-Q{(day.month + 2) // 3}" if rhythm == QUARTERLY else f"{day.year:04}"
