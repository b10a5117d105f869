"""What one viewer may see of a world, on one day. In: World, Viewer, day. Out: visible facts alone."""

from dataclasses import dataclass
from datetime import date

from schema.edtf import parse
from schema.kinds import Nature
from schema.model import Route
from tests.oracle.world import Fact, Tie, World


@dataclass(frozen=True)
class Viewer:
    """Who asks: sees what is marked up to `open`, and the facts of these audiences, as "2:us-wa-seattle"."""

    open: int = 0
    audiences: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """One row of a list: a fact, and the tie that led to it unless the list begins at the root."""

    node: Fact
    tie: Tie | None = None

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands in a list without an order."""
        return self.node.id, self.tie.id if self.tie else ""


@dataclass(frozen=True)
class View:
    """V(G, v): nothing is told of any other fact."""

    world: World
    viewer: Viewer
    day: date | None = None

    def shows(self, fact: Fact) -> bool:
        """Whether the viewer may see a fact, and it was so on the day asked for."""
        may = fact.marking <= self.viewer.open or fact.audience in self.viewer.audiences
        return may and (self.day is None or _was(fact, self.day))

    def find(self, id_: str) -> Fact | None:
        """Find a visible node by id; None where it is hidden or absent."""
        node = self.world.nodes.get(id_)
        return node if node and self.shows(node) else None

    def all(self, label: str) -> list[Entry]:
        """List the visible nodes of a label."""
        return [Entry(node) for node in self.world.nodes.values() if node.label == label and self.shows(node)]

    def related(self, node: Fact, route: Route) -> list[Entry]:
        """List what a route leads to, by id of the node, then of the tie; the near end is visible already."""
        pairs = self.world.along(node, route)
        seen = [Entry(far, tie) for far, tie in pairs if self.shows(tie) and self.shows(far)]
        return sorted(seen, key=lambda entry: entry.place)

    def references(self, fact: Fact, name: str, label: str) -> list[Fact]:
        """List the visible facts whose ids a property holds, by id, at most 100."""
        held = fact.values.get(name, ())
        found = map(self.find, sorted({held} if isinstance(held, str) else set(held)))
        return [node for node in found if node and node.label == label][:100]


def _was(fact: Fact, day: date) -> bool:
    """Whether it may have been so on a day: begun, where that is known, and if a state, not over."""
    since, until = fact.values.get("since"), fact.values.get("until")
    earliest = parse(since).earliest if since else None
    latest = parse(until).latest if until and fact.spec.nature is Nature.STATE else None
    return (earliest is None or earliest <= day) and (latest is None or day <= latest)
