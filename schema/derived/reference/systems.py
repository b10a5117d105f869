"""What the model must be able to tell, and the questions that show it. In: documents. Out: the part of a page on questions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class System:
    """A part of the field that can be recorded and asked as a whole; its page is that of a neighbourhood."""

    number: int
    title: str
    neighbourhood: str

    @property
    def heading(self) -> str:
        """Its heading on its page."""
        return f"{self.number}. {self.title}"


SYSTEMS = tuple(
    System(number, title, neighbourhood)
    for number, (title, neighbourhood) in enumerate(
        (
            ("The exchange network", "visits"),
            ("Study tours as records", "visits"),
            ("Visits judged against their objectives", "visits"),
            ("The life of a lesson", "learning"),
            ("Adoption, adaptation, outcome, end", "learning"),
            ("Benchmarks", "learning"),
            ("Learning far and near", "learning"),
            ("Trust layers", "trust"),
            ("Survey waves", "trust"),
            ("Offices, terms, elected leaders", "people"),
            ("The council of agencies", "leadership"),
            ("Joint projects", "leadership"),
            ("The problems of citizens first", "leadership"),
            ("Plans and experiments: experiment, learn, pivot", "leadership"),
            ("Barriers, procurement routes, partnerships, champions", "leadership"),
            ("Share, measure, learn", "leadership"),
            ("Policy instruments on the network", "learning"),
        ),
        start=1,
    )
)


@dataclass(frozen=True)
class Question:
    """A document of the documentation: what it asks, for whom, and how it is asked in GraphQL and in Cypher."""

    name: str
    sentence: str
    systems: tuple[int, ...]
    graphql: str
    cypher: str | None = None
    viewer: str = "anonymous"
    variables: str | None = None
    more: str = ""


def shown(system: System, questions: Iterable[Question]) -> list[Question]:
    """Questions that show a system, in the order of their names."""
    return sorted((each for each in questions if system.number in each.systems), key=lambda each: each.name)


def section(neighbourhood: str, questions: Iterable[Question]) -> Iterator[str]:
    """Write the questions of a neighbourhood; one that shows two systems of it is written once."""
    written: dict[str, System] = {}
    for system in SYSTEMS:
        found = shown(system, questions)
        if system.neighbourhood != neighbourhood or not found:
            continue
        yield from ([] if written else ["## Questions", ""])
        yield from (f"### {system.heading}", "")
        for question in found:
            if first := written.get(question.name):
                yield from (f"{question.sentence} See [{first.title}](#{slug(first.heading)}).", "")
            else:
                written[question.name] = system
                yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    yield f"#### {question.sentence.rstrip('.')}"
    yield ""
    if question.more:
        yield from (question.more, "")
    given = f" with `{question.variables}`" if question.variables else ""
    yield from (
        f"Asked by {_who(question.viewer)}{given}: [{question.name}](../../seeds/questions/{question.name}.graphql).",
        "",
    )
    yield from ("```graphql", question.graphql.strip(), "```", "")
    if question.cypher is not None:
        yield from ("```cypher", question.cypher.strip(), "```", "")


def _who(viewer: str) -> str:
    return "anybody" if viewer == "anonymous" else f"a {viewer}"


def slug(heading: str) -> str:
    """Name the anchor that GitHub gives a heading."""
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")
