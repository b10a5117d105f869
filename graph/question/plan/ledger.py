"""What the planner collects. In: sources of values. Out: numbered parameters, sites, cursor scopes and cost terms."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from graph.errors import QuestionTooExpensive
from graph.question.cursor import Content
from graph.question.document.values import Source, Variables, resolve
from graph.question.plan.columns import Binding, CostTerm, DatedSites
from graph.question.plan.nodes import CursorScope, HeldId, Param, Site
from schema.language.declare import RelationshipSpec
from schema.model import Model, Route

ReadCursor = Callable[[str, str], tuple[Content, ...]]
"""Takes a cursor and the path of its argument; returns what it holds for each key. Raises BadUserInput if it is no cursor."""


@dataclass(frozen=True)
class FilterLimits:
    """Limits of all filters of one document together."""

    depth: int = 12
    nesting: int = 3
    relations: int = 30
    comparisons: int = 200
    places: int = 100


@dataclass
class Ledger:
    """Numbers what a plan refers to in the order met, so that equal questions give equal numbers."""

    model: Model
    variables: Variables
    limits: FilterLimits
    cursors: ReadCursor
    bindings: list[Binding] = field(default_factory=list)
    scopes: list[CursorScope] = field(default_factory=list)
    cost_terms: list[CostTerm] = field(default_factory=list)
    dated_sites: list[DatedSites] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    date: Param | None = None
    synthetic: bool = False
    relations: int = 0
    comparisons: int = 0
    named: dict[str, str] = field(default_factory=dict)
    """Names of facts, with the path of the filter that gave each last."""

    def bind(self, source: Source, convert: str, where: str, detail: Any = None, *, high: bool = False) -> Param:
        """Make a parameter of a value that each request brings."""
        self.bindings.append(Binding(source, convert, where, detail))
        return Param(len(self.bindings) - 1, high)

    def is_zero(self, source: Source) -> bool:
        """Whether a page size is 0. The key of a compiled question holds this of every variable that is a page size."""
        return bool(resolve(source, self.variables) == 0)

    def site(
        self,
        labels: tuple[str, ...],
        route: Route | None = None,
        *,
        tested: bool = True,
        through: tuple[RelationshipSpec, ...] = (),
        held: HeldId | None = None,
        over: Site | None = None,
        bound: Site | None = None,
    ) -> Site:
        """Number a site. Raise QuestionTooExpensive if there are too many."""
        site = Site(len(self.sites), labels, route, tested, through, held, over, bound)
        self.sites.append(site)
        if len(self.sites) > self.limits.places:
            raise QuestionTooExpensive(
                f"The question reads facts in more than {self.limits.places} places of its statement, the most allowed."
            )
        return site

    def along(self, route: Route, *, bound: Site | None = None) -> Site:
        """Number the site at the far end of a route."""
        return self.site(route.far, route, tested=not route.far_implied, bound=bound)

    def scope(self, described: tuple[object, ...], first_filter: int) -> int:
        """Number the scope of a list's cursors: its type, its order, its filter with the filter's values, and its date.

        A list that sees synthetic facts has other cursors than one that does not.
        """
        return self.add_scope(self.rows(described, first_filter))

    def rows(self, described: tuple[object, ...], first_filter: int) -> CursorScope:
        """Return what tells the rows of a list from those of another: the values bound so far, and the date."""
        used = self.bindings[first_filter:] + ([self.bindings[self.date.index]] if self.date else [])
        return CursorScope(described, tuple(binding.source for binding in used))

    def add_scope(self, scope: CursorScope) -> int:
        """Number a scope of cursors."""
        described = (*scope.described, "synthetic") if self.synthetic else scope.described
        self.scopes.append(replace(scope, described=described))
        return len(self.scopes) - 1

    def count_relation(self) -> None:
        """Count a search of related facts. Raise QuestionTooExpensive if there are too many."""
        self.relations += 1
        if self.relations > self.limits.relations:
            raise QuestionTooExpensive(
                f"The filters search related facts in more than {self.limits.relations} places, the most allowed."
            )

    def count_comparison(self) -> None:
        """Count a comparison. Raise QuestionTooExpensive if there are too many."""
        self.comparisons += 1
        if self.comparisons > self.limits.comparisons:
            raise QuestionTooExpensive(
                f"The filters make more than {self.limits.comparisons} comparisons, the most allowed."
            )
