"""Visits: who travelled where, in which programme, for what purpose, and whether it was judged."""

from schema.domain.interfaces import Named
from schema.domain.people import Organization, Person
from schema.domain.places import City, Country, Region
from schema.language.declare import Concept, Relationship, at
from schema.language.kinds import Choice, Marking, Nature, choice, integer, money, text, when


class VisitKind(Choice):
    """Kind of visit."""

    STUDY_TOUR = "A group that travels to learn, often in a yearly series."
    TECHNICAL_VISIT = "Professionals who look at how something is done."
    EXPERT_VISIT = "An expert who travels to the city that wants to learn."
    MISSION = "A journey made mainly for trade, goodwill or a task, and less to learn."


class VisitStatus(Choice):
    """Whether the visit took place."""

    HELD = "It took place."
    PLANNED = "It was planned; nothing confirms that it took place."
    CANCELLED = "It was called off."
    UNKNOWN = "The source does not say."


class ProgrammeKind(Choice):
    """Kind of programme."""

    VISIT_SERIES = "A series of visits."
    LEARNING = "A learning programme."
    JOINT_PROJECT = "A project of several cities with funding of its own."
    TRANSFER_NETWORK = "A network that carries one good practice to other cities."
    COOPERATION = "A cooperation in which one city provides and another receives."
    FAMILY = "A group of related programmes."


class ProgrammeStatus(Choice):
    """Whether a programme ran."""

    HELD = "It ran or runs."
    PLANNED = "It was planned; nothing confirms that it ran."


class EventKind(Choice):
    """Kind of event."""

    CONFERENCE = "A conference or summit."
    WORKSHOP = "A workshop."
    ACCELERATOR = "A programme of some days in which teams work on their plans."
    CONSORTIUM_MEETING = "A meeting of the partners of a programme."


class ObjectiveKind(Choice):
    """Kind of objective."""

    BENCHMARK = "To compare the city with another."
    PRACTICE = "To bring home a practice."
    RELATIONSHIPS = "To build relations with the place visited."
    TRADE = "To trade or to attract investment."
    BONDING = "To bring the delegates closer to one another."


class Judgement(Choice):
    """Whether an objective was met."""

    MET = "Met."
    PARTLY = "Met in part."
    NOT_MET = "Not met."
    UNKNOWN = "Not known."


class ProgrammeRole(Choice):
    """The part that a city takes in a programme."""

    LEAD = "Leads the programme."
    LIGHTHOUSE = "Shows solutions first."
    FELLOW = "Is to replicate solutions shown elsewhere."
    OBSERVER = "Observes."
    GOOD_PRACTICE = "Gives the good practice."
    TRANSFER = "Is to take the good practice over."
    SCALE_UP = "Joins to scale solutions up."
    PROVIDER = "Provides knowledge."
    RECEIVER = "Receives knowledge."
    PARTNER = "Takes part; the source names no role."


class DelegateRole(Choice):
    """The part that a person takes in a visit."""

    DELEGATE = "Travels with the delegation."
    LEADER = "Leads the delegation."
    SPEAKER = "Speaks to it."
    HOST = "Receives it."


class Instrument(Choice):
    """How a statement was collected."""

    WEB_SURVEY = "A survey on the web."
    INTERVIEW = "An interview."
    UNKNOWN = "The source does not say."


class StatedRelation(Choice):
    """What a city says about its exchange with another."""

    VISITS = "Our city visits that city."
    HOSTS = "Our city receives visits from that city."


class Programme(Named, Concept):
    """A series or a joint undertaking: study missions, a lighthouse project, a transfer network, a cooperation."""

    nature = Nature.STATE

    kind = choice(ProgrammeKind, "Kind of programme.")
    status = choice(ProgrammeStatus, "Whether it ran.")
    summary = text("What the programme is about.")


class Visit(Concept):
    """A journey of a delegation from one place to others, made or planned."""

    nature = Nature.OCCURRENCE

    title = text("What the visit is called.", required=True, searched=True, sorted=True)
    kind = choice(VisitKind, "Kind of visit.", required=True)
    status = choice(VisitStatus, "Whether the visit took place.", required=True)
    delegates = integer("Number of people who travelled.", sorted=True, least=0)
    costPerDelegate = money("Cost of the visit for each delegate.")


class ExchangeStatement(Concept):
    """A survey answer "our city visits that city": what a city says, not a visit that took place."""

    nature = Nature.OCCURRENCE

    relation = choice(StatedRelation, "What the city says about the exchange.", required=True)
    counterpart = text("The other party, as named in the answer.")
    instrument = choice(Instrument, "How the statement was collected.")


class Event(Named, Concept):
    """A conference, workshop, summit or consortium meeting that cities attend."""

    nature = Nature.OCCURRENCE

    kind = choice(EventKind, "Kind of event.")
    citiesAttending = integer("Number of cities that attended, if the source counts without naming them.", least=0)


class Objective(Concept):
    """What a city wanted from a visit, stated before it."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN

    statement = text("The objective in words.", required=True, searched=True)
    kind = choice(ObjectiveKind, "Kind of objective.")


class Evaluation(Concept):
    """A visit, programme, lesson or adoption judged, against an objective where one is stated."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN

    judgement = choice(Judgement, "Whether the objective was met.", required=True)
    judge = text("Who judged.")
    evidence = text("The evidence for the judgement.")


class Outcome(Concept):
    """A measured or described result."""

    nature = Nature.OCCURRENCE

    statement = text("The result in words.", required=True, searched=True)
    statedLagYears = integer("Years from lesson to result, if a text states them without dates.", least=0)


