"""Where people stand. In: ids, pairs over all waves, communities, a seed. Out: places in pixels, the same for every wave.

By Kamada and Kawai, An algorithm for drawing general undirected graphs, 1989, in igraph, which draws no random numbers for it
when it is told where to begin. Components are laid out apart, people without any tie stand in rows below.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.figures.geometry import Box, Point, around

PULL = 1.6
"""Ties between communities are drawn 1 + PULL * modularity times as long, so a network without clusters is not pulled apart."""
MOST = 1500
"""How many people or places are laid out at most; time and memory grow with the square."""
GAP = 0.7
"""The room between components, in those units in which a component of n people is about as wide as the root of n."""


@dataclass(frozen=True)
class Places:
    """The place of each id in pixels, and who has no tie in any wave."""

    at: Mapping[str, Point]
    alone: tuple[str, ...]


def places(
    ids: Sequence[str],
    pairs: Sequence[tuple[str, str]],
    communities: Mapping[str, int],
    box: Box,
    *,
    seed: int,
    radius: float,
) -> Places:
    """Lay out all ids in a box; no two are nearer than two radii if there is room. Raises ValueError if they are too many."""
    if len(ids) > MOST:
        raise ValueError(f"A figure shows at most {MOST:,} people or places, and these are {len(ids):,}.")
    tied = {id_ for pair in pairs for id_ in pair}
    alone = tuple(sorted(set(ids) - tied))
    step = radius * 3.2
    columns = max(1, int(box.width // step))
    rows = math.ceil(len(alone) / columns)
    room = Box(box.left, box.top, box.right, box.bottom - (rows + 1) * step * bool(rows)) if tied else box
    top = room.bottom + step if tied else box.top + step
    at = {
        id_: (box.left + (number % columns + 0.5) * step, top + (number // columns + 0.5) * step)
        for number, id_ in enumerate(alone)
    }
    if tied:
        at |= _apart(_fitted(packed(_components(sorted(tied), pairs, communities, seed)), room), room, radius)
    return Places({id_: at[id_] for id_ in sorted(at)}, alone)


def _components(
    ids: Sequence[str], pairs: Sequence[tuple[str, str]], communities: Mapping[str, int], seed: int
) -> list[dict[str, Point]]:
    """Lay out each component, the largest first.

    igraph lays it on its long side, and makes one of n people as wide as the square root of n: all have the same room.
    """
    import igraph

    number = {id_: at for at, id_ in enumerate(ids)}
    ties = sorted({(min(number[a], number[b]), max(number[a], number[b])) for a, b in pairs})
    graph = igraph.Graph(len(ids), ties)
    of = [communities.get(id_, -1) for id_ in ids]
    modularity = graph.modularity([1 + group for group in of])
    longer = 1 + PULL * max(0.0, modularity)
    graph.es["length"] = [1.0 if of[a] == of[b] else longer for a, b in ties]
    parts = sorted((sorted(part) for part in graph.connected_components()), key=lambda part: (-len(part), part))
    chance = random.Random(seed)  # noqa: S311  for a picture
    made = []
    for part in parts:
        order = sorted(part, key=lambda at: (of[at], at))
        turn = {at: math.tau * (place + chance.random() / 2) / len(part) for place, at in enumerate(order)}
        begin = [(math.cos(turn[at]), math.sin(turn[at])) for at in part]
        inner = graph.induced_subgraph(part)
        points = inner.layout_kamada_kawai(seed=begin, weights="length").coords
        made.append({ids[at]: (x, y) for at, (x, y) in zip(part, points, strict=True)})
    return made


def packed(parts: Sequence[dict[str, Point]]) -> dict[str, Point]:
    """Put the largest component at the left, and the others beside it in columns of about its height.

    The components are ordered by size; each is about as wide as the root of the number of its people.
    """
    height = max(around(parts[0].values()).height, math.sqrt(len(parts)))
    made, left, top, widest = {}, 0.0, 0.0, 0.0
    for part in parts:
        box = around(part.values())
        if top and top + box.height > height:
            left, top, widest = left + widest + GAP, 0.0, 0.0
        made.update({id_: (x - box.left + left, y - box.top + top) for id_, (x, y) in part.items()})
        top, widest = top + box.height + GAP, max(widest, box.width)
    return made


def _fitted(points: Mapping[str, Point], box: Box) -> dict[str, Point]:
    """Scale points to a box and put them in its middle; one unit is never more than a quarter of the box."""
    given = around(points.values())
    scale = min(
        box.width / max(given.width, 1e-9), box.height / max(given.height, 1e-9), min(box.width, box.height) / 4
    )
    left = (box.left + box.right - given.width * scale) / 2
    top = (box.top + box.bottom - given.height * scale) / 2
    return {id_: ((x - given.left) * scale + left, (y - given.top) * scale + top) for id_, (x, y) in points.items()}


def _apart(points: Mapping[str, Point], box: Box, radius: float) -> dict[str, Point]:
    """Push people apart who would cover each other."""
    least = radius * 2.5
    made = dict(points)
    for _ in range(40):
        cells: dict[tuple[int, int], list[str]] = {}
        for id_, (x, y) in made.items():
            cells.setdefault((int(x // least), int(y // least)), []).append(id_)
        moved = False
        for (column, row), inside in list(cells.items()):
            near = [id_ for i in (-1, 0, 1) for j in (-1, 0, 1) for id_ in cells.get((column + i, row + j), ())]
            for one in inside:
                moved |= sum(_pushed(made, one, other, least, box) for other in near if one < other) > 0
        if not moved:
            break
    return made


def _pushed(points: dict[str, Point], one: str, other: str, least: float, box: Box) -> bool:
    (ax, ay), (bx, by) = points[one], points[other]
    distance = math.dist((ax, ay), (bx, by))
    if distance >= least - 0.01:
        return False
    across, down = ((bx - ax) / distance, (by - ay) / distance) if distance > 1e-6 else (1.0, 0.0)
    half = (least - distance) / 2
    for id_, way in ((one, -half), (other, half)):
        x, y = points[id_]
        points[id_] = (
            min(max(x + across * way, box.left), box.right),
            min(max(y + down * way, box.top), box.bottom),
        )
    return True
