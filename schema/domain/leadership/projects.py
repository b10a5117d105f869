"""Joint projects: who leads and follows, which problems they solve, which barriers they meet and what removed these."""

from schema.domain.interfaces import Named
from schema.domain.leadership.councils import Council
from schema.domain.learning.concepts import Lesson
from schema.domain.people import Organization, Person
from schema.domain.places import City
from schema.domain.visits import Outcome
from schema.language.declare import Concept, Relationship, at
from schema.language.kinds import Choice, Marking, Nature, choice, integer, money, text, when


class ProjectStatus(Choice):
    """Status of a project."""

    PROPOSED = "Proposed."
    RUNNING = "Under way."
    COMPLETED = "Completed."
    STOPPED = "Stopped."


class ProblemStatus(Choice):
    """Status of a problem."""

    RAISED = "Raised."
    HEARD = "Those who decide have listened."
    IN_WORK = "A project works on it."
    SOLVED = "Solved for the people who raised it."


class BarrierKind(Choice):
    """Kind of barrier."""

    STRATEGIC = "Aims that do not agree."
    TACTICAL = "Ways of working that do not fit."
    PROCUREMENT = "Rules of buying."
    SILO = "Knowledge or data kept apart."
    POLITICAL = "Politics."
    DEADLOCK = "A decision that cannot be reached."


class Side(Choice):
    """Whether a barrier is inside or outside a city or organization."""

    INTERNAL = "Between parts of one city or organization."
    EXTERNAL = "Between the city or organization and others."


class PartnershipStatus(Choice):
    """Status of a partnership."""

    PROPOSED = "Proposed."
    RUNNING = "Under way."
    ENDED = "Ended."


class Project(Named, Concept):
    """A joint project; one agency leads and others follow."""

    nature = Nature.STATE

    valueStatement = text("What it is worth to citizens.")
    valueToLeadership = text("What it is worth to those who decide.")
    status = choice(ProjectStatus, "Status of the project.")


class Problem(Concept):
    """A problem of citizens or of the city, in the words of those who have it."""

    nature = Nature.STATE

    statement = text("The problem in words.", required=True, searched=True)
    raisedBy = text("Who raised it.")
    heard = text("How those who raised it were listened to.")
    evidence = text("What shows that the problem exists.")
    status = choice(ProblemStatus, "Status of the problem.")


class Barrier(Concept):
    """Something that stands in the way of a project, a partnership or a decision, until it is removed."""

    nature = Nature.STATE
    marking = Marking.GREEN

    statement = text("The barrier in words.", required=True, searched=True)
    kind = choice(BarrierKind, "Kind of barrier.", required=True)
    side = choice(Side, "Whether it is internal or external.")
    raisedBy = text("Who raised it.")


class Partnership(Named, Concept):
    """Organizations and cities of several sectors that work together, many to many."""

    nature = Nature.STATE

    value = text("What the partnership is worth to its parties.")
    status = choice(PartnershipStatus, "Status of the partnership.")


class ProcurementRoute(Named, Concept):
    """A way for a city to buy: the rule, and how it was reformed."""

    nature = Nature.STATE

    rule = text("The rule.")
    reform = text("What was changed, and how.")
    reformed = when("When the rule was changed.")


class ProjectOfCity(Relationship):
    """A project is carried out in a city."""

    type = "CARRIED_OUT_IN"
    nature = Nature.STATE
    start = at(Project, field="cities", says="Cities that the project is carried out in.")
    end = at(City, field="projects", says="Projects carried out in the city.")


class Leads(Relationship):
    """An organization leads a project and is responsible for its success."""

    nature = Nature.STATE
    start = at(Organization, field="leads", says="Projects that the organization leads.")
    end = at(Project, field="leaders", says="Organizations that lead the project; as a rule one.")

    people = integer("Number of people that the organization gives.", least=0)
    given = money("Money that the organization gives.")


class Follows(Relationship):
    """An organization takes part in a project that another one leads."""

    nature = Nature.STATE
    start = at(Organization, field="follows", says="Projects in which the organization follows another.")
    end = at(Project, field="followers", says="Organizations that follow.")

    people = integer("Number of people that the organization gives.", least=0)
    given = money("Money that the organization gives.")


class Champions(Relationship):
    """A person stands up for a project."""

    nature = Nature.STATE
    start = at(Person, field="champions", says="Projects that the person stands up for.")
    end = at(Project, field="championedBy", says="People who stand up for the project.")


class Solves(Relationship):
    """A project is meant to solve a problem."""

    nature = Nature.STATE
    start = at(Project, field="solves", says="Problems that the project is meant to solve.")
    end = at(Problem, field="solvedBy", says="Projects that are meant to solve the problem.")


class RaisedIn(Relationship):
    """A problem was raised in a city."""

    nature = Nature.OCCURRENCE
    start = at(Problem, field="raisedIn", says="Cities in which the problem was raised.")
    end = at(City, field="problems", says="Problems raised in the city.")


class Involves(Relationship):
    """A project involves citizens or their organizations in the solution."""

    nature = Nature.STATE
    start = at(Project, field="involves", says="People and organizations that take part in the solution.")
    end = at(Organization, Person, field="involvedIn", says="Projects in whose solution it takes part.")

    way = text("How they take part.")


class TrackedBy(Relationship):
    """A council keeps track of a project."""

    nature = Nature.STATE
    start = at(Project, field="trackedBy", says="Councils that keep track of the project.")
    end = at(Council, field="projects", says="Projects that the council keeps track of.")


class ProjectLedTo(Relationship):
    """A project led to an outcome."""

    type = "LED_TO"
    nature = Nature.OCCURRENCE
    start = at(Project, field="outcomes", says="Outcomes that the project led to.")
    end = at(Outcome, field="resultOfProjects", says="Projects that led to the outcome.")


class Blocks(Relationship):
    """A barrier stands in the way of a project or a partnership."""

    nature = Nature.STATE
    marking = Marking.GREEN
    start = at(Barrier, field="blocks", says="Projects and partnerships that the barrier stands in the way of.")
    end = at(Project, Partnership, field="barriers", says="Barriers that stand in the way.")


class Removed(Relationship):
    """A lesson removed a barrier."""

    nature = Nature.OCCURRENCE
    start = at(Lesson, field="removed", says="Barriers that the lesson removed.")
    end = at(Barrier, field="removedByLessons", says="Lessons that removed the barrier.")


class RemovedBy(Relationship):
    """A partnership, a project or a way of buying removed a barrier."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN
    start = at(Barrier, field="removedBy", says="Partnerships, projects and ways of buying that removed the barrier.")
    end = at(Partnership, Project, ProcurementRoute, field="barriersRemoved", says="Barriers that it removed.")


class PartnersIn(Relationship):
    """An organization or a city is a party to a partnership."""

    nature = Nature.STATE
    start = at(Organization, City, field="partnerships", says="Partnerships that it is a party to.")
    end = at(Partnership, field="parties", says="Organizations and cities that are parties.")
