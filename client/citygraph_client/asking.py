"""What the methods of both clients ask. In: their arguments. Out: bodies of requests, and what reads their answers."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from citygraph_client import documents
from citygraph_client.documents import Document, Raw
from citygraph_client.errors import BadDocument
from citygraph_client.paging import LISTS, PAGE, Paging, at, list_of, parts

Variables = Mapping[str, Any]
Path = str | Sequence[str]


def question(text: str, variables: Variables | None, operation: str | None) -> dict[str, Any]:
    """Return the body of a question."""
    return {"query": text, "variables": dict(variables or {}), "operationName": operation}


def trusted(id_: str, variables: Variables | None) -> dict[str, Any]:
    """Return the body of a question that the server knows by its id, or by `sha256:` and the digest of its text."""
    return {"documentId": id_, "variables": dict(variables or {})}


def digest(text: str) -> str:
    """Return the id of a text: `sha256:` and its digest."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def pages(field: str, fields: str, given: Mapping[str, Any]) -> Paging:
    """Return the pages of a connection at the root.

    `where` and `orderBy` are GraphQL if they are texts, else Python values in which a `Word` is a word of an enum.
    """
    words = {
        name: Raw(value) if isinstance(value, str) else value for name, value in given.items() if name in _NOTATION
    }
    rest = {name: value for name, value in given.items() if name not in (*_NOTATION, "first")}
    text = documents.connection(field, fields, {**words, **rest})
    return Paging(text, (field,), {"first": given.get("first") or PAGE})


_NOTATION = ("where", "orderBy")


class Whole:
    """A list that is not a connection, which one answer holds. It is read as Paging is."""

    def __init__(self, text: str, path: Sequence[str], variables: Variables, operation: str | None) -> None:
        document = Document(text)
        self.path = path
        self.columns = list_of(document.leaves(document.selected(document.operation(operation), path)))
        self._body: Mapping[str, Any] | None = question(text, variables, operation)

    @property
    def body(self) -> Mapping[str, Any] | None:
        """The request; None after its answer."""
        return self._body

    def take(self, data: Any) -> list[Any]:
        """Return the rows; an object is one."""
        self._body = None
        found = at(data, self.path)
        return [] if found is None else found if isinstance(found, list) else [found]


Reading = Paging | Whole


def rows(text: str, path: Path, variables: Variables | None, operation: str | None) -> Reading:
    """Return what reads the rows at a path: page by page if it is a connection."""
    keys, document = parts(path), Document(text)
    if not keys or not all(keys):
        raise BadDocument("Give the path to a list, such as `visits` or `city.visitsMade`.")
    selected = document.selected(document.operation(operation), keys)
    if any(each.key in LISTS and each.below for each in selected):
        return Paging(text, keys, dict(variables or {}), operation)
    return Whole(text, keys, dict(variables or {}), operation)
