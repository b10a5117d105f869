"""Reading entities. In: a session, rights, what is asked for. Out: NGSI-LD entities that the viewer may see, and their number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.access.rights import Rights
from graph.bolt.read import Chained
from graph.cypher import exports as cypher
from graph.export.ngsi import Entity, Related, entity
from graph.export.rows import named_ids, node_row, relationship_row, spec_between
from schema.domain.evidence import COMMON
from schema.model import Model

NAME = "entities"


@dataclass(frozen=True)
class Asked:
    """Which entities are asked for: those of a label, those with some ids, or both. `first` of them, after `offset`."""

    label: str | None
    ids: tuple[str, ...] | None
    first: int
    offset: int = 0
    count: bool = False


@dataclass(frozen=True)
class Found:
    """Entities, and how many there are altogether if that was asked for. `more` says that others follow."""

    entities: list[Entity]
    count: int | None
    more: bool


async def read(chain: Chained, rights: Rights, model: Model, asked: Asked) -> Found:
    """Read entities, sorted by the ids of their facts."""

    async def value(statement: str, **given: Any) -> Any:
        return await chain.value(statement, {"q": {**rights.parameters(), **given}}, NAME)

    which = {"by_id": asked.ids is not None, "by_audience": rights.by_audience}
    given = {"ids": list(asked.ids or ()), "offset": asked.offset, "first": asked.first + 1}
    read = await value(cypher.entities(asked.label, **which).text, **given)
    count = await value(cypher.entity_count(asked.label, **which).text, **given) if asked.count else None
    page = read[: asked.first]
    named = {id_ for each in page for id_ in _named(each, model)}
    seen = set(await value(cypher.visible_ids(by_audience=rights.by_audience).text, ids=sorted(named)) if named else ())
    return Found([_entity(each, model, seen) for each in page], count, len(read) > asked.first)


async def types(chain: Chained, rights: Rights, model: Model) -> list[str]:
    """Return the labels of which there are visible facts."""
    statement = cypher.labels_of_entities(by_audience=rights.by_audience).text
    found = set(await chain.value(statement, {"q": {**rights.parameters(), "labels": list(model.concepts)}}, NAME))
    return sorted(found)


def _named(read: Mapping[str, Any], model: Model) -> set[str]:
    declared = [spec.properties for spec in model.concepts.values()]
    declared += [COMMON, *(spec.properties for spec in model.relationships.values())]
    every = {prop.name for properties in declared for prop in properties.values() if prop.refers_to}
    facts = (read, *read["related"])
    return {id_ for fact in facts for id_ in named_ids(fact["properties"], every)}


def _entity(read: Mapping[str, Any], model: Model, seen: set[str]) -> Entity:
    columns = read["properties"]
    spec = model.concept_of_id(columns["id"])
    if spec is None:
        raise LookupError(f"no concept has the prefix of {columns['id']}")
    related = []
    for each in read["related"]:
        ends = columns["id"], each["end"]
        declared = spec_between(model, each["type"], *ends)
        if declared is not None:
            row = relationship_row(each["properties"], declared, ends, seen)
            related.append(Related(declared, row))
    return entity(node_row(columns, spec, seen), related, model)
