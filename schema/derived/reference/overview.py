"""The first page of the reference. In: the neighbourhoods and the questions. Out: what holds on every page, and the lists."""

from collections.abc import Iterator, Sequence

from schema.derived.reference.declared import properties
from schema.derived.reference.systems import SYSTEMS, Question, shown, slug
from schema.domain.evidence import COMMON
from schema.language.kinds import MARKING_MEANING, Nature

MARK = "Printed by `citygraph schema --reference`"
"""How a page is known as one that is printed."""
ABOUT = {
    "places": "Cities, regions and countries, and how they lie in one another.",
    "people": "Leaders, the organizations they work for, and the offices they hold.",
    "visits": "Who travelled where, in which programme, for what purpose, and whether it was judged.",
    "learning": "Practices and lessons, how a lesson came home, what a city made of it and what came of that.",
    "trust": "The bounded population of a city's leaders, the survey waves, and four layers that are never mixed.",
    "leadership": "Councils, projects, the problems they solve, experiments, barriers and metrics.",
    "evidence": "Where a fact comes from.",
}
HEAD = f"""# The model

{MARK} from the declaration in [schema](../../schema); a test fails when a page is stale.

## Pages

| page | what it is about |
| --- | --- |"""
EVERY = """
Every node has one label of these pages and the technical label `Fact`. In the drawings a blue box is a label of the
page; a dashed grey one is a label of another page, or one of several; a yellow one is a relationship that may begin or end
at several labels, or that leads back to its own.

## On every fact

Nodes and relationships alike carry:
"""
ANALYSTS = """
## For analysts: how a fact is stored

| on these pages | in Neo4j |
| --- | --- |
| a property `x` | property `x`; absent where nothing is known |
| WHEN | `x` is the EDTF text as given, `xDay` a date: the earliest day that it may be |
| `until` | `untilDay` is the day after the latest day that it may be |
| MONEY | `xAmount` and `xCurrency` |
| CHOICE | the name of the choice, as text |
| MARKING | a number: CLEAR 0, GREEN 1, AMBER 2, RED 3 |
| REFERENCE, REFERENCES | the id of the other fact, or a list of ids |
| POINT | a point, WGS 84 |
| a relationship without direction | stored once, from the smaller id: match it without an arrow |
| a computed field | not stored |

`audience`, `key`, names that end in `Words` and names that begin with `_` serve the platform.

A question *as of* a day asks every node and every relationship on its way. For a state `s` and the first of January 2010:

```cypher
WHERE (s.sinceDay IS NULL OR s.sinceDay <= date('2010-01-01'))
  AND (s.untilDay IS NULL OR s.untilDay > date('2010-01-01'))
```

For an occurrence the first line alone. A date that is missing may be true, and so may every day that an uncertain date allows.

Cypher sees everything that the database holds; the API leaves out what a viewer may not see. Where an answer is to travel,
ask for `marking`, on nodes and relationships: `marking = 0` is what anybody may see.

## Systems

What the model must be able to tell, where its labels are described, and the questions that show it, in GraphQL and in Cypher.

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
        found = shown(system, questions)
        links = "<br>".join(f"[{each.name}](../../seeds/questions/{each.name}.graphql)" for each in found)
        anchor = f"#{slug(system.heading)}" if found else ""
        page = f"[{system.neighbourhood.capitalize()}]({system.neighbourhood}.md{anchor})"
        yield f"| {system.heading} | {page} | {links} |"
