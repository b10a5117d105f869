"""Constraints and indexes for Neo4j Community. In: the model. Out: the rules that graph/cypher/ddl writes as statements."""

from collections.abc import Iterator
from dataclasses import dataclass

from schema.domain.evidence import COMMON
from schema.language.kinds import Property
from schema.model import FACT, Model


@dataclass(frozen=True)
class Unique:
    """No two nodes of a label, or relationships of a type, have the same value."""

    of: str
    prop: str
    relationship: bool = False


@dataclass(frozen=True)
class Index:
    """An index of the nodes of a label by these properties, also for reading them in order."""

    label: str
    props: tuple[str, ...]


@dataclass(frozen=True)
class FullText:
    """A full-text index of these properties, which hold folded words."""

    labels: tuple[str, ...]
    props: tuple[str, ...]


@dataclass(frozen=True)
class Lines:
    """An index of the nodes of a label by one property that holds folded lines, for finding a whole line."""

    label: str
    prop: str


Rule = Unique | Index | FullText | Lines

SYSTEM: tuple[Rule, ...] = (
    Unique("_Load", "file"),
    Unique("_Meta", "name"),
    Unique("_Audience", "audience"),
    Unique("_Grant", "id"),
    Index("_Grant", ("actor",)),
    Unique("_Key", "id"),
    Unique("_Request", "key"),
    Unique("_Sequence", "name"),
    Unique("_Event", "seq"),
    Unique("_Webhook", "id"),
    Unique("_DeadLetter", "id"),
    Index("_DeadLetter", ("webhook", "seq")),
    Unique("_Tombstone", "id"),
    Index("_Tombstone", ("start",)),
    Index("_Tombstone", ("end",)),
    Unique("_Feed", "name"),
    Unique("_FeedRow", "id"),
    Index("_FeedRow", ("feed", "id")),
    Unique("_FeedName", "id"),
    Index("_FeedName", ("feed", "id")),
    Unique("_FeedClaim", "id"),
    Index("_FeedClaim", ("fact",)),
    Index("_FeedRun", ("feed", "number")),
    Unique("_Draft", "id"),
    Index("_Draft", ("state",)),
    Unique("_Match", "key"),
    Index("_Match", ("state",)),
)
"""Constraints and indexes of the platform's own nodes."""


def rules(model: Model) -> list[Rule]:
    """List every constraint and index, in a fixed order."""
    every: list[Rule] = [*SYSTEM, Unique(FACT, "id"), Unique(FACT, "key")]
    for label, spec in model.concepts.items():
        properties = COMMON | spec.properties
        every += [Unique(label, prop.name) for prop in properties.values() if prop.unique]
        every += [Index(label, ("id",)), *(Index(label, (column, "id")) for column in _sorted(properties))]
        every += [Index(label, (prop.name,)) for prop in properties.values() if prop.indexed]
        every += [_of_name(label, prop, model) for prop in properties.values() if prop.is_a_name]
    every += [Unique(type_, "key", relationship=True) for type_ in _types(model)]
    return [*every, _full_text(model)]


def _of_name(label: str, prop: Property, model: Model) -> Rule:
    """Choose the index by which facts are found by a folded name."""
    return Lines(label, prop.words) if model.is_found_by_part(label, prop) else Index(label, (prop.words,))


def _types(model: Model) -> list[str]:
    return sorted({spec.type for spec in model.relationships.values()})


def _sorted(properties: dict[str, Property]) -> Iterator[str]:
    for prop in properties.values():
        if prop.sorted:
            yield prop.day if prop.kind.is_date else prop.name


def _full_text(model: Model) -> FullText:
    searched = {
        label: [prop.words for prop in spec.properties.values() if prop.searched]
        for label, spec in model.concepts.items()
    }
    labels = tuple(label for label, columns in searched.items() if columns)
    return FullText(labels, tuple(sorted({column for columns in searched.values() for column in columns})))
