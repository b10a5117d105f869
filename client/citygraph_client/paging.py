"""Pages of a connection, one after the other. In: a document and the path to a connection. Out: bodies to send, and rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from citygraph_client.documents import Document, Field
from citygraph_client.errors import BadDocument, NotGraphQL

PAGE = 100
"""Rows of a page, if nothing else is said: the most that a server gives by default."""
LISTS = ("nodes", "edges")


@dataclass
class Paging:
    """Walks through the pages. `body` is the next request, None at the end; `take` reads its data.

    Raise BadDocument if the document cannot be paged: it must have `$after` and select `pageInfo { hasNextPage endCursor }`
    beside `nodes` or `edges`.
    """

    text: str
    path: Sequence[str]
    variables: Mapping[str, Any]
    operation: str | None = None
    listed: str = field(init=False)
    columns: list[str] = field(init=False)
    _after: str | None = field(init=False, default=None)
    _over: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        document = Document(self.text)
        of = document.operation(self.operation)
        selected = document.selected(of, self.path)
        where = ".".join(self.path)
        own = [each for each in document.selected(of, self.path[:-1]) if each.key == self.path[-1]]
        if "after" not in of.variables or not any("after" in each.arguments for each in own):
            raise BadDocument(f"To page through {where}, declare `$after: String` and give it: `after: $after`.")
        self.listed = _listed(selected, where)
        info = [each.key for each in document.selected(of, [*self.path, "pageInfo"])] if _has(selected) else []
        if not {"hasNextPage", "endCursor"} <= {*info}:
            raise BadDocument(f"To page through {where}, select `pageInfo {{ hasNextPage endCursor }}` in it.")
        self.columns = list_of(document.leaves(document.selected(of, [*self.path, self.listed])))
        self._after = self.variables.get("after")
        self._fills = {"first": PAGE} if "first" in of.variables and "first" not in self.variables else {}

    @property
    def body(self) -> Mapping[str, Any] | None:
        """The next request; None if the last page was read."""
        if self._over:
            return None
        variables = {**self.variables, **self._fills, "after": self._after}
        return {"query": self.text, "variables": variables, "operationName": self.operation}

    def take(self, data: Any) -> list[Any]:
        """Return the rows of a page, and go on to the next."""
        found = at(data, self.path)
        if found is None:  # an object above the connection is null
            self._over = True
            return []
        info, before = found["pageInfo"], self._after
        self._over, self._after = not info["hasNextPage"], info["endCursor"]
        if not self._over and (self._after is None or self._after == before):
            raise NotGraphQL(f"The pages of {'.'.join(self.path)} do not go on; is `after: $after` given there?")
        rows: list[Any] = found[self.listed]
        return rows


def list_of(names: Iterable[str]) -> list[str]:
    """Return names once each."""
    return [*dict.fromkeys(names)]


def at(data: Any, path: Sequence[str]) -> Any:
    """Return what is at a path of an answer; None if something on the way is null."""
    for key in path:
        if data is None:
            return None
        if not isinstance(data, Mapping):
            raise BadDocument(f"{'.'.join(path)!r} leads through a list; page through what is above it.")
        data = data[key]
    return data


def parts(path: str | Sequence[str]) -> tuple[str, ...]:
    """Return the keys of a path, such as `city.visitsMade`."""
    return tuple(path.split(".")) if isinstance(path, str) else tuple(path)


def _listed(selected: Sequence[Field], where: str) -> str:
    for name in LISTS:
        if any(each.key == name for each in selected):
            return name
    keys = ", ".join(dict.fromkeys(each.key for each in selected)) or "nothing"
    raise BadDocument(f"{where} is no connection: it selects {keys}, and neither nodes nor edges.")


def _has(selected: Sequence[Field]) -> bool:
    return any(each.key == "pageInfo" for each in selected)
