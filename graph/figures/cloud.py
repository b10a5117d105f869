"""Figure two: a cloud of trust in one survey wave. In: a Cloud, the number of a wave, a seed. Out: the bytes of an SVG."""

from collections import Counter
from collections.abc import Collection, Mapping
from xml.etree import ElementTree as Xml

from graph.figures.caption import count, sentences
from graph.figures.frame import Entry, Sheet, key, sheet
from graph.figures.labels import left_out
from graph.figures.look import EITHER, MUTUAL, ONE_WAY
from graph.figures.marks import focusable, sample, segment
from graph.figures.people import Cloud, Person, Tie, Wave, Way
from graph.figures.scene import Ground, gathered, ground, hulls, people, people_legend
from graph.figures.svg import node

LINES = {Way.ONE_WAY: ONE_WAY, Way.MUTUAL: MUTUAL, Way.EITHER: EITHER}


def cloud(given: Cloud, wave: int = 0, *, seed: int = 0) -> bytes:
    """Draw one wave, counted from 0. Raises IndexError if there is no such wave."""
    shown, on = given.waves[wave], ground(given, seed)
    marks, names, named = people(given, shown, on)
    listed = len(given.listed_in(shown))
    facts = given.facts(shown.name, shown.replies, shown.invited)
    caption = sentences(facts, count(listed, "person", "people"), stated(shown.ties))
    return sheet(
        Sheet(
            title=given.title,
            about="A network of people. Each person and each tie has a title and can be reached by keyboard.",
            box=on.box,
            drawn=[
                *hulls(given, on),
                gathered("Ties", drawn_ties(given, shown, on)),
                gathered("People", marks),
                node("g", *names, aria_hidden="true"),
            ],
            legend=[*people_legend(given, shown), *tie_legend(shown.ties)],
            caption=[*caption, *left_out(named, listed)],
            key=key("cloud", given, wave, seed),
        )
    )


def drawn_ties(given: Cloud, shown: Wave, on: Ground) -> list[Xml.Element]:
    """Draw the ties of a wave, each as a mark of its own."""
    by_id = {person.id: person for person in given.people}
    return [_tie(tie, by_id, on) for tie in shown.ties]


def stated(ties: Collection[Tie]) -> str:
    """Say how many ties there are; with direction, each direction counts."""
    ways = Counter(tie.way for tie in ties)
    if ways[Way.EITHER] or not ties:
        return count(len(ties), "tie", "ties")
    arcs, both, one = sum(len(tie.arcs) for tie in ties), ways[Way.MUTUAL], ways[Way.ONE_WAY]
    return f"{count(arcs, 'tie', 'ties')} ({count(both, 'pair', 'pairs')} in both directions, {one} in one)"


def _tie(tie: Tie, people: Mapping[str, Person], on: Ground) -> Xml.Element:
    one, other = people[tie.start].label, people[tie.end].label
    says = {
        Way.ONE_WAY: f"{one} named {other}",
        Way.MUTUAL: f"{one} and {other} named each other",
        Way.EITHER: f"{one} and {other}",
    }[tie.way]
    leads = tie.way is Way.ONE_WAY
    gaps = (on.radius, on.radius + 2 * leads)
    line = segment(on.places.at[tie.start], on.places.at[tie.end], LINES[tie.way], gaps, arrow=leads)
    about = {"data_from": tie.start, "data_to": tie.end, "data_way": tie.way.name.lower()}
    return focusable("tie", f"{tie.start} {tie.end}", says, [line], **about)


def tie_legend(ties: Collection[Tie]) -> list[Entry]:
    """Explain the lines of those ties that there are."""
    said = {
        Way.MUTUAL: "Each named the other",
        Way.ONE_WAY: "The first named the second",
        Way.EITHER: "The two are tied",
    }
    ways = {tie.way for tie in ties}
    made = [Entry(sample(LINES[way], arrow=way is Way.ONE_WAY), words) for way, words in said.items() if way in ways]
    return [Entry((), "Ties"), *made] if made else []
