"""Facts that refer to others by id: sources, waves, holders. In: nodes that are to be deleted. Out: visible facts that name them.

Only labels that the model lets a property refer to are looked for, because a list of ids has no index.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.cypher import deletes as cypher
from graph.cypher.facts import READ_AUDIENCES
from graph.facts.existing import Existing
from graph.facts.found import Finder
from schema.derived.rows import CITY, JOINED
from schema.domain.evidence import COMMON
from schema.language.kinds import SYNTHETIC, Kind, Property
from schema.model import Model

MOST = 6
"""How many referring facts are read of each."""


async def find_referrers(finder: Finder, nodes: Mapping[str, Existing], without: Sequence[str]) -> dict[str, list[str]]:
    """Return ids of visible facts that refer to nodes, by node; facts in `without` are about to be deleted too."""
    found: dict[str, list[str]] = {}
    for label, ids in _by_label(nodes).items():
        for prop, of_relationships in _referring(label, finder.model):
            text = cypher.referring(prop.name, is_list=prop.kind is Kind.REFERENCES, of_relationships=of_relationships)
            for record in await finder.run(text, ids=ids, without=list(without), most=MOST):
                found.setdefault(record["id"], []).extend(record["facts"])
    for id_, facts in (await _held(finder, [id_ for id_ in nodes if id_.startswith(CITY)], without)).items():
        found.setdefault(id_, []).extend(facts)
    return found


def _by_label(nodes: Mapping[str, Existing]) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {}
    for id_, node in nodes.items():
        ids.setdefault(node.of, []).append(id_)
    return ids


def _referring(label: str, model: Model) -> Iterator[tuple[Property, bool]]:
    """Yield the properties that may refer to a label, and whether they are those of relationships."""
    for of_relationships, specs in ((False, model.concepts), (True, model.relationships)):
        declared: Iterable[Any] = specs.values()
        every = {prop.name: prop for spec in declared for prop in (COMMON | spec.properties).values()}
        yield from ((prop, of_relationships) for prop in every.values() if prop.refers_to == label)


async def _held(finder: Finder, cities: Sequence[str], without: Sequence[str]) -> dict[str, list[str]]:
    """Return visible facts that cities hold, by city."""
    if not cities:
        return {}
    tokens = {city.removeprefix(CITY): city for city in cities}
    (known,) = await finder.run(READ_AUDIENCES)
    of_cities = [audience for audience in known["audiences"] if _holders(audience) & tokens.keys()]
    audiences = [prefix + audience for audience in of_cities for prefix in ("", SYNTHETIC)]
    facts: dict[str, list[str]] = {}
    for of_relationships in (False, True):
        text = cypher.held(of_relationships=of_relationships)
        for record in await finder.run(text, held=audiences, without=list(without), most=MOST) if audiences else ():
            for token in _holders(record["audience"]) & tokens.keys():
                facts.setdefault(tokens[token], []).extend(record["facts"])
    return facts


def _holders(audience: str) -> set[str]:
    return set(audience.removeprefix(SYNTHETIC).partition(":")[2].split(JOINED))
