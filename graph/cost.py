"""Stage 3. In: a plan's paths and the request's values. Out: the cost of the question, or a refusal that names the limit."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import BadUserInput, QuestionTooExpensive
from graph.plan.columns import Path
from graph.values import Source, Variables, resolve


@dataclass(frozen=True)
class CostLimits:
    """What one question may ask for."""

    page: int = 100
    cost: int = 20_000


def check(paths: Sequence[Path], variables: Variables, limits: CostLimits) -> int:
    """Return the sum, over all lists, of the product of the page sizes on the way to each.

    Raise QuestionTooExpensive where it is over the limit, BadUserInput for a page size out of range.
    """
    costs = [(_cost(path, variables, limits), path) for path in paths]
    total = sum(cost for cost, _ in costs)
    if total > limits.cost:
        most, path = max(costs, key=lambda pair: pair[0])
        raise QuestionTooExpensive(
            f"The question may read {total:,} rows; at most {limits.cost:,} are allowed. "
            f"{most:,} of them are at {'.'.join(path.fields)}: ask for smaller pages (`first`) on the way there."
        )
    return total


def _cost(path: Path, variables: Variables, limits: CostLimits) -> int:
    """Multiply the page sizes on the way to what is read."""
    rows = path.weight
    for size in path.sizes:
        rows *= _rows(size, variables, path, limits)
    return rows


def _rows(size: Source, variables: Variables, path: Path, limits: CostLimits) -> int:
    value = resolve(size, variables)
    if isinstance(value, list):
        return max(len(value), 1)
    return page_size(value, ".".join(path.fields), limits.page)


def page_size(value: int, where: str, most: int) -> int:
    """Check the size of a page."""
    if not 1 <= value <= most:
        raise BadUserInput(f"{where}: a page of {value} rows; accepted are 1 to {most}.")
    return value
