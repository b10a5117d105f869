"""Metrics: what is measured, and the values before, aimed at and reached."""

from schema.domain.interfaces import Named
from schema.domain.leadership.councils import Council
from schema.domain.leadership.projects import Project
from schema.domain.learning.concepts import Adoption, Practice
from schema.domain.people import Organization
from schema.domain.places import City, Country
from schema.domain.visits import Programme
from schema.language.declare import Concept, Relationship, at
from schema.language.kinds import Choice, Nature, choice, number, text


class MeasurementRole(Choice):
    """What a value stands for."""

    BASELINE = "The value before."
    TARGET = "The value aimed at or expected."
    ACTUAL = "The value measured."


class Metric(Named, Concept):
    """A quantity that is measured, and how it is measured."""

    nature = Nature.STATE

    unit = text("Unit of the values.")
    definition = text("What is counted, and how.")


class Measurement(Concept):
    """One value of a metric."""

    nature = Nature.OCCURRENCE

    value = number("The value, in the unit of its metric.", sorted=True)
    role = choice(MeasurementRole, "What the value stands for.", required=True)


class OfMetric(Relationship):
    """A measurement is a value of a metric."""

    nature = Nature.OCCURRENCE
    start = at(Measurement, field="metric", says="The metric measured.", one=True)
    end = at(Metric, field="measurements", says="Values of the metric.")


class TakenOn(Relationship):
    """A measurement was taken on a project, an adoption, a practice or a programme."""

    nature = Nature.OCCURRENCE
    start = at(Measurement, field="takenOn", says="What was measured.")
    end = at(Project, Adoption, Practice, Programme, field="measurements", says="Values measured on it.")


class TakenIn(Relationship):
    """A measurement was taken in a city, a country or an organization."""

    nature = Nature.OCCURRENCE
    start = at(Measurement, field="takenIn", says="Where it was measured.")
    end = at(City, Country, Organization, field="measurements", says="Values measured there.")


class SizeOf(Relationship):
    """A measurement is the number of members of a council, as a source states it. A target is not one."""

    nature = Nature.OCCURRENCE
    start = at(Measurement, field="sizeOf", says="The council whose members were counted.", one=True)
    end = at(Council, field="statedSizes", says="Numbers of members that sources state.")
