"""Facts as NGSI-LD entities (ETSI GS CIM 009). In: rows of visible facts. Out: entities, their ids, and the @context.

A property is a Property, a place a GeoProperty, a reference and each relationship that starts at the fact a Relationship.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from schema.domain.evidence import COMMON
from schema.language.declare import RelationshipSpec
from schema.language.kinds import Kind, Property
from schema.model import Model

CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"
URN = "urn:ngsi-ld"
SAFE = "-._~!$&'()*+,;=@"
"""What may stand in the name of a URN beside letters and digits."""
NOT_ATTRIBUTES = frozenset({"label", "type", "id", "from", "to"})
Entity = dict[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Related:
    """A relationship that starts at a fact: its declaration and its row."""

    spec: RelationshipSpec
    row: Row


def urn(fact_id: str, model: Model) -> str:
    """Return the id of an entity, such as urn:ngsi-ld:City:us-wa-seattle; of a relationship that of a data set."""
    prefix, _, rest = fact_id.partition("/")
    return f"{URN}:{model.prefixes.get(prefix) or _camel(prefix)}:{quote(rest, SAFE)}"


def fact_id(entity_id: str, model: Model) -> str | None:
    """Return the id of a fact; None if it is not the id of an entity of ours."""
    scheme, _, rest = entity_id.partition(f"{URN}:")
    label, colon, name = rest.partition(":")
    spec = model.concepts.get(label)
    known = not scheme and colon and spec is not None and name == quote(unquote(name), SAFE)
    return f"{spec.prefix}/{unquote(name)}" if known and spec else None


def entity(row: Row, related: Iterable[Related], model: Model) -> Entity:
    """Return the normalized entity of a fact."""
    made: Entity = {"id": urn(row["id"], model), "type": row["label"]}
    made |= _attributes(row, COMMON | model.concepts[row["label"]].properties, model)
    by_field: dict[str, list[Entity]] = {}
    for each in related:
        leads = {"type": "Relationship", "object": urn(each.row["to"], model), "datasetId": urn(each.row["id"], model)}
        said = _attributes(each.row, COMMON | each.spec.properties, model)
        by_field.setdefault(each.spec.start.field, []).append(leads | said)
    return made | {field: _one_or_all(every) for field, every in by_field.items()}


def _one_or_all(every: list[Entity]) -> Any:
    """Return the only attribute, without the id that tells it from others, or all."""
    if len(every) > 1:
        return every
    return {name: value for name, value in every[0].items() if name != "datasetId"}


def _attributes(row: Row, properties: Mapping[str, Property], model: Model) -> Entity:
    return {
        name: _attribute(properties[name], value, model) for name, value in row.items() if name not in NOT_ATTRIBUTES
    }


def _attribute(prop: Property, value: Any, model: Model) -> Any:
    if prop.kind is Kind.POINT:
        point = {"type": "Point", "coordinates": [value["longitude"], value["latitude"]]}
        return {"type": "GeoProperty", "value": point}
    if prop.kind is Kind.REFERENCE:
        return {"type": "Relationship", "object": urn(value, model)}
    if prop.kind is Kind.REFERENCES:
        named = [{"type": "Relationship", "object": urn(id_, model), "datasetId": urn(id_, model)} for id_ in value]
        return _one_or_all(named)
    return {"type": "Property", "value": value}


def key_values(entity: Entity) -> Entity:
    """Return the simplified form of an entity: each attribute is its value, or the id that it leads to."""
    return {name: value if name in ("id", "type") else _simple(value) for name, value in entity.items()}


def _simple(attribute: Any) -> Any:
    if isinstance(attribute, list):
        return [_simple(each) for each in attribute]
    return attribute["object"] if attribute["type"] == "Relationship" else attribute["value"]


def context(model: Model, address: str) -> dict[str, Any]:
    """Return the @context at an address: what each name of an entity means. A name that NGSI-LD has itself keeps its meaning."""
    names = {*model.concepts, *COMMON}
    declared = [spec.properties for spec in model.concepts.values()]
    for properties in (*declared, *(spec.properties for spec in model.relationships.values())):
        names |= properties.keys()
    names |= {route.field for routes in model.routes.values() for route in routes.values() if route.forward}
    return {"@context": {name: f"{address}#{name}" for name in sorted(names - {"id", "type", "location"})}}


def _camel(kebab: str) -> str:
    return "".join(part.capitalize() for part in kebab.split("-"))
