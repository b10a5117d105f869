"""How `search` and `path` are planned. In: their selections. Out: shapes over columns: a page of found facts, or a way."""

from graph.errors import BadUserInput
from graph.question.document.selection import Selection
from graph.question.document.values import Constant
from graph.question.plan.columns import Label, Listing, OfTie, Path, Read, Way
from graph.question.plan.nodes import AllOf, Filter, Key, OfType, Param, RankOf, Subject, Worded
from graph.question.plan.orders import tail
from graph.question.plan.rows import RowBuilder
from graph.question.plan.shapes import (
    FieldShape,
    HighlightsShape,
    ListShape,
    ObjectShape,
    RelatedShape,
    TypeShape,
    ValueShape,
    Wrap,
)
from graph.question.plan.trail import Nodes, Trail
from schema.domain.evidence import COMMON
from schema.language.declare import RelationshipSpec
from schema.language.kinds import Kind, Property
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
    seat = ledger.seat(tuple(by_label), tested=False)
    columns = tuple(sorted({prop.words for props in by_label.values() for prop in props}))
    parts: list[Filter] = [Worded(Subject.NODE, columns, words)]
    types = selection.argument("types")
    if types is not None:
        parts.append(OfType(ledger.bind(types.source, "labels", f"{path}.types"), "in"))
    rank = Key(RankOf(columns, exact, begins), Kind.INTEGER, nullable=False)
    return Listing(seat, AllOf(tuple(parts)), candidates), (rank, *tail(None, None)), words


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


def way(planner: Nodes, row: RowBuilder, selection: Selection, trail: Trail) -> RelatedShape:
    """Plan a path: where it begins and ends, what it may go through, and what is read of it."""
    ledger, model = planner.ledger, planner.ledger.model
    through = _through(planner, selection, trail)
    ledger.paths.append(Path(trail.fields, trail.sizes, WAY_WEIGHT))
    ends = (
        ledger.bind(selection.arguments["from"].source, "id", f"{trail}.from"),
        ledger.bind(selection.arguments["to"].source, "id", f"{trail}.to"),
    )
    hops = selection.argument("maxHops")
    most = ledger.bind(hops.source if hops else Constant(MOST_HOPS), "hops", f"{trail}.maxHops")
    every = model.labels(FACT)
    start, end = ledger.seat(every, tested=False), ledger.seat(every, tested=False)
    step = ledger.seat(every, tested=False, through=through)
    nodes, ties = RowBuilder(), RowBuilder()
    fields = tuple(_part(planner, part, (nodes, ties), trail) for part in selection.fields)
    column = row.add(Way(start, end, step, ends, most, nodes.row(), ties.row()))
    return RelatedShape(selection.key, column, ObjectShape(fields))


def _through(planner: Nodes, selection: Selection, trail: Trail) -> tuple[RelationshipSpec, ...]:
    """Name the declarations of the relationships that a path may go through."""
    items = selection.arguments["through"].items or ()
    types = {str(item.value(planner.ledger.variables)) for item in items}
    if not types:
        raise BadUserInput(f"{trail}.through is empty; accepted are one or more types of relationships.")
    return tuple(spec for spec in planner.ledger.model.relationships.values() if spec.type in types)


def _part(planner: Nodes, part: Selection, rows: tuple[RowBuilder, RowBuilder], trail: Trail) -> FieldShape:
    further = trail.step(part.key, Constant(MOST_HOPS + 1))
    if part.name == "nodes":
        return ListShape(part.key, 1, planner.node(rows[0], part.cases, further))
    if part.name == "ties":
        return ListShape(part.key, 2, ObjectShape(tuple(_tie(planner, rows[1], f, further) for f in part.fields)))
    if part.name == "length":
        return ValueShape(part.key, 0, Wrap.PLAIN, required=True)
    return TypeShape(part.key, "Path")


def _tie(planner: Nodes, row: RowBuilder, field: Selection, trail: Trail) -> FieldShape:
    if field.name == "__typename":
        return TypeShape(field.key, "PathTie")
    if field.name in ("type", "start", "end"):
        return ValueShape(field.key, row.add(OfTie(field.name)), Wrap.PLAIN, required=True)
    return planner.property(row, field, COMMON, Subject.TIE, trail)
