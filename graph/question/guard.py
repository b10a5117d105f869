"""Access. In: a plan, and whether the viewer has audiences. Out: a SecuredPlan, the only plan that can be rendered.

Each site gets a guard. A relationship is visible if it and both its ends are. The near end has a guard of its own, so a
guard tests the relationship and the far end.
"""

from dataclasses import dataclass, field

from graph.question.plan.columns import Plan
from graph.question.plan.nodes import Site
from schema.model import Model


@dataclass(frozen=True)
class Guard:
    """The access predicate of one site: whether its node and its relationship are tested. Always-CLEAR kinds are not.

    `synthetic` says whether synthetic facts are admitted.
    """

    site: int
    node: bool
    relationship: bool
    by_audience: bool
    synthetic: bool = False


@dataclass(frozen=True)
class SecuredPlan:
    """A plan with a guard for each site, and the parameter of the date for each dated site."""

    plan: Plan
    guards: tuple[Guard, ...]
    dates: tuple[tuple[int, int], ...] = field(default=())


def secure(plan: Plan, model: Model, by_audience: bool) -> SecuredPlan:
    """Give every site of a plan its guard. Guards are made nowhere else."""
    synthetic = {at for root in plan.synthetic_roots for at in range(root.first, root.last)}
    guards = (_guard(site, model, by_audience, site.number in synthetic) for site in plan.sites)
    return SecuredPlan(plan, tuple(guards))


def _guard(site: Site, model: Model, by_audience: bool, synthetic: bool) -> Guard:
    return Guard(
        site=site.number,
        node=site.has_marked_node(model),
        relationship=site.has_marked_relationship,
        by_audience=by_audience,
        synthetic=synthetic,
    )
