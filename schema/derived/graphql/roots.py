"""The fields of Query. In: the model. Out: the type Query (facts by id, lists, search, paths) and the types it needs."""

from dataclasses import replace

from schema.derived.graphql import clouds, drafts, matches, names
from schema.derived.graphql.outputs import PAGING, ROOT, connection, connection_arguments, property_fields
from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.language.kinds import Property
from schema.language.words import MOST_HOPS, MOST_TEXT, MOST_WORDS
from schema.model import FACT, Model

SAYS = (
    "The fields with which every query begins: for each type one fact by its id, null if there is none that you may see, and a "
    "list. Every list takes `first`, `after`, `last` and `before` as `search` does, `where` (the entries that match; all if "
    "absent) and `orderBy` (at most 10 keys; by id if absent). `asOf` and `synthetic` are described at `nodes`."
)
NODE_SAYS = (
    "The fact with this id; null if there is none that you may see. `id` is its only argument, as Global Object "
    "Identification says. For a date or made-up facts ask `nodes`, or the field of the type."
)


def query(registry: Registry, model: Model) -> type:
    """Make the type Query."""
    fields = [
        Field("node", optional("Node"), NODE_SAYS, (Argument("id", "ID", "Id of the fact."),)),
        Field(
            "nodes",
            "list[Optional[Node]]",
            "The facts with these ids, at most 100, in the order given; null for an id that you may not see or nobody has.",
            (Argument("ids", "list[ID]", "Ids of facts."), *ROOT),
        ),
    ]
    for label, spec in model.concepts.items():
        fields.append(Field(spec.singular, optional(label), None, (Argument("id", "ID"), *_undescribed())))
        arguments = (*connection_arguments(label), *_undescribed())
        fields.append(Field(spec.plural, names.connection(label), None, arguments))
    return registry.object(
        "Query", SAYS, [*fields, _search(), _path(), *clouds.roots(), *drafts.roots(), *matches.roots()]
    )


def _undescribed() -> tuple[Argument, ...]:
    """Return the arguments of ROOT without their texts, which stand at `nodes`."""
    return tuple(replace(each, description=None) for each in ROOT)


def _search() -> Field:
    says = (
        "Facts that have, for each word given, a word that begins with it in a name, title, statement or summary. Case and "
        "accents are ignored. First come facts with a text equal to the words given, then facts with a text that begins with "
        "them, then the others; within each of the three by id."
    )
    arguments = (
        Argument("text", "str", f"Words to find, 1 to {MOST_WORDS}, in at most {MOST_TEXT} characters."),
        Argument("types", optional("list[FactType]"), "Types of facts to find; all types if absent."),
        *PAGING,
        *_undescribed(),
    )
    return Field("search", "SearchConnection", says, arguments)


def _path() -> Field:
    says = (
        "The shortest path between two facts over relationships of the types given, in either direction. Of several shortest "
        "paths: the first by the ids of its facts, then by those of its relationships. Null if there is no path."
    )
    arguments = (
        Argument("from", "ID", "Id of the fact at which the path begins."),
        Argument("to", "ID", "Id of the fact at which the path ends."),
        Argument("through", "list[TieType]", "Types of relationships to follow, 1 or more."),
        Argument(
            "maxHops", optional("int"), f"Most relationships on the path, 1 to {MOST_HOPS}; {MOST_HOPS} if absent."
        ),
        *_undescribed(),
    )
    return Field("path", optional("Path"), says, arguments)


def search_connection(registry: Registry) -> None:
    """Make the connection of search results, with the words that were found in each text."""
    registry.object(
        "TextRange",
        "A part of a text.",
        [
            Field("start", "int", "Number of characters (Unicode code points) before the part."),
            Field("end", "int", "Number of characters up to the end of the part."),
        ],
    )
    registry.object(
        "Highlight",
        "A text in which words were found.",
        [
            Field("property", "str", "Name of the property that holds the text."),
            Field("text", "str", "The text."),
            Field("ranges", "list[TextRange]", "The words found in it, in the order of the text."),
        ],
    )
    says = "The texts in which words were found, in the order of their properties."
    highlights = Field("highlights", "list[Highlight]", says)
    connection(registry, "Search", FACT, [highlights], names.aggregate(FACT), described=True)


def path(registry: Registry, model: Model, common: dict[str, Property]) -> None:
    """Make the type of a path and of the relationships on it."""
    says: dict[str, str] = {}
    for spec in model.relationships.values():
        says[spec.type] = f"{says[spec.type]} {spec.description}" if spec.type in says else spec.description
    registry.enum("TieType", "The type of a relationship.", says)
    fields = [
        Field("type", "TieType", "Type of the relationship."),
        Field("start", "ID", "Id of the fact at which the relationship starts."),
        Field("end", "ID", "Id of the fact at which the relationship ends."),
        *property_fields(common, common),
    ]
    registry.object("PathTie", "A relationship on a path.", fields)
    registry.object(
        "Path",
        "A path from one fact to another.",
        [
            Field("length", "int", "Number of relationships on the path."),
            Field("nodes", f"list[{FACT}]", "The facts on the path, in order, with both ends."),
            Field("ties", "list[PathTie]", "The relationships on the path, in order: one fewer than facts."),
        ],
    )
