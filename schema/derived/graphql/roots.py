"""What can be asked at the root. In: the model. Out: the type Query: by id, lists, search and paths."""

from schema.derived.graphql import names
from schema.derived.graphql.outputs import AS_OF, PAGING, connection, connection_arguments, property_fields
from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.language.kinds import Property
from schema.language.words import MOST_HOPS, MOST_TEXT, MOST_WORDS
from schema.model import FACT, Model


def query(registry: Registry, model: Model) -> type:
    """Make the root of all questions."""
    one_id = Argument("id", "ID", "Id of the fact.")
    fields = [
        Field("node", optional("Node"), "The fact with this id; null where there is none.", (one_id, AS_OF)),
        Field(
            "nodes",
            "list[Optional[Node]]",
            "The facts with these ids, at most 100, in the order asked; null where there is none.",
            (Argument("ids", "list[ID]", "Ids of facts."), AS_OF),
        ),
    ]
    for label, spec in model.concepts.items():
        says = f"{spec.description} Found by id; null where there is none."
        fields.append(Field(spec.singular, optional(label), says, (one_id, AS_OF)))
        arguments = (*connection_arguments(names.where(label), names.order(label)), AS_OF)
        fields.append(Field(spec.plural, f"{label}Connection", f"A list: {spec.description}", arguments))
    return registry.object("Query", "Everything that can be asked.", [*fields, _search(), _path()])


def _search() -> Field:
    says = (
        "Facts whose names, titles, statements or summaries have words that begin with each word of a text, capitals and "
        "accents aside. First those of which one text is the whole text asked for, then those of which one begins with it, "
        "then the others; by id among equals."
    )
    arguments = (
        Argument("text", "str", f"Words to find, 1 to {MOST_WORDS}, in at most {MOST_TEXT} characters."),
        Argument("types", optional("list[FactType]"), "Types of facts to find; all where absent."),
        *PAGING,
        AS_OF,
    )
    return Field("search", "SearchConnection", says, arguments)


def _path() -> Field:
    says = (
        "The shortest way between two facts over relationships of some types, in whichever direction they point; of several, "
        "the first by the ids of its facts, then of its relationships. Null where there is none."
    )
    arguments = (
        Argument("from", "ID", "Id of the fact to begin at."),
        Argument("to", "ID", "Id of the fact to arrive at."),
        Argument("through", "list[TieType]", "Types of relationships to follow, 1 or more."),
        Argument(
            "maxHops", optional("int"), f"How many relationships at most, 1 to {MOST_HOPS}; {MOST_HOPS} where absent."
        ),
        AS_OF,
    )
    return Field("path", optional("Path"), says, arguments)


def search_connection(registry: Registry) -> None:
    """Make the connection of what a search finds, with the places where the words stand."""
    registry.object(
        "TextRange",
        "A part of a text.",
        [
            Field("start", "int", "Number of characters (Unicode code points) before it."),
            Field("end", "int", "Number of characters up to its end."),
        ],
    )
    registry.object(
        "Highlight",
        "A text in which words were found.",
        [
            Field("property", "str", "The property that holds the text."),
            Field("text", "str", "The text."),
            Field("ranges", "list[TextRange]", "The words found in it, in the order of the text."),
        ],
    )
    says = "The texts in which words were found, in the order of their properties."
    connection(registry, "Search", FACT, [Field("highlights", "list[Highlight]", says)], "what a search finds")


def path(registry: Registry, model: Model, common: dict[str, Property]) -> None:
    """Make the type of a path and of the relationships on it."""
    says: dict[str, str] = {}
    for spec in model.relationships.values():
        says[spec.type] = f"{says[spec.type]} {spec.description}" if spec.type in says else spec.description
    registry.enum("TieType", "The type of a relationship.", says)
    tie = [
        Field("type", "TieType", "Type of the relationship."),
        Field("start", "ID", "Id of the fact that it starts at."),
        Field("end", "ID", "Id of the fact that it ends at."),
        *property_fields(common),
    ]
    registry.object("PathTie", "A relationship on a path.", tie)
    registry.object(
        "Path",
        "A way from one fact to another.",
        [
            Field("length", "int", "Number of relationships on it."),
            Field("nodes", f"list[{FACT}]", "The facts in order, both ends included."),
            Field("ties", "list[PathTie]", "The relationships in order, one fewer than the facts."),
        ],
    )
