"""A figure as it is read. In: the bytes of an SVG. Out: its marks, lines, texts and boxes, without any code of the figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Text:
    """A text, with where it begins, is in the middle, or ends, as its anchor says."""

    words: str
    x: float
    y: float
    size: float
    anchor: str


class Figure:
    """The tree of an SVG."""

    def __init__(self, svg: bytes) -> None:
        self.root = Xml.fromstring(svg.decode("utf-8"))

    @property
    def size(self) -> tuple[float, float]:
        return float(self.root.attrib["width"]), float(self.root.attrib["height"])

    def of(self, kind: str) -> dict[str, Xml.Element]:
        """Return the elements of a kind by id."""
        found = [each for each in self.root.iter() if each.get("data-kind") == kind]
        made = {each.attrib["data-id"]: each for each in found}
        assert len(made) == len(found)
        return made

    def texts(self) -> list[Text]:
        return list(_texts(self.root, 0.0, 0.0))

    def says(self) -> str:
        """Return all text that is drawn, in one line."""
        return " ".join(each.words for each in self.texts())


def _texts(element: Xml.Element, left: float, top: float) -> Iterator[Text]:
    moved = NUMBER.findall(element.get("transform", "")) or ("0", "0")
    left, top = left + float(moved[0]), top + float(moved[1])
    if element.tag == f"{SVG}text":
        x, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        yield Text(element.text or "", left + x, top + y, size, element.get("text-anchor", "start"))
    for each in element:
        yield from _texts(each, left, top)


def middle(mark: Xml.Element) -> tuple[float, float]:
    """Return the middle of the last shape of a mark: of a circle, a rectangle or the corners of a path."""
    shape = [each for each in mark.iter() if each.tag in (f"{SVG}circle", f"{SVG}rect", f"{SVG}path")][-1]
    if shape.tag == f"{SVG}circle":
        return float(shape.attrib["cx"]), float(shape.attrib["cy"])
    if shape.tag == f"{SVG}rect":
        x, y, wide, tall = (float(shape.attrib[name]) for name in ("x", "y", "width", "height"))
        return x + wide / 2, y + tall / 2
    points = corners(shape.attrib["d"])
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def corners(data: str) -> list[tuple[float, float]]:
    """Return the points of a path of pairs of numbers."""
    values = [float(each) for each in NUMBER.findall(data)]
    return list(zip(values[::2], values[1::2], strict=True))
