"""Names of facts in filters. In: a Draft, and what is filtered. Out: names, and dates of the named facts."""

from dataclasses import dataclass, replace
from typing import Any

from schema.domain.evidence import COMMON
from schema.language.kinds import Property
from schema.model import model
from tests.kit.random.draft import Draft
from tests.kit.random.ends import ANYTHING, End


@dataclass(frozen=True)
class Named:
    """A named fact: the labels that it may have, or the name of its declaration, and its dates."""

    name: str
    kinds: frozenset[str]
    dates: tuple[str, ...]


@dataclass(frozen=True)
class Here:
    """What a filter filters: facts of these labels, which a relationship may lead to, and what filters around it name."""

    labels: tuple[str, ...]
    relationship: str = ""
    known: tuple[Named, ...] = ()
    is_edge: bool = False
    end: End = ANYTHING

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset([self.relationship] if self.is_edge else self.labels)

    def leading(self, field: str) -> "Here":
        """Go along a route, to what a property refers to, or to the topics of `about`."""
        end = self.end.below(field)
        label = self.labels[0] if len(self.labels) == 1 else ""
        route = model().routes.get(label, {}).get(field)
        if route:
            return Here(route.far, route.relationship.name, self.known, end=end)
        prop = {} if field == "about" else properties(self.kinds)
        target = prop[field].refers_to if field in prop else None
        return Here((target or "Topic",), "", self.known, end=end)

    def of_type(self, label: str) -> "Here":
        """Take only the facts of one type."""
        return replace(self, labels=(label,), end=replace(self.end, type_name=label))

    def edge(self) -> "Here":
        """Go to the relationship that leads here."""
        return replace(self, is_edge=True, end=self.end.below("edge"))

    def naming(self, draft: Draft) -> "tuple[str, Here]":
        """Name what is filtered."""
        draft.named += 1
        dates = tuple(prop.name for prop in properties(self.kinds).values() if prop.kind.is_date)
        made = Named(f"f{draft.named}", self.kinds, dates)
        return made.name, replace(self, known=(*self.known, made))


def properties(kinds: frozenset[str]) -> dict[str, Property]:
    """Return the properties of a label or of a declaration; of several labels those that all facts have."""
    if len(kinds) != 1:
        return COMMON
    (kind,) = kinds
    spec = model().concepts.get(kind) or model().relationships.get(kind)
    return COMMON | spec.properties if spec else COMMON


def named_date(draft: Draft, here: Here, name: str) -> dict[str, Any] | None:
    """Take a date of a named fact; None if no fact is named."""
    if not here.known:
        return None
    named = draft.pick(here.known)
    if name in named.dates and draft.chance(0.6):
        return {"fact": named.name}
    return {"fact": named.name, "date": draft.pick(named.dates)}
