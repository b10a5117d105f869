"""The schema for who asks with documents of his own. In: words, or the name of a type. Out: fields and types that fit.

It holds no facts: docs/schema.graphql is the whole of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
)

from app.mcp.tools import Arguments, Caller, Found, Json, Tool, ToolFailed, quoted, schema_of, words_of
from schema.derived.graphql.build import core, schema

FIND, DESCRIBE = "find_in_schema", "describe_type"
MOST_FOUND = 25
SHORT = 200
"""Most characters of a description in a list of finds."""
CAMEL = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
IN_NAME, WHOLE_NAME, IN_TEXT, OF_ROOT = 4, 8, 1, 2
"""Weights of a word: in a name, as a whole name, in a description; and of a field where questions begin."""


@dataclass(frozen=True)
class Entry:
    """A type or a field, with the words that it is found by."""

    name: str
    type: str
    says: str
    words: frozenset[str]
    text: str
    root: bool


@cache
def entries() -> tuple[Entry, ...]:
    """List all types, fields and values; a process makes it once."""
    return tuple(_entries(core(schema())))


def _entries(of: GraphQLSchema) -> Iterator[Entry]:
    for type_ in of.type_map.values():
        if type_.name.startswith("__"):
            continue
        yield _entry(type_.name, _kind(type_), type_.description)
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in type_.fields.items():
                yield _entry(f"{type_.name}.{name}", str(field.type), field.description, root=type_ is of.query_type)
        elif isinstance(type_, GraphQLEnumType):
            for name, value in type_.values.items():
                yield _entry(f"{type_.name}.{name}", "value", value.description)


def _entry(name: str, type_: str, says: str | None, *, root: bool = False) -> Entry:
    own = name.rpartition(".")[2]
    words = frozenset(word.lower() for word in CAMEL.findall(own)) | {own.lower()}
    return Entry(name, type_, says or "", words, f"{name} {says or ''}".lower(), root)


def _kind(type_: GraphQLNamedType) -> str:
    return type(type_).__name__.removeprefix("GraphQL").removesuffix("Type").lower()


def find(words: list[str]) -> list[Entry]:
    """Return the entries that fit best; whoever has all words comes before whoever has some."""
    scored = [(found, -len(each.name), each) for each in entries() if (found := _score(each, words)) > (0, 0)]
    return [each for *_, each in sorted(scored, key=lambda one: one[:2], reverse=True)[:MOST_FOUND]]


def _score(entry: Entry, words: list[str]) -> tuple[int, int]:
    has, score = 0, 0
    for word in words:
        stem = word.removesuffix("s") or word
        if stem in entry.text:
            has += 1
            named = IN_NAME if {word, stem, f"{stem}s"} & entry.words else IN_TEXT
            score += named + (WHOLE_NAME if entry.name.rpartition(".")[2].lower() in (word, stem) else 0)
    return has, score + (OF_ROOT if entry.root and has else 0)


def finder() -> Tool:
    """Make the tool that searches the schema."""

    async def run(caller: Caller, given: Arguments) -> Found:
        words = words_of(given["words"])
        found = await caller.in_turn(lambda: find(words))
        if not found:
            return Found({"found": []}, notes=("Nothing in the schema has these words; try others, or fewer.",))
        return Found({"found": [{"name": each.name, "type": each.type, "says": _short(each.says)} for each in found]})

    says = f"Search names and descriptions of types, fields and values of the GraphQL schema. `{DESCRIBE}` tells all of a type."
    return Tool(FIND, says, schema_of({"words": {"type": "string"}}, ("words",)), run)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def describer() -> Tool:
    """Make the tool that describes a type."""

    async def run(caller: Caller, given: Arguments) -> Found:
        type_ = core(schema()).type_map.get(given["name"])
        if type_ is None:
            near = await caller.in_turn(lambda: find(words_of(given["name"])))
            hint = f" Near are {', '.join(each.name for each in near[:5])}." if near else ""
            raise ToolFailed(f"{quoted(given['name'])} is no type of the schema; `{FIND}` finds them.{hint}")
        words = words_of(given.get("words") or "")
        return Found(await caller.in_turn(lambda: described(type_, words)))

    properties = {
        "name": {"type": "string", "description": "Such as Query, City or CityWhere."},
        "words": {"type": "string", "description": "Only fields with one of these words."},
    }
    says = (
        "Describe a type of the GraphQL schema: its fields with types, arguments and meaning. Questions begin at Query."
    )
    return Tool(DESCRIBE, says, schema_of(properties, ("name",)), run)


def described(type_: GraphQLNamedType, words: list[str]) -> Json:
    """Describe a type as JSON; with words only the fields that have one of them."""
    shown: Json = {"name": type_.name, "kind": _kind(type_), "says": type_.description or ""}
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        shown["implements"] = [each.name for each in type_.interfaces]
        shown["fields"] = [_field(name, each) for name, each in type_.fields.items() if _has(name, each, words)]
    elif isinstance(type_, GraphQLInputObjectType):
        shown["fields"] = [_field(name, each) for name, each in type_.fields.items() if _has(name, each, words)]
    elif isinstance(type_, GraphQLEnumType):
        values = type_.values.items()
        shown["values"] = [{"name": name, "says": each.description or ""} for name, each in values]
    return shown


def _has(name: str, field: GraphQLField | GraphQLInputField, words: list[str]) -> bool:
    text = f"{name} {field.description or ''}".lower()
    return not words or any(word in text for word in words)


def _field(name: str, field: GraphQLField | GraphQLInputField) -> Json:
    shown: Json = {"name": name, "type": str(field.type)}
    if field.description:
        shown["says"] = field.description
    if isinstance(field, GraphQLField) and field.args:
        shown["arguments"] = [
            {"name": each, "type": str(of.type)} | ({"says": of.description} if of.description else {})
            for each, of in field.args.items()
        ]
    return shown
