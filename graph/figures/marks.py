"""How people and ties are drawn. In: a style or a line, places in pixels. Out: SVG elements that have a title and get focus."""

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as Xml

from graph.figures.geometry import Point, head, polygon, trimmed
from graph.figures.look import INK, PLAIN, QUIET, STYLES, Line, Style
from graph.figures.svg import node, path

RING = 1.55
"""The radius of the ring around a mark, in radii of the mark."""


def styles(groups: Sequence[str]) -> dict[str | None, tuple[Style, str]]:
    """Give each group a style and a letter of its own; people without a group have the plain style and no letter."""
    made: dict[str | None, tuple[Style, str]] = {None: (PLAIN, "")}
    taken: set[str] = set()
    for number, group in enumerate(groups):
        said = [letter for letter in group.upper() if letter.isalnum()]
        letter = next((each for each in (*said, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") if each not in taken), "")
        taken.add(letter)
        made[group] = (STYLES[number % len(STYLES)], letter)
    return made


def shape(style: Style, at: Point, radius: float, letter: str = "") -> list[Xml.Element]:
    """Draw the mark of a group: its shape with the area of a circle of this radius, and its letter if there is room."""
    made = [shaped(style.shape, at, radius, style.fill)]
    if letter and radius >= 5:
        size = radius * (1.15 if style.shape in ("triangle", "down") else 1.35)
        made.append(
            node(
                "text",
                letter,
                x=at[0],
                y=at[1] + size * 0.36,
                font_size=size,
                text_anchor="middle",
                fill=style.letter,
            )
        )
    return made


def shaped(name: str, at: Point, radius: float, fill: str) -> Xml.Element:
    """Draw a shape with an outline of ink."""
    if name == "circle":
        return node("circle", cx=at[0], cy=at[1], r=radius, fill=fill, stroke=INK, stroke_width=1)
    corners = path(*polygon(name, at, radius), closed=True)
    return node("path", d=corners, fill=fill, stroke=INK, stroke_width=1, stroke_linejoin="round")


def cut_ring(at: Point, radius: float) -> Xml.Element:
    """Draw the ring of a cut point."""
    return node("circle", cx=at[0], cy=at[1], r=radius * RING, fill="none", stroke=INK, stroke_width=2)


def silent_ring(at: Point, radius: float) -> Xml.Element:
    """Draw the ring of somebody of whom there are no answers to show."""
    return node(
        "circle", cx=at[0], cy=at[1], r=radius * RING,
        fill="none", stroke=QUIET, stroke_width=1.4, stroke_dasharray="2 2.6",
    )  # fmt: skip


def absent(at: Point, radius: float) -> Xml.Element:
    """Draw the place of somebody who is not listed in this wave."""
    return node("circle", cx=at[0], cy=at[1], r=radius * 0.4, fill="none", stroke=QUIET, stroke_width=1.2)


def focusable(kind: str, id_: str, says: str, drawn: Iterable[Xml.Element], **data: str | None) -> Xml.Element:
    """Wrap what is drawn for one person, city or tie: it has a title, and the keyboard reaches it."""
    return node(
        "g", node("title", says), *drawn, data_kind=kind, data_id=id_, **data,
        tabindex="0", role="graphics-symbol img", aria_label=says,
    )  # fmt: skip


def segment(start: Point, end: Point, line: Line, gaps: tuple[float, float], *, arrow: bool = False) -> Xml.Element:
    """Draw a line between two marks, with an open arrow head at its end if it leads there."""
    first, last = trimmed(start, end, *gaps)
    drawn = path(first, last)
    if arrow:
        drawn += " " + path(*head(last, first, 5 + line.width))
    return stroke(drawn, line)


def stroke(data: str, line: Line) -> Xml.Element:
    """Draw a path as a line."""
    return node(
        "path", d=data, fill="none", stroke=line.colour, stroke_width=line.width, stroke_dasharray=line.dashes,
        stroke_linecap="round" if line.dashes is None else "butt",
    )  # fmt: skip


def sample(line: Line, *, arrow: bool = False) -> tuple[Xml.Element, ...]:
    """Draw a line for the legend."""
    return (segment((2, 0), (38, 0), line, (0, 0), arrow=arrow),)
