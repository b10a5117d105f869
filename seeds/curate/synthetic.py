"""Rows of made-up facts. In: labels, types and properties. Out: rows with confidence SYNTHETIC; random ids if confidential."""

from dataclasses import dataclass
from random import Random

from schema.language.declare import kebab
from seeds.curate.files import Row

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
ID_LENGTH = 16


def seeded(*words: object) -> Random:
    """Return a random generator with these words as its seed. Each use has its own, so that changes do not affect others."""
    return Random(" ".join(map(str, words)))  # noqa: S311 - made-up data need repetition, not secrecy


@dataclass(frozen=True)
class Confidential:
    """Makes the rows of made-up facts that one city holds."""

    holder: str
    random: Random

    def id(self, label: str) -> str:
        """Draw the id of a fact of this label or type, such as person/7f3k..."""
        return f"{kebab(label)}/" + "".join(self.random.choices(ALPHABET, k=ID_LENGTH))

    def node(self, label: str, properties: Row) -> Row:
        """Make the row of a node with a random id."""
        return {"label": label, "id": self.id(label), **properties, **self._rest()}

    def relationship(self, type_: str, start: str, end: str, properties: Row | None = None) -> Row:
        """Make the row of a relationship with a random id."""
        ends = {"type": type_, "id": self.id(type_.title()), "from": start, "to": end}
        return {**ends, **(properties or {}), **self._rest()}

    def _rest(self) -> Row:
        return {"marking": "AMBER", "holders": [self.holder], "confidence": "SYNTHETIC"}


def public_node(label: str, id_: str, properties: Row) -> Row:
    """Make the row of a made-up node that everybody may see."""
    return {"label": label, "id": id_, **properties, "confidence": "SYNTHETIC"}


def public_relationship(type_: str, start: str, end: str) -> Row:
    """Make the row of a made-up relationship that everybody may see."""
    return {"type": type_, "from": start, "to": end, "confidence": "SYNTHETIC"}
