"""Reading what cities put into learning, and what they learned. In: a Reading. Out: a Record, Profiles.

What is hidden from the viewer changes nothing: it is not read.
"""

from collections.abc import Sequence
from typing import Any

from graph.measures.learning.cost import Money
from graph.measures.learning.facts import HELD
from graph.measures.learning.peers import Profile
from graph.measures.learning.read import Reading, back, ends, exchange_facts, learning_facts, subjects_of, when
from graph.measures.learning.scorecard import Effort, Kept, Prepared, Record


async def record(of: Reading, city: str) -> Record | None:
    """Read all that is known of one city's learning; None if the viewer does not see the city."""
    visited, learned = await exchange_facts(of), await learning_facts(of)
    if city not in visited.cities:
        return None
    objectives, pursued, judged, explicit, kept, validated, shared, spent, efforts = await of.rows(
        of.nodes("Objective", "since"),
        of.relationships("Pursued"),
        of.relationships("Judges"),
        of.relationships("OfLesson"),
        of.relationships("KeptIn"),
        of.relationships("ValidatedBy"),
        of.relationships("Shared"),
        of.relationships("Spent"),
        of.nodes("Effort", "hours", "spentAmount", "spentCurrency", "people"),
    )
    aims, judgements, made_explicit, stored, valid = (
        ends(pursued),
        back(judged),
        back(explicit),
        ends(kept),
        ends(validated),
    )
    dates = {id_: when(since) for id_, since in objectives}
    visits = [each for each in visited.visits if city in (*each.visitors, *each.hosts)]
    adoptions = [each for each in learned.adoptions if each.city == city]
    every = {id_ for each in learned.adoptions if each.used for id_ in each.lessons}
    sharing = {lesson for sharer, lesson, *_ in shared if sharer == city}
    own = {effort for spender, effort, *_ in spent if spender == city}
    ids = {each.id for each in adoptions}
    return Record(
        city,
        visits,
        [
            Prepared(each.id, tuple(dates[aim] for aim in aims.get(each.id, ())), each.id in judgements)
            for each in visits
            if city in each.visitors and each.status == HELD
        ],
        [
            Kept(
                each.id,
                explicit=each.id in made_explicit,
                stored=each.id in stored,
                validated=each.id in valid,
                used=each.id in every,
                shared=each.id in sharing,
            )
            for each in learned.lessons
            if each.city == city
        ],
        adoptions,
        [each for each in learned.outcomes if ids & {*each.results_of}],
        [_effort(row) for row in efforts if row[0] in own],
    )


async def profiles(of: Reading) -> tuple[Profile, ...]:
    """Read the problems of each city, and what it has learned, by id.

    A problem is learned about where a project was carried out that solves it. Subjects are those of lessons, and practices in
    use, with all that is broader.
    """
    learned = await learning_facts(of)
    cities, raised, solves, carried_out, uses, under = await of.rows(
        of.nodes("City"),
        *(of.relationships(name) for name in ("RaisedIn", "Solves", "ProjectOfCity", "Uses", "Under")),
    )
    problems, solved, practice = back(raised), ends(solves), subjects_of(uses, under)
    found = dict[str, set[str]]()
    for lesson in learned.lessons:
        found.setdefault(lesson.city, set()).update(lesson.subjects)
    for use in learned.adoptions:
        if use.used:
            found.setdefault(use.city, set()).update(practice.get(use.id, ()))
    for project, city, *_ in carried_out:
        found.setdefault(city, set()).update(solved.get(project, ()))
    return tuple(Profile(id_, frozenset(problems.get(id_, ())), frozenset(found.get(id_, ()))) for (id_,) in cities)


def _effort(row: Sequence[Any]) -> Effort:
    id_, hours, amount, currency, people = row
    return Effort(id_, hours, None if amount is None else Money(amount, currency), people)
