"""What a tool is. In: a name, a description, a schema of arguments. Out: a Tool, and arguments that were checked.

Nothing here knows the protocol: `server.py` speaks it.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from graph.question.document.read import Document

Json = dict[str, Any]
Arguments = Mapping[str, Any]
Result = TypeVar("Result")
LONGEST_QUOTE = 60
"""Most characters of an argument that an error quotes."""
LONGEST_WORDS, MOST_WORDS = 500, 10
"""Most characters and most words that are searched by."""
TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


class ToolFailed(Exception):
    """A call that fails for a reason that the assistant is told; the message says what is wrong and what is accepted."""


@dataclass(frozen=True)
class Asked:
    """A question of a tool."""

    text: str
    variables: Arguments = field(default_factory=dict)
    operation: str | None = None


class Caller(Protocol):
    """Who calls a tool. Everything is done with his rights, in his turns, and within his limits."""

    async def ask(self, asked: Asked) -> Json:
        """Return the answer of GraphQL, as JSON."""
        ...

    async def read(self, text: str) -> Document:
        """Read a document; raise QuestionError or QuestionRefused if it is none or over a limit."""
        ...

    async def in_turn(self, work: Callable[[], Result]) -> Result:
        """Do work that takes long, beside the event loop, when it is the caller's turn."""
        ...

    async def figure(self, kind: str, asked: Mapping[str, str]) -> bytes:
        """Draw a figure as PNG; raise QuestionError."""
        ...


@dataclass(frozen=True)
class Found:
    """What a tool found: an answer, the facts in it with their sources, and what else is to be said."""

    data: Any
    facts: tuple["Fact", ...] = ()
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A source: its title, its address, and whether it is made up itself."""

    title: str
    url: str | None
    made_up: bool


@dataclass(frozen=True)
class Fact:
    """Where a fact stands in the answer, as a JSON pointer. A relationship has no id, and brings its sources."""

    at: str
    made_up: bool
    id: str | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A figure as PNG, and where a browser finds it."""

    png: bytes
    about: Json


Runs = Callable[[Caller, Arguments], Awaitable[Found | Picture]]


@dataclass(frozen=True)
class Tool:
    """A tool. `schema` is the JSON schema of its arguments."""

    name: str
    says: str
    schema: Json
    runs: Runs = field(repr=False)

    @property
    def shown(self) -> Json:
        """Return what an assistant reads of it."""
        return {
            "name": self.name,
            "description": self.says,
            "inputSchema": self.schema,
            "annotations": {"readOnlyHint": True},
        }

    async def run(self, caller: Caller, given: Arguments) -> Found | Picture:
        """Check the arguments and run the tool. Raise ToolFailed, QuestionError or QuestionRefused."""
        return await self.runs(caller, checked(self.schema, given))


def schema_of(properties: Mapping[str, Json], required: tuple[str, ...] = ()) -> Json:
    """Return the JSON schema of arguments."""
    shown: Json = {"type": "object"}
    if properties:
        shown["properties"] = dict(properties)
    return shown | ({"required": list(required)} if required else {})


def checked(schema: Json, given: Arguments) -> Arguments:
    """Return arguments with the defaults of those that are absent; raise ToolFailed if one is unknown, missing or wrong."""
    known: Mapping[str, Json] = schema.get("properties", {})
    for name in given:
        if name not in known:
            accepted = f"accepted are {', '.join(known)}" if known else "this tool takes none"
            raise ToolFailed(f"{quoted(name)} is no argument of this tool; {accepted}.")
    for name in schema.get("required", ()):
        if given.get(name) is None:
            says = str(known[name].get("description", known[name]["type"])).rstrip(".")
            raise ToolFailed(f"The argument {name} is missing: {says}.")
    full = {name: each["default"] for name, each in known.items() if "default" in each} | dict(given)
    for name, value in given.items():
        _check(name, value, known[name])
    return full


def _check(name: str, value: Any, schema: Json) -> None:
    if value is None or "type" not in schema:
        return
    wanted = TYPES[schema["type"]]
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise ToolFailed(f"{name} is {quoted(value)}; accepted is a value of type {schema['type']}.")
    if "enum" in schema and value not in schema["enum"]:
        raise ToolFailed(f"{name} is {quoted(value)}; accepted are {', '.join(schema['enum'])}.")
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        upper = f"to {schema['maximum']}" if "maximum" in schema else "and more"
        raise ToolFailed(f"{name} is {quoted(value)}; accepted are {schema['minimum']} {upper}.")
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            raise ToolFailed(
                f"{name} has {len(value)} entries; accepted are {schema['minItems']} to {schema['maxItems']}."
            )
        for at, each in enumerate(value):
            _check(f"{name}[{at}]", each, schema.get("items", {}))


def words_of(text: str) -> list[str]:
    """Return the first words of what somebody searches by, in lower case."""
    return [word for word in re.split(r"\W+", text[:LONGEST_WORDS].lower()) if word][:MOST_WORDS]


def quoted(value: Any) -> str:
    """Return a value as an error shows it."""
    text = repr(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"
