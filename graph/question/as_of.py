"""Stage 6. In: a secured plan. Out: the same, with the date that holds at each of its sites where one is asked for."""

from dataclasses import dataclass, replace

from graph.question.guard import SecuredPlan
from graph.question.plan.nodes import Seat
from schema.language.declare import RelationshipSpec
from schema.language.kinds import Nature
from schema.model import Model


def at_dates(secured: SecuredPlan) -> SecuredPlan:
    """Carry the date of each root field to every site below it."""
    spans = [(span, span.date.index) for span in secured.plan.spans if span.date is not None]
    return replace(secured, dates=tuple((site, at) for span, at in spans for site in range(span.first, span.last)))


@dataclass(frozen=True)
class Lasting:
    """Which of the facts at a site end: the ties of some declarations, the nodes of some labels; `every` says all of them."""

    ties: tuple[RelationshipSpec, ...]
    every_tie: bool
    labels: tuple[str, ...]
    every_node: bool


def lasting(seat: Seat, model: Model) -> Lasting:
    """Say what `until` means at a site: occurrences have happened and stay so, states end."""
    labels = tuple(label for label in seat.labels if model.concepts[label].nature is Nature.STATE)
    ties = tuple(spec for spec in seat.ties if spec.nature is Nature.STATE)
    return Lasting(ties, len(ties) == len(seat.ties), labels, len(labels) == len(seat.labels))
