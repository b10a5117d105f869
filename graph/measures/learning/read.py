"""Reading what the measures of learning are computed on. In: a reader, rights. Out: dataclasses of facts that the viewer sees.

Each function runs one statement. What is hidden from the viewer changes nothing: it is not read.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from graph.access.rights import Rights
from graph.cypher import learning as cypher
from graph.cypher.fragments import EMPTY, Fragment
from graph.measures.cloud import Cloud
from graph.measures.learning.cost import Journey, Money
from graph.measures.learning.councils import Meeting, Seat
from graph.measures.learning.facts import Adoption, Lesson, Outcome, Visit
from graph.measures.learning.silos import Part, Project
from schema.language.edtf import When, parse
from schema.model import Model

Rows = list[list[Any]]
NAMED_BY = ("name", "title")
"""Properties by which a fact is named, the first that it has."""


class Reader(Protocol):
    """Runs a statement and returns its one value."""

    async def value(self, text: str, parameters: dict[str, Any], name: str) -> Any:
        """Return the one value of the one record."""
        ...


@dataclass(frozen=True)
class Reading:
    """Reads for one viewer; `synthetic` says whether he sees facts that are made up.

    `made_up` are the ids of those that were read: of facts, and of both ends of a relationship that is made up. `network` reads
    the network of a wave of a roster.
    """

    reader: Reader
    rights: Rights
    model: Model
    synthetic: bool = False
    made_up: set[str] = field(default_factory=set, compare=False)
    network: Callable[[str, str], Awaitable[Cloud | None]] | None = field(default=None, compare=False)

    async def rows(self, *parts: Fragment, **given: Any) -> list[Rows]:
        """Return the rows of each part."""
        parameters = {"q": {**given, **self.rights.parameters(synthetic=self.synthetic)}}
        found: list[Rows] = await self.reader.value(cypher.together(parts).text, parameters, "learning")
        return [self._noted(each) for each in found] if self.synthetic else found

    def _noted(self, rows: Rows) -> Rows:
        """Return rows without their last column; note the ids of those that are made up."""
        self.made_up.update(id_ for row in rows for id_ in row[-1])
        return [row[:-1] for row in rows]

    async def names(self, ids: Iterable[str]) -> dict[str, str | None]:
        """Return the names or titles of facts."""
        part = cypher.named(NAMED_BY, by_audience=self.rights.by_audience, synthetic=self.synthetic)
        (rows,) = await self.rows(part, ids=sorted({*ids}))
        return {row[0]: row[1] for row in rows}

    def nodes(self, label: str, *columns: str, only: Fragment = EMPTY) -> Fragment:
        """Read the nodes of a concept."""
        return cypher.nodes(label, columns, by_audience=self.rights.by_audience, synthetic=self.synthetic, only=only)

    def relationships(self, declaration: str, *columns: str, only: Fragment = EMPTY) -> Fragment:
        """Read the relationships of one declaration, which may share its type with others."""
        spec = self.model.relationships[declaration]
        return cypher.relationships(
            spec.type,
            (spec.start.labels, spec.end.labels),
            columns,
            by_audience=self.rights.by_audience,
            synthetic=self.synthetic,
            only=only,
        )


@dataclass(frozen=True)
class CityGroups:
    """The groups of a city by which exchange mixes; None where not known."""

    size: str | None
    income: str | None


@dataclass(frozen=True)
class ExchangeFacts:
    """Visits by id, and the groups of each city, by id."""

    visits: tuple[Visit, ...]
    cities: dict[str, CityGroups]


@dataclass(frozen=True)
class LearningFacts:
    """Lessons, adoptions and outcomes by id. A lesson or an adoption whose city the viewer does not see is not there."""

    lessons: tuple[Lesson, ...]
    adoptions: tuple[Adoption, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class CouncilFacts:
    """A council, its stated rhythm, its meetings, and who sits on it."""

    id: str
    rhythm: str | None
    meetings: tuple[Meeting, ...]
    seats: tuple[Seat, ...]


async def exchange_facts(of: Reading) -> ExchangeFacts:
    """Read visits and cities."""
    visits, made, hosted, topics, practices, under, cities, lies_in, countries = await of.rows(
        of.nodes("Visit", "since", "status"),
        of.relationships("MadeBy"),
        of.relationships("HostedBy"),
        of.relationships("AboutTopic"),
        of.relationships("AboutPractice"),
        of.relationships("Under"),
        of.nodes("City", "sizeClass"),
        of.relationships("InCountry"),
        of.nodes("Country", "incomeGroup"),
    )
    by, at, about = ends(made), ends(hosted), subjects_of([*topics, *practices], under)
    income, country = dict(countries), ends(lies_in)
    return ExchangeFacts(
        tuple(
            Visit(id_, by.get(id_, ()), at.get(id_, ()), when(since), status, about.get(id_, frozenset()))
            for id_, since, status in visits
        ),
        {id_: CityGroups(size, next((income[at] for at in country.get(id_, ())), None)) for id_, size in cities},
    )


async def learning_facts(of: Reading) -> LearningFacts:
    """Read lessons, adoptions and outcomes."""
    names = ("Learned", "From", "CarriedBy", "GainedOn", "AboutTopic", "AboutPractice", "Under")
    more = ("Made", "Uses", "DrewOn", "LedToUse", "Replaced", "LedTo")
    lessons, adoptions, outcomes, *rest = await of.rows(
        of.nodes("Lesson", "since"),
        of.nodes("Adoption", "status", "since", "until"),
        of.nodes("Outcome", "since", "statedLagYears"),
        *(of.relationships(name) for name in (*names, *more)),
    )
    found = dict(zip((*names, *more), rest, strict=True))
    learner, city, practice = back(found["Learned"]), back(found["Made"]), ends(found["Uses"])
    sources, carriers, gained = (ends(found[name]) for name in ("From", "CarriedBy", "GainedOn"))
    about = subjects_of([*found["AboutTopic"], *found["AboutPractice"]], found["Under"])
    drew_on, led_to_by, replaced_by = ends(found["DrewOn"]), back(found["LedToUse"]), back(found["Replaced"])
    results = back(found["LedTo"])
    return LearningFacts(
        tuple(
            Lesson(
                id_,
                who,
                sources.get(id_, ()),
                when(since),
                about.get(id_, frozenset()),
                carriers.get(id_, ()),
                gained.get(id_, ()),
            )
            for id_, since in lessons
            for who in learner.get(id_, ())
        ),
        tuple(
            Adoption(
                id_,
                who,
                next(iter(practice.get(id_, ())), None),
                status,
                when(since),
                when(until),
                drew_on.get(id_, ()),
                led_to_by.get(id_, ()),
                replaced_by.get(id_, ()),
            )
            for id_, status, since, until in adoptions
            for who in city.get(id_, ())
        ),
        tuple(Outcome(id_, results.get(id_, ()), when(since), years) for id_, since, years in outcomes),
    )


async def journeys(of: Reading) -> tuple[Journey, ...]:
    """Read what is known of the cost of each visit; new ties are not measured here."""
    visits, joined, sponsored, gained, editions = await of.rows(
        of.nodes("Visit", "costPerDelegateAmount", "costPerDelegateCurrency", "delegates", "status"),
        of.relationships("Joined", "paidAmount", "paidCurrency"),
        of.relationships("Sponsored", "paidAmount", "paidCurrency"),
        of.relationships("GainedOn"),
        of.relationships("EditionOf"),
    )
    paid = dict[str, list[Money]]()
    for visit, amount, currency in [(row[1], *row[2:]) for row in (*joined, *sponsored)]:
        if amount is not None:
            paid.setdefault(visit, []).append(Money(amount, currency))
    lessons, programmes = back(gained), ends(editions)
    return tuple(
        Journey(
            id_,
            None if amount is None else Money(amount, currency),
            delegates,
            tuple(paid.get(id_, ())),
            len(lessons.get(id_, ())),
            None,
            programmes.get(id_, ()),
            status,
        )
        for id_, amount, currency, delegates, status in visits
    )


async def councils(of: Reading) -> tuple[CouncilFacts, ...]:
    """Read councils with their meetings and members."""
    every, meetings, belongs, attended, sits = await of.rows(
        of.nodes("Council", "rhythm"),
        of.nodes("Meeting", "since", "status"),
        of.relationships("OfCouncil"),
        of.relationships("MeetingAttended"),
        of.relationships("SitsOn", "since", "until"),
    )
    council, who = ends(belongs), back(attended)
    held = [(id_, Meeting(id_, when(since), status, frozenset(who.get(id_, ())))) for id_, since, status in meetings]
    return tuple(
        CouncilFacts(
            id_,
            rhythm,
            tuple(meeting for at, meeting in held if id_ in council.get(at, ())),
            tuple(Seat(start, when(since), when(until)) for start, end, since, until in sits if end == id_),
        )
        for id_, rhythm in every
    )


async def projects(of: Reading) -> tuple[Project, ...]:
    """Read projects with who leads and who follows; leaders come first."""
    every, leads, follows = await of.rows(
        of.nodes("Project", "since", "until"),
        of.relationships("Leads", "since", "until"),
        of.relationships("Follows", "since", "until"),
    )
    parts = dict[str, list[Part]]()
    for rows, leading in ((leads, True), (follows, False)):
        for organization, project, since, until in rows:
            parts.setdefault(project, []).append(Part(organization, leading, when(since), when(until)))
    return tuple(Project(id_, tuple(parts.get(id_, ())), when(since), when(until)) for id_, since, until in every)


async def kinds(of: Reading) -> dict[str, str | None]:
    """Read the kind of each organization; None where not known."""
    (rows,) = await of.rows(of.nodes("Organization", "kind"))
    return {row[0]: row[1] for row in rows}


def ends(rows: Iterable[Sequence[Any]]) -> dict[str, tuple[str, ...]]:
    """Return the ends of relationships by their start, each once."""
    found = dict[str, dict[str, None]]()
    for start, end, *_ in rows:
        found.setdefault(start, {})[end] = None
    return {start: tuple(ends) for start, ends in found.items()}


def back(rows: Iterable[Sequence[Any]]) -> dict[str, tuple[str, ...]]:
    """Return the starts of relationships by their end, each once."""
    return ends((end, start) for start, end, *_ in rows)


def subjects_of(about: Rows, under: Rows) -> dict[str, frozenset[str]]:
    """Return what each fact is about, with all that is broader."""
    broader, found = ends(under), dict[str, frozenset[str]]()
    for fact, subjects in ends(about).items():
        waiting, reached = list(subjects), set[str]()
        while waiting:
            here = waiting.pop()
            if here not in reached:
                reached.add(here)
                waiting += broader.get(here, ())
        found[fact] = frozenset(reached)
    return found


def when(text: str | None) -> When | None:
    return parse(text) if text else None
