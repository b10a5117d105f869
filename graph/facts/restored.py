"""A stored fact as the row that states it. In: columns and a declaration. Out: the values of a row; the reverse of `stored`."""

from collections.abc import Mapping
from typing import Any

from schema.derived.rows import CITY, JOINED, SYSTEM
from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.kinds import SYNTHETIC, Kind, Marking, Property


def restored(columns: Mapping[str, Any], spec: ConceptSpec | RelationshipSpec) -> dict[str, Any]:
    """Return the values of the row that states a stored fact, without its id."""
    values = {}
    for prop in (COMMON | spec.properties).values():
        if prop.name not in SYSTEM and (value := _value(columns, prop)) is not None:
            values[prop.name] = value
    return values | {"holders": holders(columns["audience"])}


def _value(columns: Mapping[str, Any], prop: Property) -> Any:
    if prop.kind is Kind.MONEY:
        amount = columns.get(f"{prop.name}Amount")
        return None if amount is None else {"amount": amount, "currency": columns[f"{prop.name}Currency"]}
    value = columns.get(prop.name)
    if value is None:
        return None
    if prop.kind is Kind.POINT:
        return {"latitude": value.latitude, "longitude": value.longitude}
    return Marking(value).name if prop.kind is Kind.MARKING else value


def holders(audience: str) -> list[str]:
    """Return the ids of the cities that hold a fact, by the text of its audience."""
    _, _, cities = audience.removeprefix(SYNTHETIC).partition(":")
    return [CITY + city for city in cities.split(JOINED)] if cities else []
