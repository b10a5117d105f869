"""Stage 6. In: a secured plan. Out: the same, with the date that holds at each of its sites where one is asked for."""

from dataclasses import dataclass, replace

from graph.question.guard import SecuredPlan
from graph.question.plan.nodes import Site
from schema.language.declare import RelationshipSpec
from schema.language.kinds import Nature
from schema.model import Model


def at_dates(secured: SecuredPlan) -> SecuredPlan:
    """Carry the date of each root field to every site below it."""
    dated_sites = [(span, span.date.index) for span in secured.plan.dated_sites if span.date is not None]
    return replace(
        secured, dates=tuple((site, at) for span, at in dated_sites for site in range(span.first, span.last))
    )


@dataclass(frozen=True)
class Lasting:
    """What can end at a site: relationships of these declarations, nodes of these labels; `every_*` says that all of them can."""

    relationships: tuple[RelationshipSpec, ...]
    every_relationship: bool
    labels: tuple[str, ...]
    every_node: bool


def lasting(site: Site, model: Model) -> Lasting:
    """Say what `until` means at a site: occurrences have happened and stay so, states end."""
    labels = tuple(label for label in site.labels if model.concepts[label].nature is Nature.STATE)
    relationships = tuple(spec for spec in site.relationships if spec.nature is Nature.STATE)
    return Lasting(
        relationships, len(relationships) == len(site.relationships), labels, len(labels) == len(site.labels)
    )
