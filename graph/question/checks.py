"""Checks of our own planner. In: a secured plan. Out: the same plan, or PlanBroken, which is our bug and not the client's.

Every site has a guard, every list is bounded, and every order ends in an id, that of groups in their keys.
"""

from graph.question.guard import SecuredPlan
from graph.question.plan.columns import Aggregate, Groups, Lookup, Page, Plan, ShortestPath
from graph.question.plan.nodes import OfGroup, Param, StoredValue, Subject
from graph.question.plan.walk import columns, sites


class PlanBroken(Exception):
    """The planner made a plan that breaks a rule. It never runs."""


def check(secured: SecuredPlan) -> SecuredPlan:
    """Return the plan if it keeps every rule."""
    plan = secured.plan
    if [guard.site for guard in secured.guards] != list(range(len(plan.sites))):
        raise PlanBroken("a site has no access predicate")
    if any(site not in plan.sites[site.number : site.number + 1] for site in sites(plan.row)):
        raise PlanBroken("a place is read that was never numbered, or not as it was numbered")
    _lists(plan)
    return secured


def _lists(plan: Plan) -> None:
    def bounded(by: Param, *converts: str) -> bool:
        return plan.bindings[by.index].convert in converts

    for column in columns(plan.row):
        if isinstance(column, Page):
            _page(column)
            if not bounded(column.bounds.limit, "first"):
                raise PlanBroken("a list has no bound")
        if isinstance(column, Aggregate):
            for groups in column.groups:
                if isinstance(groups, Groups):
                    _groups(groups)
                    if not bounded(groups.bounds.limit, "first"):
                        raise PlanBroken("groups have no bound")
        if isinstance(column, Lookup) and not bounded(column.ids, "id", "ids"):
            raise PlanBroken("a look-up has no bound")
        if isinstance(column, ShortestPath) and not bounded(column.hops, "hops"):
            raise PlanBroken("a path has no bound")


def _groups(groups: Groups) -> None:
    sorted_by = {key.value.at for key in groups.order if isinstance(key.value, OfGroup)}
    if not sorted_by >= set(range(len(groups.common))):
        raise PlanBroken("an order of groups does not end in their keys")
    if groups.bounds.after is not None and len(groups.bounds.after.params) != len(groups.order):
        raise PlanBroken("a cursor does not fit its order")


def _page(page: Page) -> None:
    order, route = page.order, page.listing.site.route
    ids = [StoredValue(Subject.RELATIONSHIP, "id")]
    if route is None or not route.parallel:
        ids.append(StoredValue(Subject.NODE, "id"))
    if order[-1].value not in ids:
        raise PlanBroken("an order does not end in the id")
    for place in (page.bounds.after, page.bounds.before):
        if place is not None and len(place.params) != len(order):
            raise PlanBroken("a cursor does not fit its order")
