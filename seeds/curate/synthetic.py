"""Curation, made-up facts. In: what a fact is to say. Out: its row, marked SYNTHETIC, with an id that tells nothing."""

from dataclasses import dataclass
from random import Random

from schema.language.declare import kebab
from seeds.curate.files import Row

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
ID_LENGTH = 16


def seeded(*words: object) -> Random:
    """Return a generator of its own for each use, so that a change in one does not change another."""
    return Random(" ".join(map(str, words)))  # noqa: S311 - made-up data need repetition, not secrecy


@dataclass(frozen=True)
class Confidential:
    """Makes the rows of made-up facts that one city holds."""

    holder: str
    random: Random

    def id(self, label: str) -> str:
        """Draw the id of a fact of this label or type: person/7f3k..."""
        return f"{kebab(label)}/" + "".join(self.random.choices(ALPHABET, k=ID_LENGTH))

    def node(self, label: str, given: Row) -> Row:
        """Make the row of a node with an id drawn."""
        return {"label": label, "id": self.id(label), **given, **self._rest()}

    def tie(self, type_: str, start: str, end: str, given: Row | None = None) -> Row:
        """Make the row of a relationship with an id drawn."""
        ends = {"type": type_, "id": self.id(type_.title()), "from": start, "to": end}
        return {**ends, **(given or {}), **self._rest()}

    def _rest(self) -> Row:
        return {"marking": "AMBER", "holders": [self.holder], "confidence": "SYNTHETIC"}


def public_node(label: str, id_: str, given: Row) -> Row:
    """Make the row of a made-up node that everybody may see."""
    return {"label": label, "id": id_, **given, "confidence": "SYNTHETIC"}


def public_tie(type_: str, start: str, end: str) -> Row:
    """Make the row of a made-up relationship that everybody may see."""
    return {"type": type_, "from": start, "to": end, "confidence": "SYNTHETIC"}
