"""The size of a document before it is parsed. In: document text. Out: nothing, or QuestionTooExpensive.

Parsing and validation take up to a second for a text of 100 kB. This takes 15 ms at most, and stops at the first limit passed.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from graph.errors import QuestionTooExpensive

TOKEN = re.compile(
    r'"""(?:[^"\\]|\\"""|\\|"(?!""))*+(?:"""|\Z)|"(?:[^"\\\n\r]|\\.)*+"?|#[^\n\r]*|\.\.\.'
    r"|[_A-Za-z][_0-9A-Za-z]*|-?[0-9][0-9.eE+-]*|[^\s,]",
    re.DOTALL,
)
"""A token or a comment. Text that is no token matches as single characters; the parser refuses it later."""
DEFINITIONS = 200
"""Most operations and fragments of a document."""
VARIABLES = 500
"""Most variables that the operations of a document declare."""


@dataclass(frozen=True)
class ScanLimits:
    """What a document may hold: tokens, written selections, and pairs of fields with one response key in one selection set."""

    tokens: int
    selections: int
    pairs: int


@dataclass
class _Count:
    """A limit, and how much of it is used."""

    what: str
    most: int
    used: int = 0

    def add(self, count: int = 1) -> None:
        self.used += count
        if self.used > self.most:
            raise QuestionTooExpensive(f"The document has more than {self.most:,} {self.what}, the most allowed.")


@dataclass
class _Sets:
    """The selection sets around the current word, each with the response keys written in it so far."""

    pairs: _Count
    keys: list[Counter[str]] = field(default_factory=list)

    def add(self, key: str) -> None:
        written = self.keys[-1]
        if written[key]:
            self.pairs.add(written[key])
        written[key] += 1


def scan(text: str, limits: ScanLimits) -> None:
    """Raise QuestionTooExpensive if a document is over a limit."""
    tokens = _Count("tokens", limits.tokens)
    selections = _Count("selections", limits.selections)
    definitions = _Count("operations and fragments", DEFINITIONS)
    variables = _Count("declared variables", VARIABLES)
    sets = _Sets(_Count("pairs of fields with the same response key in one selection set", limits.pairs))
    parentheses, before = 0, ""
    for match in TOKEN.finditer(text):
        word = match[0]
        if word[0] == "#":
            continue
        tokens.add()
        if word == "(":
            parentheses += 1
        elif word == ")":
            parentheses = max(0, parentheses - 1)
        elif parentheses:
            # Braces in parentheses are values; variables are declared outside selection sets.
            if word == "$" and not sets.keys:
                variables.add()
        elif word == "{":
            if not sets.keys:
                definitions.add()
            sets.keys.append(Counter())
        elif word == "}":
            if sets.keys:
                sets.keys.pop()
        elif sets.keys and (word == "..." or word.isidentifier()):
            _selection(word, before, selections, sets)
        if not (word == "on" and before == "..."):
            before = word


def _selection(word: str, before: str, selections: _Count, sets: _Sets) -> None:
    """Count a selection. The name after an alias, of a directive, of a fragment or of a type begins none."""
    if word == "...":
        selections.add()
    elif before not in (":", "@", "..."):
        selections.add()
        sets.add(word)
