"""What a number was computed on, and dates that may be uncertain. In: rows used and left out, dates. Out: Basis, Lag.

A year counts as known only if every day that a date may mean lies in it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from schema.language.edtf import When


@dataclass(frozen=True)
class LeftOut:
    """How many rows were left out for one reason."""

    why: str
    rows: int


@dataclass(frozen=True)
class Basis:
    """How many rows a number was computed on, and how many were left out, by reason in the order of the alphabet."""

    used: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Lag:
    """Calendar years from one thing to another: the fewest and the most that their dates allow; None if a side is open.

    `stated` says that a text gives the years and no dates. Fewer than 0 years: what should be later may have come earlier.
    """

    fewest: int | None
    most: int | None
    stated: bool = False

    @property
    def years(self) -> int | None:
        """Return the years if the dates leave no choice."""
        return self.fewest if self.fewest == self.most else None


def basis(used: int, left_out: Counter[str]) -> Basis:
    """Make a Basis of counted reasons; a reason that left out nothing is not named."""
    return Basis(used, tuple(LeftOut(why, left_out[why]) for why in sorted(left_out) if left_out[why]))


def year_of(when: When | None) -> int | None:
    """Return the year of a date; None if the date may mean several years or none is given."""
    if when is None or when.earliest is None or when.latest is None:
        return None
    return when.earliest.year if when.earliest.year == when.latest.year else None


def day_of(when: When | None) -> date | None:
    """Return the day of a date; None if the date may mean several days or none is given."""
    return when.earliest if when is not None and when.earliest == when.latest else None


def surely_by(when: When | None, year: int) -> bool:
    """Whether something that happened on a date had surely happened when a year ended."""
    return when is not None and when.latest is not None and when.latest.year <= year


def maybe_by(when: When | None, year: int) -> bool:
    """Whether something that happened on a date may have happened when a year ended; without a date it may."""
    return when is None or when.earliest is None or when.earliest.year <= year


def surely_before(one: When | None, other: When | None) -> bool:
    """Whether one year is surely earlier than the other; equal years are not."""
    if one is None or other is None or one.latest is None or other.earliest is None:
        return False
    return one.latest.year < other.earliest.year


def surely_not_after(one: When | None, other: When | None) -> bool:
    """Whether one thing surely happened no later than the other: by days, or in the same year as far as dates tell."""
    if one is None or other is None or one.latest is None or other.latest is None:
        return False
    return one.latest <= other.latest and (other.earliest is None or one.latest.year <= other.earliest.year)


def lag(earlier: When | None, later: When | None) -> Lag | None:
    """Count the calendar years between two dates; None if one of them is not given.

    The last day of a year and the next day are one year apart, as in the field `lagYears`.
    """
    if earlier is None or later is None:
        return None
    return Lag(_years(earlier.latest, later.earliest), _years(earlier.earliest, later.latest))


def held_on(since: When | None, until: When | None, day: date) -> bool:
    """Whether a state may have held on a day, by the rule of `asOf`: uncertain dates count from the first day to the last."""
    begun = since is None or since.earliest is None or since.earliest <= day
    return begun and (until is None or until.latest is None or day <= until.latest)


def _years(earlier: date | None, later: date | None) -> int | None:
    return None if earlier is None or later is None else later.year - earlier.year
