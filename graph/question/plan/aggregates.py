"""Planning of `aggregate`. In: its selections and its list. Out: a shape over one Aggregate column."""

from dataclasses import replace

from graph.question.document.selection import Selection
from graph.question.plan.aggregated import WEIGHT, Over, Values, plan_value
from graph.question.plan.columns import Aggregate, CostTerm, GroupCount, Groups
from graph.question.plan.groups import Grouping
from graph.question.plan.planner import Nodes
from graph.question.plan.rows import RowBuilder
from graph.question.plan.shapes import FieldShape, ObjectShape, RelatedShape


def aggregate(planner: Nodes, row: RowBuilder, selection: Selection, over: Over) -> RelatedShape:
    """Plan an aggregate: its values over all rows or over distinct facts, then its groups."""
    distinct = selection.argument("distinct")
    if distinct is not None and distinct.value(planner.ledger.variables):
        over = replace(over, listing=replace(over.listing, distinct=True))
    values = Values(planner.ledger.model.properties(over.type_name))
    planned = [(part, plan_value(values, part, selection.type)) for part in selection.fields]
    groups: list[Groups | GroupCount] = []
    fields: list[FieldShape] = []
    for part, shape in planned:
        if shape is not None:
            fields.append(shape)
            continue
        grouping = Grouping(planner, part, over)
        grouped, columns = grouping.plan(len(values.indexes) + len(groups))
        fields.append(grouped)
        groups += columns
    if values.indexes:
        planner.ledger.cost_terms.append(CostTerm(over.field_path.fields, over.field_path.sizes, WEIGHT))
    column = row.add(Aggregate(over.listing, tuple(values.indexes), tuple(groups)))
    return RelatedShape(selection.key, column, ObjectShape(tuple(fields)))
