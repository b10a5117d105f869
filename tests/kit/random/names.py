"""Names in an answer. In: a field's name and signature. Out: the name that it is answered under, with what stands below."""

from dataclasses import dataclass, field

from tests.kit.random.ends import End

MOST_ALIASES = 25
HOSTILE = (
    *("class", "None", "lambda", "row", "q", "_", "data", "rows", "__name", "label", "split", "import", "self", "id"),
    *("edges", "totalCount", "node", "where", "null", "true", "n0", "on", "type", "count", "key", "name", "__proto__"),
)
"""Aliases that mean something to Python, JSON, GraphQL or the code that is generated here."""


@dataclass
class Scope:
    """What a selection already holds under each name, so that fields of one name can be merged."""

    fields: dict[str, tuple[str, "Scope"]] = field(default_factory=dict)

    def claim(self, name: str, signature: str) -> "Scope | None":
        """Return the scope below a name; None if another field has it."""
        known, below = self.fields.setdefault(name, (signature, Scope()))
        return below if known == signature else None

    def takes(self, other: "Scope") -> bool:
        """Whether the fields of another scope can stand beside these."""
        for name in self.fields.keys() & other.fields.keys():
            (one, here), (two, there) = self.fields[name], other.fields[name]
            if one != two or not here.takes(there):
                return False
        return True

    def add(self, other: "Scope") -> None:
        for name, (signature, below) in other.fields.items():
            self.fields.setdefault(name, (signature, Scope()))[1].add(below)


@dataclass
class Fragment:
    """A named fragment: the type that it is on, the list that it was made for, what it holds, and its text."""

    on: str
    end: End
    dated: bool
    scope: Scope
    text: str


@dataclass
class Names:
    """How many aliases a document has, and its named fragments."""

    aliases: int = 0
    fragments: dict[str, Fragment] = field(default_factory=dict)
