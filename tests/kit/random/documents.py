"""Random valid questions. In: a seed and the world whose values they use. Out: text and variables; the same seed, the same.

They go over the whole schema: types, interfaces, fragments, filters, orders, pages, aggregates, searches, paths and dates.
"""

import os
import random
import re
import secrets
from functools import cache
from typing import Any, NamedTuple

from graphql import GraphQLSchema

from tests.kit.oracle.world import World
from tests.kit.random.draft import Draft
from tests.kit.random.names import Scope
from tests.kit.random.pool import Pool
from tests.kit.random.roots import root_field

SITES = ((2, 20), (4, 25), (7, 24), (12, 17), (25, 9), (60, 5))
"""How many sites of the statement a document may fill, more or less, and how often."""
LARGE = 30


class Written(NamedTuple):
    """A document and its variables."""

    text: str
    variables: dict[str, Any]


def documents(schema: GraphQLSchema, world: World, seed: int, count: int) -> list[Written]:
    """Write `count` documents."""
    dice, pool = random.Random(seed), _pool(id(world), world)
    sizes, shares = zip(*SITES, strict=True)
    found = []
    for _ in range(count):
        budget, lifting = dice.choices(sizes, shares)[0], dice.choice([0, 0.05, 0.15, 0.5])
        found.append(_document(Draft(schema, pool, dice, budget, lifting)))
    return found


@cache
def random_seed() -> int:
    """Return the seed of this run's random batches: CITYGRAPH_RANDOM_SEED, or another one each time."""
    return int(os.environ.get("CITYGRAPH_RANDOM_SEED") or secrets.randbelow(2**31))


_POOLS: dict[int, Pool] = {}


def _pool(key: int, world: World) -> Pool:
    return _POOLS.setdefault(key, Pool(world))


def _document(draft: Draft) -> Written:
    """Write one document: an operation with some fields of the root, and the fragments that it spreads."""
    root, scope = draft.schema.query_type, Scope()
    assert root is not None
    count = draft.pick([2, 3, 4] if draft.budget > LARGE else [1, 1, 1, 1, 2, 3])
    # The first field has no directive: a document that asks for nothing asks nothing of the database.
    fields = [root_field(draft, root, scope, directed=at > 0) for at in range(count)]
    if draft.chance(0.1):
        fields.append("__typename")
    body = "{ " + " ".join(text for text in fields if text) + " }"
    fragments = _spread_fragments(draft, body)
    declared = [each for each in draft.declared if _is_used(each, "\n".join([body, *fragments]))]
    names = {each[1:].partition(":")[0] for each in declared}
    given = {name: value for name, value in draft.variables.items() if name in names}
    return Written("\n".join([_operation(draft, declared, body), *fragments]), given)


def _operation(draft: Draft, declared: list[str], body: str) -> str:
    """Write the operation: with a name, without, or as its body alone."""
    head = f"({', '.join(declared)}) " if declared else ""
    name = draft.pick(["", "", " Asked"]) if head else draft.pick(["", " Asked"])
    return f"query{name}{head or ' '}{body}" if head or name or draft.chance(0.3) else body


def _is_used(declared: str, text: str) -> bool:
    """Whether a variable is used: what was given up may have declared others."""
    return re.search(rf"\{declared.partition(':')[0]}\b", text) is not None


def _spread_fragments(draft: Draft, body: str) -> list[str]:
    """List the fragments that are spread, in others too: what was given up may have left more."""
    texts = [body]
    for text in texts:  # it grows meanwhile
        names = re.findall(r"\.\.\. (\w+)", text)
        made = [each.text for name, each in draft.names.fragments.items() if name in names]
        texts += [each for each in made if each not in texts]
    return texts[1:]
