"""The land of the world as an outline. In: a file of this folder. Out: rings of longitudes and latitudes.

The data is Natural Earth 4.1, 1:110m, which is in the public domain, by way of the package world-atlas 2.0.2 (ISC).
`python -m graph.figures.land land-110m.json` made the file from that of the package, which is TopoJSON.
"""

import json
import sys
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

FILE = "vendored/world-atlas-2.0.2/land-110m.json"
Ring = tuple[tuple[float, float], ...]


@cache
def rings() -> tuple[Ring, ...]:
    """Return rings of longitude and latitude in degrees; a ring inside another is a lake.

    A ring that crosses the edge of the map goes on beyond 180 degrees. Each is closed but that of Antarctica, which goes
    around the pole.
    """
    stored = json.loads((Path(__file__).parent / FILE).read_text(encoding="utf-8"))["rings"]
    return tuple(tuple((x / 100, y / 100) for x, y in zip(ring[::2], ring[1::2], strict=True)) for ring in stored)


def converted(topology: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a TopoJSON of land, each as longitude, latitude, longitude and so on, in hundredths of a degree."""
    (across, up), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        steps = list(accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]]))
        arcs.append([(round((x * across + left) * 100), round((y * up + bottom) * 100)) for x, y in steps])
    made = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points = [point for at in ring for point in (arcs[at] if at >= 0 else arcs[~at][::-1])]
                kept = [point for at, point in enumerate(points) if not at or point != points[at - 1]]
                made.append([value for point in unbroken(kept) for value in point])
    return made


def unbroken(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Let a ring that crosses the edge of the map go on beyond 180 degrees instead of jumping to the other edge."""
    made = ring[:1]
    for x, y in ring[1:]:
        turns = round((made[-1][0] - x) / 36000)
        made.append((x + 36000 * turns, y))
    return made


def main(source: str) -> None:
    """Write the file of this folder."""
    found = converted(json.loads(Path(source).read_text(encoding="utf-8")))
    about = "Natural Earth 4.1, 1:110m land, public domain; hundredths of a degree"
    text = json.dumps({"about": about, "rings": found}, separators=(",", ":"))
    (Path(__file__).parent / FILE).write_text(text.replace("],", "],\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
