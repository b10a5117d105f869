"""What a city puts into learning, side by side. In: a Record of one city. Out: Indicators, each with what it is of; no total.

No weights exist by which hours, journeys and lessons could be added, and a rank would reward travel for its own sake.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.measures.learning.cost import Money
from graph.measures.learning.exchange import Wanted, exchange
from graph.measures.learning.facts import Adoption, Outcome, Visit
from schema.language.edtf import When


@dataclass(frozen=True)
class Prepared:
    """What was done about a visit that the city made: when its objectives were set, and whether anybody judged it."""

    visit: str
    objectives: tuple[When | None, ...] = ()
    judged: bool = False


@dataclass(frozen=True)
class Kept:
    """What was done with a lesson of the city."""

    lesson: str
    explicit: bool = False
    stored: bool = False
    validated: bool = False
    used: bool = False
    shared: bool = False


@dataclass(frozen=True)
class Effort:
    """Hours, money and people of a period; None where not stated."""

    id: str
    hours: float | None = None
    spent: Money | None = None
    people: int | None = None


@dataclass(frozen=True)
class Record:
    """All that is known of one city's learning in a period. `visits` are those that it made or received."""

    city: str
    visits: Sequence[Visit] = ()
    prepared: Sequence[Prepared] = ()
    lessons: Sequence[Kept] = ()
    adoptions: Sequence[Adoption] = ()
    outcomes: Sequence[Outcome] = ()
    efforts: Sequence[Effort] = ()


@dataclass(frozen=True)
class Indicator:
    """One row: a number, its unit, and of how many rows it is; `unknown` more do not tell. None where none tells.

    A unit of `share` is 0 to 1; another is a count or a currency.
    """

    name: str
    value: float | None
    unit: str
    n: int
    unknown: int = 0


def scorecard(of: Record) -> tuple[Indicator, ...]:
    """Return the indicators of a city, always in the same order; money has one row for each currency, and may have none."""
    return (*_of_visits(of), *_of_lessons(of.lessons), *_of_uses(of), *_of_efforts(of.efforts))


def _of_visits(of: Record) -> Iterable[Indicator]:
    cities = {city for each in of.visits for city in (*each.visitors, *each.hosts)} | {of.city}
    found = exchange(of.visits, cities, Wanted())
    here = next((each for each in found.cities if each.city == of.city), None)
    n = found.basis.used
    partners = {end for leg in found.legs for end in (leg.visitor, leg.host) if of.city in (leg.visitor, leg.host)}
    yield Indicator("visits made", here.made if here else 0, "visits", n)
    yield Indicator("visits received", here.hosted if here else 0, "visits", n)
    yield Indicator("partners in these visits", len(partners - {of.city}), "places", n)
    when = {each.id: each.when for each in of.visits}
    dated = [each for each in of.prepared if each.objectives and any(each.objectives) and when.get(each.visit)]
    early = [any(_set_before(day, when[each.visit]) for day in each.objectives) for each in dated]
    yield _share("visits made with an objective", [bool(each.objectives) for each in of.prepared])
    yield _share(
        "visits with an objective set before them",
        early,
        unknown=sum(bool(each.objectives) for each in of.prepared) - len(dated),
    )
    yield _share("visits made that somebody judged", [each.judged for each in of.prepared])


def _of_lessons(lessons: Sequence[Kept]) -> Iterable[Indicator]:
    yield Indicator("lessons learned", len(lessons), "lessons", len(lessons))
    yield _share("lessons made explicit", [each.explicit for each in lessons])
    yield _share("lessons kept in a store", [each.stored for each in lessons])
    yield _share("lessons validated", [each.validated for each in lessons])
    yield _share("lessons used", [each.used for each in lessons])
    yield _share("lessons shared with other cities", [each.shared for each in lessons])


def _of_uses(of: Record) -> Iterable[Indicator]:
    used, n = [each for each in of.adoptions if each.used], len(of.adoptions)
    yield Indicator("practices proposed", n - len(used), "practices", n)
    yield Indicator("practices used", len(used), "practices", n)
    yield Indicator("uses that ended", sum(each.ended for each in used), "practices", len(used))
    ids = {each.id for each in used}
    yield Indicator(
        "results of uses", sum(bool(ids & {*each.results_of}) for each in of.outcomes), "results", len(used)
    )


def _of_efforts(efforts: Sequence[Effort]) -> Iterable[Indicator]:
    hours = [each.hours for each in efforts if each.hours is not None]
    people = [each.people for each in efforts if each.people is not None]
    spent = [each.spent for each in efforts if each.spent is not None]
    n = len(efforts)
    yield Indicator("hours of work", sum(hours) if hours else None, "hours", len(hours), n - len(hours))
    yield Indicator("people, mean of periods", _mean(people), "people", len(people), n - len(people))
    for currency in sorted({each.currency for each in spent}):
        amounts = [each.amount for each in spent if each.currency == currency]
        yield Indicator("money spent", sum(amounts), currency, len(amounts), n - len(spent))


def _share(name: str, told: Sequence[bool], unknown: int = 0) -> Indicator:
    return Indicator(name, sum(told) / len(told) if told else None, "share", len(told), unknown)


def _mean(values: Sequence[int]) -> float | None:
    return sum(values) / len(values) if values else None


def _set_before(objective: When | None, visit: When | None) -> bool:
    """Whether an objective was surely set on an earlier day than the visit began."""
    if objective is None or visit is None or objective.latest is None or visit.earliest is None:
        return False
    return objective.latest < visit.earliest
