"""Which fields of a type a selection takes. In: a Draft and a type. Out: names of fields."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import get_named_type, is_composite_type

from schema.language.computed import ObjectType
from schema.model import model
from tests.kit.random.draft import Draft
from tests.kit.random.ends import End

COMPUTED = {field.returns.name for field in model().computed_fields() if isinstance(field.returns, ObjectType)}
VALUES = {"When", "Money", "Point", "PageInfo", "TextRange", *COMPUTED}
"""Types that are values of a fact, and no facts."""
EXTREMES = ("min", "max", "avg", "sum")
DATED = {name for spec in model().concepts.values() for name, field in spec.computed.items() if field.dated}
"""Fields that need `asOf`."""


@dataclass(frozen=True)
class Within:
    """Where fields are chosen: in a list that leads to `end`, below a date, in `groupBy` or in a group of it."""

    end: End
    dated: bool = False
    level: str = ""


def chosen_fields(draft: Draft, type_: Any, depth: int, by: Sequence[str], within: Within) -> list[str]:
    """Name the fields to select of a type; of the key of a group all that it is grouped `by`."""
    end = within.end
    if type_.name.endswith("Connection"):
        return list(_of_connection(draft, type_.fields, within))
    if type_.name.endswith("Key"):
        return list(by)
    if "groupBy" in type_.fields:
        if within.level == "groups":
            return ["nodes", *draft.sample(["totalCount", "pageInfo"], [0, 0, 1, 2])]
        return list(_of_aggregate(draft, type_.fields, grouped=within.level == "group"))
    fields = {name: each for name, each in type_.fields.items() if within.dated or name not in DATED}
    if type_.name in ("Extremes", "Numbers"):
        numbers = type_.name == "Numbers"
        offered = [p.name for p in end.properties.values() if (p.has_numbers if numbers else p.has_extremes)]
        fields = {name: each for name, each in fields.items() if name in offered}
    elif "cursor" in fields:
        fields = {name: fields[name] for name in end.shown(list(fields))}
    return list(_of_fact(draft, type_, fields, depth))


def is_flat(definition: Any) -> bool:
    """Whether a field shows a value of the fact itself."""
    type_ = get_named_type(definition.type)
    return not is_composite_type(type_) or type_.name in VALUES


def _of_connection(draft: Draft, fields: Any, within: Within) -> Iterator[str]:
    yield from draft.dice.choices(["nodes", "edges", "totalCount"], [5, 4, 1])
    yield from (name for name, share in (("totalCount", 0.25), ("pageInfo", 0.2)) if draft.chance(share))
    if within.dated and draft.chance(0.3):
        yield "certainCount"
    if "aggregate" in fields and draft.chance(0.22):
        yield "aggregate"


def _of_aggregate(draft: Draft, fields: Any, *, grouped: bool) -> Iterator[str]:
    yield from draft.dice.sample(
        [name for name in ("count", "distinct", *EXTREMES) if name in fields], draft.dice.randint(1, 2)
    )
    if grouped and draft.chance(0.9):
        yield "key"
    if not grouped and draft.chance(0.6):
        yield "groupBy"


def _of_fact(draft: Draft, type_: Any, fields: Any, depth: int) -> Iterator[str]:
    """Name values of a fact, and as long as it is not too deep, fields that lead to others: mostly those that do."""
    flat = [name for name, each in fields.items() if is_flat(each)]
    yield from draft.sample(flat, [1, 1, 2, 3])
    if "node" in fields:
        yield from ("node", *(["cursor"] if draft.chance(0.3) else []))
        yield from (name for name in ("highlights",) if name in fields)
    leading = [name for name in fields if name not in flat and name != "node"]
    busy = [name for name in leading if (type_.name, name) in draft.pool.fields]
    if leading and (type_.name in ("Path", "Highlight") or (depth > 0 and draft.budget > 0)):
        taken = busy if busy and draft.chance(0.85) else leading
        count = draft.pick([2, 3, 4] if draft.budget > 12 else [0, 1, 1, 2])
        yield from draft.dice.sample(taken, min(len(taken), count or (1 if type_.name == "Path" else 0)))
