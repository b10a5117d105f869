"""The answer of a mutation. In: what was written, what is selected of it. Out: JSON; facts come from compiled questions.

A selection of written facts becomes a question of its own (`graph.question.part`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.access.rights import Rights
from graph.bolt.write import Unit
from graph.facts.diff import Diff
from graph.facts.rows import Problem
from graph.facts.wanted import Done
from graph.mutations.shown import picked, problem_shown
from graph.question.document.selection import Selection
from graph.question.engine import Engine, Prepared, Ready
from graph.question.part import IDS, KEY, PAGE, PLACEHOLDER


@dataclass(frozen=True)
class Reading:
    """How written facts are read: by an engine, with the coerced variables of the document, for a writer, in his transaction.

    `draft` is the draft that the payload tells of.
    """

    engine: Engine
    variables: Mapping[str, Any]
    rights: Rights
    unit: Unit
    draft: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Facts:
    """A selection of written facts: its response key, which facts, and the question that answers it."""

    key: str
    name: str
    ready: Ready

    def prepared(self, engine: Engine, variables: Mapping[str, Any], ids: Sequence[str], rights: Rights) -> Prepared:
        """Bind the question to ids and coerced variables. Raise QuestionError if it asks for too much."""
        return engine.bound_to(self.ready, self._given(variables, ids), rights)

    def is_compiled(self, variables: Mapping[str, Any], rights: Rights) -> bool:
        """Whether the question is compiled for such variables and rights."""
        return self.ready.compiled.get(self.ready.key(self._given(variables, [PLACEHOLDER]), rights)) is not None

    def _given(self, variables: Mapping[str, Any], ids: Sequence[str]) -> dict[str, Any]:
        return {**{name: variables[name] for name in self.used if name in variables}, IDS: list(ids)}

    @cached_property
    def used(self) -> tuple[str, ...]:
        """Return the variables of the document that the question uses."""
        return tuple(each.variable.name.value for each in self.ready.operation.variable_definitions or ())


@dataclass(frozen=True)
class Payload:
    """What is selected of a payload: plain fields by response key, facts, problems and the draft."""

    type: str
    plain: dict[str, str] = field(hash=False)
    facts: tuple[Facts, ...] = ()
    nested: tuple[Selection, ...] = ()
    keys: tuple[str, ...] = ()

    def is_compiled(self, variables: Mapping[str, Any], rights: Rights) -> bool:
        """Whether the questions for facts are compiled for such variables and rights."""
        return all(each.is_compiled(variables, rights) for each in self.facts)

    def check(self, engine: Engine, variables: Mapping[str, Any], count: int, rights: Rights) -> None:
        """Refuse, before anything is written, what would be too much to answer."""
        for each in self.facts:
            each.prepared(engine, variables, [PLACEHOLDER] * min(count, PAGE), rights)

    async def of(self, done: Done, reading: Reading) -> dict[str, Any]:
        """Return the payload of a write, in its transaction."""
        answer = self._told(done, draft=reading.draft)
        for each in self.facts:
            ids = _IDS[each.name](done)
            answer[each.key] = await _shown(each, ids, reading)
        return {key: answer[key] for key in self.keys}

    def refused(self, problems: Sequence[Problem], draft: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the payload of a write of which nothing was stored."""
        answer = self._told(Done(Diff(problems=tuple(problems))), draft=draft)
        return {key: answer.get(key, []) for key in self.keys}

    def told(self, **nested: Mapping[str, Any]) -> dict[str, Any]:
        """Return the payload of a write that shows no facts."""
        answer = self._told(Done(), **nested)
        return {key: answer[key] for key in self.keys}

    def _told(self, done: Done, **nested: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return all but facts."""
        told: dict[str, Any] = {"draft": None, "match": None, **nested}
        told["problems"] = [problem_shown(each) for each in done.diff.problems]
        answer = {key: _plain(name, self.type, done) for key, name in self.plain.items()}
        return answer | {each.key: picked(told[each.name], each) for each in self.nested}


_IDS: dict[str, Callable[[Done], list[str]]] = {
    "nodes": lambda done: [id_ for id_ in done.nodes if id_],
    "starts": lambda done: [ends[0] for id_, ends in zip(done.relationships, done.ends, strict=True) if id_ and ends],
    "ends": lambda done: [ends[1] for id_, ends in zip(done.relationships, done.ends, strict=True) if id_ and ends],
}

_LISTS: dict[str, Callable[[Done], list[str]]] = {
    "ids": lambda done: [id_ for id_ in done.relationships if id_],
    "facts": lambda done: [*dict.fromkeys(id_ for id_ in (*done.nodes, *done.relationships, *done.named) if id_)],
    "deletedIds": lambda done: list(done.named),
    "endedIds": lambda done: list(done.named),
}


def _plain(name: str, type_: str, done: Done) -> Any:
    if name == "__typename":
        return type_
    if name == "deleted":
        return len(done.named)
    return _LISTS[name](done) if name in _LISTS else getattr(done.diff, name)


async def _shown(facts: Facts, ids: Sequence[str], reading: Reading) -> list[Any]:
    shown: list[Any] = []
    for at in range(0, len(ids), PAGE):
        prepared = facts.prepared(reading.engine, reading.variables, ids[at : at + PAGE], reading.rights)
        answer = await reading.engine.within(prepared, reading.unit)
        shown += (answer.data or {}).get(KEY) or []
    return shown
