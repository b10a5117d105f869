"""Growth: two survey waves of a cloud, one against the other. In: a Cloud, two waves, a seed. Out: the bytes of an SVG.

New, kept and lost ties have a line of their own, and so have those of which the waves cannot tell.
"""

import enum
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from graph.figures.caption import count, response, sentences
from graph.figures.cloud import stated
from graph.figures.frame import Entry, Sheet, key, sheet
from graph.figures.geometry import Point
from graph.figures.labels import left_out
from graph.figures.look import KEPT, LOST, NEW, NOT_KNOWN
from graph.figures.marks import focusable, sample, segment
from graph.figures.people import Cloud, Wave, Way
from graph.figures.scene import Ground, gathered, ground, hulls, people, people_legend
from graph.figures.svg import node

Arc = tuple[str, str]


class Change(enum.Enum):
    """What became of a tie from the earlier to the later wave."""

    KEPT = "Kept: stated in both waves"
    NEW = "New: stated in the later wave only"
    LOST = "Lost: stated in the earlier wave only"
    NOT_KNOWN = "Not known: stated in one wave; in the other, no answers to show, or not listed"


LINES = {Change.KEPT: KEPT, Change.NOT_KNOWN: NOT_KNOWN, Change.LOST: LOST, Change.NEW: NEW}
"""In the order in which they are drawn, one above the other."""


@dataclass(frozen=True)
class Growth:
    """The ties of two waves, each direction that was stated once, by what became of them."""

    changes: Mapping[Arc, Change]
    came: tuple[str, ...]
    left: tuple[str, ...]
    """People on the roster of one of the two waves only."""

    def count(self, change: Change) -> int:
        """Return how many ties became this."""
        return sum(each is change for each in self.changes.values())


def compared(given: Cloud, before: int, after: int) -> Growth:
    """Compare the ties of two waves.

    A tie that is missing in a wave was absent only if whoever would have stated it gave answers then, and the other was
    listed; otherwise nothing is known of it. Where the direction does not count, both must have answered.
    """
    earlier, later = given.waves[before], given.waves[after]
    first, second = _arcs(earlier), _arcs(later)
    changes = {}
    for arc in sorted(first.keys() | second.keys()):
        if arc in first and arc in second:
            changes[arc] = Change.KEPT
        else:
            missing, both = (later, first[arc]) if arc in first else (earlier, second[arc])
            told = _absent(missing, arc, both)
            changes[arc] = (Change.LOST if arc in first else Change.NEW) if told else Change.NOT_KNOWN
    were, are = ({person.id for person in given.listed_in(wave)} for wave in (earlier, later))
    return Growth(changes, tuple(sorted(are - were)), tuple(sorted(were - are)))


def _arcs(wave: Wave) -> dict[Arc, bool]:
    """Return the ties of a wave, each with whether either of the two may have stated it."""
    return {arc: tie.way is Way.EITHER for tie in wave.ties for arc in tie.arcs}


def _absent(wave: Wave, arc: Arc, either: bool) -> bool:
    """Whether a wave in which a tie was not stated tells that it was absent."""
    start, end = arc
    listed = wave.lists(start) and wave.lists(end)
    return listed and wave.heard(start) and (wave.heard(end) or not either)


def growth(given: Cloud, before: int = 0, after: int = 1, *, seed: int = 0) -> bytes:
    """Draw what became of the ties between two waves, counted from 0. Raises IndexError if there is no such wave."""
    earlier, later, on = given.waves[before], given.waves[after], ground(given, seed)
    found = compared(given, before, after)
    marks, names, named = people(given, later, on)
    facts = given.facts(later.name, later.replies, later.invited)
    old = given.facts(earlier.name, earlier.replies, earlier.invited)
    listed = len(given.listed_in(later))
    caption = [
        f"{earlier.name}, compared with {later.name}. {in_words(found)}",
        _counted(earlier, len(given.listed_in(earlier)), response(old)),
        *sentences(facts, count(listed, "person", "people"), stated(later.ties)),
    ]
    return sheet(
        Sheet(
            title=given.title,
            about="Two waves of a network of people. Each person and each tie has a title and can be reached by keyboard.",
            box=on.box,
            drawn=[
                *hulls(given, on),
                gathered("Ties", _drawn(given, found.changes, on)),
                gathered("People", marks),
                node("g", *names, aria_hidden="true"),
            ],
            legend=[*people_legend(given, later), *_legend(found)],
            caption=[*caption, *left_out(named, listed)],
            key=key("growth", given, before, after, seed),
        )
    )


def in_words(found: Growth) -> str:
    """Say how many ties are new, kept and lost, and who came and left."""
    new, kept, lost = (found.count(each) for each in (Change.NEW, Change.KEPT, Change.LOST))
    said = f"{count(new, 'tie is', 'ties are')} new, {kept:,} kept, {lost:,} lost"
    unknown = found.count(Change.NOT_KNOWN)
    people = f"{count(len(found.came), 'person', 'people')} came and {len(found.left):,} left the list."
    return f"{said}; of {unknown:,} the waves cannot tell. {people}"


def _counted(wave: Wave, listed: int, said: str) -> str:
    return f"{wave.name}: {count(listed, 'person', 'people')}, {stated(wave.ties)}. {said}"


def _drawn(given: Cloud, changes: Mapping[Arc, Change], on: Ground) -> list[Xml.Element]:
    """Draw each tie; the two directions of a pair are one line if the same became of them, and else lie side by side."""
    names = {person.id: person.label for person in given.people}
    plain = {tie.pair for wave in given.waves for tie in wave.ties if tie.way is Way.EITHER}
    made: dict[Change, list[Xml.Element]] = {change: [] for change in LINES}
    for (start, end), change in changes.items():
        back = changes.get((end, start))
        if back is change and end < start:
            continue
        leads = back is not change and (start, end) not in plain
        ends = on.places.at[start], on.places.at[end]
        if back is not None and back is not change:
            ends = _aside(*ends, 2.2)
        line = segment(*ends, LINES[change], (on.radius, on.radius + 2 * leads), arrow=leads)
        joined = "named" if leads else "and"
        says = f"{names[start]} {joined} {names[end]}: {change.value.partition(':')[0].lower()}"
        way = Way.EITHER if (start, end) in plain else Way.ONE_WAY if leads else Way.MUTUAL
        about = {"data_from": start, "data_to": end, "data_change": change.name.lower(), "data_way": way.name.lower()}
        made[change].append(focusable("tie", f"{start} {end}", says, [line], **about))
    return [each for change in LINES for each in made[change]]


def _aside(start: Point, end: Point, by: float) -> tuple[Point, Point]:
    """Move a line to its right by so many pixels."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = (across**2 + down**2) ** 0.5 or 1.0
    x, y = -down / length * by, across / length * by
    return (start[0] + x, start[1] + y), (end[0] + x, end[1] + y)


def _legend(found: Growth) -> list[Entry]:
    often = Counter(found.changes.values())
    order = (Change.NEW, Change.KEPT, Change.LOST, Change.NOT_KNOWN)
    made = [Entry(sample(LINES[each]), f"{each.value} ({often[each]})") for each in order if often[each]]
    return [Entry((), "Ties"), *made] if made else []
