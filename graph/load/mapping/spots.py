"""YAML with places. In: the text of a config. Out: Spots, which know their line and column, and the complaints about them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from graph.load.files import UnreadableFile

if TYPE_CHECKING:
    from yaml.nodes import Node

MOST_CHARACTERS = 1_000_000
MOST_LISTED = 40
DEEPEST = 30
DEEP = f"is nested more than {DEEPEST} deep"
WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})", re.ASCII)
DECIMAL = re.compile(r"-?\d+\.\d+", re.ASCII)
WORDS: dict[str, bool] = {"true": True, "false": False}
NULLS = ("", "~", "null")


@dataclass(frozen=True, order=True)
class Complaint:
    """What is wrong in a config, with line and column from 1. `accepted` are values that would be right, the nearest first."""

    file: str
    line: int
    column: int
    what: str
    reason: str
    accepted: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column} {self.what}: {self.reason}"


class WrongConfig(UnreadableFile):
    """A config has faults: `complaints` has all of them, in the order of the file."""

    def __init__(self, complaints: Collection[Complaint]) -> None:
        self.complaints = tuple(sorted(set(complaints)))
        super().__init__("\n".join(map(str, self.complaints)))


@dataclass
class Book:
    """A config that is being read: its name and the complaints so far."""

    file: str
    complaints: list[Complaint] = field(default_factory=list)


def nearest(word: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the known words that are most like a word, the nearest first."""
    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(_folded(each), each)
    close = get_close_matches(_folded(word), list(folded), n=3, cutoff=0.6)
    return tuple(folded[each] for each in close)


def _folded(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.lower())


def offered(word: str, known: Collection[str]) -> str:
    """Say which words are accepted, and which of them may be meant."""
    close = nearest(word, known)
    listed = [*known][:MOST_LISTED]
    more = f" and {len(known) - MOST_LISTED} more" if len(known) > MOST_LISTED else ""
    meant = f"did you mean {' or '.join(close)}? " if close else ""
    return f"{meant}accepted are {', '.join(listed)}{more}"


