"""Learning: how lessons, practices and adoptions are related to each other and to cities, people and visits."""

from schema.domain.learning.concepts import (
    Adoption,
    Benchmark,
    Conversion,
    Effort,
    KnowledgeStore,
    Lesson,
    PolicyInstrument,
    Practice,
    Topic,
)
from schema.domain.people import Organization, Person
from schema.domain.places import City, Country, Region
from schema.domain.visits import Evaluation, Event, Outcome, Programme, Visit
from schema.language.declare import Relationship, at
from schema.language.kinds import Marking, Nature, text


class Learned(Relationship):
    """A city learned a lesson; a lesson belongs to exactly one city."""

    nature = Nature.OCCURRENCE
    start = at(City, field="lessons", says="Lessons that the city learned.")
    end = at(Lesson, field="learnedBy", says="The city that learned the lesson.", one=True)


class From(Relationship):
    """A lesson comes from a place."""

    nature = Nature.OCCURRENCE
    start = at(Lesson, field="from", says="Places that the lesson comes from.")
    end = at(City, Region, Country, field="lessonsGiven", says="Lessons that others took from this place.")

    asNamed = text("The name that the source uses, if it differs.")


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
    end = at(Person, Organization, field="lessonsHeld", says="Lessons that the person or organization holds.")


class CarriedBy(Relationship):
    """A lesson was carried from one city to another by a person or an organization."""

    nature = Nature.OCCURRENCE
    start = at(Lesson, field="carriedBy", says="People and organizations that carried the lesson.")
    end = at(Person, Organization, field="lessonsCarried", says="Lessons that the person or organization carried.")

    relation = text("How it was carried, in the words of the source.")


class ValidatedBy(Relationship):
    """A lesson was validated by a person or an organization; `since` is the date of the validation."""

    nature = Nature.OCCURRENCE
    start = at(Lesson, field="validatedBy", says="People and organizations that validated the lesson.")
    end = at(Person, Organization, field="lessonsValidated", says="Lessons that the person or organization validated.")


class KeptIn(Relationship):
    """A lesson is kept in a store of knowledge."""

    nature = Nature.STATE
    start = at(Lesson, field="keptIn", says="Stores in which the lesson is kept.")
    end = at(KnowledgeStore, field="lessons", says="Lessons kept in the store.")


class BuildsOn(Relationship):
    """A lesson builds on an earlier lesson."""

    nature = Nature.OCCURRENCE
    acyclic = True
    start = at(Lesson, field="buildsOn", says="Lessons that it builds on.")
    end = at(Lesson, field="builtOnBy", says="Lessons that build on it.")


class OfLesson(Relationship):
    """A conversion made a lesson explicit."""

    nature = Nature.OCCURRENCE
    start = at(Conversion, field="lesson", says="The lesson that was made explicit.", one=True)
    end = at(Lesson, field="conversions", says="Conversions that made the lesson explicit.")


class BornIn(Relationship):
    """A practice was first used in a city."""

    nature = Nature.OCCURRENCE
    start = at(Practice, field="bornIn", says="Cities in which the practice was first used.")
    end = at(City, field="practicesBorn", says="Practices that were first used in the city.")


class Under(Relationship):
    """A practice or a topic belongs to a broader topic."""

    nature = Nature.STATE
    topical = True
    broader = True
    acyclic = True
    start = at(Practice, Topic, field="broader", says="Broader topics.")
    end = at(Topic, field="narrower", says="Narrower topics, and practices of the topic.")


class Made(Relationship):
    """A city adopted a practice; an adoption belongs to exactly one city."""

    nature = Nature.STATE
    start = at(City, field="adoptions", says="The city's uses of practices: planned, running and ended.")
    end = at(Adoption, field="city", says="The city that uses the practice.", one=True)


class Uses(Relationship):
    """An adoption is the use of a practice."""

    nature = Nature.STATE
    topical = True
    start = at(Adoption, field="practice", says="The practice used; null if unknown.", one=True)
    end = at(Practice, field="adoptions", says="Cities' uses of the practice.")


class DrewOn(Relationship):
    """An adoption drew on a lesson."""

    nature = Nature.OCCURRENCE
    start = at(Adoption, field="drewOn", says="Lessons that the use drew on.")
    end = at(Lesson, field="adoptions", says="Uses that drew on the lesson.")


class Replaced(Relationship):
    """An adoption replaced an earlier one."""

    nature = Nature.OCCURRENCE
    acyclic = True
    start = at(Adoption, field="replaced", says="Earlier uses that it replaced.")
    end = at(Adoption, field="replacedBy", says="Later uses that replaced it.")


class LedTo(Relationship):
    """A visit, a programme or an adoption led to an outcome."""

    nature = Nature.OCCURRENCE
    start = at(Visit, Programme, Adoption, field="outcomes", says="Outcomes that it led to.")
    end = at(Outcome, field="resultOf", says="Visits, programmes and adoptions that led to it.")


class LedToUse(Relationship):
    """A visit or a programme led to an adoption, as a source says, whether or not it says which lesson was used."""

    type = "LED_TO"
    nature = Nature.OCCURRENCE
    start = at(Visit, Programme, field="adoptions", says="Uses of practices that a source says it led to.")
    end = at(Adoption, field="resultOf", says="Visits and programmes that a source says led to it.")


class Judges(Relationship):
    """An evaluation judges a visit, a programme, a lesson or an adoption."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN
    start = at(Evaluation, field="judges", says="Visits, programmes, lessons and adoptions that it judges.")
    end = at(Visit, Programme, Lesson, Adoption, field="evaluations", says="Evaluations that judge it.")


class Runs(Relationship):
    """A city, a country or an organization runs a policy instrument."""

    nature = Nature.STATE
    start = at(City, Country, Organization, field="policyInstruments", says="Policy instruments that it runs.")
    end = at(PolicyInstrument, field="runBy", says="Cities, countries and organizations that run it.")


class Spent(Relationship):
    """A city put an effort into learning."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN
    start = at(City, field="efforts", says="Efforts that the city put into learning.")
    end = at(Effort, field="city", says="The city that made the effort.", one=True)


class OfCity(Relationship):
    """A benchmark compares a city."""

    nature = Nature.OCCURRENCE
    start = at(Benchmark, field="city", says="The city that compares itself.", one=True)
    end = at(City, field="benchmarks", says="Comparisons that the city made.")


class AgainstCity(Relationship):
    """A benchmark compares with another city."""

    nature = Nature.OCCURRENCE
    start = at(Benchmark, field="comparator", says="The city that it compares itself with.", one=True)
    end = at(City, field="comparedIn", says="Comparisons that other cities made with this one.")


class PromptedBy(Relationship):
    """A benchmark was prompted by a visit."""

    nature = Nature.OCCURRENCE
    start = at(Benchmark, field="promptedBy", says="Visits that prompted the comparison.")
    end = at(Visit, field="benchmarks", says="Comparisons that the visit prompted.")
