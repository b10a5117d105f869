"""Dates. In: a secured plan. Out: the same plan, with the date of `asOf` for each site below a root field that has one."""

from dataclasses import dataclass, replace

from graph.question.guard import SecuredPlan
from graph.question.plan.nodes import Site
from schema.language.declare import RelationshipSpec
from schema.language.kinds import Nature
from schema.model import Model


def at_dates(secured: SecuredPlan) -> SecuredPlan:
    """Give every site the date of the root field above it."""
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
    """Return what can end at a site. A state ends on its `until`; an occurrence has happened and stays true."""
    labels = tuple(label for label in site.labels if model.concepts[label].nature is Nature.STATE)
    relationships = tuple(spec for spec in site.relationships if spec.nature is Nature.STATE)
    return Lasting(
        relationships, len(relationships) == len(site.relationships), labels, len(labels) == len(site.labels)
    )
