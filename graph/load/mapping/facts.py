"""Facts of a record. In: what the config says of a fact, and a record. Out: its rows, or what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from graph.facts.check import read_fact
from graph.facts.rows import Problem, Row, RowRefused
from graph.load.mapping.cells import Wrong, cell, is_empty, text_of
from graph.load.mapping.references import Own, Reference
from graph.load.mapping.values import Value, missing
from graph.matching.named import Named
from schema.model import Model

STANDS_IN = "x"
"""Stands for the id of a fact that is still to be matched, when a row is checked."""


@dataclass(frozen=True)
class Condition:
    """Whether a record has a fact: one of these texts stands in a column, or none of these, or anything or nothing does."""

    column: str
    texts: frozenset[str] = frozenset()
    wanted: bool = True
    filled: bool | None = None
    empty: frozenset[str] = frozenset()

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it holds for a record."""
        raw = cell(values, self.column)
        if self.filled is not None:
            return is_empty(raw, self.empty) is not self.filled
        if is_empty(raw, self.empty):
            return not self.wanted
        return any(text_of(each) in self.texts for each in (raw if isinstance(raw, list) else [raw])) is self.wanted


@dataclass(frozen=True)
class FactMap:
    """A fact of a record: a concept with its handle, or a relationship with its two ends."""

    handle: str
    label: str = ""
    type: str = ""
    key: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    start: Reference | None = None
    end: Reference | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    references: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    """References that are lists."""

    @property
    def uses(self) -> frozenset[str]:
        """The handles of facts that it refers to."""
        ends = [end for end in (self.start, self.end) if end]
        given = (*ends, *(each for references in self.references.values() for each in references))
        return frozenset(filter(None, (each.handle for each in given)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it is made of."""
        ends = [end for end in (self.start, self.end) if end]
        found = [column for value in self.values.values() for column in value.columns]
        for reference in (*ends, *(each for references in self.references.values() for each in references)):
            found += reference.columns
        return tuple(dict.fromkeys((*self.key, *(each.column for each in self.when), *found)))

    def states(self, values: Mapping[str, Any]) -> bool:
        """Whether the record has this fact."""
        return all(condition.holds(values) for condition in self.when)


@dataclass(frozen=True)
class Stating:
    """What rows of one record share: its place, its own facts, its provenance, and the model that they are checked against."""

    where: str
    own: Own
    rows: tuple[str, ...]
    confidence: str
    source: str
    model: Model


def state(fact: FactMap, values: Mapping[str, Any], stating: Stating) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a fact: one for a concept, and one for each pair of ends of a relationship. Problems leave none."""
    problems: list[Problem] = []
    try:
        ends = list(_ends(fact, values, stating))
    except Wrong as wrong:
        return [], [_problem(stating, fact, "from or to", wrong)]
    # A relationship that leads nowhere is not stated, and nothing that is said of it is wrong.
    given = _properties(fact, values, stating, problems) if ends else {}
    rows = [] if problems else [Row(stating.where, {**each, **given}) for each in ends]
    for row in rows:
        problems += _faults(row, fact, stating)
    return ([], problems) if problems else (rows, [])


def _properties(fact: FactMap, values: Mapping[str, Any], stating: Stating, problems: list[Problem]) -> dict[str, Any]:
    """Return the properties of a fact; what is wrong with them goes to the problems."""
    given: dict[str, Any] = {"sources": [stating.source], "confidence": stating.confidence, "rows": [*stating.rows]}
    for name, value in fact.values.items():
        try:
            found = value.get(values)
            if found is None and name in fact.required:
                raise missing(value, values)
        except Wrong as wrong:
            problems.append(_problem(stating, fact, name, wrong))
            continue
        if found is not None:
            given[name] = found
    for name, references in fact.references.items():
        try:
            facts = [each for reference in references for each in reference.find(values, stating.own)]
            if len(facts) > 1 and name not in fact.several:
                raise Wrong(f"names {len(facts)} facts, and one is wanted")
        except Wrong as wrong:
            problems.append(_problem(stating, fact, name, wrong))
            continue
        if facts:
            given[name] = facts if name in fact.several else facts[0]
    return given


def _ends(fact: FactMap, values: Mapping[str, Any], stating: Stating) -> Iterator[dict[str, Any]]:
    """Yield what makes each row this fact: label and id, or type and ends."""
    if fact.start is None or fact.end is None:
        yield {"label": fact.label, "id": stating.own.ids[fact.handle]}
        return
    starts, ends = fact.start.find(values, stating.own), fact.end.find(values, stating.own)
    for start, end in product(starts, ends):
        yield {"type": fact.type, "from": start, "to": end}


def _faults(row: Row, fact: FactMap, stating: Stating) -> list[Problem]:
    """Check a row as writing will, with other ids for what is still to be matched."""
    checked = {name: _stood_in(value, stating.model) for name, value in row.values.items()}
    try:
        read_fact(Row(row.where, checked), stating.model)
    except RowRefused as refused:
        given = [(*problem, "INVALID")[:3] for problem in refused.problems]
        return [Problem(row.where, f"{fact.handle}.{name}", reason, code) for name, reason, code in given]
    return []


def _stood_in(value: Any, model: Model) -> Any:
    if isinstance(value, Named):
        return f"{model.concepts[value.label].prefix}/{STANDS_IN}"
    return [_stood_in(each, model) for each in value] if isinstance(value, list) else value


def _problem(stating: Stating, fact: FactMap, name: str, wrong: Wrong) -> Problem:
    return Problem(stating.where, f"{fact.handle}.{name}", wrong.reason, wrong.code, wrong.accepted)
