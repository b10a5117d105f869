"""What one field of the root writes. In: its name and its rows. Out: Write, which a transaction does."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from graph.bolt.write import Unit
from graph.facts.delete import delete
from graph.facts.end import end
from graph.facts.found import Looked, Value, named_ids, natural_keys
from graph.facts.upsert import Writing, upsert
from graph.facts.wanted import Done
from graph.mutations.arguments import Wanted, ends, of_concept, of_relationship, removals
from graph.mutations.marks import Marks, marks
from schema.language.writes import DELETE, END, UPSERT
from schema.model import FACT, Model

SMALL = 20
"""Most rows of a write that shares its transaction with others."""
Work = Callable[[Unit, Model, Writing], Awaitable[Done]]


@dataclass(frozen=True)
class Write:
    """A write: the type of the facts that its payload shows, how many it may show, and the work in a transaction.

    `keys` are the ids of the nodes that it is about, `values` the values that name nodes, and `named` ids of other facts in its
    rows. If others may share its transaction, it `is_small`, and `marks` says what it reads and writes.
    """

    of: str
    count: int
    work: Work = field(repr=False)
    keys: frozenset[str]
    named: frozenset[str] = frozenset()
    values: frozenset[Value] = frozenset()
    marks: Callable[[Looked], Marks] | None = field(default=None, repr=False)

    @property
    def is_small(self) -> bool:
        """Whether others may share its transaction."""
        return self.marks is not None


def write(name: str, rows: Sequence[Mapping[str, Any]], model: Model, today: str) -> Write:
    """Read what a field of the root writes. Raise BadUserInput if there are too many rows."""
    if name == DELETE:
        removed = removals(rows)
        keys = frozenset(each.id for each in removed)
        return Write(FACT, len(removed), lambda unit, model, by: delete(unit, removed, model, by), keys)
    if name == END:
        ended = ends(rows, today)
        keys = frozenset(each.id for each in ended)
        return Write(FACT, len(ended), lambda unit, model, by: end(unit, ended, model, by), keys)
    label = written_type(name, model)
    if label == FACT:
        return _upsert(FACT, of_relationship(name.removeprefix(UPSERT), rows, model), model)
    return _upsert(label, of_concept(label, rows, model), model)


@lru_cache(1_000)
def written_type(name: str, model: Model) -> str:
    """Return the type of the facts that the payload of a field of the root shows."""
    of = name.removeprefix(UPSERT)
    plural = of[:1].lower() + of[1:]
    return next((label for label, spec in model.concepts.items() if spec.plural == plural and of != name), FACT)


def _upsert(of: str, wanted: Wanted, model: Model) -> Write:
    count = max(len(wanted.nodes), len(wanted.relationships))
    keys = frozenset(each.key[1] for each in wanted.nodes if each.key and each.key[0] == "id")
    named = frozenset(id_ for _, _, id_ in named_ids(wanted.nodes, wanted.relationships, model))
    is_small = len(wanted.nodes) + len(wanted.relationships) <= SMALL
    marked = partial(marks, wanted, model=model) if is_small else None
    return Write(of, count, partial(_upserted, wanted), keys, named, frozenset(natural_keys(wanted.nodes)), marked)


async def _upserted(wanted: Wanted, unit: Unit, model: Model, by: Writing) -> Done:
    return await upsert(unit, wanted.nodes, wanted.relationships, model, by)
