"""Names that wait for a person, in the schema. In: nothing of the model. Out: their types, and fields that show and decide."""

from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.language.writes import DECIDE, MATCH_STATES, MATCHES, MOST_SHOWN, SHOWN

SAYS = (
    "A name that feeds give, and that no rule matches with a fact. Whoever may write facts of its type without holders sees it, "
    "and decides which fact is meant."
)
INPUT_SAYS = "What a name means: exactly one of `id`, `none: true` and `undo: true`."
DECIDE_SAYS = (
    "Decides which fact a name means. The decision is remembered, and the next run of each feed uses it. If the fact is deleted "
    "later, the name waits again."
)


def matches(registry: Registry) -> None:
    """Make the types of names that wait."""
    registry.enum("MatchState", "Whether a name waits.", MATCH_STATES)
    offered = [
        Field("fact", "ID", "Id of the fact."),
        Field("name", "str", "Its name."),
        Field("why", "str", "Why it is offered, such as `same name, same country, 48 km away`."),
    ]
    registry.object("MatchCandidate", "A fact that a name may mean.", offered)
    number = [Field("property", "str", "Name of the property."), Field("value", "str", "Its value.")]
    registry.object("MatchNumber", "A value that only one fact has, as a feed tells it.", number)
    registry.object("Match", SAYS, _match())
    page = [
        Field("nodes", "list[Match]", "The names of this page."),
        Field("pageInfo", "PageInfo", "The position of the page."),
    ]
    registry.object("MatchConnection", "A page of names that wait, the oldest first.", page)


def _match() -> list[Field]:
    return [
        Field("key", "ID", "What tells it from other names. Names that the rules cannot tell apart are one."),
        Field("type", "FactType", "The type of the fact that is meant."),
        Field("name", "str", "The name as a feed gives it first."),
        Field("country", optional("str"), "The country that is told."),
        Field("city", optional("str"), "The city that is told."),
        Field("website", optional("str"), "The web address that is told."),
        Field("at", optional("Point"), "The place that is told."),
        Field("numbers", "list[MatchNumber]", "Values that only one fact has, such as its number elsewhere."),
        Field("feeds", "list[str]", "The feeds that give it."),
        Field("why", "str", "Why no rule decides."),
        Field("candidates", "list[MatchCandidate]", "Facts that may be meant, the likeliest first."),
        Field("since", "Instant", "When it was first given."),
        Field("state", "MatchState", "Whether it waits."),
        Field("means", optional("ID"), "Id of the fact that is meant; null if it waits, or is left out."),
        Field("leftOut", "bool", "Whether it was decided that no fact is meant: what depends on it is left out."),
        Field("decidedBy", optional("str"), "Who decided."),
        Field("decidedAt", optional("Instant"), "When it was decided."),
    ]


def roots() -> list[Field]:
    """Make the field of Query that shows names that wait."""
    says = (
        "The names of feeds that you may decide on, the oldest first. A document that asks for them asks for nothing else but "
        "drafts."
    )
    listed = (
        Argument("state", optional("MatchState"), "Names of this state; those that wait if absent."),
        Argument("feed", optional("str"), "Only names that this feed gives."),
        Argument("label", optional("FactType"), "Only names of facts of this type."),
        Argument("first", optional("int"), f"Most names on the page, at most {MOST_SHOWN}; {SHOWN} if absent."),
        Argument("after", optional("str"), "The names after this `endCursor`."),
    )
    return [Field(MATCHES, "MatchConnection", says, listed)]


def decisions(registry: Registry) -> list[Field]:
    """Make the field of Mutation that decides on a name."""
    given = [
        Argument("key", "ID", "Key of the name."),
        Argument("id", optional("ID"), "The fact that is meant. Everybody may see it."),
        Argument("none", optional("bool"), "No fact is meant: what depends on the name is left out."),
        Argument("undo", optional("bool"), "The decision is taken back: the name waits again."),
        Argument("requestId", optional("ID"), "Id of the request, as for every write."),
    ]
    registry.input("DecideMatchInput", INPUT_SAYS, given)
    payload = [
        Field("match", optional("Match"), "The name; null if there are problems."),
        Field("problems", "list[RowProblem]", "Why nothing was decided."),
    ]
    registry.object("DecideMatchPayload", "What was decided.", payload)
    return [Field(DECIDE, optional("DecideMatchPayload"), DECIDE_SAYS, (Argument("input", "DecideMatchInput"),))]
