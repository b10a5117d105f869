"""Systems: subjects that the model covers as a whole. In: questions with the systems they are about. Out: parts of pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class System:
    """A subject that can be recorded and queried as a whole, on the page of one neighbourhood."""

    number: int
    title: str
    neighbourhood: str

    @property
    def heading(self) -> str:
        """Return its heading on the page."""
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
    """A question that comes with the model: a sentence, the systems it is about, the viewer, its GraphQL and its Cypher."""

    name: str
    sentence: str
    systems: tuple[int, ...]
    graphql: str
    cypher: str | None = None
    viewer: str = "anonymous"
    variables: str | None = None
    more: str = ""


def shown(system: System, questions: Iterable[Question]) -> list[Question]:
    """Return the questions about a system, sorted by name."""
    return sorted((each for each in questions if system.number in each.systems), key=lambda each: each.name)


def section(neighbourhood: str, questions: Iterable[Question]) -> Iterator[str]:
    """Write the questions of a neighbourhood. A question about two of its systems is written once and linked from the other."""
    written: dict[str, System] = {}
    for system in SYSTEMS:
        about = shown(system, questions)
        if system.neighbourhood != neighbourhood or not about:
            continue
        yield from ([] if written else ["## Questions", ""])
        yield from (f"### {system.heading}", "")
        for question in about:
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
    """Return the anchor that GitHub gives a heading."""
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")
