"""Aggregated values. In: AggregateValues over a Listing. Out: Fragments, each value in the form that the shaper takes."""

from graph.cypher.fragments import EMPTY, Fragment, clause, join, name, number
from graph.question.plan.columns import SPLIT, AggregateFunction, AggregateValue, Listing
from graph.question.render.sites import node, relationship
from schema.language.kinds import Kind


def variables(listing: Listing) -> list[Fragment]:
    """Name the variables of a row: its node, and the relationship that leads to it."""
    site = listing.site
    return [node(site)] if site.route is None or listing.distinct else [node(site), relationship(site)]


def sorted_by_id(listing: Listing) -> Fragment:
    """Sort rows by id before a sum of floats, which depends on the order of addition."""
    return clause(" ORDER BY {ids}", ids=join(", ", [clause("{v}.id", v=each) for each in variables(listing)]))


def adds_floats(computed: tuple[AggregateValue, ...]) -> bool:
    """Whether floats are added."""
    return any(
        c.function is AggregateFunction.TOTAL and c.prop is not None and c.prop.kind is Kind.NUMBER for c in computed
    )


def in_order(listing: Listing, computed: tuple[AggregateValue, ...]) -> Fragment:
    """Sort the rows of a list if floats are added."""
    if not adds_floats(computed):
        return EMPTY
    return clause(" WITH {kept}{sorted}", kept=join(", ", variables(listing)), sorted=sorted_by_id(listing))


def written(listing: Listing, computed: tuple[AggregateValue, ...]) -> Fragment:
    """Write aggregated values as the items of a list."""
    return join(", ", [_value(listing, each) for each in computed])


def _value(listing: Listing, of: AggregateValue) -> Fragment:
    """Write one aggregated value, often as a list of parts."""
    site = listing.site
    if of.prop is None:
        counts_facts = of.function is AggregateFunction.DISTINCT and listing.repeats
        return clause("count(DISTINCT {n})", n=node(site)) if counts_facts else Fragment("count(*)")
    kind, column = of.prop.kind, of.prop.name
    if kind is Kind.MONEY:
        column = f"{column}Amount"
    if kind.is_date:
        column = of.prop.day
    stored = {"s": clause("{n}.{c}", n=node(site), c=name(column)), "k": number(SPLIT)}
    if kind is Kind.MONEY:
        stored["c"] = clause("{n}.{c}", n=node(site), c=name(f"{of.prop.name}Currency"))
    if of.function is AggregateFunction.TOTAL:
        return clause(_TOTALS[kind], **stored)
    template = _EXTREMES.get(kind, "{f}({s})")
    return clause(template, f=Fragment(of.function.value), **stored)


def sortable(of: AggregateValue, value: Fragment, *, mean: bool) -> Fragment:
    """Write what rows are sorted by for a value as `written`: the number that is shown, null if none is."""
    if of.prop is None:
        return value
    kind = of.prop.kind
    if of.function is not AggregateFunction.TOTAL:
        one = "CASE WHEN {v}[1] = {v}[2] THEN {v}[0] END"
        return clause(one, v=value) if kind is Kind.MONEY else value
    parts = {"v": value, "k": number(SPLIT)}
    divided = clause(" / {v}[0]", **parts) if mean else EMPTY
    return clause(
        "CASE WHEN {shown} THEN {added}{divided} END",
        shown=clause(_SHOWN[kind], v=value),
        added=clause(_ADDED[kind], **parts),
        divided=divided,
    )


_TOTALS = {
    Kind.INTEGER: "[count({s}), sum({s})]",
    Kind.NUMBER: "[count({s}), sum({s})]",
    Kind.BIG_INTEGER: "[count({s}), sum({s} % {k}), sum({s} / {k})]",
    Kind.MONEY: "[count({s}), sum({s} % {k}), sum({s} / {k}), min({c}), max({c})]",
}
_EXTREMES = {
    Kind.WHEN: "toString({f}({s}))",
    Kind.END: "toString({f}({s}))",
    Kind.INSTANT: "{f}({s}).epochMillis",
    Kind.MONEY: "[{f}({s}), min({c}), max({c})]",
}
_SHOWN = {
    Kind.INTEGER: "{v}[0] > 0",
    Kind.NUMBER: "{v}[0] > 0 AND abs({v}[1]) <= 1.7976931348623157e308",
    Kind.BIG_INTEGER: "{v}[0] > 0",
    Kind.MONEY: "{v}[0] > 0 AND {v}[3] = {v}[4]",
}
"""When a sum is shown: there is something to add, it is a number, and it has one currency."""
_ADDED = {
    Kind.INTEGER: "toFloat({v}[1])",
    Kind.NUMBER: "{v}[1]",
    Kind.BIG_INTEGER: "(toFloat({v}[1]) + toFloat({v}[2]) * {k})",
    Kind.MONEY: "(toFloat({v}[1]) + toFloat({v}[2]) * {k})",
}
