"""Ideas, and how they are tried out: plans for innovation, experiments and what was learned from them."""

from schema.domain.interfaces import Named
from schema.domain.leadership.projects import Project
from schema.domain.learning.concepts import Lesson
from schema.domain.people import Organization, Person
from schema.domain.places import City
from schema.language.declare import Concept, Relationship, at
from schema.language.kinds import Choice, Marking, Nature, choice, text, texts


class ExperimentDecision(Choice):
    """What was decided after an experiment. Each of the three counts as something learned."""

    CONTINUE = "Go on."
    PIVOT = "Go on in another way."
    STOP = "End it and keep what was learned."


class Idea(Named, Concept):
    """An idea that was shared, and what became of it."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN

    summary = text("The idea in words.", searched=True)
    comments = texts("Comments of others, each with its author.")
    fate = text("What became of it.")


class InnovationPlan(Named, Concept):
    """How an organization tries out new ideas apart from its daily business."""

    nature = Nature.STATE

    difference = text("How trying things out differs from business as usual.")
    steps = texts("Steps from an idea to a decision, in order.")
    rules = text("Rules that hold for experiments only.")


class Experiment(Concept):
    """A prototype: what was expected, seen and learned, and what was decided afterwards."""

    nature = Nature.OCCURRENCE

    hypothesis = text("What was expected.", required=True, searched=True)
    site = text("Where it was tried.")
    result = text("What was seen.")
    learning = text("What was learned.", searched=True)
    decision = choice(ExperimentDecision, "What was decided afterwards.")


class OfOrganization(Relationship):
    """An innovation plan belongs to an organization."""

    nature = Nature.STATE
    start = at(InnovationPlan, field="organization", says="The organization whose plan it is.", one=True)
    end = at(Organization, field="innovationPlans", says="Innovation plans of the organization.")


class UnderPlan(Relationship):
    """An experiment was carried out under an innovation plan."""

    nature = Nature.OCCURRENCE
    start = at(Experiment, field="plan", says="The plan under which it was carried out.", one=True)
    end = at(InnovationPlan, field="experiments", says="Experiments carried out under the plan.")


class Tries(Relationship):
    """An experiment tries out a project or an idea."""

    nature = Nature.OCCURRENCE
    start = at(Experiment, field="tries", says="Projects and ideas that it tries out.")
    end = at(Project, Idea, field="experiments", says="Experiments that try it out.")


class PivotedTo(Relationship):
    """An experiment was continued in another way, as a new experiment."""

    nature = Nature.OCCURRENCE
    start = at(Experiment, field="pivotedTo", says="Experiments that continue it.")
    end = at(Experiment, field="pivotedFrom", says="Experiments that it continues.")


class ProposedBy(Relationship):
    """An idea was proposed by a person or an organization."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN
    start = at(Idea, field="proposedBy", says="People and organizations that proposed the idea.")
    end = at(Person, Organization, field="ideas", says="Ideas that the person or organization proposed.")


class Became(Relationship):
    """An idea became a project."""

    nature = Nature.OCCURRENCE
    marking = Marking.GREEN
    start = at(Idea, field="became", says="Projects that the idea became.")
    end = at(Project, field="ideas", says="Ideas that became the project.")


class Shared(Relationship):
    """A city shared an idea, a lesson or an experiment with others."""

    nature = Nature.OCCURRENCE
    start = at(City, field="shared", says="Ideas, lessons and experiments that the city shared with others.")
    end = at(Idea, Lesson, Experiment, field="sharedBy", says="Cities that shared it.")

    sharedWith = text("With whom, in the words of the source.")
