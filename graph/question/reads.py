"""What a question depends on. In: a plan. Out: the labels and types of which a change may change its answer.

Every place where a statement reads has a site with all labels that its node may have, whether the statement tests them or not.
"""

from graph.question.plan.columns import Plan


def kinds(plan: Plan) -> frozenset[str]:
    """Return the labels of all nodes and the types of all relationships that a plan reads, those of filters and orders too."""
    labels = {label for site in plan.sites for label in site.labels}
    return frozenset(labels | {spec.type for site in plan.sites for spec in site.relationships})
