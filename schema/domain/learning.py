"""Learning: practices and lessons, how a lesson came home, what a city made of it and what came of that."""

from schema.domain.interfaces import Named, Subject
from schema.domain.people import Organization, Person
from schema.domain.places import City, Country, Region
from schema.domain.visits import Evaluation, Event, Outcome, Programme, Visit
from schema.language.computed import ObjectType, YearsBetween
from schema.language.declare import Concept, Relationship, at
from schema.language.kinds import Choice, Marking, Nature, choice, integer, money, number, text, url, when


class Stage(Choice):
    """How far a lesson has come (exploration, acquisition, utilisation, internalisation)."""

    EXPLORED = "Looked for and seen."
    ACQUIRED = "Taken home."
    UTILISED = "Put to use."
    INTERNALISED = "Become the way things are done."


class KnowledgeForm(Choice):
    """The form in which knowledge is held."""

    TACIT = "In somebody's head."
    EXPLICIT = "Written down or otherwise made plain."


class Distance(Choice):
    """Whether a lesson came from far or near."""

    FAR = "From another place."
    NEAR = "From one's own experience or neighbourhood."


class AdoptionStatus(Choice):
    """Where the use of a practice stands."""

    PROPOSED = "Proposed; nothing says that it was used."
    EXPERIMENT = "On trial."
    RUNNING = "In use."
    ENDED = "No longer in use."


class StoreKind(Choice):
    """What a lesson is kept in."""

    DOCUMENT = "A document."
    PERSON = "A person."
    SYSTEM = "A system."


class BenchmarkPurpose(Choice):
    """Why a city compares itself."""

    VALIDATE = "To confirm what it believes of itself."
    COMPARE = "To see where it stands."
    SHAPE = "To shape a decision."


class Posture(Choice):
    """How a city goes about learning."""

    PROACTIVE = "It looks for knowledge of its own accord."
    PASSIVE = "It takes what comes."


class InstrumentKind(Choice):
    """How a policy acts on the network itself."""

    FUND = "It pays for exchange."
    CONVENE = "It brings people together."
    OPEN_MEMBERSHIP = "It opens a circle to new members."


LAG_YEARS = ObjectType(
    "LagYears",
    "Calendar years between two dates, each of which may be uncertain: the last day of a year and the next are one apart.",
    YearsBetween.fields,
)


class Topic(Subject, Concept):
    """A subject of learning, in a tree from broad to narrow."""

    nature = Nature.STATE
    always_clear = True

    definition = text("What the topic covers.")


class Practice(Subject, Concept):
    """A way of doing something that one city can take over from another."""

    nature = Nature.STATE

    summary = text("What the practice is.", searched=True)
    evidenceLevel = integer("Strength of the evidence that it works, 1 to 5 on Nesta's standards.", least=1, most=5)


class Lesson(Concept):
    """What one city learned. It has no date that was not stated for the learning itself."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN

    statement = text("The lesson in words.", required=True, searched=True)
    form = choice(KnowledgeForm, "The form in which the lesson is held.")
    distance = choice(Distance, "Whether it came from far or near.")
    stage = choice(Stage, "The furthest stage that is known.")
    explored = when("When it was looked for and seen.")
    acquired = when("When it was taken home.")
    utilised = when("When it was put to use.")
    internalised = when("When it became the way things are done.")
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

    status = choice(AdoptionStatus, "Where the use stands.", required=True)
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

    kind = choice(StoreKind, "What it is.")
    access = text("How one gets at it.")
    url = url("Where it can be read.")
    lastConfirmed = when("When it was last seen to exist.")


class Effort(Concept):
    """Hours, money and people that a city put into learning in a period."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN

    hours = number("Hours of work.", least=0)
    spent = money("Money spent.")
    people = integer("Number of people.", least=0)
    posture = choice(Posture, "How the city went about learning in that period.")


class PolicyInstrument(Named, Concept):
    """A policy that acts on the network itself."""

    nature = Nature.STATE

    kind = choice(InstrumentKind, "How it acts.", required=True)
    summary = text("What was done.")


class Benchmark(Concept):
    """A comparison of one figure with that of another city."""

    nature = Nature.OCCURRENCE

    indicator = text("The figure compared.", required=True)
    unit = text("Unit of the figure.")
    ownValue = number("The city's own value.")
    comparatorValue = number("The value of the city compared with.")
    purpose = choice(BenchmarkPurpose, "Why the city compared itself.")


class Learned(Relationship):
    """A city learned a lesson; a lesson belongs to exactly one city."""

    nature = Nature.OCCURRENCE
    start = at(City, field="lessons", says="Lessons that the city learned.")
    end = at(Lesson, field="learnedBy", says="The city that learned it.", one=True)


class From(Relationship):
    """A lesson comes from a place."""

    nature = Nature.OCCURRENCE
    start = at(Lesson, field="from", says="Places that the lesson comes from.")
    end = at(City, Region, Country, field="lessonsGiven", says="Lessons that others took from this place.")

    asNamed = text("The name that the source uses, where it differs.")


class AboutTopic(Relationship):
    """A visit, a programme or a lesson is about a topic."""

    type = "ABOUT"
    nature = Nature.OCCURRENCE
    topical = True
    start = at(Visit, Programme, Lesson, field="topics", says="Topics that it is about.")
    end = at(Topic, field="treatedIn", says="Visits, programmes and lessons about the topic.")


class AboutPractice(Relationship):
    """A visit, a programme or a lesson is about a practice."""

    type = "ABOUT"
    nature = Nature.OCCURRENCE
    topical = True
    start = at(Visit, Programme, Lesson, field="practices", says="Practices that it is about.")
    end = at(Practice, field="treatedIn", says="Visits, programmes and lessons about the practice.")


