"""Planning of computed fields. In: a selection and its declaration. Out: a column with its sites, and a shape."""

from graph.computed import computation
from graph.computed.field import MOST, Step
from graph.errors import BadUserInput
from graph.question.document.selection import Selection
from graph.question.document.values import Constant
from graph.question.plan.columns import Computed, CostTerm
from graph.question.plan.ledger import Ledger
from graph.question.plan.nodes import HeldId, Site, Subject
from graph.question.plan.planner import FieldPath, Nodes
from graph.question.plan.rows import RowBuilder
from graph.question.plan.shapes import ComputedShape, FieldShape, ListShape
from schema.language.computed import ObjectType
from schema.language.declare import ConceptSpec, RelationshipSpec

MOST_FACTS = Constant(MOST)
"""The cost of a computed list of facts: the most that it shows."""


def plan(
    planner: Nodes, row: RowBuilder, selection: Selection, owner: ConceptSpec | RelationshipSpec, field_path: FieldPath
) -> FieldShape:
    """Plan a computed field of a concept or of a relationship."""
    ledger, declared = planner.ledger, owner.computed[selection.name]
    if declared.dated and ledger.date is None:
        raise BadUserInput(f"{field_path}: {selection.name} is about a day: give `asOf` on the root field.")
    name, subject = (
        (owner.label, Subject.NODE) if isinstance(owner, ConceptSpec) else (owner.name, Subject.RELATIONSHIP)
    )
    needs = computation(declared).needs(ledger.model, name)
    chains = tuple((role, tuple(_site(ledger, step, subject) for step in steps)) for role, steps in needs)
    if declared.facts:
        further = field_path.times(MOST_FACTS)
        ledger.cost_terms.append(CostTerm(further.fields, further.sizes))
        inner = RowBuilder()
        shape = planner.node(inner, selection.cases, further)
        return ListShape(selection.key, row.add(Computed(selection.name, declared, chains, inner.row())), shape)
    column = row.add(Computed(selection.name, declared, chains))
    parts = tuple((part.key, part.name) for part in selection.fields)
    return ComputedShape(selection.key, column, declared, parts if isinstance(declared.returns, ObjectType) else None)


def _site(ledger: Ledger, step: Step, subject: Subject) -> Site:
    """Number the site of a step."""
    if step.route is None:
        return ledger.site(step.labels, held=HeldId(subject, step.held))
    if step.labels == step.route.far:
        return ledger.along(step.route)
    return ledger.site(step.labels, step.route)
