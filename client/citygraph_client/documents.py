"""GraphQL documents as far as a client must know them. In: texts. Out: operations with their fields; texts with a request id.

It reads what is valid and leaves judging to the server.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from citygraph_client.errors import BadDocument

_TOKEN = re.compile(
    r'"""(?:\\"""|[^"]|"(?!""))*"""|"(?:\\.|[^"\\\n])*"|#[^\n]*|\.\.\.|[_A-Za-z]\w*|-?\d[\w.+-]*|[^\s,\ufeff]', re.ASCII
)
_OPENS, _CLOSES = "({[", ")}]"
_MOST_FRAGMENTS = 50
"""How deep fragments are followed; a document with circles is refused by the server."""


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int


@dataclass
class Field:
    """A selected field: its key in the answer, what is selected below, and where its name and arguments stand in the text.

    `arguments` has the name of each and how its value begins: `$name` for a variable, else the first token.
    """

    key: str
    name: str
    end: int
    arguments: Mapping[str, str] = field(default_factory=dict)
    opened: int | None = None
    below: list["Field | Spread"] = field(default_factory=list)


@dataclass
class Spread:
    """A fragment that is spread, by name or in place."""

    fragment: str | None
    below: list["Field | Spread"] = field(default_factory=list)


@dataclass
class Operation:
    """An operation: kind, names of variables, fields. `name_end` and `variables_end` are places in the text."""

    kind: str
    name: str | None
    variables: tuple[str, ...]
    below: list[Field | Spread]
    name_end: int
    variables_end: int | None


