"""A cloud that is too large for SVG, as data. In: a Cloud, a seed. Out: JSON with places, ties and changes by wave.

By Fruchterman and Reingold, Graph drawing by force-directed placement, 1991, in igraph on a grid. Everybody stays in place.
"""

import math
import random
from collections.abc import Sequence
from typing import Any

import orjson

from graph.figures.caption import sentences
from graph.figures.geometry import Point, around
from graph.figures.growth import Change, compared
from graph.figures.layout import packed
from graph.figures.people import Cloud, Wave, Way

ROUNDS = 150
"""Steps of the layout; more change little for 5,000 people."""
WAYS = [*Way]
CHANGES = [*Change]
Pair = tuple[int, int]


def large(given: Cloud, *, seed: int = 0) -> bytes:
    """Return title, words for `ways` and `changes`, `people` with places, and `waves` with ties by numbers of people."""
    number = {person.id: at for at, person in enumerate(given.people)}
    pairs = [(number[a], number[b]) for a, b in given.pairs]
    points = _points(len(number), [person.community for person in given.people], pairs, seed)
    said = {
        "title": given.title,
        "groupIs": given.group_is,
        "rule": given.rule,
        "synthetic": given.synthetic,
        "ways": [each.name.lower() for each in WAYS],
        "changes": [each.name.lower() for each in CHANGES],
        "people": [
            {
                "id": person.id,
                "label": person.label,
                "group": person.group,
                "community": person.community,
                "x": x,
                "y": y,
            }
            for person, (x, y) in zip(given.people, points, strict=True)
        ],
        "waves": [_wave(given, at, wave, number) for at, wave in enumerate(given.waves)],
    }
    return orjson.dumps(said)


def _wave(given: Cloud, at: int, wave: Wave, number: dict[str, int]) -> dict[str, Any]:
    facts = given.facts(wave.name, wave.replies, wave.invited)
    return {
        "name": wave.name,
        "caption": sentences(facts),
        "absent": [number[each.id] for each in given.people if not wave.lists(each.id)],
        "cutPoints": [number[id_] for id_ in wave.cut_points],
        "ties": [[number[tie.start], number[tie.end], WAYS.index(tie.way)] for tie in wave.ties],
        "changes": _changes(given, at, number) if at else None,
    }


def _changes(given: Cloud, at: int, number: dict[str, int]) -> list[list[int]]:
    found = compared(given, at - 1, at).changes
    return [[number[start], number[end], CHANGES.index(change)] for (start, end), change in found.items()]


def _points(people: int, communities: Sequence[int | None], pairs: Sequence[Pair], seed: int) -> list[Point]:
    """Lay out each component from a start in which each community stands together, and pack them beside each other."""
    import igraph

    if people == 0:
        return []
    chance = random.Random(seed)  # noqa: S311  for a picture
    graph = igraph.Graph(people, list(pairs))
    parts = sorted((sorted(part) for part in graph.connected_components()), key=lambda part: (-len(part), part))
    igraph.set_random_number_generator(chance)
    laid = []
    for part in parts:
        begin = [_begin(communities[at], chance) for at in part]
        drawn = graph.induced_subgraph(part).layout_fruchterman_reingold(seed=begin, niter=ROUNDS, grid=True)
        box = around(drawn.coords)
        scale = math.sqrt(len(part)) / max(box.width, box.height, 1e-9)
        laid.append({str(at): (x * scale, y * scale) for at, (x, y) in zip(part, drawn.coords, strict=True)})
    igraph.set_random_number_generator(random)
    at = packed(laid)
    return [(round(at[str(person)][0], 3), round(at[str(person)][1], 3)) for person in range(people)]


def _begin(community: int | None, chance: random.Random) -> Point:
    turn = math.tau * (community or 0) / 17
    return math.cos(turn) * 30 + chance.random(), math.sin(turn) * 30 + chance.random()
