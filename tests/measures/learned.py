"""The facts of learning that a viewer sees, from rows in memory. In: a View of the oracle. Out: dataclasses of the measures.

A second implementation of how these facts are read from the database, and the seeds for tests of measures.
"""

from functools import cache

from app.start.boot import seed_files
from graph.measures.learning.councils import Meeting, Seat
from graph.measures.learning.facts import Adoption, Lesson, Outcome, Visit
from graph.measures.learning.silos import Part, Project
from schema.language.edtf import When, parse
from tests.conftest import NOW_TEXT
from tests.kit.oracle.view import View, Viewer
from tests.kit.oracle.world import Fact, Relationship, World

TWINS = "43-"


@cache
def seeds() -> View:
    """All that everybody may see of the rows of the seeds, without twin towns, with what is made up."""
    world = World.read([path for path in seed_files() if not path.name.startswith(TWINS)], NOW_TEXT)
    return View(world, Viewer(), synthetic=True)


def visits(view: View) -> list[Visit]:
    return [
        Visit(
            fact.id,
            ends(view, fact, "MadeBy"),
            ends(view, fact, "HostedBy"),
            when(fact),
            str(fact.values["status"]),
            subjects(view, fact),
        )
        for fact in nodes(view, "Visit")
    ]


def lessons(view: View) -> list[Lesson]:
    return [
        Lesson(
            fact.id,
            learner,
            ends(view, fact, "From"),
            when(fact),
            subjects(view, fact),
            ends(view, fact, "CarriedBy"),
            ends(view, fact, "GainedOn"),
        )
        for fact in nodes(view, "Lesson")
        for learner in ends(view, fact, "Learned", starting=False)
    ]


def adoptions(view: View) -> list[Adoption]:
    return [
        Adoption(
            fact.id,
            city,
            next(iter(ends(view, fact, "Uses")), None),
            str(fact.values["status"]),
            when(fact),
            when(fact, "until"),
            ends(view, fact, "DrewOn"),
            ends(view, fact, "LedToUse", starting=False),
            ends(view, fact, "Replaced", starting=False),
        )
        for fact in nodes(view, "Adoption")
        for city in ends(view, fact, "Made", starting=False)
    ]


def outcomes(view: View) -> list[Outcome]:
    return [
        Outcome(fact.id, ends(view, fact, "LedTo", starting=False), when(fact), fact.values.get("statedLagYears"))
        for fact in nodes(view, "Outcome")
    ]


def meetings(view: View, council: str) -> list[Meeting]:
    return [
        Meeting(
            fact.id,
            when(fact),
            str(fact.values["status"]),
            frozenset(ends(view, fact, "MeetingAttended", starting=False)),
        )
        for fact in nodes(view, "Meeting")
        if ends(view, fact, "OfCouncil") == (council,)
    ]


def seats(view: View, council: str) -> list[Seat]:
    found = met(view, view.world.nodes[council], "SitsOn", starting=False)
    return [Seat(far.id, when(tie), when(tie, "until")) for far, tie in found]


def projects(view: View) -> list[Project]:
    return [
        Project(
            fact.id,
            tuple(
                Part(far.id, name == "Leads", when(tie), when(tie, "until"))
                for name in ("Leads", "Follows")
                for far, tie in met(view, fact, name, starting=False)
            ),
            when(fact),
            when(fact, "until"),
        )
        for fact in nodes(view, "Project")
    ]


def nodes(view: View, label: str) -> list[Fact]:
    return sorted((entry.fact for entry in view.all(label)), key=lambda fact: fact.id)


def met(view: View, fact: Fact, name: str, *, starting: bool = True) -> list[tuple[Fact, Relationship]]:
    """List what a relationship leads to or from, as the viewer sees it, by ids."""
    found = view.visible(view.world.met(fact, name, starting=starting, ending=not starting))
    return [(entry.fact, entry.relationship) for entry in found if entry.relationship]


def ends(view: View, fact: Fact, name: str, *, starting: bool = True) -> tuple[str, ...]:
    return tuple(dict.fromkeys(far.id for far, _ in met(view, fact, name, starting=starting)))


def subjects(view: View, fact: Fact) -> frozenset[str]:
    """Return topics and practices that something is about, and what is above them."""
    waiting = [far for name in ("AboutTopic", "AboutPractice") for far, _ in met(view, fact, name)]
    found = dict[str, Fact]()
    while waiting:
        here = waiting.pop()
        if here.id not in found:
            found[here.id] = here
            waiting += [far for far, _ in met(view, here, "Under")]
    return frozenset(found)


def when(fact: Fact, name: str = "since") -> When | None:
    text = fact.values.get(name)
    return parse(str(text)) if text else None
