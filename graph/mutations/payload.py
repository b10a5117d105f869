"""The answer of a mutation. In: what was written, what is selected of it. Out: JSON; facts come from compiled questions.

A selection of written facts becomes a question of its own (`graph.question.part`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.access.rights import Rights
from graph.bolt.write import Unit
from graph.facts.diff import Diff
from graph.facts.rows import Problem
from graph.facts.wanted import Done
from graph.question.engine import Engine, Prepared, Ready
from graph.question.part import IDS, KEY, PAGE, PLACEHOLDER


@dataclass(frozen=True)
class Reading:
    """How written facts are read: by an engine, with the variables of the document, for a writer, in his transaction."""

    engine: Engine
    variables: Mapping[str, Any]
    rights: Rights
    unit: Unit


@dataclass(frozen=True)
class Facts:
    """A selection of written facts: its response key, which facts, and the question that answers it."""

    key: str
    name: str
    ready: Ready

    def prepared(self, engine: Engine, variables: Mapping[str, Any], ids: Sequence[str], rights: Rights) -> Prepared:
        """Bind the question to ids. Raise QuestionError if it asks for too much."""
        return engine.bound(self.ready, {**variables, IDS: list(ids)}, rights)


@dataclass(frozen=True)
class Payload:
    """What is selected of a payload: plain fields by response key, and facts."""

    type: str
    plain: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = field(hash=False)
    facts: tuple[Facts, ...] = ()
    keys: tuple[str, ...] = ()

    def check(self, engine: Engine, variables: Mapping[str, Any], count: int, rights: Rights) -> None:
        """Refuse, before anything is written, what would be too much to answer."""
        for each in self.facts:
            each.prepared(engine, variables, [PLACEHOLDER] * min(count, PAGE), rights)

    async def of(self, done: Done, reading: Reading) -> dict[str, Any]:
        """Return the payload of a write, in its transaction."""
        answer = {key: _plain(name, inner, self.type, done) for key, (name, inner) in self.plain.items()}
        for each in self.facts:
            ids = _IDS[each.name](done)
            answer[each.key] = await _shown(each, ids, reading)
        return {key: answer[key] for key in self.keys}

    def refused(self, problems: Sequence[Problem]) -> dict[str, Any]:
        """Return the payload of a write of which nothing was stored."""
        nothing = Done(Diff(problems=tuple(problems)))
        answer = {key: _plain(name, inner, self.type, nothing) for key, (name, inner) in self.plain.items()}
        return {key: answer.get(key, []) for key in self.keys}


_IDS: dict[str, Callable[[Done], list[str]]] = {
    "nodes": lambda done: [id_ for id_ in done.nodes if id_],
    "starts": lambda done: [ends[0] for id_, ends in zip(done.relationships, done.ends, strict=True) if id_ and ends],
    "ends": lambda done: [ends[1] for id_, ends in zip(done.relationships, done.ends, strict=True) if id_ and ends],
}

_LISTS: dict[str, Callable[[Done], list[str]]] = {
    "ids": lambda done: [id_ for id_ in done.relationships if id_],
    "deletedIds": lambda done: list(done.named),
    "endedIds": lambda done: list(done.named),
}


def _plain(name: str, inner: tuple[tuple[str, str], ...], type_: str, done: Done) -> Any:
    if name == "__typename":
        return type_
    if name == "deleted":
        return len(done.named)
    if name in _LISTS:
        return _LISTS[name](done)
    if name == "problems":
        return [{key: _of_problem(each, part) for key, part in inner} for each in done.diff.problems]
    return getattr(done.diff, name)


def _of_problem(problem: Problem, name: str) -> Any:
    if name == "__typename":
        return "RowProblem"
    if name == "path":
        return problem.where if problem.field == "(row)" else f"{problem.where}.{problem.field}"
    return {"code": problem.code, "message": problem.reason, "accepted": list(problem.accepted)}[name]


async def _shown(facts: Facts, ids: Sequence[str], reading: Reading) -> list[Any]:
    shown: list[Any] = []
    for at in range(0, len(ids), PAGE):
        prepared = facts.prepared(reading.engine, reading.variables, ids[at : at + PAGE], reading.rights)
        answer = await reading.engine.within(prepared, reading.unit)
        shown += (answer.data or {}).get(KEY) or []
    return shown
