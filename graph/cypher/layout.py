"""A statement laid out for people. In: statement text on one line. Out: the same tokens, a clause a line, nested parts indented.

Only white space is added: quoted text stays as it is. What is sent to the database is the text on one line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH = 100
"""A list, a condition or a CASE that is longer than this is broken, even if no subquery stands in it."""
INDENT = "  "

CLAUSES = ("MATCH", "OPTIONAL", "WHERE", "WITH", "ORDER", "LIMIT", "RETURN", "UNWIND", "CALL")
OPENS = {"(": ")", "[": "]", "{": "}", "CASE": "END"}

_TOKEN = re.compile(
    r"""'(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | `(?:[^`]|``)*`  # quoted: one token, whatever is in it
      | \s+ | [\w$.]+ | [()\[\]{},] | .""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Group:
    """What stands between two brackets, or between CASE and END."""

    opening: str
    parts: tuple["Part", ...]

    @property
    def closing(self) -> str:
        """The bracket, or the END, that closes the group."""
        return OPENS[self.opening]


Part = str | Group
Parts = Sequence[Part]


def laid_out(text: str) -> str:
    """Lay out a statement: a clause a line, a conjunct of WHERE a line, and nested subqueries indented."""
    return "\n".join(_clauses(_grouped(_TOKEN.findall(text))))


# --- Reading ---------------------------------------------------------------------------------------------------------


def _grouped(tokens: Sequence[str]) -> tuple[Part, ...]:
    """Put what stands between two brackets into a group; a bracket without its partner stays a token."""
    open_groups: list[tuple[str, list[Part]]] = [("", [])]
    for at, part in enumerate(tokens):
        opening, parts = open_groups[-1]
        is_name = part.isalpha() and not _is_word(tokens, at)
        if part in OPENS and not is_name:
            open_groups.append((part, []))
        elif opening and part == OPENS[opening] and not is_name:
            open_groups.pop()
            open_groups[-1][1].append(Group(opening, tuple(parts)))
        else:
            parts.append(part)
    while len(open_groups) > 1:
        opening, parts = open_groups.pop()
        open_groups[-1][1].extend([opening, *parts])
    return tuple(open_groups[0][1])


def _is_word(parts: Parts, at: int) -> bool:
    """Whether a part is a word of the language: a name that is spelled alike follows a colon, a dot or a bar."""
    before = parts[at - 1] if at else " "
    return isinstance(before, str) and (before.isspace() or before in OPENS)


def _begins_clause(parts: Parts, at: int) -> bool:
    if parts[at] not in CLAUSES or not _is_word(parts, at):
        return False
    word_before = parts[at - 2] if at > 1 else ""
    if parts[at] == "MATCH":
        return word_before != "OPTIONAL"
    return parts[at] != "WITH" or word_before not in ("STARTS", "ENDS")


def _split(parts: Parts, *words: str) -> list[list[Part]]:
    """Split before each of some words; the words stay, the white space between the pieces goes."""
    starts = [at for at, part in enumerate(parts) if part in words and _is_word(parts, at)]
    return _cut(parts, starts)


def _items(parts: Parts) -> list[list[Part]]:
    """Split after each comma that white space follows."""
    return _cut(parts, [at + 1 for at, part in enumerate(parts[:-1]) if part == "," and _is_space(parts[at + 1])])


def _cut(parts: Parts, starts: Sequence[int]) -> list[list[Part]]:
    ends = [*starts, len(parts)]
    pieces = [_trimmed(parts[start:end]) for start, end in zip([0, *starts], ends, strict=True)]
    return [piece for piece in pieces if piece]


def _trimmed(parts: Parts) -> list[Part]:
    trimmed = list(parts)
    while trimmed and _is_space(trimmed[0]):
        del trimmed[0]
    while trimmed and _is_space(trimmed[-1]):
        del trimmed[-1]
    return trimmed


def _is_space(part: Part) -> bool:
    return isinstance(part, str) and part.isspace()


# --- What is broken into lines ---------------------------------------------------------------------------------------


def _holds_clauses(group: Group) -> bool:
    """Whether a group is a subquery, or a part of a path with a WHERE; a list comprehension has a WHERE too."""
    if group.opening not in "{(" or _is_comprehension(group):
        return False
    return any(_begins_clause(group.parts, at) for at in range(len(group.parts)))


def _is_comprehension(group: Group) -> bool:
    words = [part for part in group.parts if not _is_space(part)]
    return words[1:2] == ["IN"]


def _is_broken(part: Part) -> bool:
    """Whether a part takes several lines."""
    if isinstance(part, str):
        return False
    return _holds_clauses(part) or any(map(_is_broken, part.parts)) or (_is_long(part) and len(_pieces(part)) > 1)


def _is_long(group: Group) -> bool:
    return len(_flat([group])) > WIDTH and not _is_comprehension(group)


def _pieces(group: Group) -> list[list[Part]]:
    """Split a group into what stands on lines of its own: branches, items, or the parts of a condition."""
    if group.opening == "CASE":
        return _split(group.parts, "WHEN", "ELSE")
    items = _items(group.parts)
    return items if len(items) > 1 else _split(group.parts, "AND", "OR")


# --- Writing ---------------------------------------------------------------------------------------------------------


def _clauses(parts: Parts) -> list[str]:
    """Write each clause on a line of its own."""
    starts = [at for at in range(len(parts)) if _begins_clause(parts, at)]
    return [line for one in _cut(parts, starts) for line in _clause(one)]


def _clause(parts: Parts) -> list[str]:
    if parts[0] == "WHERE":
        first, *others = _split(parts, "AND")
        if others and any(map(_is_broken, first)):
            first, others = ["WHERE"], [_trimmed(first[1:]), *others]
        return [*_line(first), *_indented(line for each in others for line in _line(each))]
    items = _items(_trimmed(parts[1:]))
    if len(items) > 1 and any(map(_is_broken, parts)):
        return [*_line(parts[:1]), *_indented(line for item in items for line in _line(item))]
    return _line(parts)


def _line(parts: Parts) -> list[str]:
    """Write parts one after the other; what is broken continues on further lines."""
    lines = [""]
    for part in parts:
        first, *others = _group(part) if isinstance(part, Group) else [part]
        lines[-1] += first
        lines += others
    return lines


def _group(group: Group) -> list[str]:
    if not _is_broken(group):
        return [_flat([group])]
    if _holds_clauses(group):
        return [group.opening, *_indented(_clauses(group.parts)), group.closing]
    pieces = _pieces(group)
    if len(pieces) > 1 or group.opening == "CASE":
        return [group.opening, *_indented(line for piece in pieces for line in _line(piece)), group.closing]
    first, *others = _line(group.parts)
    lines = [group.opening + first, *others]
    return [*lines[:-1], lines[-1] + group.closing]


def _indented(lines: Iterator[str] | Sequence[str]) -> list[str]:
    return [INDENT + line for line in lines]


def _flat(parts: Parts) -> str:
    """Write parts as they came."""
    return "".join(
        part if isinstance(part, str) else f"{part.opening}{_flat(part.parts)}{part.closing}" for part in parts
    )
