"""Results as they are shown. In: results of measures, and what is wanted of them. Out: plain values under the keys of an answer.

The declared type of a field says how its value is shown; ids of facts get their names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from importlib.metadata import version
from typing import Any

from graph.measures.wanted import TYPE, Wanted
from schema.domain.measures.learning import TYPES
from schema.domain.measures.learning.types import LIBRARIES, MEASURED_FACT
from schema.language.computed import ObjectType
from schema.language.edtf import When

OF = {each.name: each for each in TYPES}
LIST = "list["
PARTS = {
    "basedOn": ("basis", "used"),
    "leftOut": ("basis", "left_out"),
    "lagYears": ("lag", "years"),
    "lagFewest": ("lag", "fewest"),
    "lagMost": ("lag", "most"),
    "lagStated": ("lag", "stated"),
    "mutual": ("dyads", "mutual"),
    "oneWay": ("dyads", "one_way"),
    "mutualOfPairs": ("dyads", "of_pairs"),
    "mutualOfArcs": ("dyads", "of_arcs"),
    "chanceMean": ("by_chance", "mean"),
    "chanceAtMost": ("by_chance", "at_most"),
}
"""Fields that show a part of a part of a result."""


@dataclass(frozen=True)
class More:
    """A result with further fields; a value that is a function is computed once, when it is first wanted."""

    of: Any
    fields: Mapping[str, Any]
    computed: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def further(self, name: str) -> Any:
        """Return the value of a further field."""
        value = self.fields[name]
        if not callable(value):
            return value
        if name not in self.computed:
            self.computed[name] = value()
        return self.computed[name]


@dataclass
class Shower:
    """Shows results of what these distributions compute. The facts shown get their names at the end, all at once."""

    libraries: tuple[str, ...] = ()
    facts: list[tuple[dict[str, Any], str, str]] = field(default_factory=list)

    @property
    def ids(self) -> set[str]:
        """Return the ids of the facts that are shown."""
        return {id_ for _, _, id_ in self.facts}

    def name(self, names: Mapping[str, str | None]) -> None:
        """Give the facts that are shown their names."""
        for shown, key, id_ in self.facts:
            shown[key] = names.get(id_)

    def shown(self, value: Any, wanted: Wanted, of: ObjectType) -> dict[str, Any]:
        """Return what is wanted of a result."""
        types = {each.name: each.type for each in of.fields}
        return {
            each.key: of.name if each.name == TYPE else self.value(self._part(value, each.name), each, types[each.name])
            for each in wanted.below
        }

    def _part(self, value: Any, name: str) -> Any:
        if name == LIBRARIES.name:
            return [f"{each} {version(each)}" for each in self.libraries]
        return _part(value, name)

    def value(self, value: Any, wanted: Wanted, type_: str) -> Any:
        """Return a value of a type, or a list of them."""
        if value is None:
            return None
        if type_.startswith(LIST):
            return [self.value(each, wanted, type_.removeprefix(LIST)[:-1]) for each in value]
        if type_ == MEASURED_FACT.name:
            return self._fact(value, wanted)
        return self.shown(value, wanted, OF[type_]) if type_ in OF else _plain(value)

    def _fact(self, id_: str, wanted: Wanted) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        own = {TYPE: MEASURED_FACT.name, MEASURED_FACT.fields[0].name: id_}
        for each in wanted.below:
            shown[each.key] = own.get(each.name)
            if each.name not in own:
                self.facts.append((shown, each.key, id_))
        return shown


def _part(of: Any, name: str) -> Any:
    """Return a part of a result by the name of its field."""
    if isinstance(of, More):
        if name not in of.fields:
            return _part(of.of, name)
        return of.further(name)
    path: Iterable[str] = (_snake(name),)
    if not hasattr(of, _snake(name)):
        path = PARTS[name]
    for each in path:
        of = None if of is None else getattr(of, each)
    return of


def _plain(value: Any) -> Any:
    if isinstance(value, When):
        return value.text
    if isinstance(value, Enum):
        return value.name
    return value.isoformat() if isinstance(value, date) else value


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
