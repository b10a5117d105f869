"""What a trial would do to single facts. In: facts before and after. Out: Change, and what one reader is shown of its values."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from graph.events.event import Access, Did
from graph.facts.fact import Fact
from graph.facts.restored import restored
from graph.facts.rows import Row
from schema.derived.rows import audience, marking_of
from schema.domain.evidence import COMMON, Confidence
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.kinds import SYNTHETIC, Marking, level

Spec = ConceptSpec | RelationshipSpec
HOLDERS = "holders"


@dataclass(frozen=True)
class Stated:
    """A fact that a row states: its declaration and id, what is stored of it (empty if it is new), and its ends."""

    where: str
    spec: Spec
    id: str
    stored: Mapping[str, Any] = field(hash=False)
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Change:
    """A fact that a row concerns. `did` is None if the fact stays as it is, or if its row is refused.

    `accesses` says who may see the fact before and after. `spec` is None for a relationship that goes with its node.
    """

    where: str
    did: Did | None
    of: str
    id: str
    accesses: tuple[Access, ...]
    spec: Spec | None = None
    before: Mapping[str, Any] = field(default_factory=dict, hash=False)
    after: Mapping[str, Any] = field(default_factory=dict, hash=False)
    start: str = ""
    end: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the fact would be created."""
        return self.did is Did.CREATED

    def references(self) -> Iterator[str]:
        """Yield the ids of other facts that its values hold."""
        for name, values in (each for side in (self.before, self.after) for each in self._values(side).items()):
            if self._refers(name):
                yield from [values] if isinstance(values, str) else values

    def fields(self, visible: Collection[str]) -> list[dict[str, Any]]:
        """Return the fields that change, values as JSON. A reference is shown if its fact is among the `visible` ones.

        Who held a fact before is shown to nobody.
        """
        before, after = (self._shown(self._values(side), visible) for side in (self.before, self.after))
        if self.before and before.pop(HOLDERS, None) == after.get(HOLDERS):
            after.pop(HOLDERS, None)
        names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
        return [{"field": name, "before": _json(before.get(name)), "after": _json(after.get(name))} for name in names]

    def _values(self, columns: Mapping[str, Any]) -> dict[str, Any]:
        return restored(columns, self.spec) if columns and self.spec else {}

    def _shown(self, values: Mapping[str, Any], visible: Collection[str]) -> dict[str, Any]:
        shown = {}
        for name, value in values.items():
            if self._refers(name):
                held = [id_ for id_ in ([value] if isinstance(value, str) else value) if id_ in visible]
                value = held if isinstance(value, list) else next(iter(held), None)
            if value not in (None, []):
                shown[name] = value
        return shown

    def _refers(self, name: str) -> bool:
        prop = (COMMON | self.spec.properties).get(name) if self.spec else None
        return prop is not None and bool(prop.refers_to)


def changes_of(stated: Sequence[Stated], rows: Mapping[str, Row], facts: Sequence[Fact]) -> tuple[Change, ...]:
    """Return what becomes of the facts that rows state; `facts` are those that would be written."""
    written = {fact.id: fact for fact in facts}
    return tuple(_change(each, rows.get(each.where), written.get(each.id)) for each in stated)


def _change(stated: Stated, row: Row | None, fact: Fact | None) -> Change:
    spec, before = stated.spec, stated.stored
    accesses = [access(before)] if before else []
    did = None
    if fact is not None:
        accesses.append(access(fact.properties))
        same = bool(before) and before["_digest"] == fact.properties["_digest"]
        did = None if same else Did.CHANGED if before else Did.CREATED
    elif row is not None:
        accesses.append(_wanted(row, spec))
    after = fact.properties if fact else {}
    of = spec.type if isinstance(spec, RelationshipSpec) else spec.label
    return Change(stated.where, did, of, stated.id, tuple(accesses), spec, before, after, stated.start, stated.end)


def access(columns: Mapping[str, Any]) -> Access:
    """Return who may see a stored fact."""
    return Access(columns["level"], columns["audience"])


def _wanted(row: Row, spec: Spec) -> Access:
    """Return who may see the fact of a refused row; if marking and holders contradict each other, the fewest."""
    synthetic = row.values.get("confidence") == Confidence.SYNTHETIC.name
    owners = list(row.values.get(HOLDERS) or ())
    try:
        marking = marking_of(spec, row.values.get("marking"))
        admitted = audience(marking, owners)
    except (KeyError, ValueError):
        marking, admitted = Marking.RED, "+".join(owners)
    return Access(level(marking, synthetic=synthetic), SYNTHETIC + admitted if synthetic else admitted)


def _json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
