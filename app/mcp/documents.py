"""Trusted documents as tools. In: the documents of a server. Out: a tool for each, and tools that find and answer one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLType,
    OperationDefinitionNode,
    OperationType,
    VariableDefinitionNode,
    get_named_type,
    parse,
    type_from_ast,
    value_from_ast_untyped,
)

from app.mcp.asking import ask
from app.mcp.tools import Arguments, Asked, Caller, Found, Json, Tool, ToolFailed, checked, quoted, schema_of, words_of
from app.start.trusted import Trusted, TrustedDocument, lines

NAME = re.compile(r"[A-Za-z0-9_-]{1,47}")
"""Names that every client accepts, even with its own name of a server before them."""
SCALARS = {"Int": "integer", "Float": "number", "Boolean": "boolean"}
LONGEST_SENTENCE, MOST_VALUES, MOST_FOUND = 160, 40, 15
STEWARD = " (Facts that only a steward sees.)"
FIND, ANSWER = "find_question", "answer_question"


@dataclass(frozen=True)
class Known:
    """A query of a trusted document, with the schema of its variables."""

    id: str
    text: str = field(repr=False)
    operation: str | None
    sentence: str
    more: str
    schema: Json
    steward: bool

    @property
    def tool(self) -> Tool:
        """The tool that answers it."""

        async def run(caller: Caller, given: Arguments) -> Found:
            return await self.answer(caller, given)

        said = self.sentence
        if len(said) > LONGEST_SENTENCE:
            said = f"{said[: LONGEST_SENTENCE - 1]}…"
        return Tool(self.id, said + (STEWARD if self.steward else ""), self.schema, run)

    @property
    def shown(self) -> Json:
        """What is told of it when questions are searched."""
        needs = {"variables": self.schema.get("properties", {})} if self.schema.get("properties") else {}
        return {"id": self.id, "question": self.sentence, **({"more": self.more} if self.more else {}), **needs}

    async def answer(self, caller: Caller, given: Arguments) -> Found:
        """Answer it for a caller."""
        return await ask(caller, Asked(self.text, given, self.operation))


def known_documents(trusted: Trusted, schema: GraphQLSchema) -> list[Known]:
    """Return what tools are made of: the documents with one query. Those with variables come first."""
    found = [each for each in (_known(document, schema) for document in trusted.documents) if each]
    return sorted(found, key=lambda each: "properties" not in each.schema)


def _known(document: TrustedDocument, schema: GraphQLSchema) -> Known | None:
    operations = [
        each for each in parse(document.text, no_location=True).definitions if isinstance(each, OperationDefinitionNode)
    ]
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY:
        return None
    operation = operations[0]
    head, defaults = document.head, document.head.variables
    properties: dict[str, Json] = {}
    required: list[str] = []
    for each in operation.variable_definitions or ():
        name, shown = each.variable.name.value, _variable(each, schema, defaults)
        properties[name] = shown
        if isinstance(type_from_ast(schema, each.type), GraphQLNonNull) and "default" not in shown:
            required.append(name)
    more = " ".join(lines(document.text).prose).removeprefix(head.sentence).strip()
    of = schema_of(properties, tuple(required))
    return Known(
        document.id,
        document.text,
        operation.name.value if operation.name else None,
        head.sentence or document.id,
        more,
        of,
        head.viewer == "steward",
    )


def _variable(node: VariableDefinitionNode, schema: GraphQLSchema, defaults: Mapping[str, Any]) -> Json:
    type_ = type_from_ast(schema, node.type)
    shown: Json = {"type": "string"} if type_ is None else json_type(type_)
    name = node.variable.name.value
    if name in defaults:
        return shown | {"default": defaults[name]}
    if node.default_value is not None:
        return shown | {"default": value_from_ast_untyped(node.default_value)}
    return shown


def json_type(type_: GraphQLType) -> Json:
    """Return the JSON schema of a type of GraphQL; a named type that is more than a scalar is named."""
    if isinstance(type_, GraphQLNonNull):
        return json_type(type_.of_type)
    if isinstance(type_, GraphQLList):
        return {"type": "array", "items": json_type(type_.of_type)}
    if isinstance(type_, GraphQLEnumType):
        if len(type_.values) <= MOST_VALUES:
            return {"type": "string", "enum": list(type_.values)}
        return {"type": "string", "description": type_.name}
    if isinstance(type_, GraphQLInputObjectType):
        return {"type": "object", "description": type_.name}
    name = get_named_type(type_).name
    return {"type": SCALARS[name]} if name in SCALARS else _text(name)


def _text(name: str) -> Json:
    return {"type": "string"} if name == "String" else {"type": "string", "description": name}


def finder(documents: list[Known]) -> Tool:
    """Make the tool that finds questions by words."""

    async def run(_: Caller, given: Arguments) -> Found:
        words = words_of(given["words"])
        scored = [(_score(each, words), each) for each in documents]
        best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])[:MOST_FOUND]
        shown = [each.shown for _, each in best]
        note = (
            f"{len(shown)} of {len(documents)} questions have these words."
            if shown
            else (f"None of the {len(documents)} questions has these words; try others, or fewer.")
        )
        return Found({"questions": shown}, notes=(note,))

    schema = schema_of({"words": {"type": "string"}}, ("words",))
    return Tool(FIND, f"Find prepared questions by words. `{ANSWER}` answers one.", schema, run)


def _score(document: Known, words: list[str]) -> int:
    title, rest = f"{document.id} {document.sentence}".lower(), document.more.lower()
    return sum(3 * (word in title) + (word in rest) for word in words)


def answerer(documents: list[Known]) -> Tool:
    """Make the tool that answers a question by its id."""
    by_id = {each.id: each for each in documents}

    async def run(caller: Caller, given: Arguments) -> Found:
        document = by_id.get(given["id"])
        if document is None:
            raise ToolFailed(f"{quoted(given['id'])} is no id of a question; `{FIND}` finds them.")
        return await document.answer(caller, checked(document.schema, given.get("variables") or {}))

    properties = {"id": {"type": "string"}, "variables": {"type": "object"}}
    return Tool(ANSWER, f"Answer a prepared question that `{FIND}` found.", schema_of(properties, ("id",)), run)