class MadeBy(Relationship):
    """A place or an organization made a visit."""

    nature = Nature.OCCURRENCE
    start = at(Visit, field="visitors", says="Places and organizations that travelled.")
    end = at(City, Region, Country, Organization, field="visitsMade", says="Visits that it made.")

    asNamed = text("The name that the source uses, if it differs.")


class HostedBy(Relationship):
    """A host received a visit; there is one relationship for each stop of the journey."""

    nature = Nature.OCCURRENCE
    start = at(Visit, field="hosts", says="Places and organizations that received the visit, one for each stop.")
    end = at(City, Region, Country, Organization, field="visitsHosted", says="Visits that it received.")

    arrived = when("When the delegation arrived.")
    left = when("When the delegation left.", after="arrived")
    stop = integer("Number of the stop on the journey, from 1.", sorted=True, least=1)
    asNamed = text("The name that the source uses, if it differs.")


class EditionOf(Relationship):
    """A visit is one edition of a programme."""

    nature = Nature.OCCURRENCE
    start = at(Visit, field="programmes", says="Programmes that the visit is an edition of.")
    end = at(Programme, field="editions", says="Visits that are editions of the programme.")


class Returned(Relationship):
    """A visit was made in return for an earlier one."""

    nature = Nature.OCCURRENCE
    acyclic = True
    start = at(Visit, field="returned", says="Earlier visits that this one returned.")
    end = at(Visit, field="returnedBy", says="Later visits that returned this one.")


class Joined(Relationship):
    """A person took part in a visit."""

    nature = Nature.OCCURRENCE
    start = at(Person, field="visits", says="Visits that the person took part in.")
    end = at(Visit, field="participants", says="People who took part.")

    role = choice(DelegateRole, "The part that the person took.")
    speaker = text("What the person spoke about.")
    age = integer("Age of the person at the time, in years.", least=0, most=150)
    onBehalfOf = text("Whom the person represented.")
    paid = money("What was paid for the person.")
    paidBy = text("Who paid.")


class Sponsored(Relationship):
    """An organization paid for a visit."""

    nature = Nature.OCCURRENCE
    start = at(Organization, field="visitsSponsored", says="Visits that the organization paid for.")
    end = at(Visit, field="sponsors", says="Organizations that paid.")

    paid = money("What the organization paid.")
    delegates = integer("Number of delegates it paid for.", least=0)


class Organized(Relationship):
    """An organization organized a visit, a programme or an event."""

    nature = Nature.OCCURRENCE
    start = at(Organization, field="organized", says="Visits, programmes and events that it organized.")
    end = at(Visit, Programme, Event, field="organizers", says="Organizations that organized it.")


class ProgrammePartOf(Relationship):
    """A programme is a part of another, or a later edition of it."""

    type = "PART_OF"
    nature = Nature.STATE
    acyclic = True
    start = at(Programme, field="partOf", says="Programmes that it is a part of.")
    end = at(Programme, field="parts", says="Programmes that are parts of it.")


class TakesPartIn(Relationship):
    """A city takes part in a programme in a role; a city may have several roles in one programme."""

    nature = Nature.STATE
    per = ("role",)
    start = at(City, field="programmes", says="Programmes that the city takes part in.")
    end = at(Programme, field="participants", says="Cities that take part.")

    role = choice(ProgrammeRole, "The part that the city takes.", required=True)
    asNamed = text("The name that the source uses, if it differs.")


class Stated(Relationship):
    """A city gave a survey answer about its exchanges."""

    nature = Nature.OCCURRENCE
    start = at(City, field="statements", says="The city's answers about its exchanges.")
    end = at(ExchangeStatement, field="statedBy", says="The city that gave the answer.", one=True)


class Names(Relationship):
    """A survey answer names a place."""

    nature = Nature.OCCURRENCE
    start = at(ExchangeStatement, field="names", says="Places that the answer names.")
    end = at(City, Region, Country, field="namedIn", says="Answers that name the place.")


class HeldIn(Relationship):
    """An event is held in a city."""

    nature = Nature.OCCURRENCE
    start = at(Event, field="heldIn", says="Cities that the event was held in.")
    end = at(City, field="events", says="Events held in the city.")


class Within(Relationship):
    """An event belongs to a programme."""

    nature = Nature.OCCURRENCE
    start = at(Event, field="programmes", says="Programmes that the event belongs to.")
    end = at(Programme, field="events", says="Events of the programme.")


class EventAttended(Relationship):
    """A city attended an event."""

    type = "ATTENDED"
    nature = Nature.OCCURRENCE
    start = at(City, field="eventsAttended", says="Events that the city attended.")
    end = at(Event, field="attendedBy", says="Cities that attended.")


class Pursued(Relationship):
    """A visit pursued an objective."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN
    start = at(Visit, field="objectives", says="Objectives that the visit pursued.")
    end = at(Objective, field="visits", says="Visits that pursued the objective.")


class SetBy(Relationship):
    """A city set an objective."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN
    start = at(Objective, field="setBy", says="Cities that set the objective.")
    end = at(City, field="objectives", says="Objectives that the city set.")


class JudgedAgainst(Relationship):
    """An evaluation measures against an objective."""

    type = "AGAINST"
    nature = Nature.OCCURRENCE
    marking = Marking.GREEN
    start = at(Evaluation, field="against", says="Objectives that the evaluation measures against.")
    end = at(Objective, field="evaluations", says="Evaluations against the objective.")
