"""Stage 5. In: a plan and the shape of the viewer's rights. Out: a SecuredPlan, the only thing that can be rendered.

The one predicate: a fact is visible when its marking is open to the viewer, or its audience admits the viewer. A relationship is
visible when it and both its ends are; the near end was decided where it was bound.
"""

from dataclasses import dataclass, field

from graph.question.plan.columns import Plan
from graph.question.plan.nodes import Site
from schema.model import Model


@dataclass(frozen=True)
class Rights:
    """What a viewer may see: everything marked up to `open`, and the facts of these audiences."""

    open: int = 0
    audiences: tuple[str, ...] = ()

    @property
    def shape(self) -> bool:
        """What of the rights decides the statement's text: whether there are audiences at all."""
        return bool(self.audiences)


@dataclass(frozen=True)
class Guard:
    """The access predicate of one site: what is tested there; always-CLEAR concepts are not tested."""

    site: int
    node: bool
    relationship: bool
    by_audience: bool


@dataclass(frozen=True)
class SecuredPlan:
    """A plan with a guard for each of its sites, and the dates that hold there."""

    plan: Plan
    guards: tuple[Guard, ...]
    dates: tuple[tuple[int, int], ...] = field(default=())


def secure(plan: Plan, model: Model, by_audience: bool) -> SecuredPlan:
    """Give every site of a plan its guard: the one place where access predicates are made."""
    return SecuredPlan(plan, tuple(_guard(site, model, by_audience) for site in plan.sites))


def _guard(site: Site, model: Model, by_audience: bool) -> Guard:
    return Guard(
        site=site.number,
        node=any(not model.concepts[label].always_clear for label in site.labels),
        relationship=any(not relationship.always_clear for relationship in site.relationships),
        by_audience=by_audience,
    )