class GainedOn(Relationship):
    """A lesson was gained on a visit, at an event or in a programme."""

    nature = Nature.OCCURRENCE
    start = at(Lesson, field="gainedOn", says="Visits, events and programmes on which it was gained.")
    end = at(Visit, Event, Programme, field="lessonsGained", says="Lessons gained on it.")


class HeldBy(Relationship):
    """A lesson is held by a person or an organization."""

    nature = Nature.STATE
    start = at(Lesson, field="heldBy", says="People and organizations that hold the lesson.")
    end = at(Person, Organization, field="lessonsHeld", says="Lessons that it holds.")


class CarriedBy(Relationship):
    """A lesson was carried from one city to another by a person or an organization."""

    nature = Nature.OCCURRENCE
    start = at(Lesson, field="carriedBy", says="People and firms that carried the lesson.")
    end = at(Person, Organization, field="lessonsCarried", says="Lessons that it carried.")

    relation = text("How it was carried, in the words of the source.")


class ValidatedBy(Relationship):
    """A lesson was validated by a person or an organization; its date is the validation's."""

    nature = Nature.OCCURRENCE
    start = at(Lesson, field="validatedBy", says="People and organizations that validated the lesson.")
    end = at(Person, Organization, field="lessonsValidated", says="Lessons that it validated.")


class KeptIn(Relationship):
    """A lesson is kept in a store of knowledge."""

    nature = Nature.STATE
    start = at(Lesson, field="keptIn", says="Where the lesson is kept.")
    end = at(KnowledgeStore, field="lessons", says="Lessons that are kept in it.")


class BuildsOn(Relationship):
    """A lesson builds on an earlier one."""

    nature = Nature.OCCURRENCE
    start = at(Lesson, field="buildsOn", says="Lessons that it builds on.")
    end = at(Lesson, field="builtOnBy", says="Lessons that build on it.")


class OfLesson(Relationship):
    """A conversion made a lesson explicit."""

    nature = Nature.OCCURRENCE
    start = at(Conversion, field="lesson", says="The lesson that was made explicit.", one=True)
    end = at(Lesson, field="conversions", says="How the lesson was made explicit.")


class BornIn(Relationship):
    """A practice was first used in a city."""

    nature = Nature.OCCURRENCE
    start = at(Practice, field="bornIn", says="Cities where the practice was first used.")
    end = at(City, field="practicesBorn", says="Practices that were first used in the city.")


class Under(Relationship):
    """A practice or a topic lies under a broader topic."""

    nature = Nature.STATE
    always_clear = True
    topical = True
    broader = True
    start = at(Practice, Topic, field="broader", says="Broader topics.")
    end = at(Topic, field="narrower", says="Narrower topics, and practices of the topic.")


class Made(Relationship):
    """A city made an adoption; an adoption belongs to one city."""

    nature = Nature.STATE
    start = at(City, field="adoptions", says="Practices that the city uses, used or meant to use.")
    end = at(Adoption, field="city", says="The city whose use it is.", one=True)


class Uses(Relationship):
    """An adoption is the use of a practice."""

    nature = Nature.STATE
    topical = True
    start = at(Adoption, field="practice", says="The practice used, where known.", one=True)
    end = at(Practice, field="adoptions", says="Cities' uses of the practice.")


class DrewOn(Relationship):
    """An adoption drew on a lesson."""

    nature = Nature.OCCURRENCE
    start = at(Adoption, field="drewOn", says="Lessons that the use drew on.")
    end = at(Lesson, field="adoptions", says="Uses that drew on the lesson.")


class Replaced(Relationship):
    """An adoption took the place of an earlier one."""

    nature = Nature.OCCURRENCE
    start = at(Adoption, field="replaced", says="Earlier uses that it took the place of.")
    end = at(Adoption, field="replacedBy", says="Later uses that took its place.")


class LedTo(Relationship):
    """A visit, a programme or an adoption led to an outcome."""

    nature = Nature.OCCURRENCE
    start = at(Visit, Programme, Adoption, field="outcomes", says="What came of it.")
    end = at(Outcome, field="resultOf", says="Visits, programmes and adoptions that led to it.")


class Judges(Relationship):
    """An evaluation judges a visit, a lesson or an adoption."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN
    start = at(Evaluation, field="judges", says="What is judged.")
    end = at(Visit, Lesson, Adoption, field="evaluations", says="How it was judged.")


class Runs(Relationship):
    """A city, a country or an organization runs a policy instrument."""

    nature = Nature.STATE
    start = at(City, Country, Organization, field="policyInstruments", says="Policies on the network that it runs.")
    end = at(PolicyInstrument, field="runBy", says="Who runs it.")


class Spent(Relationship):
    """A city spent an effort on learning."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN
    start = at(City, field="efforts", says="What the city put into learning.")
    end = at(Effort, field="city", says="The city that made the effort.", one=True)


class OfCity(Relationship):
    """A benchmark compares a city."""

    nature = Nature.OCCURRENCE
    start = at(Benchmark, field="city", says="The city that compares itself.", one=True)
    end = at(City, field="benchmarks", says="Comparisons that the city made.")


class AgainstCity(Relationship):
    """A benchmark compares with another city."""

    nature = Nature.OCCURRENCE
    start = at(Benchmark, field="comparator", says="The city compared with.", one=True)
    end = at(City, field="comparedIn", says="Comparisons that others made with this city.")


class PromptedBy(Relationship):
    """A benchmark was prompted by a visit."""

    nature = Nature.OCCURRENCE
    start = at(Benchmark, field="promptedBy", says="Visits that prompted the comparison.")
    end = at(Visit, field="benchmarks", says="Comparisons that the visit prompted.")
