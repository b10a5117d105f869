"""What writers of text share. In: lines, values. Out: bytes in an open file; texts that are safe in XML."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from graph.export.graphs.exported import Attribute, CannotHold, Exported, Lack, Type, joined

LINES = 2_000
"""Lines that are written together."""
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no document of XML 1.0 can hold."""
ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)
"""A reader of XML would make a space of a line's end in an attribute, and one line's end of CR LF."""


def put(lines: Iterable[str], to: BinaryIO) -> None:
    """Write lines, many at a time."""
    rest = iter(lines)
    while part := "".join(islice(rest, LINES)):
        to.write(part.encode())


def xml(text: str) -> str:
    """Write a text for XML, inside or outside of an attribute; raise CannotHold for a character that XML has not."""
    # Nearly every text ends here: this is half the time of a regular expression.
    if text.isprintable() and not ("&" in text or "<" in text or ">" in text or '"' in text):
        return text
    if found := FORBIDDEN.search(text):
        raise CannotHold(Lack.CHARACTERS, f"the character U+{ord(found[0]):04X} in {text[:60]!r}")
    return text.translate(ESCAPES)


def plain(of: Any) -> str:
    """Write a value as a text."""
    if isinstance(of, bool):
        return "true" if of else "false"
    return joined(of) if isinstance(of, tuple) else str(of)


def as_xml(of: Attribute) -> Callable[[Any], str]:
    """Return what writes the values of an attribute for XML."""
    if of.type is Type.TEXT:
        return xml
    return str if of.type in (Type.INTEGER, Type.NUMBER) else lambda value: xml(plain(value))


def about(of: Exported) -> Iterator[tuple[str, str]]:
    """Yield what a network is of, as names and texts; names are of letters and digits."""
    yield "title", of.about.title
    yield "caption", of.about.caption
    yield from of.about.facts
    if of.about.licences:
        yield "licences", joined(of.about.licences)