class Document:
    """A document that was read. Raise BadDocument if it is not even well-formed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.operations: list[Operation] = []
        self.fragments: dict[str, list[Field | Spread]] = {}
        found = (_Token(each.group(), each.start(), each.end()) for each in _TOKEN.finditer(text))
        self._tokens = [each for each in found if not each.text.startswith("#")]
        self._at = 0
        while self._at < len(self._tokens):
            self._definition()

    def operation(self, name: str | None = None) -> Operation:
        """Return the operation of this name, or the only one."""
        found = [each for each in self.operations if name in (None, each.name)]
        if len(found) != 1:
            named = ", ".join(str(each.name) for each in self.operations) or "none"
            raise BadDocument(f"The document has the operations: {named}. Say with `operation` which one is meant.")
        return found[0]

    def fields(self, below: Sequence[Field | Spread], depth: int = 0) -> Iterator[Field]:
        """Yield the fields of a selection, those of fragments too."""
        for each in below:
            if isinstance(each, Field):
                yield each
            elif depth < _MOST_FRAGMENTS:
                inner = each.below if each.fragment is None else self.fragments.get(each.fragment, [])
                yield from self.fields(inner, depth + 1)

    def selected(self, operation: Operation, path: Sequence[str]) -> list[Field]:
        """Return the fields below a path of answer keys; raise BadDocument if the path is not selected."""
        below, gone = [operation.below], list[str]()
        for key in path:
            here = [each for part in below for each in self.fields(part)]
            below = [each.below for each in here if each.key == key]
            if not below:
                keys = ", ".join(dict.fromkeys(each.key for each in here)) or "nothing"
                raise BadDocument(f"{'.'.join([*gone, key])!r} is not selected; selected are {keys}.")
            gone.append(key)
        return [each for part in below for each in self.fields(part)]

    def leaves(self, fields: Sequence[Field], before: str = "", depth: int = 0) -> Iterator[str]:
        """Yield the dotted names of what has nothing below, in the order of the document."""
        for each in fields:
            if each.below and depth < _MOST_FRAGMENTS:
                yield from self.leaves(list(self.fields(each.below)), f"{before}{each.key}.", depth + 1)
            else:
                yield before + each.key

    # Reading -----------------------------------------------------------------------------------------------------

    def _peek(self) -> str:
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def _next(self) -> _Token:
        if self._at >= len(self._tokens):
            raise BadDocument("The document ends too early: a bracket is not closed.")
        self._at += 1
        return self._tokens[self._at - 1]

    def _definition(self) -> None:
        first = self._tokens[self._at]
        if first.text == "{":
            self.operations.append(Operation("query", None, (), self._selection(), first.start, None))
        elif first.text == "fragment":
            self._next()
            name = self._next().text
            while self._peek() != "{":
                self._skip()
            self.fragments[name] = self._selection()
        elif first.text in ("query", "mutation", "subscription"):
            self._operation()
        else:
            raise BadDocument(f"{first.text[:20]!r} begins no operation and no fragment.")

    def _operation(self) -> None:
        kind, name, ends = self._next(), None, None
        name_end = kind.end
        if self._peek() not in ("(", "{", "@"):
            token = self._next()
            name, name_end = token.text, token.end
        variables: tuple[str, ...] = ()
        if self._peek() == "(":
            begun = self._at
            ends = self._skip().start
            inside = self._tokens[begun : self._at]
            pairs = zip(inside, inside[1:], inside[2:], strict=False)
            variables = tuple(name.text for mark, name, colon in pairs if mark.text == "$" and colon.text == ":")
        while self._peek() != "{":
            self._skip()
        self.operations.append(Operation(kind.text, name, variables, self._selection(), name_end, ends))

    def _skip(self) -> _Token:
        """Pass over a token, with brackets all that is inside them; return the last."""
        token = self._next()
        if token.text in _OPENS:
            while self._peek() not in _CLOSES or not self._peek():
                self._skip()
            token = self._next()
        return token

    def _directives(self) -> None:
        while self._peek() == "@":
            self._next()
            self._next()
            if self._peek() == "(":
                self._skip()

    def _selection(self) -> list[Field | Spread]:
        self._next()
        found: list[Field | Spread] = []
        while self._peek() != "}":
            found.append(self._spread() if self._peek() == "..." else self._field())
        self._next()
        return found

    def _spread(self) -> Spread:
        self._next()
        fragment = None
        if self._peek() == "on":
            self._next()
            self._next()
        elif self._peek() not in ("{", "@"):
            fragment = self._next().text
        self._directives()
        return Spread(fragment, self._selection() if fragment is None else [])

    def _field(self) -> Field:
        token = self._next()
        made = Field(token.text, token.text, token.end)
        if self._peek() == ":":
            self._next()
            token = self._next()
            made.name, made.end = token.text, token.end
        if self._peek() == "(":
            made.opened, begun = self._tokens[self._at].end, self._at
            self._skip()
            made.arguments = dict(self._given(begun + 1, self._at - 1))
        self._directives()
        if self._peek() == "{":
            made.below = self._selection()
        return made

    def _given(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """Yield the names of arguments, and not those of the fields of their values, each with how its value begins."""
        depth, texts = 0, [each.text for each in self._tokens[start : end + 2]]
        for here, after, first, second in zip(texts, texts[1:], texts[2:], [*texts[3:], ""], strict=False):
            depth += (here in _OPENS) - (here in _CLOSES)
            if depth == 0 and after == ":":
                yield here, first + second if first == "$" else first


# Request ids -------------------------------------------------------------------------------------------------------

REQUEST_ID = "requestId"


@dataclass(frozen=True)
class Write:
    """A mutation to send: its text, and the variables that hold request ids, one for each of its fields.

    `repeatable` says whether each of its fields has a request id, so that it may be sent again.
    """

    text: str
    ids: tuple[str, ...]
    repeatable: bool


def with_request_ids(text: str, operation: str | None = None) -> Write:
    """Give each field of a mutation a request id by a variable, but where it has one.

    Each field needs an id of its own, because the server keeps one answer for an id. A field with `requestId: null` stays
    without.
    """
    document = Document(text)
    of = document.operation(operation)
    if of.kind != "mutation":
        raise BadDocument(f"A mutation is needed, and this is a {of.kind}.")
    roots = [each for each in of.below if isinstance(each, Field)]
    lacking = [each for each in roots if REQUEST_ID not in each.arguments]
    if len(roots) < len(of.below) or any(each.arguments.get(REQUEST_ID) == "null" for each in roots):
        return Write(text, _declared(of, roots), repeatable=False)
    names = [name for name in _names_for(len(lacking)) if name not in of.variables]
    if len(names) < len(lacking):
        raise BadDocument(f"`${REQUEST_ID}` is declared; give it to each field of the mutation.")
    declared = " ".join(f"${name}: ID" for name in names)
    edits = [(of.variables_end, f" {declared}") if of.variables_end is not None else (of.name_end, f"({declared})")]
    for each, name in zip(lacking, names, strict=True):
        given = f"{REQUEST_ID}: ${name}"
        edits.append((each.opened, f"{given} ") if each.opened is not None else (each.end, f"({given})"))
    return Write(_inserted(text, edits) if lacking else text, (*_declared(of, roots), *names), repeatable=bool(roots))


def _declared(of: Operation, roots: Sequence[Field]) -> tuple[str, ...]:
    """Return the variables of the document that hold request ids."""
    given = {each.arguments.get(REQUEST_ID, "") for each in roots}
    return tuple(each for each in of.variables if each == REQUEST_ID or f"${each}" in given)


def _names_for(count: int) -> list[str]:
    return [REQUEST_ID] if count == 1 else [f"{REQUEST_ID}{number}" for number in range(1, count + 1)]


def _inserted(text: str, edits: Sequence[tuple[int, str]]) -> str:
    for at, added in sorted(edits, reverse=True):
        text = text[:at] + added + text[at:]
    return text


# Writing -----------------------------------------------------------------------------------------------------------


class Word(str):
    """A word of an enum, such as `Word("ASC")`, in arguments that are given as Python values."""

    __slots__ = ()


def literal(value: Any) -> str:
    """Write a value in GraphQL: texts in quotation marks, a Word as it is."""
    if isinstance(value, Word):
        if not re.fullmatch(r"[_A-Za-z]\w*", value, re.ASCII):
            raise BadDocument(f"{str(value)[:40]!r} is no word of an enum.")
        return str(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)  # whose escapes GraphQL has too
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {literal(each)}" for name, each in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(literal, value)) + "]"
    raise BadDocument(f"A {type(value).__name__} cannot be written in GraphQL; give a text, number, list or mapping.")


def arguments(given: Mapping[str, Any]) -> str:
    """Write arguments that are not None; a Raw is GraphQL as it stands."""
    shown = {name: value for name, value in given.items() if value is not None}
    return ", ".join(f"{name}: {value if isinstance(value, Raw) else literal(value)}" for name, value in shown.items())


class Raw(str):
    """A part of a document, taken as it is."""

    __slots__ = ()


def connection(field_: str, fields: str, given: Mapping[str, Any]) -> str:
    """Write the question for the pages of a connection at the root."""
    written = arguments({"first": Raw("$first"), "after": Raw("$after"), **given})
    return (
        f"query ($first: Int, $after: String) {{ {field_}({written}) "
        f"{{ nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    )
