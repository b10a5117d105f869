"""docs/measures.md. In: the declared measures. Out: the page that explains each of them."""

from collections.abc import Iterable, Iterator

from schema.domain.clouds import LEADERS
from schema.domain.measures import NETWORK, PERSON
from schema.domain.measures.learning import QUESTIONS
from schema.language.computed import ObjectType
from schema.language.measures import Measure, Question
from schema.language.networks import Direction

HEAD = """# Measures

<!-- Printed by `citygraph schema --measures`. Do not edit. -->

`cloud` measures the network of a city's leaders as the viewer sees it: what is hidden from the viewer is not in it.

```graphql
{
  cloud(city: "city/us-wa-seattle", layer: TRUSTS, direction: UNION, synthetic: true) {
    on { waveName people ties responseRate }
    density
    signature { shape stable }
    people(first: 3, orderBy: BETWEENNESS) { name betweenness }
  }
}
```

`citygraph cloud CITY` prints the same in the terminal, and several cities side by side.

Before anything is measured, ties to oneself and second answers about one pair are dropped (`on { dropped }`). People and ties are
in the order of their ids, and what is random has fixed seeds. So the same facts give the same numbers.

Nobody has published numbers for the shape or the tightness of a city's network of trust. The thresholds of `signature` are ours,
and were chosen on synthetic networks.

## Layers
"""
DIRECTIONS = """
## Direction
"""
LEARNING = """
# Measures of learning

How cities visit each other, how practices spread, how lessons are used. Each is a field of Query, computed on the facts that the
viewer sees.

```graphql
{
  exchangeNetwork(fromYear: 2000, synthetic: true) {
    basedOn
    leftOut { why rows }
    hubs { city { name } role made hosted }
    legs { visitor { factId } host { factId } visits }
  }
  diffusion(practice: "practice/bus-rapid-transit", asOf: "2020") {
    curve { year inUseFewest inUseMost }
    links { source { name } adopter { name } lagYears secondHand }
    likely { source { name } adopter { name } confidence }
  }
}
```

- `basedOn` and `leftOut` say on how many facts a number was computed, and why others do not count.
- A year or a number of years counts as known only if every day that a date may mean gives the same. Otherwise it is null, and the
  fewest and the most are given, or the fact is left out and counted.
- Likely sources are marked `INFERRED` and stand apart from what a source states.
- Nothing is ranked into one total, and amounts of two currencies are never added.
- A document may ask for 10 measures and networks. Each reads the facts anew, so it sees what was just written.
"""
LIMITS = """
## How it is computed

- One statement reads the network, in a process of its own. It is read again only after something was written.
- Each measure is computed once for a network and its arguments, and kept while the network is.
- `CITYGRAPH_MEASURE_SECONDS` bounds the time for one network; if it is over, the error is TIMEOUT.
- Strengths and frequencies of ties do not count.
- A measure is null where it is not defined, such as the density of one person.

## Checked against

The tests load these networks, ask for their measures through GraphQL, and compare four decimals with values that are published or
that several libraries agree on: Krackhardt's kite (1990), Padgett and Ansell's Florentine families (1993), Zachary's karate club
(1977), Krackhardt's high-tech managers (1987) and Lazega's law firm (2001).
"""


def page() -> str:
    """Return the page."""
    parts = [HEAD]
    parts += [f"\n- `{each.name}`: {each.says}" for each in LEADERS.layers]
    parts += [DIRECTIONS, *(f"\n- `{each.name}`: {each.value}" for each in Direction)]
    parts += ["\n\n## Groups\n", *(f"\n- `{each.name}`: {each.says}" for each in LEADERS.groupings), "\n", LIMITS]
    parts += ["\n## Of the whole network\n", *_sections(NETWORK), "\n## Of each person\n", *_sections(PERSON)]
    return "".join([*parts, LEARNING, *(_question(each) for each in QUESTIONS)])


def _question(of: Question) -> str:
    told = [f"\n## {of.name}\n\n{of.says}\n\n"]
    told += [f"- Argument `{each.name}`: {each.says}\n" for each in of.asked if each.says]
    for each in of.explained:
        told += [f"\n### {of.name}: {each.fields}\n\n{each.says}\n\n"]
        told += [f"- Formula: {each.formula}\n- Source: {each.source}\n- Pitfalls: {each.pitfalls}\n"]
    told += [f"\nFields of `{of.returns.name}`:\n\n"]
    told += [f"- `{part.name}`: {part.description}\n" for part in of.returns.fields]
    return "".join(told)


def _sections(measures: Iterable[Measure]) -> Iterator[str]:
    for each in measures:
        yield f"\n### {each.name}\n\n{each.says}\n\n"
        yield f"- Formula: {each.formula}\n- Measured on: {each.network}\n"
        yield f"- Computed by: {each.library}\n- Source: {each.source}\n"
        if each.pitfalls:
            yield f"- Pitfalls: {each.pitfalls}\n"
        for argument in each.asked:
            yield f"- Argument `{argument.name}`: {argument.says}\n"
        if isinstance(each.returns, ObjectType):
            yield "".join(f"- `{part.name}`: {part.description}\n" for part in each.returns.fields)
