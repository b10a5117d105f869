"""How `search` and `path` are planned. In: their selections. Out: shapes over columns: a page of found facts, or a way."""

from graph.errors import BadUserInput
from graph.question.document.selection import Selection
from graph.question.document.values import Constant
from graph.question.plan.columns import CostTerm, Label, Listing, Read, RelationshipPart, ShortestPath
from graph.question.plan.nodes import AllOf, Filter, HasLabel, HasWords, Key, Param, RankOf, Subject
from graph.question.plan.orders import tail
from graph.question.plan.planner import FieldPath, Nodes
from graph.question.plan.rows import RowBuilder
from graph.question.plan.shapes import (
    FieldShape,
    Format,
    HighlightsShape,
    ListShape,
    ObjectShape,
    RelatedShape,
    TypeShape,
    ValueShape,
)
from schema.domain.evidence import COMMON
from schema.language.declare import RelationshipSpec
from schema.language.kinds import Kind, Property
from schema.language.operators import Operator
from schema.language.words import MOST_HOPS
from schema.model import FACT, Model

SEARCH_WEIGHT, WAY_WEIGHT = 5, 1_000
"""What a row found by a search, and a path, count as in the cost of a question: both look at far more than they show."""


def searched(model: Model) -> dict[str, list[Property]]:
    """Return the searched properties of each label that has any."""
    found = {label: [p for p in spec.properties.values() if p.searched] for label, spec in model.concepts.items()}
    return {label: props for label, props in found.items() if props}


def found_list(planner: Nodes, selection: Selection, path: str) -> tuple[Listing, tuple[Key, ...], Param]:
    """Plan what a search lists and in which order; also return the parameter of the words asked for."""
    ledger, by_label = planner.ledger, searched(planner.ledger.model)
    text = selection.arguments["text"].source
    candidates, words, exact, begins = (
        ledger.bind(text, convert, f"{path}.text") for convert in ("candidates", "words", "phrase", "beginning")
    )
    site = ledger.site(tuple(by_label), tested=False)
    columns = tuple(sorted({prop.words for props in by_label.values() for prop in props}))
    parts: list[Filter] = [HasWords(Subject.NODE, columns, words)]
    types = selection.argument("types")
    if types is not None:
        parts.append(HasLabel(ledger.bind(types.source, "labels", f"{path}.types"), Operator.IN))
    rank = Key(RankOf(columns, exact, begins), Kind.INTEGER, nullable=False)
    return Listing(site, AllOf(tuple(parts)), candidates), (rank, *tail(None, None)), words


def highlights(row: RowBuilder, selection: Selection, model: Model, words: Param) -> HighlightsShape:
    """Plan the texts of a found fact in which the words stand; where they do is worked out while shaping."""
    label = row.add(Label())
    texts = tuple(
        (of, tuple((prop.name, row.add(Read(Subject.NODE, prop))) for prop in props))
        for of, props in searched(model).items()
    )
    parts = tuple((part.key, part.name) for part in selection.fields)
    ranges = tuple((p.key, tuple((r.key, r.name) for r in p.fields)) for p in selection.fields if p.name == "ranges")
    return HighlightsShape(selection.key, label, texts, words.index, parts, ranges)


def way(planner: Nodes, row: RowBuilder, selection: Selection, field_path: FieldPath) -> RelatedShape:
    """Plan a path: where it begins and ends, what it may go through, and what is read of it."""
    ledger, model = planner.ledger, planner.ledger.model
    through = _through(planner, selection, field_path)
    ledger.cost_terms.append(CostTerm(field_path.fields, field_path.sizes, WAY_WEIGHT))
    ends = (
        ledger.bind(selection.arguments["from"].source, "id", f"{field_path}.from"),
        ledger.bind(selection.arguments["to"].source, "id", f"{field_path}.to"),
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
    """Name the declarations of the relationships that a path may go through."""
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
