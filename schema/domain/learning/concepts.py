"""Learning: topics, practices, lessons, adoptions, and what a city knows and spends."""

from schema.domain.interfaces import Named, Subject
from schema.domain.learning.choices import (
    LAG_YEARS,
    AdoptionStatus,
    BenchmarkPurpose,
    Distance,
    InstrumentKind,
    KnowledgeForm,
    Posture,
    Stage,
    StoreKind,
)
from schema.language.computed import YearsBetween
from schema.language.declare import Concept
from schema.language.kinds import Marking, Nature, choice, integer, money, number, text, url, when


class Topic(Subject, Concept):
    """A subject of learning. Topics form a hierarchy from broad to narrow."""

    nature = Nature.STATE
    always_clear = True

    definition = text("What the topic covers.")


class Practice(Subject, Concept):
    """A way of doing something that one city can adopt from another."""

    nature = Nature.STATE

    summary = text("What the practice is.", searched=True)
    evidenceLevel = integer(
        "How strong the evidence is that it works: 1 (weak) to 5 (strong), Nesta's standards.", least=1, most=5
    )


class Lesson(Concept):
    """What one city learned. Its dates are those that a source states for the learning itself."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN

    statement = text("The lesson in words.", required=True, searched=True)
    form = choice(KnowledgeForm, "The form in which the lesson is held.")
    distance = choice(Distance, "Whether it came from far or near.")
    stage = choice(Stage, "The furthest stage that the lesson is known to have reached.")
    explored = when("When the city looked for it and saw it.")
    acquired = when("When the city took it home.")
    utilised = when("When the city put it to use.")
    internalised = when("When it became the usual way of doing things.")
    lagYears = YearsBetween(
        LAG_YEARS,
        "Years from the lesson to its uses, from two stated dates; else as a text states them; else null. Uses without "
        "a date are left out.",
        later=("adoptions",),
        stated=("adoptions", "outcomes"),
        years="statedLagYears",
    )


class Conversion(Concept):
    """A civic process that makes tacit knowledge explicit: a debrief, a report, a seminar."""

    nature = Nature.OCCURRENCE

    process = text("What was done.", required=True)
    result = text("What the knowledge was turned into.")


class Adoption(Concept):
    """A city's use of a practice; the practice may be unknown."""

    nature = Nature.STATE

    status = choice(AdoptionStatus, "Status of the use.", required=True)
    localName = text("What the practice is called there.", searched=True, sorted=True)
    scale = text("How large the use is.")
    adapted = text("What was changed to fit local circumstances.")
    lagYears = YearsBetween(
        LAG_YEARS,
        "Years from learning to use, from two stated dates; else as a text states them; else null. Lessons without a "
        "date are left out.",
        earlier=("drewOn",),
        stated=("outcomes",),
        years="statedLagYears",
    )


class KnowledgeStore(Named, Concept):
    """A document, person or system in which lessons are kept."""

    nature = Nature.STATE

    kind = choice(StoreKind, "Whether it is a document, a person or a system.")
    access = text("How to get access to it.")
    url = url("Web address of the store.")
    lastConfirmed = when("When somebody last confirmed that it exists.")


class Effort(Concept):
    """Hours, money and people that a city put into learning in a period."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN

    hours = number("Hours of work.", least=0)
    spent = money("Money spent.")
    people = integer("Number of people.", least=0)
    posture = choice(Posture, "Whether the city looked for knowledge or waited for it in that period.")


class PolicyInstrument(Named, Concept):
    """A policy that changes the network of exchange: it pays, convenes or opens membership."""

    nature = Nature.STATE

    kind = choice(InstrumentKind, "How it changes the network.", required=True)
    summary = text("What was done.")


class Benchmark(Concept):
    """A city's comparison of one of its figures with the same figure of another city."""

    nature = Nature.OCCURRENCE

    indicator = text("The figure compared.", required=True)
    unit = text("Unit of the figure.")
    ownValue = number("The city's own value, in `unit`.")
    comparatorValue = number("The other city's value, in `unit`.")
    purpose = choice(BenchmarkPurpose, "Why the city compared itself.")
