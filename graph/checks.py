"""Stage 7. In: a secured plan. Out: the same, or PlanBroken: a breach of these rules is our bug, not the client's.

No node without its access predicate, every list bounded, every order ends in the id, every site under the right date.
"""

from graph.access import SecuredPlan
from graph.plan.nodes import Lookup, Page, Plan, Row, Subject
from graph.plan.walk import columns, seats


class PlanBroken(Exception):
    """The planner made a plan that must not run."""


def check(secured: SecuredPlan) -> SecuredPlan:
    """Return the plan if it keeps every rule."""
    plan = secured.plan
    guarded = [guard.site for guard in secured.guards]
    if guarded != sorted({seat.site for seat in seats(plan.row)}):
        raise PlanBroken("a site has no access predicate")
    for column in plan.row.columns:
        if len({dict(secured.dates).get(seat.site) for seat in seats(Row((column,)))}) > 1:
            raise PlanBroken("a site stands under another date than the field of the root that it belongs to")
    _lists(plan)
    return secured


def _lists(plan: Plan) -> None:
    for column in columns(plan.row):
        if isinstance(column, Page):
            if plan.bindings[column.limit.index].convert != "first":
                raise PlanBroken("a list has no bound")
            if column.order[-1].column != "id" or not any(
                k.column == "id" and k.subject is Subject.NODE for k in column.order
            ):
                raise PlanBroken("an order does not end in the id")
            if column.after is not None and len(column.after.params) != len(column.order):
                raise PlanBroken("a cursor does not fit its order")
        if isinstance(column, Lookup) and plan.bindings[column.ids.index].convert not in ("id", "ids"):
            raise PlanBroken("a look-up has no bound")
