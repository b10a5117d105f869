"""Planning of `path`. In: its selections. Out: a shape over one ShortestPath column."""

from graph.errors import BadUserInput
from graph.question.document.selection import Selection
from graph.question.document.values import Constant
from graph.question.plan.columns import CostTerm, RelationshipPart, ShortestPath
from graph.question.plan.nodes import Subject
from graph.question.plan.planner import FieldPath, Nodes
from graph.question.plan.rows import RowBuilder
from graph.question.plan.shapes import FieldShape, Format, ListShape, ObjectShape, RelatedShape, TypeShape, ValueShape
from schema.domain.evidence import COMMON
from schema.language.declare import RelationshipSpec
from schema.language.words import MOST_HOPS
from schema.model import FACT

WEIGHT = 1_000
"""The cost of a path, because the search for it reads many more facts than it shows."""


def plan_path(planner: Nodes, row: RowBuilder, selection: Selection, field_path: FieldPath) -> RelatedShape:
    """Plan a shortest path: its ends, the relationships that it may use, and the fields of its nodes and relationships."""
    ledger, model = planner.ledger, planner.ledger.model
    through = _through(planner, selection, field_path)
    ledger.cost_terms.append(CostTerm(field_path.fields, field_path.sizes, WEIGHT))
    prefixes = model.prefixes_of(FACT)
    ends = (
        ledger.bind(selection.arguments["from"].source, "id", f"{field_path}.from", prefixes),
        ledger.bind(selection.arguments["to"].source, "id", f"{field_path}.to", prefixes),
    )
    hops = selection.argument("maxHops")
    most = ledger.bind(hops.source if hops else Constant(MOST_HOPS), "hops", f"{field_path}.maxHops")
    every = model.labels(FACT)
    start, end = ledger.site(every, tested=False), ledger.site(every, tested=False)
    step = ledger.site(every, tested=False, through=through)
    nodes, relationships = RowBuilder(), RowBuilder()
    fields = tuple(_part(planner, part, (nodes, relationships), field_path) for part in selection.fields)
    column = row.add(ShortestPath(start, end, step, ends, most, nodes.row(), relationships.row()))
    return RelatedShape(selection.key, column, ObjectShape(fields))


def _through(planner: Nodes, selection: Selection, field_path: FieldPath) -> tuple[RelationshipSpec, ...]:
    """Return the declarations of the relationships that the path may use."""
    items = selection.arguments["through"].items or ()
    types = {str(item.value(planner.ledger.variables)) for item in items}
    if not types:
        raise BadUserInput(f"{field_path}.through is empty; accepted are one or more types of relationships.")
    return tuple(spec for spec in planner.ledger.model.relationships.values() if spec.type in types)


def _part(planner: Nodes, part: Selection, rows: tuple[RowBuilder, RowBuilder], field_path: FieldPath) -> FieldShape:
    further = field_path.step(part.key, Constant(MOST_HOPS + 1))
    if part.name == "nodes":
        return ListShape(part.key, 1, planner.node(rows[0], part.cases, further))
    if part.name == "ties":
        return ListShape(
            part.key, 2, ObjectShape(tuple(_relationship(planner, rows[1], f, further) for f in part.fields))
        )
    if part.name == "length":
        return ValueShape(part.key, 0, Format.PLAIN, required=True)
    return TypeShape(part.key, "Path")


def _relationship(planner: Nodes, row: RowBuilder, field: Selection, field_path: FieldPath) -> FieldShape:
    if field.name == "__typename":
        return TypeShape(field.key, "PathTie")
    if field.name in ("type", "start", "end"):
        return ValueShape(field.key, row.add(RelationshipPart(field.name)), Format.PLAIN, required=True)
    return planner.property(row, field, COMMON, Subject.RELATIONSHIP, field_path)
