"""Councils of agencies: who sits on them, when they meet and what they decide."""

from schema.domain.interfaces import Party
from schema.domain.people import Organization, Person
from schema.domain.places import City
from schema.language.computed import ObjectType, Size
from schema.language.declare import Concept, Relationship, at
from schema.language.kinds import Choice, Nature, choice, reference, text


class Rhythm(Choice):
    """How often a council meets."""

    WEEKLY = "Every week."
    MONTHLY = "Every month."
    QUARTERLY = "Every quarter."
    YEARLY = "Every year."
    IRREGULAR = "Without a fixed rhythm."


class MeetingStatus(Choice):
    """Whether a meeting took place."""

    PLANNED = "It was planned; nothing says yet whether it took place."
    HELD = "It took place."
    MISSED = "It was planned and did not take place."


class Agreement(Choice):
    """How far the members agreed on a decision."""

    UNANIMOUS = "All agreed."
    CONSENSUS = "Nobody objected."
    MAJORITY = "More agreed than not."
    DIVIDED = "No majority, or a decision against some of the members."


SIZE = ObjectType("Size", "How many members something has on a day.", Size.fields)


class Council(Party, Concept):
    """A group of agencies that meet regularly."""

    nature = Nature.STATE

    rhythm = choice(Rhythm, "How often it meets.")
    mandate = text("The purpose of the council.")
    size = Size(
        SIZE,
        "How many members it has on the day of `asOf`, which must be given: between certain and possible.",
        members=("members",),
        stated=("statedSizes",),
        value="value",
    )


class Meeting(Concept):
    """One meeting of a council, held or not. `since` is the day for which it was planned."""

    nature = Nature.OCCURRENCE

    title = text("What the meeting is called.", required=True, searched=True, sorted=True)
    status = choice(MeetingStatus, "Whether it took place.", required=True)


class Decision(Concept):
    """What a council decided at a meeting."""

    nature = Nature.OCCURRENCE

    subject = text("What was decided.", required=True, searched=True)
    agreement = choice(Agreement, "How far the members agreed.")


class SitsOn(Relationship):
    """An organization sits on a council."""

    nature = Nature.STATE
    start = at(Organization, field="councils", says="Councils that the organization sits on.")
    end = at(Council, field="members", says="Organizations that sit on the council.")


class Represents(Relationship):
    """A person speaks for an organization."""

    nature = Nature.STATE
    per = ("council",)
    start = at(Person, field="represents", says="Organizations that the person speaks for.")
    end = at(Organization, field="representatives", says="People who speak for the organization.")

    council = reference("Council", "The council on which the person speaks for the organization.")


class Chairs(Relationship):
    """A person chairs a council."""

    nature = Nature.STATE
    per = ("since",)
    start = at(Person, field="chairs", says="Councils that the person chairs or chaired.")
    end = at(Council, field="chairedBy", says="People who chair or chaired the council.")


class CouncilOfCity(Relationship):
    """A council works for a city."""

    type = "COUNCIL_OF"
    nature = Nature.STATE
    start = at(Council, field="city", says="The city that the council works for.", one=True)
    end = at(City, field="councils", says="Councils of the city.")


class OfCouncil(Relationship):
    """A meeting belongs to a council."""

    nature = Nature.OCCURRENCE
    start = at(Meeting, field="council", says="The council that met or was to meet.", one=True)
    end = at(Council, field="meetings", says="Meetings of the council, held or not.")


class MeetingAttended(Relationship):
    """An organization or a person attended a meeting."""

    type = "ATTENDED"
    nature = Nature.OCCURRENCE
    start = at(
        Organization, Person, field="meetingsAttended", says="Meetings that the organization or person attended."
    )
    end = at(Meeting, field="attendedBy", says="Organizations and people who attended.")


class TakenAt(Relationship):
    """A decision was taken at a meeting."""

    nature = Nature.OCCURRENCE
    start = at(Decision, field="meeting", says="The meeting at which it was decided.", one=True)
    end = at(Meeting, field="decisions", says="Decisions taken at the meeting.")