class Spot:
    """A value of the config with the way to it, such as facts[1].title."""

    def __init__(self, node: "Node", way: str, book: Book) -> None:
        self.node, self.way, self.book = node, way, book

    @property
    def line(self) -> int:
        """Return the line, from 1."""
        return int(self.node.start_mark.line) + 1

    @property
    def column(self) -> int:
        """Return the column, from 1."""
        return int(self.node.start_mark.column) + 1

    def complain(self, reason: str, accepted: tuple[str, ...] = ()) -> None:
        """Note what is wrong here."""
        what = self.way or "(file)"
        self.book.complaints.append(Complaint(self.book.file, self.line, self.column, what, reason, accepted))

    @property
    def is_map(self) -> bool:
        """Whether it has keys."""
        return str(self.node.id) == "mapping"

    @property
    def is_list(self) -> bool:
        """Whether it has items."""
        return str(self.node.id) == "sequence"

    @property
    def is_text(self) -> bool:
        """Whether it is one value, and not null."""
        return str(self.node.id) == "scalar" and not self.is_null

    @property
    def is_null(self) -> bool:
        """Whether nothing stands here, or null."""
        return str(self.node.id) == "scalar" and self.node.style is None and self.node.value in NULLS

    def pairs(self) -> Iterator[tuple["Spot", "Spot"]]:
        """Yield each key with its value; complain of a key that is given twice."""
        if not self.is_map:
            self.complain(f"{self.shown()} is not a map; write keys with values, such as {{column: name}}")
            return
        seen: set[str] = set()
        for key, value in self.node.value:
            spot = Spot(key, self.way, self.book)
            if str(key.id) != "scalar":
                spot.complain("a key is one word")
            elif key.value in seen:
                spot.complain(f"{key.value!r} is given twice")
            else:
                seen.add(key.value)
                yield spot, Spot(value, f"{self.way}.{key.value}".lstrip("."), self.book)

    def given(self) -> dict[str, "Spot"]:
        """Return the values by key, whatever the keys are."""
        return {str(key.node.value): value for key, value in self.pairs()}

    def fields(self, known: Collection[str], needed: Collection[str] = ()) -> dict[str, "Spot"]:
        """Return the values by key; complain of unknown keys and of missing ones."""
        found: dict[str, Spot] = {}
        unknown = False
        for key, value in self.pairs():
            word = str(key.node.value)
            if word not in known:
                unknown = True
                key.complain(f"{word!r} is unknown here; {offered(word, known)}", nearest(word, known))
            elif word not in needed or not value.is_null:
                found[word] = value
        missing = [word for word in needed if word not in found]
        if self.is_map and missing and not unknown:
            self.complain(
                f"{', '.join(missing)} is missing" if len(missing) == 1 else f"{', '.join(missing)} are missing"
            )
        return found

    def items(self) -> list["Spot"]:
        """Return the items of a list; what is not a list is one item."""
        if not self.is_list:
            return [self]
        return [Spot(node, f"{self.way}[{number}]", self.book) for number, node in enumerate(self.node.value)]

    def text(self) -> str:
        """Return a text as it is written; an empty text, with a complaint, if it is not one."""
        if not self.is_text:
            self.complain("nothing stands here; write a text" if self.is_null else f"{self.shown()} is not a text")
            return ""
        if not self.node.value:
            self.complain("the text is empty")
        return str(self.node.value)

    def texts(self) -> tuple[str, ...]:
        """Return one text or a list of them."""
        return tuple(filter(None, (item.text() for item in self.items())))

    def word(self, known: Collection[str]) -> str:
        """Return one of the known words; an empty text, with a complaint, if it is none."""
        text = self.text()
        if text and text not in known:
            self.complain(f"{text!r} is not accepted; {offered(text, known)}", nearest(text, known))
            return ""
        return text

    def flag(self) -> bool:
        """Return true or false."""
        text = self.text()
        if text and text not in WORDS:
            self.complain(f"{text!r} is neither true nor false")
        return WORDS.get(text, False)

    def plain(self) -> Any:
        """Return the value as Python has it. What looks like a number, true or false is one, unless it is quoted."""
        if self.is_map:
            return {str(key.node.value): value.plain() for key, value in self.pairs()}
        if self.is_list:
            return [item.plain() for item in self.items()]
        text = str(self.node.value)
        if self.is_null or self.node.style is not None:
            return None if self.is_null else text
        if WHOLE.fullmatch(text):
            return int(text)
        return float(text) if DECIMAL.fullmatch(text) else WORDS.get(text, text)

    def shown(self) -> str:
        """Say what stands here, in a few words."""
        if self.is_map:
            return "a map"
        return "a list" if self.is_list else "nothing" if self.is_null else repr(str(self.node.value))[:100]


def compose(text: str, file: str) -> Spot:
    """Read the text of a config; raise WrongConfig if it is not YAML, or has what configs do not need."""
    import yaml

    book, depth = Book(file), 0
    if len(text) > MOST_CHARACTERS:
        raise WrongConfig([Complaint(file, 1, 1, "(file)", f"has more than {MOST_CHARACTERS:,} characters")])
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            # Each of these is closed by a token whose name ends with End.
            depth += token.__class__.__name__.endswith(("SequenceStartToken", "MappingStartToken"))
            depth -= token.__class__.__name__.endswith(("SequenceEndToken", "MappingEndToken", "BlockEndToken"))
            if depth > DEEPEST:
                raise WrongConfig(
                    [Complaint(file, token.start_mark.line + 1, token.start_mark.column + 1, "(file)", DEEP)]
                )
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
                mark = token.start_mark
                reason = (
                    "anchors (&), aliases (*) and tags (!) are not accepted; put a text with such a sign into quotes"
                )
                raise WrongConfig([Complaint(file, mark.line + 1, mark.column + 1, "(file)", reason)])
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(filter(None, (error.context, error.problem)))
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise WrongConfig([Complaint(file, line, column, "(file)", f"is not YAML: {said}")]) from error
    except yaml.YAMLError as error:
        said = " ".join(str(error).split())
        raise WrongConfig([Complaint(file, 1, 1, "(file)", f"is not YAML: {said}")]) from error
    if node is None:
        raise WrongConfig([Complaint(file, 1, 1, "(file)", "is empty")])
    return Spot(node, "", book)
