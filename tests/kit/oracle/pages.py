"""One page of a list. In: all rows of the list in order, the arguments of the field. Out: a connection, as a dictionary."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from graphql import GraphQLError

from tests.kit.oracle.view import Entry, View

SIZE_IF_ABSENT, LARGEST_PAGE = 20, 100
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """The rows on a page, and whether the list goes on before and after it."""

    rows: list[Entry]
    more_before: bool
    more_after: bool


def cursor(row: Entry) -> str:
    """Write a cursor of the oracle's own: the answers that are compared hide theirs."""
    return " ".join(row.ids)


def connection(view: View, rows: list[Entry], given: Given, edge: Callable[[Entry], dict[str, Any]]) -> dict[str, Any]:
    """Pages: `edge` makes what an edge has beside its cursor. `totalCount` counts all pages.

    Whatever is asked of a page tells of the made-up facts on it, and `totalCount` of those on all pages.
    """
    page = cut(rows, given)
    edges = [{"cursor": cursor(row)} | edge(row) for row in page.rows]
    info = {
        "hasNextPage": page.more_after,
        "hasPreviousPage": page.more_before,
        "startCursor": edges[0]["cursor"] if edges else None,
        "endCursor": edges[-1]["cursor"] if edges else None,
    }

    def certain() -> int:
        if view.day is None:
            raise GraphQLError("certainCount is about a day")
        view.tell(rows)
        return sum(view.certain(row) for row in rows)

    def told(of: list[Entry], value: Any) -> Any:
        view.tell(of)
        return value

    return {
        "edges": partial(told, page.rows, edges),
        "nodes": partial(told, page.rows, [each["node"] for each in edges]),
        "totalCount": partial(told, rows, len(rows)),
        "certainCount": partial(certain),
        "pageInfo": partial(told, page.rows, info),
    }


def cut(rows: list[Entry], given: Given) -> Page:
    """Pages: cursors cut the list, then `first` or `last` takes rows from what is left, in the list's own order."""
    size, backward = _size(given.get("first"), given.get("last"))
    after, before = given.get("after"), given.get("before")
    left = _between(rows, after, before)
    is_cut_short = len(left) > size
    if backward:
        return Page(left[len(left) - min(size, len(left)) :], more_before=is_cut_short, more_after=before is not None)
    return Page(left[:size], more_before=after is not None, more_after=is_cut_short)


def _size(first: int | None, last: int | None) -> tuple[int, bool]:
    """Pages: `first` (20 if absent) or `last`, from 0 to the largest page. Return the size, and whether it is `last`."""
    if first is not None and last is not None:
        raise GraphQLError(f"first is {first}, last is {last}; accepted is one of them")
    if first is None and last is None:
        first = SIZE_IF_ABSENT
    size = last if first is None else first
    if size is None or not 0 <= size <= LARGEST_PAGE:
        raise GraphQLError(f"a page of {size} was asked for; accepted are 0 to {LARGEST_PAGE}")
    return size, last is not None


def _between(rows: list[Entry], after: str | None, before: str | None) -> list[Entry]:
    """List the rows after one cursor and before another; cursors that stand the other way round leave none."""
    cursors = [cursor(row) for row in rows]
    start = 0 if after is None else cursors.index(after) + 1
    end = len(rows) if before is None else cursors.index(before)
    return rows[start:end]
