"""Pajek and UCINET DL. In: the text of a file. Out: its network. Labels are ids; weights are the value `weight`."""

import re
from collections.abc import Iterator

from graph.load.networks.network import Found, Network

WORD = re.compile(r'"([^"]*)"|(\S+)')
DL_WORD = re.compile(r""""([^"\n]*)"|'([^'\n]*)'|([^\s,]+)""")
LINE = re.compile(r"\r\n|\r|\n")
"""An end of a line. Labels may hold other characters that Unicode calls ends of lines."""
RELATION = re.compile(r":\s*(\d+)")
MOST_UNLISTED = 1_000_000
"""Most people that are not listed: whom a file only counts."""


def read_pajek(text: str, name: str) -> Network:
    """Read vertices, arcs, edges and lists of both; raise UnreadableFile for what is none of them."""
    found, labels, section, size = Found(name), dict[str, str](), "", 0
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
        elif section != "*network":
            raise found.wrong(f"line {number} stands in no section")
    if section == "*vertices":
        _number(labels, size, found)
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
    if section in ("*arcs", "*edges", "*arcslist", "*edgeslist") and relation and relation[1] != "1":
        raise found.wrong(f"line {number} begins a second kind of tie; write a file of one kind and one wave")
    if section not in ("*network", "*vertices", "*arcs", "*edges", "*arcslist", "*edgeslist"):
        raise found.wrong(
            f"line {number} begins {words[0][:30]!r}; accepted are *Vertices, *Arcs, *Edges, *Arcslist, *Edgeslist"
        )
    return section


def _labelled(labels: dict[str, str], number: str, found: Found, line: int) -> str:
    if number not in labels:
        raise found.wrong(f"line {line} names {number[:30]!r}, which is the number of nobody")
    return labels[number]


DL_HEAD = re.compile(r"(?i)\b(nr|nc|nm|n|format|diagonal)\s*=\s*(\w+)")
PARTS = re.compile(r"(?im)^\s*(labels\s*embedded|labels|data)\s*:?\s*$|\b(labels\s*embedded|labels|data)\s*:")
FORMATS = ("fullmatrix", "edgelist1", "nodelist1")


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
    if kind == "fullmatrix":
        ties = _matrix(parts["data"], people, size, found, embedded=embedded)
    else:
        ties = _dl_ties(kind, parts["data"], people, found, embedded=embedded)
    for start, end, weight in ties:
        found.tie(start, end, {"weight": weight} if weight else {}, directed=True)
    return found.network(people_are_listed=not embedded)


def _words(text: str) -> list[str]:
    """Return words; one with spaces or commas stands in quotes."""
    return ["".join(each) for each in DL_WORD.findall(text)]


def _matrix(data: str, people: list[str], size: int, found: Found, *, embedded: bool) -> Iterator[tuple[str, str, str]]:
    """Read a matrix; with labels in it the first row has those of the columns, and each other row begins with its own."""
    words = _words(data)
    numbers = len(words) - 2 * size * embedded
    if numbers != size**2:
        raise found.wrong(f"its matrix has {max(numbers, 0)} numbers for {size} people")
    if embedded:
        people, words = words[:size], words[size:]
        for at, label in enumerate(people):
            found.person(label, {})
            if (row := words.pop(at * size)) != label:
                raise found.wrong(
                    f"row {at + 1} of its matrix is of {row[:60]!r}, and its column {at + 1} of {label[:60]!r}"
                )
    for at, word in enumerate(words):
        if word.strip("0.") not in ("", "-"):
            yield people[at // size], people[at % size], word


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

    for line in LINE.split(data):
        words = _words(line)
        if not words:
            continue
        if len(words) < 2 and kind == "edgelist1":
            raise found.wrong(f"the line {line.strip()[:60]!r} of its data names one person")
        if kind == "edgelist1":
            yield who(words[0]), who(words[1]), words[2] if len(words) > 2 else ""
        else:
            start, *ends = map(who, words)
            for end in ends:
                yield start, end, ""
