"""Pajek and UCINET DL. In: the text of a file. Out: its network. Labels are ids; weights are the value `weight`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.load.networks.network import Found, Network

WORD = re.compile(r'"([^"]*)"|(\S+)')
DL_WORD = re.compile(r""""([^"\n]*)"|'([^'\n]*)'|([^\s,]+)""")
LINE = re.compile(r"\r\n|\r|\n")
"""An end of a line. Labels may hold other characters that Unicode calls ends of lines."""
TIES = ("*arcs", "*edges", "*arcslist", "*edgeslist", "*matrix")
SECTIONS = "*Vertices, *Arcs, *Edges, *Arcslist, *Edgeslist, *Matrix"
RELATION = re.compile(r":\s*(\d+)")
MOST_UNLISTED = 1_000_000
"""Most people that are not listed: whom a file only counts."""


def read_pajek(text: str, name: str) -> Network:
    """Read vertices, arcs, edges and lists of both; raise UnreadableFile for what is none of them."""
    found, labels, section, size, cells = Found(name), dict[str, str](), "", 0, list[str]()
    for number, line in enumerate(LINE.split(text), 1):
        words = [quoted or plain for quoted, plain in WORD.findall(line)]
        if not words or line.lstrip().startswith("%"):
            continue
        if words[0].startswith("*"):
            if section == "*vertices":
                _number(labels, size, found)
            section = _section(words, found, number)
            size = _size(words[1], found) if section == "*vertices" and len(words) > 1 else size
        elif section == "*vertices":
            labels[words[0]] = words[1] if len(words) > 1 else words[0]
        elif section in ("*arcs", "*edges"):
            if len(words) < 2:
                raise found.wrong(f"line {number} has no second person")
            start, end = (_labelled(labels, each, found, number) for each in words[:2])
            values = {"weight": words[2]} if len(words) > 2 else {}
            found.tie(start, end, values, directed=section == "*arcs")
        elif section in ("*arcslist", "*edgeslist"):
            start, *ends = (_labelled(labels, each, found, number) for each in words)
            for end in ends:
                found.tie(start, end, {}, directed=section == "*arcslist")
        elif section == "*matrix":
            cells += words
        elif section != "*network":
            raise found.wrong(f"line {number} stands in no section")
    if section == "*vertices":
        _number(labels, size, found)
    if section == "*matrix" or cells:
        _tie(found, Matrix(len(found.people)), cells)
    return found.network()


def _size(word: str, found: Found) -> int:
    size = int(word[:20]) if word.isdecimal() else 0
    if size > MOST_UNLISTED:
        raise found.wrong(f"it says that it has {size:,} people; accepted are {MOST_UNLISTED:,}")
    return size


def _number(labels: dict[str, str], size: int, found: Found) -> None:
    """Add the people in their order; a vertex needs no line of its own, and is called by its number then."""
    unlisted = [str(at) for at in range(1, size + 1) if str(at) not in labels]
    labels.update(zip(unlisted, unlisted, strict=True))
    for number in sorted(labels, key=lambda each: int(each) if unlisted and each.isdecimal() else 0):
        found.person(labels[number], {})


def _section(words: list[str], found: Found, number: int) -> str:
    section = words[0].lower().partition(":")[0]
    rest = " ".join(words[1:])
    if section == "*vertices" and len(words) > 2:
        raise found.wrong("it has people of two kinds, and a roster has people of one")
    relation = RELATION.search(words[0].partition("*")[2] + " " + rest)
    if section in TIES and relation and relation[1] != "1":
        raise found.wrong(f"line {number} begins a second kind of tie; write a file of one kind and one wave")
    if section not in ("*network", "*vertices", *TIES):
        raise found.wrong(f"line {number} begins {words[0][:30]!r}; accepted are {SECTIONS}")
    if section == "*matrix" and not found.people:
        raise found.wrong(f"line {number} begins a matrix before the people; *Vertices comes first")
    return section


def _labelled(labels: dict[str, str], number: str, found: Found, line: int) -> str:
    if number not in labels:
        raise found.wrong(f"line {line} names {number[:30]!r}, which is the number of nobody")
    return labels[number]


@dataclass(frozen=True)
class Matrix:
    """How a matrix of so many people is written. A half is of ties without direction; one without diagonal leaves it out.

    With labels in it, its first row has those of the columns, and each other row begins with its own.
    """

    size: int
    kind: str = "fullmatrix"
    diagonal: bool = True
    labelled: bool = False

    @property
    def directed(self) -> bool:
        return self.kind == "fullmatrix"

    @property
    def cells(self) -> int:
        """Return how many numbers it has."""
        every = self.size**2 if self.directed else self.size * (self.size + 1) // 2
        return every if self.diagonal else every - self.size

    def columns(self, row: int) -> list[int]:
        """Return the columns that a row has."""
        every = {"lowerhalf": range(row + 1), "upperhalf": range(row, self.size)}.get(self.kind, range(self.size))
        return [at for at in every if self.diagonal or at != row]


