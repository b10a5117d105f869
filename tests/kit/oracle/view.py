"""What one viewer may see of a world, as of one day. In: a World, a Viewer, a day. Out: visible facts alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from schema.language.edtf import parse
from schema.language.kinds import Nature
from schema.model import Route
from tests.kit.oracle.world import Fact, Relationship, World

MOST_REFERENCES = 100


@dataclass(frozen=True)
class Viewer:
    """Who asks: sees what is marked up to `open`, and beyond that the facts of these audiences, as "2:us-wa-seattle"."""

    open: int = 0
    audiences: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """One row of a list: a fact, and the relationship that led to it; a list of the root has none."""

    fact: Fact
    relationship: Relationship | None = None

    @property
    def ids(self) -> tuple[str, str]:
        """What a list without an order is sorted by: the id of the fact, then that of the relationship."""
        return self.fact.id, self.relationship.id if self.relationship else ""


@dataclass(frozen=True)
class View:
    """The facts that a viewer may see. Whatever an answer says, it says of these; no other fact has any influence."""

    world: World
    viewer: Viewer
    day: date | None = None
    synthetic: bool = False
    """Whether made-up facts are seen too."""
    root: str = ""
    """The key of the field of the root that is answered."""
    told: set[str] = field(default_factory=set, compare=False)
    """The fields of the root that show or count made-up facts."""
    related_before: dict[tuple[str, str], list[Entry]] = field(default_factory=dict, init=False)
    """What `related` found before; for speed alone."""

    def shows(self, fact: Fact) -> bool:
        """Whether a fact is there for this viewer on this day; of a relationship this says nothing of its ends."""
        return self._may_see(fact) and self._may_have_been_so(fact)

    def _may_see(self, fact: Fact) -> bool:
        """Security: a fact is seen up to the viewer's marking, or or by its audience; a made-up one only if it is asked for."""
        if fact.synthetic and not self.synthetic:
            return False
        return fact.marking <= self.viewer.open or fact.audience in self.viewer.audiences

    def _may_have_been_so(self, fact: Fact) -> bool:
        """As of a date: an uncertain date counts from the first day that it may mean to the last.

        Without `since` a fact has always begun, without `until` it goes on. What happened once does not end.
        """
        if self.day is None:
            return True
        since, until = fact.values.get("since"), fact.values.get("until")
        begins = parse(since).earliest if since else None
        ends = parse(until).latest if until and fact.spec.nature is Nature.STATE else None
        return (begins is None or begins <= self.day) and (ends is None or self.day <= ends)

    def certain(self, entry: Entry) -> bool:
        """As of a date: an entry is certain if its relationship and its fact are.

        A fact without dates at the end of a relationship is left out, and so is a relationship without dates that is no
        state; but one of the two must have dates.
        """
        both = [each for each in (entry.relationship, entry.fact) if each]
        dated = [each for each in both if any(each.values.get(name) for name in ("since", "until", "lastConfirmed"))]
        needed = [each for each in both if each is entry.relationship and each.spec.nature is Nature.STATE]
        return bool(dated) and all(self._was_surely_so(each) for each in (*dated, *needed))

    def _was_surely_so(self, fact: Fact) -> bool:
        """As of a date: it had begun whatever day `since` means, and a state ended, or was seen, on that day or later."""
        assert self.day
        since, until, seen = (fact.values.get(name) for name in ("since", "until", "lastConfirmed"))
        begun = parse(since).latest if since else None
        if begun is None or begun > self.day:
            return False
        later = [parse(text).earliest for text in (until, seen) if text]
        return fact.spec.nature is not Nature.STATE or any(day and day >= self.day for day in later)

    def tell(self, entries: Iterable[Entry]) -> None:
        """Synthetic facts: remember the field of the root if one of its facts, or a relationship to it, is made up."""
        if any(e.fact.synthetic or (e.relationship and e.relationship.synthetic) for e in entries):
            self.told.add(self.root)

    def find(self, id_: str | None) -> Fact | None:
        """Facts by id: what is not there and what the viewer may not see are both None."""
        node = self.world.nodes.get(id_ or "")
        return node if node and self.shows(node) else None

    def all(self, label: str) -> list[Entry]:
        """Lists: every visible node of a label."""
        return [Entry(node) for node in self.world.nodes_of.get(label, ()) if self.shows(node)]

    def related(self, node: Fact, route: Route) -> list[Entry]:
        """Lists: what a route leads to from a visible node. A relationship without direction is followed from both ends."""
        key = node.id, route.field
        if key not in self.related_before:
            starting, ending = route.forward or route.undirected, not route.forward or route.undirected
            met = self.world.met(node, route.relationship.name, starting=starting, ending=ending)
            self.related_before[key] = self.visible(met)
        return list(self.related_before[key])

    def visible(self, met: list[tuple[Fact, Relationship]]) -> list[Entry]:
        """Security: a relationship is seen if it and both of its ends are; the near end is seen already. Sorted by ids."""
        seen = [Entry(far, each) for far, each in met if self.shows(each) and self.shows(far)]
        return sorted(seen, key=lambda entry: entry.ids)

    def references(self, fact: Fact, name: str) -> list[Fact]:
        """List the facts whose ids a property holds, each once, by id, at most 100: a reference follows its target's rule."""
        held = fact.values.get(name, ())
        ids = {held} if isinstance(held, str) else set(held)
        label = fact.properties[name].refers_to
        targets = [self.find(id_) for id_ in sorted(ids)]
        return [target for target in targets if target and target.label == label][:MOST_REFERENCES]
