"""Points, boxes, outlines. In: points in pixels. Out: hulls around them, corners of shapes, boxes that overlap or do not."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def meets(self, other: "Box") -> bool:
        """Whether they have more than an edge in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def around(points: Iterable[Point]) -> Box:
    """Return the smallest box with all the points, of which there is at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def hull(points: Iterable[Point], margin: float) -> tuple[Point, ...]:
    """Return the corners of a convex outline that keeps a margin to all points.

    Source: A. Andrew, Another efficient algorithm for convex hulls in two dimensions, 1979.
    """
    turns = [(math.cos(math.tau * step / 16) * margin, math.sin(math.tau * step / 16) * margin) for step in range(16)]
    wide = sorted({(x + dx, y + dy) for x, y in points for dx, dy in turns})
    lower, upper = _chain(wide), _chain(wide[::-1])
    return (*lower[:-1], *upper[:-1])


def _chain(points: list[Point]) -> list[Point]:
    made: list[Point] = []
    for point in points:
        while len(made) > 1 and _turn(made[-2], made[-1], point) <= 0:
            made.pop()
        made.append(point)
    return made


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


CORNERS = {"square": (4, 45.0), "diamond": (4, 0.0), "triangle": (3, -90.0), "down": (3, 90.0), "pentagon": (5, -90.0),
           "hexagon": (6, 0.0), "octagon": (8, 22.5)}  # fmt: skip


def polygon(shape: str, centre: Point, radius: float) -> tuple[Point, ...]:
    """Return the corners of a regular shape with the area of a circle of this radius."""
    corners, turned = CORNERS[shape]
    reach = radius * math.sqrt(math.tau / corners / math.sin(math.tau / corners))
    angles = [math.radians(turned + 360 * at / corners) for at in range(corners)]
    return tuple((centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)) for angle in angles)


def trimmed(start: Point, end: Point, before: float, after: float) -> tuple[Point, Point]:
    """Shorten a line at both ends by so many pixels, never by more than nearly half of it."""
    length = math.dist(start, end)
    if not length:
        return start, end
    first, last = min(before / length, 0.49), min(after / length, 0.49)
    across, down = end[0] - start[0], end[1] - start[1]
    return (
        (start[0] + across * first, start[1] + down * first),
        (end[0] - across * last, end[1] - down * last),
    )


def head(tip: Point, back: Point, size: float) -> tuple[Point, Point, Point]:
    """Return the open head of an arrow that comes from `back` to `tip`."""
    angle = math.atan2(tip[1] - back[1], tip[0] - back[0])
    left, right = (
        (tip[0] - size * math.cos(angle + turn), tip[1] - size * math.sin(angle + turn)) for turn in (0.45, -0.45)
    )
    return left, tip, right
