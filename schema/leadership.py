"""Leadership: councils of agencies, joint projects, barriers, and what was measured."""

from schema.declare import Concept, Relationship, at
from schema.interfaces import Named, Party
from schema.kinds import Choice, Marking, Nature, choice, number, text
from schema.learning import Adoption, Lesson, Practice
from schema.people import Organization
from schema.places import City, Country
from schema.visits import Programme


class Rhythm(Choice):
    """How often a council meets."""

    WEEKLY = "Every week."
    MONTHLY = "Every month."
    QUARTERLY = "Every quarter."
    YEARLY = "Every year."
    IRREGULAR = "Without a fixed rhythm."


class ProjectStatus(Choice):
    """Where a project stands."""

    PROPOSED = "Proposed."
    RUNNING = "Under way."
    COMPLETED = "Completed."
    STOPPED = "Stopped."


class BarrierKind(Choice):
    """What stands in the way."""

    STRATEGIC = "Aims that do not agree."
    TACTICAL = "Ways of working that do not fit."
    PROCUREMENT = "Rules of buying."
    SILO = "Knowledge or data kept apart."
    POLITICAL = "Politics."
    DEADLOCK = "A decision that cannot be reached."


class MeasurementRole(Choice):
    """What a value stands for."""

    BASELINE = "Before."
    TARGET = "Aimed at or expected."
    ACTUAL = "Measured."


class Council(Party, Concept):
    """Agencies that meet regularly."""

    nature = Nature.STATE

    rhythm = choice(Rhythm, "How often it meets.")
    mandate = text("What it is for.")


class Project(Named, Concept):
    """A joint project; one agency leads and others follow."""

    nature = Nature.STATE

    valueStatement = text("What it is worth to citizens.")
    status = choice(ProjectStatus, "Where it stands.")


class Barrier(Concept):
    """Something that stands in the way of a project or a decision."""

    nature = Nature.STATE
    marking = Marking.GREEN

    statement = text("The barrier in words.", required=True, searched=True)
    kind = choice(BarrierKind, "What stands in the way.", required=True)


class Metric(Named, Concept):
    """What is measured, and how."""

    nature = Nature.STATE
    always_clear = True

    unit = text("Unit of the values.")
    definition = text("What is counted, and how.")


class Measurement(Concept):
    """One value of a metric."""

    nature = Nature.OCCURRENCE

    value = number("The value, in the unit of its metric.", sorted=True)
    role = choice(MeasurementRole, "What the value stands for.", required=True)


class SitsOn(Relationship):
    """An organization sits on a council."""

    nature = Nature.STATE
    start = at(Organization, field="councils", says="Councils that the organization sits on.")
    end = at(Council, field="members", says="Organizations that sit on the council.")


class CouncilOfCity(Relationship):
    """A council works for a city."""

    type = "COUNCIL_OF"
    nature = Nature.STATE
    start = at(Council, field="city", says="The city that the council works for.", one=True)
    end = at(City, field="councils", says="Councils of the city.")


class ProjectOfCity(Relationship):
    """A project is carried out in a city."""

    type = "CARRIED_OUT_IN"
    nature = Nature.STATE
    start = at(Project, field="cities", says="Cities that the project is carried out in.")
    end = at(City, field="projects", says="Projects carried out in the city.")


class Blocks(Relationship):
    """A barrier stands in the way of a project."""

    nature = Nature.STATE
    marking = Marking.GREEN
    start = at(Barrier, field="blocks", says="Projects that the barrier stands in the way of.")
    end = at(Project, field="barriers", says="Barriers that stand in the way.")


class Removed(Relationship):
    """A lesson removed a barrier."""

    nature = Nature.OCCURRENCE
    start = at(Lesson, field="removed", says="Barriers that the lesson removed.")
    end = at(Barrier, field="removedBy", says="Lessons that removed the barrier.")


class OfMetric(Relationship):
    """A measurement is a value of a metric."""

    nature = Nature.OCCURRENCE
    start = at(Measurement, field="metric", says="The metric measured.", one=True)
    end = at(Metric, field="measurements", says="Values of the metric.")


class TakenOn(Relationship):
    """A measurement is taken on a project, an adoption, a practice or a programme."""

    nature = Nature.OCCURRENCE
    start = at(Measurement, field="takenOn", says="What was measured.")
    end = at(Project, Adoption, Practice, Programme, field="measurements", says="Values measured on it.")


class TakenIn(Relationship):
    """A measurement is taken in a city, a country or an organization."""

    nature = Nature.OCCURRENCE
    start = at(Measurement, field="takenIn", says="Where it was measured.")
    end = at(City, Country, Organization, field="measurements", says="Values measured there.")
