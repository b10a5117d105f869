"""What the event log gets of a write. In: a batch of facts and what the database did with them. Out: events, without values."""

from collections.abc import Iterable, Sequence
from typing import Any

from graph.bolt.write import Changed, Written
from graph.events.event import Access, Did, Logged
from graph.facts.diff import properties
from graph.facts.fact import Fact
from graph.facts.values import Owners

HOLDERS = "holders"
"""The field of a row that is stored in the audience only. No viewer is shown it, so only the operator is told that it changed."""


def logged(batch: Sequence[Fact], done: Written, references: Sequence[str], freed: Owners) -> list[Logged]:
    """Return an event for each fact that was created or changed, in the order of the batch."""
    created, changed = set(done.created), {each.id: each for each in done.changed}
    taken: dict[str, set[str]] = {}
    for (_, name, _), owner in freed.items():
        taken.setdefault(owner, set()).add(name)
    events = []
    for fact in batch:
        if fact.id in created:
            events.append(Logged(Did.CREATED, fact.of, fact.id, None, access(fact), fact.start, fact.end))
        elif fact.id in changed:
            events.append(_change(fact, changed[fact.id], references, taken.get(fact.id, set())))
    return events


def access(fact: Fact) -> Access:
    """Return who may see a fact that is to be written."""
    return Access(fact.properties["level"], fact.properties["audience"])


def _change(fact: Fact, change: Changed, references: Sequence[str], taken: Iterable[str]) -> Logged:
    """Return the event of a change; `taken` are unique values that were removed from the fact before it was written."""
    fields = properties((*change.gone, *change.altered, *change.added, *taken))
    was, now = Access(change.level, change.audience), access(fact)
    kept = () if _holders(was) == _holders(now) else (HOLDERS,)
    pairs = zip(references, change.referred, strict=True)
    refs = [f"{name} {id_}" for name, former in pairs for id_ in sorted(_ids(former) ^ _ids(fact.properties.get(name)))]
    return Logged(Did.CHANGED, fact.of, fact.id, was, now, fact.start, fact.end, fields, kept, tuple(refs))


def _holders(access: Access) -> str:
    return access.audience.partition(":")[2]


def _ids(value: Any) -> set[str]:
    if value is None:
        return set()
    return {value} if isinstance(value, str) else set(value)
