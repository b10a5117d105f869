"""Stage 6. In: a secured plan. Out: the same, with the date that holds at each of its sites where one is asked for."""

from dataclasses import dataclass, replace

from graph.access import SecuredPlan
from graph.plan.nodes import Seat
from schema.kinds import Nature
from schema.model import Model


def at_dates(secured: SecuredPlan) -> SecuredPlan:
    """Carry the date of each root field to every site below it."""
    return replace(secured, dates=tuple((site, param.index) for site, param in secured.plan.dates))


@dataclass(frozen=True)
class Lasting:
    """Which of the facts at a site end: all of them, none, or those of some labels."""

    tie: bool
    labels: tuple[str, ...]
    every: bool


def lasting(seat: Seat, model: Model) -> Lasting:
    """Say what `until` means at a site: occurrences have happened and stay so, states end."""
    states = tuple(label for label in seat.labels if model.concepts[label].nature is Nature.STATE)
    tie = seat.route is not None and seat.route.relationship.nature is Nature.STATE
    return Lasting(tie, states, len(states) == len(seat.labels))
