"""The first page of the reference. In: the neighbourhoods and the questions. Out: Markdown with what holds on every page."""

from collections.abc import Iterator, Sequence

from schema.derived.reference.declared import properties
from schema.derived.reference.systems import SYSTEMS, Question, shown, slug
from schema.domain.evidence import COMMON
from schema.language.kinds import MARKING_MEANING, Nature

MARK = "Printed by `citygraph schema --reference`"
"""The text by which a printed page is told from a page written by hand."""
ABOUT = {
    "places": "Cities, regions and countries, which city lies in which of them, and which cities are twinned.",
    "people": "Leaders, the organizations they work for, and the offices they hold.",
    "visits": "Who travelled where, in which programme, for what purpose, and how the visit was judged.",
    "learning": "Practices, lessons, how a city took a lesson home, how it used the lesson, and what came of it.",
    "trust": "The roster of a city's leaders, the survey waves, and four kinds of relationship between leaders, kept apart.",
    "leadership": "Councils, projects, the problems they solve, experiments, barriers and metrics.",
    "evidence": "The sources that state facts.",
}
HEAD = f"""# The model

{MARK} from the declarations in [schema/domain](../../schema/domain). A test fails if a page is out of date.

## Pages

| page | what it is about |
| --- | --- |"""
EVERY = """
Every node has one label from these pages and the technical label `Fact`. In the drawings a blue box is a label of the page.
A dashed grey box has one or several labels of other pages. A yellow box is a relationship that may start or end at several
labels, or that leads from a label to the same label.

## On every fact

Every node and every relationship has these properties:
"""
ANALYSTS = """
## For analysts: how a fact is stored

| on these pages | in Neo4j |
| --- | --- |
| a property `x` | property `x`; absent if nothing is known |
| WHEN | `x` is the EDTF text as given; `xDay` is a date: the earliest day that the text may mean |
| `until` | `untilDay` is the day after the latest day that the text may mean |
| MONEY | `xAmount` and `xCurrency` |
| CHOICE | the name of the choice, as text |
| MARKING | a number: CLEAR 0, GREEN 1, AMBER 2, RED 3 |
| REFERENCE, REFERENCES | the id of the other fact, or a list of ids |
| POINT | a point, WGS 84 |
| a relationship without direction | stored once, starting at the smaller id; match it without an arrow |
| a computed field | not stored |

`audience`, `key`, names that end in `Words` and names that begin with `_` are for the platform itself.

A question *as of* a day tests every node and every relationship that it reads. For a state `s` and 1 January 2010:

```cypher
WHERE (s.sinceDay IS NULL OR s.sinceDay <= date('2010-01-01'))
  AND (s.untilDay IS NULL OR s.untilDay > date('2010-01-01'))
```

For an occurrence only the first line is needed. A missing date passes the test, and so does every day that an uncertain
date may mean.

Cypher reads everything in the database; the API leaves out what a viewer may not see, and made-up facts unless a question
asks for them. Both are in one number, `level`: the marking of a real fact, and the marking + 4 of a made-up one (confidence
SYNTHETIC). Before you pass an answer on, test it for nodes and relationships: everybody may see what has `level = 0`, and
what is true of the world has `level < 4`.

## Systems

Subjects that the model covers as a whole, the page that describes each, and questions about it in GraphQL and in Cypher.

| system | page | questions |
| --- | --- | --- |"""


def overview(neighbourhoods: Sequence[str], questions: Sequence[Question]) -> Iterator[str]:
    """Write the first page."""
    yield HEAD
    for name in neighbourhoods:
        yield f"| [{name.capitalize()}]({name}.md) | {ABOUT.get(name, '')} |"
    yield EVERY
    yield from properties(COMMON)
    yield ""
    yield from ("| marking | how far the fact may travel |", "| --- | --- |")
    for marking, meaning in MARKING_MEANING.items():
        yield f"| {marking.name} | {meaning} |"
    yield ""
    yield from ("| nature | what `asOf` means for it |", "| --- | --- |")
    for nature in Nature:
        yield f"| {nature.name.capitalize()} | {nature.value} |"
    yield ANALYSTS
    for system in SYSTEMS:
        about = shown(system, questions)
        links = "<br>".join(f"[{each.name}](../../seeds/questions/{each.name}.graphql)" for each in about)
        anchor = f"#{slug(system.heading)}" if about else ""
        page = f"[{system.neighbourhood.capitalize()}]({system.neighbourhood}.md{anchor})"
        yield f"| {system.heading} | {page} | {links} |"
