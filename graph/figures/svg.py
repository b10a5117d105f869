"""SVG text. In: names of elements, attributes, text. Out: an element tree, and its bytes, the same for the same tree.

There is no script, style sheet or link in it: all looks are attributes, so a strict content security policy shows it too.
"""

import math
import re
from xml.etree import ElementTree as Xml

Value = str | int | float

ELEMENTS = frozenset(
    ("svg", "g", "path", "circle", "rect", "text", "title", "desc", "defs", "clipPath", "pattern", "metadata")
)
REFUSED = re.compile(r"on|style$|href$|xlink|src$|class$")
"""Attributes that could run, load or restyle something."""
NOT_IN_XML = re.compile(r"[^\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
INSIDE = re.compile(r"url\(#[\w-]+\)")


def node(name: str, *inside: Xml.Element | str | None, **attributes: Value | None) -> Xml.Element:
    """Make an element with a text, or with other elements. `stroke_width` becomes `stroke-width`; None is left out.

    Raises ValueError for an element or attribute that could run or load something, and for a number that is not finite.
    """
    if name not in ELEMENTS:
        raise ValueError(f"A figure has no element {name}.")
    made = Xml.Element(name)
    for key, value in attributes.items():
        if value is not None:
            made.set(*_attribute(key.replace("_", "-"), value))
    for each in inside:
        if isinstance(each, str):
            made.text = clean(each)
        elif each is not None:
            made.append(each)
    return made


def _attribute(name: str, value: Value) -> tuple[str, str]:
    if REFUSED.match(name):
        raise ValueError(f"A figure has no attribute {name}.")
    said = clean(value) if isinstance(value, str) else number(value)
    if not name.startswith(("aria-", "data-")) and "url" in said.lower() and not INSIDE.fullmatch(said):
        raise ValueError(f"The attribute {name} leads out of the figure.")
    return name, said


def number(value: float) -> str:
    """Write a number with at most two decimals. Raises ValueError if it is not finite."""
    if not math.isfinite(value):
        raise ValueError("A figure has finite numbers only.")
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def clean(text: str) -> str:
    """Return text as one line that XML allows: what it forbids becomes U+FFFD, and white space becomes one space."""
    return NOT_IN_XML.sub("\ufffd", " ".join(text.split()))


def path(*points: tuple[float, float], closed: bool = False) -> str:
    """Return the data of a path through points, in pixels."""
    said = " ".join(f"{'L' if at else 'M'}{number(x)} {number(y)}" for at, (x, y) in enumerate(points))
    return said + "Z" if closed else said


def picture(
    size: tuple[float, float], title: str, description: str, key: str, children: list[Xml.Element]
) -> Xml.Element:
    """Return the root: width and height in pixels, its name and description for screen readers, and what is drawn.

    `key` begins the ids of this picture, so that several can stand in one page.
    """
    width, height = size
    return node(
        "svg",
        node("title", title, id=f"{key}-title"),
        node("desc", description, id=f"{key}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="graphics-document document",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        font_family="'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif",
    )


def written(root: Xml.Element) -> bytes:
    """Return the file: UTF-8, one element a line."""
    Xml.indent(root, space="")
    text: str = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
