"""From whom a practice came. In: adoptions, lessons, visits. Out: stated sources, exposure, and likely missing links.

A stated source is what a source of the platform says. A likely link is a guess by a rule, and never among the stated ones.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from graph.measures.learning.adoption import first_uses
from graph.measures.learning.basis import Basis, Lag, basis, lag, surely_before, surely_not_after, year_of
from graph.measures.learning.facts import Adoption, Contact, Lesson, Visit
from schema.language.edtf import When, parse

INFERRED = "INFERRED"
METHOD = (
    "The city names no source. It visited this partner, or was visited by it, surely not after its own first use; "
    "the partner surely used the practice in an earlier year."
)


class By(Enum):
    """What states a source."""

    LESSON = "The use drew on a lesson from there."
    VISIT = "A source says that a visit to or from there led to the use."


@dataclass(frozen=True)
class Link:
    """A stated source of a city's use. `through` is the lesson or the visit; `lag` is from it to the use.

    `second_hand`: the source had the practice from somebody else, as is stated too. `steps` are those of
    this link from a place that had it from nobody, at the fewest; None if there is none. `carriers` are people and organizations
    that carried the lesson.
    """

    source: str
    adopter: str
    adoption: str
    by: By
    through: str
    lag: Lag | None
    carriers: tuple[str, ...] = ()
    second_hand: bool = False
    steps: int | None = None


@dataclass(frozen=True)
class Sources:
    """Stated links by source and adopter. `unknown` are cities whose uses name no lesson, visit or programme.

    The basis counts adoptions.
    """

    links: tuple[Link, ...]
    direct: int
    second_hand: int
    unknown: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True)
class Exposure:
    """Of the cities that one had to do with by a year, those that surely used the practice in an earlier year.

    `share` is adopters / partners (T. Valente, 1995), None without partners; `maybe` more may have used it. `adopted` says
    that the city began in that year; others are measured in the year of the question.
    """

    city: str
    year: int
    adopted: bool
    partners: int
    adopters: int
    maybe: int
    share: float | None


@dataclass(frozen=True)
class Exposures:
    """Exposures by city. The basis counts cities; `undated` contacts, whose year is not known, do not count."""

    cities: tuple[Exposure, ...]
    undated: int
    basis: Basis


@dataclass(frozen=True)
class Likely:
    """A link that no source states. `evidence` are the visits between the two, `to_source` those that the adopter made, `about`
    those about the practice.

    `candidates` is the number of partners that fit: with many, each is less likely.
    """

    source: str
    adopter: str
    evidence: tuple[str, ...]
    to_source: tuple[str, ...]
    about: tuple[str, ...]
    candidates: int
    method: str = METHOD
    confidence: str = INFERRED


def sources(adoptions: Iterable[Adoption], lessons: Iterable[Lesson], visits: Iterable[Visit]) -> Sources:
    """Return the stated sources of uses of one practice."""
    given = sorted(adoptions, key=lambda each: each.id)
    used = [each for each in given if each.used]
    by_lesson, by_visit = {each.id: each for each in lessons}, {each.id: each for each in visits}
    links = sorted(
        (link for each in used for link in _links(each, by_lesson, by_visit)),
        key=lambda each: (each.source, each.adopter, each.adoption, each.by.name, each.through),
    )
    first = first_uses(used)
    upstream = _upstream(links, first)
    steps = _steps(upstream)
    shown = tuple(
        replace(
            each,
            second_hand=bool(upstream.get(each.source, set()) - {each.adopter}),
            steps=steps[each.source] + 1 if each.source in steps else None,
        )
        for each in links
    )
    second_hand = sum(each.second_hand for each in shown)
    told = {each.city for each in used if each.lessons or each.led_to_by}
    unknown = tuple(sorted({each.city for each in used} - told))
    missing = Counter({"proposed only": len(given) - len(used)})
    return Sources(shown, len(shown) - second_hand, second_hand, unknown, basis(len(used), missing))


def exposure(
    adoptions: Iterable[Adoption], contacts: Iterable[Contact], as_of: int, cities: Iterable[str] = ()
) -> Exposures:
    """Return how far cities were exposed to a practice by visits: adopters in the year of their first use, others as of a year.

    Cities are those of contacts and adoptions, and the given ones. Who stopped counts as one who had adopted.
    """
    given, met = list(adoptions), list(contacts)
    first, partners = first_uses(given), _partners(met)
    unsure = {each.city for each in given if each.used} - {city for city in first if year_of(first[city]) is not None}
    every = {*partners, *first, *cities} | unsure
    found = tuple(_exposed(city, as_of, partners.get(city, {}), (first, unsure)) for city in sorted(every - unsure))
    undated = sum(year_of(each.when) is None for each in met)
    return Exposures(found, undated, basis(len(found), Counter({"began in a year that is not known": len(unsure)})))


def likely(
    of: Sources, adoptions: Iterable[Adoption], contacts: Iterable[Contact], practice: str
) -> tuple[Likely, ...]:
    """Return likely sources of the cities that name none: by adopter, the likelier first.

    Likelier are partners with more visits about the practice, then with more that the adopter made, then with more; then by id.
    """
    first, unknown = first_uses(adoptions), frozenset(of.unknown)
    evidence, about, made = dict[tuple[str, str], set[str]](), set[str](), set[tuple[str, str]]()
    for each in contacts:
        made.add((each.visit, each.visitor))
        if practice in each.subjects:
            about.add(each.visit)
        for adopter, source in ((each.visitor, each.host), (each.host, each.visitor)):
            if adopter in unknown and _fits(first.get(source), first.get(adopter), each.when):
                evidence.setdefault((adopter, source), set()).add(each.visit)
    candidates = Counter(adopter for adopter, _ in evidence)
    found = [
        Likely(
            source,
            adopter,
            tuple(sorted(visits)),
            tuple(sorted(each for each in visits if (each, adopter) in made)),
            tuple(sorted(visits & about)),
            candidates[adopter],
        )
        for (adopter, source), visits in evidence.items()
    ]
    return tuple(sorted(found, key=_likelihood))


def _likelihood(of: Likely) -> tuple[str, int, int, int, str]:
    return of.adopter, -len(of.about), -len(of.to_source), -len(of.evidence), of.source


def _exposed(
    city: str, as_of: int, partners: Mapping[str, set[int]], known: tuple[Mapping[str, When], set[str]]
) -> Exposure:
    first, unsure = known
    year = year_of(first.get(city))
    adopted = year is not None and year <= as_of
    at = year if year is not None and adopted else as_of
    met = sorted(other for other, years in partners.items() if min(years) <= at)
    moment = parse(f"{at:04}")
    sure = sum(surely_before(first.get(other), moment) for other in met)
    maybe = sum(_maybe_before(other, first, unsure, at) for other in met) - sure
    return Exposure(city, at, adopted, len(met), sure, maybe, sure / len(met) if met else None)


def _fits(source: When | None, adopter: When | None, met: When | None) -> bool:
    return surely_before(source, adopter) and surely_not_after(met, adopter)


def _links(use: Adoption, lessons: Mapping[str, Lesson], visits: Mapping[str, Visit]) -> Iterable[Link]:
    """Yield a link for each place that a use has a lesson or a visit from, but itself."""
    for id_ in sorted({*use.lessons} & lessons.keys()):
        lesson = lessons[id_]
        for place in sorted({*lesson.sources} - {use.city}):
            yield Link(place, use.city, use.id, By.LESSON, id_, lag(lesson.when, use.since), lesson.carriers)
    for id_ in sorted({*use.led_to_by} & visits.keys()):
        visit = visits[id_]
        others = visit.hosts if use.city in visit.visitors else visit.visitors
        for place in sorted({*others} - {use.city}):
            yield Link(place, use.city, use.id, By.VISIT, id_, lag(visit.when, use.since))


def _upstream(links: Iterable[Link], first: Mapping[str, When]) -> dict[str, set[str]]:
    """Return the sources of each city that did not surely begin later than it."""
    found = dict[str, set[str]]()
    for each in links:
        if not surely_before(first.get(each.adopter), first.get(each.source)):
            found.setdefault(each.adopter, set()).add(each.source)
    return found


def _steps(upstream: Mapping[str, set[str]]) -> dict[str, int]:
    """Count the fewest steps to each city from places without a source."""
    downstream = dict[str, set[str]]()
    for city, places in upstream.items():
        for place in places:
            downstream.setdefault(place, set()).add(city)
    steps = {place: 0 for place in sorted(downstream) if place not in upstream}
    waiting = deque(steps)
    while waiting:
        place = waiting.popleft()
        for city in sorted(downstream.get(place, ())):
            if city not in steps:
                steps[city] = steps[place] + 1
                waiting.append(city)
    return steps


def _partners(contacts: Iterable[Contact]) -> dict[str, dict[str, set[int]]]:
    """Return the cities that each city had to do with, and in which years."""
    found = dict[str, dict[str, set[int]]]()
    for each in contacts:
        year = year_of(each.when)
        if year is not None:
            found.setdefault(each.visitor, {}).setdefault(each.host, set()).add(year)
            found.setdefault(each.host, {}).setdefault(each.visitor, set()).add(year)
    return found


def _maybe_before(city: str, first: Mapping[str, When], unsure: set[str], year: int) -> bool:
    """Whether a city may have used the practice before a year."""
    when = first.get(city)
    if when is None:
        return city in unsure
    return when.earliest is None or when.earliest.year < year
