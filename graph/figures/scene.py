"""What all pictures of a cloud have in common. In: a Cloud, a wave, a seed. Out: places, hulls, marks, names, their legend.

Everybody stands where they stand in every other wave. Groups are told by shape and letter as well as by colour.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from graph.figures.caption import count
from graph.figures.frame import Entry, drawing
from graph.figures.geometry import Box, Point, hull
from graph.figures.labels import Wanted, label, placed
from graph.figures.layout import Places, places
from graph.figures.look import HULL, HULL_EDGE, PAPER, SMALL
from graph.figures.marks import RING, absent, cut_ring, focusable, shape, shaped, silent_ring, styles
from graph.figures.people import Cloud, Person, Wave
from graph.figures.svg import node, path
from graph.figures.text import width, words

WIDE, TALL, PAD = 920.0, 720.0, 26.0
RADIUS, MANY, LARGEST = 9.0, 160, 2.0
"""Marks have this radius in pixels. For more people than this the drawing grows, at most so many times, and then marks shrink."""


@dataclass(frozen=True)
class Ground:
    """The box, where people stand, and how large they are, in pixels."""

    box: Box
    places: Places
    radius: float


def ground(given: Cloud, seed: int) -> Ground:
    """Lay out the people of a cloud over all its waves."""
    wanted = max(1.0, len(given.people) / MANY) ** 0.5
    larger = min(wanted, LARGEST)
    box, radius = drawing(WIDE * larger, TALL * larger, given.title), RADIUS * larger / wanted
    inner = Box(box.left + PAD, box.top + PAD, box.right - PAD, box.bottom - PAD)
    communities = {person.id: person.community for person in given.people if person.community is not None}
    ids = [person.id for person in given.people]
    return Ground(box, places(ids, given.pairs, communities, inner, seed=seed, radius=radius), radius)


def gathered(name: str, children: Iterable[Xml.Element]) -> Xml.Element:
    """Gather elements in a group that screen readers announce."""
    return node("g", *children, role="graphics-object group", aria_label=name)


def hulls(given: Cloud, on: Ground) -> list[Xml.Element]:
    """Draw a light area behind each community of three or more who have ties."""
    of: dict[int, list[Point]] = {}
    for person in given.people:
        if person.community is not None and person.id not in on.places.alone:
            of.setdefault(person.community, []).append(on.places.at[person.id])
    made = []
    for community, points in sorted(of.items()):
        if len(points) > 2:
            outline = path(*hull(points, on.radius * 2.1), closed=True)
            says = node("title", f"Community {community + 1}: {count(len(points), 'person', 'people')}")
            made.append(node("g", says, _area(outline), data_kind="community", data_id=str(community)))
    return made


def _area(outline: str) -> Xml.Element:
    return node(
        "path", d=outline, fill=HULL, fill_opacity=0.75,
        stroke=HULL_EDGE, stroke_width=0.9, stroke_dasharray="1 3",
    )  # fmt: skip


def people(given: Cloud, shown: Wave, on: Ground) -> tuple[list[Xml.Element], list[Xml.Element], int]:
    """Draw the people of a wave. Return marks, names that have room, and how many names those are.

    Cut points get their names first, then those with many ties.
    """
    look, ties = styles(given.named_groups), Counter(id_ for tie in shown.ties for id_ in tie.pair)
    cut = frozenset(shown.cut_points)
    marks, wanted, taken = [], [], []
    for person in given.people:
        at, style = on.places.at[person.id], look[person.group]
        drawn, room = [absent(at, on.radius)], on.radius * 0.5
        if shown.lists(person.id):
            ring = _ring(shown, person, cut)
            drawn, room = shape(style[0], at, on.radius, style[1]), on.radius * (RING if ring else 1.1)
            drawn = [ring(at, on.radius), *drawn] if ring else drawn
            rank = (person.id not in cut, -ties[person.id], person.id)
            wanted.append((rank, Wanted(person.id, person.label, at, room)))
        taken.append((at, room))
        says = _says(given, shown, person, ties[person.id])
        marks.append(focusable("person", person.id, says, drawn, data_group=person.group))
    heading, rooms = _alone(on)
    order = [each for _, each in sorted(wanted, key=lambda pair: pair[0])]
    names = placed(order, taken, on.box, SMALL, rooms)
    return marks, [*heading, *names.values()], len(names)


def _ring(shown: Wave, person: Person, cut: Collection[str]) -> Callable[[Point, float], Xml.Element] | None:
    if person.id in cut:
        return cut_ring
    return None if shown.heard(person.id) else silent_ring


def _alone(on: Ground) -> tuple[list[Xml.Element], list[Box]]:
    """Say above their rows who has no tie in any wave."""
    if not on.places.alone:
        return [], []
    x, y = on.places.at[on.places.alone[0]]
    says = f"Without ties in any wave: {count(len(on.places.alone), 'person', 'people')}"
    left, bottom = x - on.radius, y - on.radius * 2
    room = Box(left, bottom - SMALL, left + width(says, SMALL), bottom + SMALL * 0.3)
    return [label(says, (left, bottom), SMALL)], [room]


def _says(given: Cloud, shown: Wave, person: Person, ties: int) -> str:
    said = [person.label]
    if person.group is not None:
        said.append(f"{given.group_is}: {words(person.group)}")
    if person.community is not None:
        said.append(f"community {person.community + 1}")
    if not shown.lists(person.id):
        return "; ".join([*said, "not listed in this wave"])
    said.append(f"tied to {count(ties, 'person', 'people')}")
    if person.id in shown.cut_points:
        said.append("cut point")
    if not shown.heard(person.id):
        said.append("no answers to show")
    return "; ".join(said)


def people_legend(given: Cloud, shown: Wave) -> list[Entry]:
    """Explain the marks: each group with how many people, and the rings."""
    listed = given.listed_in(shown)
    often, look = Counter(person.group for person in listed), styles(given.named_groups)
    made = [Entry((), given.group_is)] if given.named_groups else []
    made += [
        Entry(tuple(shape(look[name][0], (20, 0), RADIUS, look[name][1])), f"{words(name)} ({often[name]})")
        for name in given.named_groups
    ]
    if often[None]:
        says = "Not stated" if given.named_groups else "Person"
        made.append(Entry(tuple(shape(look[None][0], (20, 0), RADIUS)), f"{says} ({often[None]})"))
    return made + _rings(given, shown, listed)


def _rings(given: Cloud, shown: Wave, listed: Collection[Person]) -> list[Entry]:
    dot, at = shaped("circle", (20, 0), 6.5, PAPER), (20.0, 0.0)
    made = []
    if shown.cut_points:
        says = f"Cut point: without this person the network falls into more parts ({len(shown.cut_points)})"
        made.append(Entry((cut_ring(at, 6.5), dot), says))
    silent = sum(not shown.heard(person.id) for person in listed)
    if silent:
        says = f"No answers to show, so whom this person trusts is not known ({silent})"
        made.append(Entry((silent_ring(at, 6.5), dot), says))
    if len(listed) < len(given.people):
        says = f"On the list of another wave only ({len(given.people) - len(listed)})"
        made.append(Entry((absent(at, RADIUS),), says))
    if any(person.community is not None for person in given.people):
        outline = path(*hull(((11, 0), (29, 0)), 8), closed=True)
        made.append(Entry((_area(outline),), "Community, found over all waves"))
    return [Entry((), "Marks"), *made] if made else []
