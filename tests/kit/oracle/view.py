"""What one viewer may see of a world, on one day. In: World, Viewer, day. Out: visible facts alone."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schema.language.edtf import parse
from schema.language.kinds import Nature
from schema.model import Route
from tests.kit.oracle.world import Fact, World


@dataclass(frozen=True)
class Viewer:
    """Who asks: sees what is marked up to `open`, and the facts of these audiences, as "2:us-wa-seattle"."""

    open: int = 0
    audiences: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """One row of a list: a fact, and the tie that led to it unless the list begins at the root."""

    node: Fact
    tie: Fact | None = None

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands in a list without an order."""
        return self.node.id, self.tie.id if self.tie else ""


@dataclass(frozen=True)
class View:
    """V(G, v): nothing is told of any other fact. `known` keeps what was worked out before, to be quick."""

    world: World
    viewer: Viewer
    day: date | None = None
    known: dict[Any, Any] = field(default_factory=dict, init=False)

    def shows(self, fact: Fact) -> bool:
        """Whether the viewer may see a fact, and it may have been so on the day asked for: begun and not over."""
        if fact.marking > self.viewer.open and fact.audience not in self.viewer.audiences:
            return False
        since, until = fact.values.get("since"), fact.values.get("until")
        earliest = parse(since).earliest if since else None
        latest = parse(until).latest if until and fact.spec.nature is Nature.STATE else None
        return self.day is None or ((earliest or self.day) <= self.day <= (latest or self.day))

    def find(self, id_: str) -> Fact | None:
        """Find a visible node by id; None where it is hidden or absent."""
        node = self.world.nodes.get(id_)
        return node if node and self.shows(node) else None

    def all(self, label: str) -> list[Entry]:
        """List the visible nodes of a label."""
        return [Entry(node) for node in self.world.labels.get(label, ()) if self.shows(node)]

    def related(self, node: Fact, route: Route) -> list[Entry]:
        """List what a route leads to, by id of the node, then of the tie; the near end is visible already."""
        if (node.id, route.field) not in self.known:
            ways = {route.forward, route.forward ^ route.undirected}
            met = self.world.meeting(node, route.relationship.name, ways)
            self.known[node.id, route.field] = self.visible(met)
        return list(self.known[node.id, route.field])

    def visible(self, pairs: list[tuple[Fact, Fact]]) -> list[Entry]:
        """List those of some facts that are seen, and their ties too, by id of the fact, then of the tie."""
        seen = [Entry(far, tie) for far, tie in pairs if self.shows(tie) and self.shows(far)]
        return sorted(seen, key=lambda entry: entry.place)

    def references(self, fact: Fact, name: str) -> list[Fact]:
        """List the visible facts whose ids a property holds, by id, at most 100."""
        held, label = fact.values.get(name, ()), fact.properties[name].refers_to
        found = map(self.find, sorted({held} if isinstance(held, str) else set(held)))
        return [node for node in found if node and node.label == label][:100]
