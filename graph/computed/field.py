"""What every computed field has: what it needs, its Cypher and its value. In: its declaration. Out: the base Computation.

The planner numbers a site for every step, so access and dates hold at each as they do anywhere.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from graph.cypher.fragments import EMPTY, Fragment, clause, join
from schema.language.computed import Chain, ComputedField
from schema.model import Model, Route

MOST = 100
"""How many facts a computed field shows or reads at most, at the end of one chain."""

Of = TypeVar("Of", bound=ComputedField, covariant=True)


@dataclass(frozen=True)
class Step:
    """One hop of a computed field: along a route to these labels, or to the fact whose id a property holds."""

    labels: tuple[str, ...]
    route: Route | None = None
    held: str = ""


Needs = tuple[tuple[str, tuple[Step, ...]], ...]
"""Named chains of steps. A name may stand several times. If facts are returned, the first chain leads to them."""


class BoundSite(Protocol):
    """A site in the statement: its variables, its access and date predicates, and the pattern that leads there."""

    @property
    def node(self) -> Fragment:
        """Name the variable of the node."""

    @property
    def relationship(self) -> Fragment:
        """Name the variable of the relationship that leads to the node."""

    def variable(self, stem: str) -> Fragment:
        """Name a further variable that no other site uses."""

    def visible(self) -> list[Fragment]:
        """Write the conjuncts without which the fact is not there for this viewer on this date."""

    def certain(self) -> list[Fragment]:
        """Write the conjuncts by which the relationship and the fact certainly hold on the date, which there must be."""

    def begun(self) -> Fragment:
        """Test that the fact had certainly begun on the date, which there must be."""

    def match(self, start: Fragment) -> Fragment:
        """Write the pattern from a node to this site, or from what holds its id."""


@dataclass(frozen=True)
class Sites:
    """The sites that a computed field asked for, by the names of its chains; `here` is where the field is read.

    `row` is the RETURN clause for each fact, if the field returns facts.
    """

    here: BoundSite
    chains: tuple[tuple[str, tuple[BoundSite, ...]], ...]
    row: Fragment = EMPTY

    def named(self, name: str) -> list[tuple[BoundSite, ...]]:
        """Return every chain of a name."""
        return [chain for known, chain in self.chains if known == name]

    def chain(self, name: str) -> tuple[BoundSite, ...]:
        """Return the one chain of a name."""
        (chain,) = self.named(name)
        return chain

    def end(self, name: str) -> BoundSite:
        """Return the last site of the one chain of a name."""
        return self.chain(name)[-1]


@dataclass(frozen=True)
class Computation(ABC, Generic[Of]):
    """One computed field. `aggregates` says that its Cypher has an aggregation outside of a subquery of its own."""

    declared: Of
    aggregates: ClassVar[bool] = False

    @abstractmethod
    def needs(self, model: Model, owner: str) -> Needs:
        """Return the chains to number. `owner` is the label of the concept, or the name of the relationship."""

    @abstractmethod
    def cypher(self, sites: Sites) -> Fragment:
        """Write an expression over the sites."""

    def value(self, stored: Any) -> Any:
        """Turn what the expression gave, if it is not null, into the value of the answer: an object type as a dict."""
        return stored


def along(route: Route) -> Step:
    """Step along a route to whatever it leads to."""
    return Step(route.far, route)


def chain(model: Model, label: str, fields: Chain) -> tuple[Step, ...]:
    """Step along fields. If the last field can lead to the label where the chain began, it leads to facts of it alone."""
    steps, here = [], label
    for at, field in enumerate(fields, start=1):
        route = model.routes[here][field]
        back = at == len(fields) and label in route.far
        steps.append(Step((label,) if back else route.far, route))
        here = route.target
    return tuple(steps)


def path(start: Fragment, sites: tuple[BoundSite, ...]) -> Fragment:
    """Write the patterns along a chain that begins at a node."""
    starts = [start, *(site.node for site in sites)]
    return join(", ", [site.match(before) for before, site in zip(starts, sites, strict=False)])


def visible(sites: tuple[BoundSite, ...]) -> list[Fragment]:
    """Write the predicates of every site of a chain."""
    return [part for site in sites for part in site.visible()]


def conjunction(parts: list[Fragment]) -> Fragment:
    """Join conjuncts. Without any, it is true."""
    return join(" AND ", parts or [Fragment("true")])


def exists(start: Fragment, sites: tuple[BoundSite, ...], test: Fragment) -> Fragment:
    """Write whether a chain from a node leads to what passes a test."""
    where = join(" AND ", [*visible(sites), test])
    return clause("EXISTS {{ MATCH {match} WHERE {where} }}", match=path(start, sites), where=where)
