"""Planning of `search`. In: its selections. Out: a list whose rows come from the full-text index, and its highlights."""

from graph.question.document.selection import Selection
from graph.question.plan.columns import Label, Listing, Read
from graph.question.plan.nodes import AllOf, Filter, HasLabel, HasWords, Key, Param, RankOf, Subject
from graph.question.plan.orders import tail
from graph.question.plan.planner import Nodes
from graph.question.plan.rows import RowBuilder
from graph.question.plan.shapes import HighlightsShape
from schema.language.kinds import Kind, Property
from schema.language.operators import Operator
from schema.model import Model

WEIGHT = 5
"""The cost of a row of a search, because it reads many more candidates than it shows."""


def searched(model: Model) -> dict[str, list[Property]]:
    """Return the searched properties of each label that has any."""
    by_label = {label: [p for p in spec.properties.values() if p.searched] for label, spec in model.concepts.items()}
    return {label: properties for label, properties in by_label.items() if properties}


def plan_search(planner: Nodes, selection: Selection, path: str) -> tuple[Listing, tuple[Key, ...], Param]:
    """Plan the list of a search and its order. Also return the parameter of the searched words."""
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


def plan_highlights(row: RowBuilder, selection: Selection, model: Model, words: Param) -> HighlightsShape:
    """Plan the texts of a fact that may have the words. The shaper finds where the words are."""
    label = row.add(Label())
    texts = tuple(
        (of, tuple((prop.name, row.add(Read(Subject.NODE, prop))) for prop in props))
        for of, props in searched(model).items()
    )
    parts = tuple((part.key, part.name) for part in selection.fields)
    ranges = tuple((p.key, tuple((r.key, r.name) for r in p.fields)) for p in selection.fields if p.name == "ranges")
    return HighlightsShape(selection.key, label, texts, words.index, parts, ranges)
