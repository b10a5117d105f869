"""The field of Subscription. In: the model. Out: the type Subscription and the types of an event of the log."""

from schema.derived.graphql.outputs import SYNTHETIC
from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.language.declare import upper_snake
from schema.model import FACT, Model

KINDS: dict[str, str | None] = {
    "CREATED": "The fact is new, or became visible to you.",
    "CHANGED": "Fields of the fact have other values.",
    "DELETED": "The fact is gone, or became hidden from you.",
}
SAYS = (
    "The field that a subscription follows. A subscription runs over WebSocket (graphql-transport-ws) or as server-sent events "
    "(`Accept: text/event-stream`)."
)
EVENTS_SAYS = (
    "What happens to facts that you may see, in the order of the log. It is decided at delivery, by your rights and the "
    "markings of that moment."
)
EVENT_SAYS = "Something that happened to a fact."


def subscription(registry: Registry, model: Model) -> type:
    """Make the type Subscription and the types that only it needs."""
    registry.enum("LogEventKind", "What happened to a fact.", KINDS)
    labels = [upper_snake(label) for label in model.concepts]
    types = [spec.type for spec in model.relationships.values()]
    says = "The type of a fact, as `FactType` explains it, or of a relationship, as `TieType` does."
    registry.enum("LogEventType", says, dict.fromkeys([*labels, *types]))
    registry.object("LogEvent", EVENT_SAYS, _event())
    return registry.object("Subscription", SAYS, [Field("events", "LogEvent", EVENTS_SAYS, _arguments())])


def _arguments() -> tuple[Argument, ...]:
    return (
        Argument(
            "after",
            optional("str"),
            "Cursor of an event: what happened after it comes first. Only what is new if absent.",
        ),
        Argument("type", optional("LogEventType"), "Only events of this type."),
        Argument(
            "near",
            optional("ID"),
            "Id of a fact: only its events, those of its relationships, and those of the facts to which these lead.",
        ),
        SYNTHETIC,
    )


def _event() -> list[Field]:
    return [
        Field("id", "ID", "Id of the event."),
        Field(
            "cursor", "str", "The place after the event, for `after`. It is yours alone, and another text each time."
        ),
        Field("time", "Instant", "When it was written."),
        Field("kind", "LogEventKind", "What happened."),
        Field("type", "LogEventType", "The type of the fact."),
        Field("fact", "ID", "Id of the fact."),
        Field("from", optional("ID"), "Id of the fact at which a relationship starts; null for other facts."),
        Field("to", optional("ID"), "Id of the fact at which a relationship ends; null for other facts."),
        Field("fields", "list[str]", "Names of the fields that changed."),
        Field("synthetic", "bool", "Whether the fact is made up."),
        Field(
            "node", optional(FACT), "The fact as it is now; null for a relationship, and if you do not see it any more."
        ),
    ]
