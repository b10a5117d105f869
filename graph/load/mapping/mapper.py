"""The mapper of a feed. In: records. Out: their keys, and the rows that they state."""

import hashlib
from dataclasses import dataclass

from graph.facts.rows import Problem, Row
from graph.load.mapped import Mapped, OwnId
from graph.load.mapping.cells import Wrong
from graph.load.mapping.facts import FactMap, Stating, state
from graph.load.mapping.references import Own, key_of
from graph.load.records import Record
from schema.model import Model

SOURCE = "source"
"""The handle of the source that the feed itself is."""
MAPPED_AS = "1"
"""Raised when records are mapped in a new way, so that rows which were made before are made again."""
LONGEST_KEY = 400
"""Characters of a key."""


@dataclass(frozen=True)
class RecordMapper:
    """Turns records into rows as a config says. Concepts come before relationships."""

    feed: str
    digest: str
    keys: tuple[str, ...]
    facts: tuple[FactMap, ...]
    empty: frozenset[str]
    confidence: str
    source_label: str
    model: Model

    def key(self, record: Record) -> str | Problem:
        """Return what tells a record from the others of its feed, or why it has no key or could not be read."""
        if record.problem:
            return Problem(record.where, "(record)", record.problem)
        named = ", ".join(self.keys)
        try:
            key = key_of(record.values, self.keys, self.empty)
        except Wrong as wrong:
            return Problem(record.where, f"key {named}", wrong.reason, "MISSING", wrong.accepted)
        if not key:
            return Problem(record.where, f"key {named}", "is empty; each record needs a key of its own", "MISSING")
        if any("\ud800" <= char <= "\udfff" for char in key):
            return Problem(record.where, f"key {named}", f"{key!a} has half a character, which is no text")
        if len(key) > LONGEST_KEY:
            reason = f"has {len(key):,} characters; at most {LONGEST_KEY} are accepted"
            return Problem(record.where, f"key {named}", reason)
        return key

    def rows(self, record: Record, key: str, own_id: OwnId) -> Mapped:
        """Return the rows of a record. A fact with a problem is left out, and so is what refers to it."""
        values = record.values
        if record.problem:
            return Mapped(record.where, key, (), (Problem(record.where, "(record)", record.problem),))
        problems: list[Problem] = []
        stated = [fact for fact in self.facts if _states(fact, record, problems)]
        keys = {fact.handle: self._own_key(fact, record, key, problems) for fact in stated if fact.label}
        ids = {
            fact.handle: own_id(fact.label, fact.handle, keys[fact.handle]) for fact in stated if keys.get(fact.handle)
        }
        own = Own(ids | {SOURCE: own_id(self.source_label, SOURCE, "")}, own_id)
        made: list[tuple[FactMap, list[Row]]] = []
        for fact in stated:
            if fact.label and fact.handle not in ids:
                continue
            provenance = f"{self.feed} {keys.get(fact.handle, key)}"
            stating = Stating(record.where, own, (provenance,), self.confidence, own.ids[SOURCE], self.model)
            rows, wrong = state(fact, values, stating)
            problems += wrong
            made.append((fact, rows))
        return Mapped(record.where, key, _standing(made), tuple(problems))

    def _own_key(self, fact: FactMap, record: Record, key: str, problems: list[Problem]) -> str:
        """Return the key of a fact: that of the record, or its own, with which several records may state it."""
        if not fact.key:
            return key
        try:
            return key_of(record.values, fact.key, self.empty)
        except Wrong as wrong:
            problems.append(Problem(record.where, f"{fact.handle}.key", wrong.reason, "MISSING", wrong.accepted))
            return ""


def _states(fact: FactMap, record: Record, problems: list[Problem]) -> bool:
    try:
        return fact.states(record.values)
    except Wrong as wrong:
        problems.append(Problem(record.where, f"{fact.handle}.when", wrong.reason))
        return False


def _standing(made: list[tuple[FactMap, list[Row]]]) -> tuple[Row, ...]:
    """Leave out the facts that refer to a concept of this record that was left out."""
    gone = {fact.handle for fact, rows in made if fact.label and not rows}
    while also := {fact.handle for fact, rows in made if fact.label and rows and fact.uses & gone} - gone:
        gone |= also
    return tuple(row for fact, rows in made if fact.handle not in gone and not fact.uses & gone for row in rows)


def digest_of(*parts: str) -> str:
    """Return a digest of everything that rows are made from."""
    return hashlib.sha256("\x00".join((MAPPED_AS, *parts)).encode()).hexdigest()
