"""Resources: what a client may put into a conversation without a call. In: an address. Out: JSON, as the tools tell it.

They hold prepared questions and the schema, and no facts.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from app.mcp import lookup
from app.mcp.documents import Known
from app.mcp.tools import Caller, Found, Json, Tool, ToolFailed, quoted, schema_of

SCHEME = "citygraph://"
QUESTIONS, WORDS, TYPES = f"{SCHEME}questions", f"{SCHEME}schema", f"{SCHEME}types"
JSON = "application/json"
LONGEST = 500
"""Most characters of an address."""
NOTHING = "There is no such resource. Accepted are {}."


@dataclass(frozen=True)
class Resource:
    """A resource: its address, and the tool that reads it, with the argument that stands after the address if there is one."""

    name: str
    uri: str
    says: str
    tool: Tool
    argument: str | None = None

    @property
    def address(self) -> str:
        """Return the address, or the template of it."""
        return self.uri if self.argument is None else f"{self.uri}/{{{self.argument}}}"

    @property
    def shown(self) -> Json:
        """Return what a client lists of it."""
        key = "uri" if self.argument is None else "uriTemplate"
        return {"name": self.name, key: self.address, "description": self.says, "mimeType": JSON}


@dataclass(frozen=True)
class Resources:
    """The resources of a server. Those with an argument are templates."""

    every: tuple[Resource, ...] = field(hash=False)

    @property
    def fixed(self) -> list[Json]:
        """Return what is listed of resources without an argument."""
        return [each.shown for each in self.every if each.argument is None]

    @property
    def templates(self) -> list[Json]:
        """Return what is listed of resources with an argument."""
        return [each.shown for each in self.every if each.argument is not None]

    def at(self, uri: str) -> tuple[Tool, Json]:
        """Return the tool that reads an address, and its arguments. Raise ToolFailed for another address."""
        for each in self.every:
            if each.argument is None and uri == each.uri:
                return each.tool, {}
            given = uri.removeprefix(f"{each.uri}/")
            if each.argument is not None and given not in (uri, "") and len(uri) <= LONGEST:
                return each.tool, {each.argument: unquote(given)}
        raise ToolFailed(NOTHING.format(", ".join(each.address for each in self.every)))


def resources(documents: Collection[Known], tools: Mapping[str, Tool]) -> Resources:
    """Return the resources of a server: prepared questions, and the schema if there are tools that search it."""
    found = [
        Resource("questions", QUESTIONS, "All prepared questions, by id.", _questions(documents)),
        Resource(
            "question", QUESTIONS, "A prepared question: meaning, variables, GraphQL.", _question(documents), "id"
        ),
    ]
    if lookup.FIND in tools:
        of_words, of_type = tools[lookup.FIND], tools[lookup.DESCRIBE]
        found.append(
            Resource("schema", WORDS, "Types and fields of the schema that have these words.", of_words, "words")
        )
        found.append(Resource("type", TYPES, "All of a type of the schema.", of_type, "name"))
    return Resources(tuple(found))


def _questions(documents: Collection[Known]) -> Tool:
    async def run(_: Caller, __: Mapping[str, object]) -> Found:
        return Found({"questions": [{"id": each.id, "question": each.sentence} for each in documents]})

    return Tool("questions", "", schema_of({}), run)


def _question(documents: Collection[Known]) -> Tool:
    by_id = {each.id: each for each in documents}

    async def run(_: Caller, given: Mapping[str, object]) -> Found:
        known = by_id.get(str(given["id"]))
        if known is None:
            raise ToolFailed(f"{quoted(given['id'])} is no id of a question; {QUESTIONS} lists them.")
        return Found({**known.shown, "document": known.text})

    return Tool("question", "", schema_of({"id": {"type": "string"}}, ("id",)), run)
