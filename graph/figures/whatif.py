"""What if: a cloud in one wave of which people leave or come together. In: a Cloud, a wave, a change, a seed. Out: an SVG.

Everybody stands where they stand in the figure of the wave. Who leaves is faint, with all ties; new ties are thick and dashed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from graph.figures.caption import count, sentences
from graph.figures.cloud import drawn_ties, stated, tie_legend
from graph.figures.frame import Entry, Sheet, key, sheet
from graph.figures.labels import left_out
from graph.figures.look import ADDED, INK
from graph.figures.marks import focusable, sample, segment, shaped
from graph.figures.people import Cloud
from graph.figures.scene import RADIUS, Ground, gathered, ground, hulls, people, people_legend
from graph.figures.svg import node

Arc = tuple[str, str]
FAINT = "0.2"


@dataclass(frozen=True)
class Supposed:
    """What is supposed: who leaves, and the ties that come and go, each direction that is stated once.

    `who` and `what` say in words who leaves and what is added; each is empty if nothing is supposed of it.
    """

    gone: tuple[str, ...] = ()
    added: tuple[Arc, ...] = ()
    lost: tuple[Arc, ...] = ()
    who: str = ""
    what: str = ""

    @property
    def pairs(self) -> tuple[Arc, ...]:
        """Return the pairs that are newly tied, each once."""
        return tuple(sorted({(min(arc), max(arc)) for arc in self.added}))

    def sentences(self) -> tuple[str, ...]:
        """Say what is supposed, and what comes of it."""
        made = []
        if self.who:
            leave = f"{count(len(self.gone), 'person leaves', 'people leave')}"
            made.append(f"What if {self.who}: {leave}, and {count(len(self.lost), 'tie goes', 'ties go')} with them.")
        if self.what:
            tied = len({end for arc in self.added for end in arc})
            come = f"{count(len(self.added), 'new tie', 'new ties')} between {count(tied, 'person', 'people')}"
            made.append(f"What if {self.what}: {come if self.added else 'no new tie'}.")
        return tuple(made)


def whatif(given: Cloud, supposed: Supposed, wave: int = 0, *, seed: int = 0) -> bytes:
    """Draw one wave, counted from 0, with what is supposed of it. Raises IndexError if there is no such wave."""
    shown, on = given.waves[wave], ground(given, seed)
    marks, names, named = people(given, shown, on)
    listed = len(given.listed_in(shown))
    facts = given.facts(shown.name, shown.replies, shown.invited)
    caption = sentences(facts, count(listed, "person", "people"), stated(shown.ties))
    gone = frozenset(supposed.gone)
    old = [_faded(each, _ends(each), gone) for each in drawn_ties(given, shown, on)]
    return sheet(
        Sheet(
            title=given.title,
            about="A network of people, and a supposition. Each person and each tie has a title and can be reached by keyboard.",
            box=on.box,
            drawn=[
                *hulls(given, on),
                gathered("Ties", old),
                gathered("New ties", _added(given, supposed, on)),
                gathered("People", [_faded(each, (each.get("data-id", ""),), gone) for each in marks]),
                node("g", *names, aria_hidden="true"),
            ],
            legend=[*_legend(supposed), *people_legend(given, shown), *tie_legend(shown.ties)],
            caption=[*supposed.sentences(), *caption, *left_out(named, listed)],
            key=key("whatif", given, supposed, wave, seed),
        )
    )


def _ends(mark: Xml.Element) -> tuple[str, str]:
    return mark.get("data-from", ""), mark.get("data-to", "")


def _faded(mark: Xml.Element, ends: Collection[str], gone: Collection[str]) -> Xml.Element:
    """Make the mark of somebody who leaves faint, or that of a tie of theirs, and say so in its words."""
    if any(end in gone for end in ends):
        says = f"{mark.get('aria-label', '')}; gone"
        mark.set("opacity", FAINT)
        mark.set("aria-label", says)
        for title in mark.findall("title"):
            title.text = says
    return mark


def _added(given: Cloud, supposed: Supposed, on: Ground) -> list[Xml.Element]:
    names = {person.id: person.label for person in given.people}
    made = []
    for one, other in supposed.pairs:
        line = segment(on.places.at[one], on.places.at[other], ADDED, (on.radius, on.radius))
        says = f"New: {names[one]} and {names[other]}"
        about = {"data_from": one, "data_to": other, "data_change": "added"}
        made.append(focusable("tie", f"{one} {other} added", says, [line], **about))
    return made


def _legend(supposed: Supposed) -> list[Entry]:
    made = []
    if supposed.pairs:
        made.append(Entry(sample(ADDED), f"New tie ({len(supposed.pairs)})"))
    if supposed.gone:
        dot = node("g", shaped("circle", (20, 0), RADIUS, INK), opacity=FAINT)
        made.append(Entry((dot,), f"Faint: leaves, with all ties ({len(supposed.gone)})"))
    return [Entry((), "What if"), *made] if made else []