def _tie(found: Found, matrix: Matrix, words: Sequence[str]) -> None:
    """Add the ties of a matrix, and its people if it has their labels."""
    cells = len(words) - 2 * matrix.size * matrix.labelled
    if cells != matrix.cells:
        raise found.wrong(
            f"its matrix has {max(cells, 0)} numbers for {matrix.size} people, where {matrix.cells} belong"
        )
    left = iter(words)
    if matrix.labelled:
        for _ in range(matrix.size):
            found.person(next(left), {})
    people = list(found.people)
    for row, start in enumerate(people):
        if matrix.labelled and (label := next(left)) != start:
            raise found.wrong(
                f"row {row + 1} of its matrix is of {label[:60]!r}, and its column {row + 1} of {start[:60]!r}"
            )
        for column in matrix.columns(row):
            if _is_tie(word := next(left), found):
                found.tie(start, people[column], {"weight": word}, directed=matrix.directed)


def _is_tie(word: str, found: Found) -> bool:
    """Whether a number is none of 0; a point alone says that it is not known."""
    try:
        return word != "." and float(word) != 0
    except ValueError:
        raise found.wrong(f"its matrix has {word[:30]!r}, which is no number") from None


DL_HEAD = re.compile(r"(?i)\b(nr|nc|nm|n|format|diagonal)\s*=\s*(\w+)")
PARTS = re.compile(r"(?im)^\s*(labels\s*embedded|labels|data)\s*:?\s*$|\b(labels\s*embedded|labels|data)\s*:")
MATRICES = ("fullmatrix", "lowerhalf", "upperhalf")
FORMATS = (*MATRICES, "edgelist1", "nodelist1", "nodelist1b")


def read_dl(text: str, name: str) -> Network:
    """Read a matrix or a list of ties or of neighbours; raise UnreadableFile for more than one matrix or kind of people."""
    found = Found(name)
    if not re.match(r"(?i)\s*dl\b", text):
        raise found.wrong("it does not begin with the word dl")
    pieces = [each for each in PARTS.split(text) if each is not None]
    head = {key.lower(): value.lower() for key, value in DL_HEAD.findall(pieces[0])}
    parts = {" ".join(key.lower().split()): body for key, body in zip(pieces[1::2], pieces[2::2], strict=True)}
    if {"nr", "nc", "nm"} & head.keys():
        raise found.wrong("it has people of two kinds or several matrices, and a wave has one of people of one kind")
    kind = head.get("format", "fullmatrix")
    if kind not in FORMATS or "data" not in parts or not head.get("n", "").isdecimal():
        raise found.wrong(f"needed are n = NUMBER, format = {', '.join(FORMATS)}, and data:")
    size = _size(head["n"], found)
    labels = _words(parts.get("labels", ""))
    if labels and len(labels) != size:
        raise found.wrong(f"it has {len(labels)} labels for {size} people")
    embedded = "labels embedded" in parts
    if not embedded:
        for at in range(size):
            found.person(labels[at] if labels else str(at + 1), {})
    people = list(found.people)
    if kind in MATRICES:
        diagonal = head.get("diagonal", "present") != "absent"
        _tie(found, Matrix(size, kind, diagonal, labelled=embedded), _words(parts["data"]))
        return found.network()
    for start, end, weight in _dl_ties(kind, parts["data"], people, found, embedded=embedded):
        found.tie(start, end, {"weight": weight} if weight else {}, directed=True)
    return found.network(people_are_listed=not embedded)


def _words(text: str) -> list[str]:
    """Return words; one with spaces or commas stands in quotes."""
    return ["".join(each) for each in DL_WORD.findall(text)]


def _dl_ties(
    kind: str, data: str, people: list[str], found: Found, *, embedded: bool
) -> Iterator[tuple[str, str, str]]:
    def who(word: str) -> str:
        if embedded:
            found.people.setdefault(word, {})
            return word
        if not word.isdecimal() or not 1 <= int(word) <= len(people):
            raise found.wrong(f"its data name {word[:30]!r}, which is the number of nobody")
        return people[int(word) - 1]

    lines = [words for line in LINE.split(data) if (words := _words(line))]
    for at, words in enumerate(lines if kind != "nodelist1b" else _counted(lines, len(people), found)):
        if kind == "edgelist1":
            if len(words) < 2:
                raise found.wrong(f"the line {words[0][:60]!r} of its data names one person")
            yield who(words[0]), who(words[1]), words[2] if len(words) > 2 else ""
        else:
            start, *ends = map(who, words if kind == "nodelist1" else [str(at + 1), *words])
            for end in ends:
                yield start, end, ""


def _counted(lines: list[list[str]], size: int, found: Found) -> Iterator[list[str]]:
    """Return the neighbours of each person in turn, without their number, which each line begins with."""
    if len(lines) != size:
        raise found.wrong(f"its data have {len(lines)} lines for {size} people; with nodelist1b each has one")
    for number, (count, *ends) in enumerate(lines, 1):
        if count != str(len(ends)):
            raise found.wrong(f"line {number} of its data begins with {count[:30]!r} and names {len(ends)} people")
        yield ends
