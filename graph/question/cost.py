"""The cost of a question. In: a plan's cost terms and the request's values. Out: the cost, or a refusal that names the limit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import BadUserInput, QuestionTooExpensive
from graph.question.document.values import Source, Variables, resolve
from graph.question.plan.columns import CostTerm, Row
from graph.question.plan.nodes import AllOf, AnyOf, CountCompare, Exists, Filter, Negation, Site
from graph.question.plan.walk import counted, listings


@dataclass(frozen=True)
class CostLimits:
    """What one question may ask for."""

    page: int = 100
    cost: int = 20_000


def check(terms: Sequence[CostTerm], variables: Variables, limits: CostLimits) -> int:
    """Return the cost: for each list the product of the page sizes on the way to it, summed over all lists.

    Raise QuestionTooExpensive if it is over the limit, and BadUserInput if a page size is out of range.
    """
    costs = [(_cost(term, variables, limits), term) for term in terms]
    total = sum(cost for cost, _ in costs)
    if total > limits.cost:
        most, term = max(costs, key=lambda pair: pair[0])
        raise QuestionTooExpensive(
            f"The question may read {total:,} rows; at most {limits.cost:,} are allowed. "
            f"{most:,} of them are at {'.'.join(term.fields)}: ask for smaller pages (`first`) on the way there."
        )
    return total


def _cost(term: CostTerm, variables: Variables, limits: CostLimits) -> int:
    """Return the cost of one term: its weight times its page sizes."""
    rows = term.weight
    for size in term.sizes:
        rows *= _rows(size, variables, term, limits)
    return rows


def _rows(size: Source, variables: Variables, term: CostTerm, limits: CostLimits) -> int:
    value = resolve(size, variables)
    if isinstance(value, list):
        return max(len(value), 1)
    # An empty page may read one row, to learn whether there is any.
    return max(page_size(value, ".".join(term.fields), limits.page), 1)


def page_size(value: int, where: str, most: int) -> int:
    """Return the size of a page, which may be 0. Raise BadUserInput if it is out of range."""
    if not 0 <= value <= most:
        raise BadUserInput(f"{where}: a page of {value} rows; accepted are 0 to {most}.")
    return value


def check_nesting(row: Row, most: int) -> None:
    """Raise QuestionTooExpensive if a filter nests to-many relations too deeply.

    Each nested relation multiplies the facts that the filter reads, however few rows the question shows.
    """
    for where in (*(listing.where for listing in listings(row)), *counted(row)):
        for way in _ways(where):
            nested = sum(_many(site, before) for before, site in zip((None, *way), way, strict=False))
            if nested > most:
                fields = ".".join(site.route.field for site in way if site.route is not None)
                raise QuestionTooExpensive(
                    f"The filter {fields} has {nested} to-many relations within one "
                    f"another; at most {most} are allowed. The way back to all siblings counts as two."
                )


def _ways(where: Filter, way: tuple[Site, ...] = ()) -> Iterator[tuple[Site, ...]]:
    """Yield, for each search of related facts, the relations on the way to it."""
    if isinstance(where, AllOf | AnyOf):
        for part in where.parts:
            yield from _ways(part, way)
    elif isinstance(where, Negation):
        yield from _ways(where.part, way)
    elif isinstance(where, Exists | CountCompare):
        # References and broader topics have no route. There are few of them, so they do not count.
        further = way if where.site.route is None else (*way, where.site)
        yield further
        if isinstance(where, Exists):
            yield from _ways(where.where, further)


def _many(site: Site, before: Site | None) -> int:
    """Weigh a relation. Going back along a to-one relation leads to every fact that shares the one, so it counts twice.

    A relation to a named fact does not count: only whether it is there is looked up.
    """
    route, back = site.route, None if before is None else before.route
    if route is None or route.one or site.bound is not None:
        return 0
    return 2 if back is not None and back.one and back.relationship is route.relationship else 1
