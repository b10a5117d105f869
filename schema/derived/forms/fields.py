"""The fields of forms. In: the model. Out: JSON: each concept and relationship with its fields, their kinds and bounds."""

from typing import Any

from schema.derived.forms.documents import called_by, is_read, read_id, related_id, upsert_id
from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec, upper_snake
from schema.language.kinds import MARKING_MEANING, Kind, Marking, Nature, Property
from schema.language.writes import MOST_ROWS, natural
from schema.model import Model

UNGIVEN = ("id", "recordedAt", "updatedAt", "marking")
"""Common properties that are not given, and the marking, whose default is that of the concept."""
HOLDERS = Property(
    Kind.REFERENCES,
    "The cities that own the fact. AMBER and RED facts need them, others have none.",
    refers_to="City",
    name="holders",
)


def described(model: Model) -> dict[str, Any]:
    """Describe everything that can be recorded."""
    common = [field(prop) for prop in COMMON.values() if prop.name not in UNGIVEN]
    return {
        "most": MOST_ROWS,
        "common": [*common, _marking(), field(HOLDERS)],
        "concepts": {label: concept(spec, model) for label, spec in model.concepts.items()},
        "relationships": {name: relationship(spec) for name, spec in model.relationships.items()},
    }


def concept(spec: ConceptSpec, model: Model) -> dict[str, Any]:
    """Describe a concept: its own fields, and the relationships that may be recorded with it."""
    routes = model.routes.get(spec.label, {}).values()
    related = [
        {
            "field": route.field,
            "says": route.description,
            "of": route.relationship.name,
            "far": list(route.far),
            "one": route.one,
            "forward": route.forward,
        }
        for route in routes
    ]
    keys = [prop.name for prop in natural(spec)]
    return _shared(spec) | {
        "plural": spec.plural,
        "prefix": spec.prefix,
        "type": upper_snake(spec.label),
        "neighbourhood": spec.neighbourhood,
        "called": called_by(spec),
        "keys": keys,
        "related": related,
        "relatedBy": related_id(spec),
    }


def relationship(spec: RelationshipSpec) -> dict[str, Any]:
    """Describe a relationship: its own fields, and what may be at its ends."""
    return _shared(spec) | {
        "type": spec.type,
        "from": list(spec.start.labels),
        "to": list(spec.end.labels),
        "field": (spec.end if spec.start.one else spec.start).field,
        "per": list(spec.per),
        "alike": spec.alike,
        "undirected": spec.undirected,
        "neighbourhood": spec.neighbourhood,
    }


def _shared(spec: ConceptSpec | RelationshipSpec) -> dict[str, Any]:
    is_state = spec.nature is Nature.STATE or isinstance(spec, RelationshipSpec)
    return {
        "says": spec.description,
        "upsert": upsert_id(spec),
        "read": read_id(spec) if isinstance(spec, ConceptSpec) or is_read(spec) else None,
        "state": is_state,
        "marking": spec.marking.name,
        "clear": spec.always_clear,
        "fields": [field(prop) for prop in spec.properties.values()],
    }


def field(prop: Property) -> dict[str, Any]:
    """Describe a property. What is absent does not hold: a field without `required` may be left empty."""
    told: dict[str, Any] = {"name": prop.name, "kind": prop.kind.name, "says": prop.description}
    if prop.required:
        told["required"] = True
    if prop.refers_to:
        told["to"] = [prop.refers_to]
    if prop.choices:
        told["accepted"] = {each.name: each.value for each in prop.choices}
    if prop.within:
        told["within"] = prop.within
    return told | {key: value for key, value in (("least", prop.least), ("most", prop.most)) if value is not None}


def _marking() -> dict[str, Any]:
    accepted = {each.name: MARKING_MEANING[each] for each in Marking}
    prop = COMMON["marking"]
    return {"name": prop.name, "kind": Kind.CHOICE.name, "says": prop.description, "accepted": accepted}
