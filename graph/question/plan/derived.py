"""Fields that are computed from other facts. In: a selection and its declaration. Out: columns and shapes.

Every fact on the way has a site of its own, so access and dates hold for each as they do anywhere.
"""

from graph.question.document.selection import Selection
from graph.question.document.values import Constant
from graph.question.plan.columns import Change, CostTerm, Lag, Paired, Share, Standing
from graph.question.plan.ledger import Ledger
from graph.question.plan.nodes import Site
from graph.question.plan.planner import FieldPath, Nodes
from graph.question.plan.rows import RowBuilder
from graph.question.plan.shapes import FieldShape, Format, ListShape, ValueShape
from schema.language.kinds import Chain, Pairs

MOST_PAIRS = Constant(100)
"""What such a list counts as in the cost of a question: the most that it shows."""
LAGS: dict[str, tuple[str, Chain]] = {
    "Adoption": ("drewOn", ("outcomes",)),
    "Lesson": ("adoptions", ("adoptions", "outcomes")),
}
"""Where years are counted from or to, and where a text may state them."""


def of_node(planner: Nodes, row: RowBuilder, selection: Selection, label: str, field_path: FieldPath) -> FieldShape:
    """Plan a computed field of a concept."""
    made = planner.ledger.model.derived(label)[selection.name]
    if isinstance(made, Pairs):
        return _pairs(planner, row, selection, (label, made), field_path)
    if selection.name == "lagYears":
        return _lag(planner.ledger, row, selection, label)
    if selection.name == "tieChange":
        return _change(planner.ledger, row, selection)
    if (label, selection.name) == ("Wave", "responseRate"):
        known = planner.ledger.model.properties(label)
        column = row.add(Share(known["answered"], known["invited"]))
        return ValueShape(selection.key, column, Format.SHARE, required=False)
    raise KeyError(f"nothing says how {label}.{selection.name} is computed")


def of_relationship(planner: Nodes, row: RowBuilder, selection: Selection) -> FieldShape:
    """Plan a computed field of a relationship: so far, whether a relationship of trust was said in another wave."""
    routes, along = planner.ledger.model.routes, planner.ledger.along
    column = Standing(
        wave=planner.ledger.site(("Wave",)),
        roster=along(routes["Wave"]["roster"]),
        other=along(routes["Roster"]["waves"]),
        said=along(routes["Person"]["trusts"]),
        answered=along(routes["Person"]["waves"]),
        listed=along(routes["Person"]["rosters"]),
        later=selection.name == "inNextWave",
    )
    return ValueShape(selection.key, row.add(column), Format.PLAIN, required=False)


def _change(ledger: Ledger, row: RowBuilder, selection: Selection) -> ValueShape:
    routes, along = ledger.model.routes, ledger.along
    column = Change(
        roster=along(routes["Wave"]["roster"]),
        other=along(routes["Roster"]["waves"]),
        person=along(routes["Roster"]["people"]),
        said=along(routes["Person"]["trusts"]),
        answered=along(routes["Person"]["waves"]),
        listed=along(routes["Person"]["rosters"]),
    )
    parts = tuple((part.key, part.name) for part in selection.fields)
    return ValueShape(selection.key, row.add(column), Format.CHANGE, required=False, parts=parts)


def _lag(ledger: Ledger, row: RowBuilder, selection: Selection, label: str) -> ValueShape:
    field, stated = LAGS[label]
    column = Lag(ledger.along(ledger.model.routes[label][field]), _chain(ledger, label, stated), label == "Lesson")
    parts = tuple((part.key, part.name) for part in selection.fields)
    return ValueShape(selection.key, row.add(column), Format.LAG, required=False, parts=parts)


def _pairs(
    planner: Nodes, row: RowBuilder, selection: Selection, declared: tuple[str, Pairs], field_path: FieldPath
) -> ListShape:
    (label, made), ledger = declared, planner.ledger
    further = FieldPath(field_path.fields, (*field_path.sizes, MOST_PAIRS))
    ledger.cost_terms.append(CostTerm(further.fields, further.sizes))
    by = _chain(ledger, label, made.by)
    also, never = ([_chain(ledger, label, chain) for chain in chains] for chains in (made.also, made.never))
    inner = RowBuilder()
    shape = planner.node(inner, selection.cases, further)
    return ListShape(selection.key, row.add(Paired(by, tuple(also), tuple(never), inner.row())), shape)


def _chain(ledger: Ledger, label: str, fields: Chain) -> tuple[Site, ...]:
    """Number the places along a chain of fields; one that leads back to the label arrives at facts of it alone."""
    sites, here = [], label
    for at, field in enumerate(fields):
        route = ledger.model.routes[here][field]
        last = at == len(fields) - 1
        here = label if last and label in route.far else route.target
        only = last and label in route.far and len(route.far) > 1
        sites.append(ledger.site((label,), route) if only else ledger.along(route))
    return tuple(sites)
