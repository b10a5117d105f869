"""Drafts in the schema. In: nothing of the model. Out: the types of drafts, the fields that show them, and those that decide."""

from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.language.writes import ACCEPT, DRAFT, DRAFT_STATES, DRAFTS, MOST_DRAFTS, MOST_SHOWN, REFUSE, SHOWN

DRAFT_SAYS = (
    "Rows that are not written yet. Its author sees it, and whoever may see and write every fact in it. `changes` and "
    "`problems` say what would happen if it were accepted now, as far as the rights of the reader go."
)
INPUT_SAYS = (
    "Stores rows as a draft. Without `id` it is a new draft; an author may have at most {most} open ones. With `id` the rows "
    "replace those of that draft, which must be of the same field. A dry run stores nothing, the draft neither: the answer tells "
    "what the rows would change."
)
ACCEPT_SAYS = (
    "Writes the rows of a draft, all of them or none. If there are problems, nothing is written and the draft stays open. "
    "`expectedUpdatedAt` refuses if the draft was changed since."
)


def drafts(registry: Registry) -> None:
    """Make the types of drafts."""
    registry.enum("DraftState", "What became of a draft.", DRAFT_STATES)
    kinds = {"CREATED": "The fact is new.", "CHANGED": "Fields get other values.", "DELETED": "The fact would be gone."}
    registry.enum("DraftAction", "What would happen to a fact.", kinds)
    values = [
        Field("field", "str", "Name of the field."),
        Field("before", optional("str"), "Its value now, as JSON; null if there is none that you may see."),
        Field("after", optional("str"), "Its value if the draft is accepted, as JSON."),
    ]
    registry.object("DraftField", "A field with another value.", values)
    registry.object("DraftChange", "What would happen to one fact.", _change())
    registry.object("Draft", DRAFT_SAYS, _draft())
    page = [
        Field("nodes", "list[Draft]", "The drafts of this page."),
        Field("pageInfo", "PageInfo", "The position of the page."),
    ]
    registry.object("DraftConnection", "A page of drafts, the oldest first.", page)
    given = [Argument("id", optional("ID")), Argument("dryRun", optional("bool"))]
    registry.input("DraftInput", INPUT_SAYS.format(most=MOST_DRAFTS), given)


def _change() -> list[Field]:
    return [
        Field("action", "DraftAction", "What would happen."),
        Field("fact", "ID", "Id of the fact. A new fact gets this id if the draft is accepted as it is."),
        Field("type", "str", "Label of a node, or type of a relationship."),
        Field("start", optional("ID"), "Id of the fact at which a relationship starts."),
        Field("end", optional("ID"), "Id of the fact at which a relationship ends."),
        Field("fields", "list[DraftField]", "The fields with other values."),
    ]


def _draft() -> list[Field]:
    return [
        Field("id", "ID", "Id of the draft."),
        Field("author", "str", "Who made it; for an API key, its owner."),
        Field("createdAt", "Instant", "When it was made."),
        Field("updatedAt", "Instant", "When its rows were replaced last, or when it was decided on."),
        Field("state", "DraftState", "What became of it."),
        Field("field", "str", "The field of Mutation that would write it."),
        Field("rows", "int", "Number of its rows."),
        Field("note", optional("str"), "Why it was refused."),
        Field("decidedBy", optional("str"), "Who accepted or refused it."),
        Field("problems", "list[RowProblem]", "Why it cannot be accepted now; empty once it is decided on."),
        Field("changes", "list[DraftChange]", "What it would change; empty once it is decided on."),
    ]


def roots() -> list[Field]:
    """Make the fields of Query that show drafts."""
    listed = (
        Argument("state", optional("DraftState"), "Drafts of this state; open ones if absent."),
        Argument(
            "city", optional("ID"), "Only drafts that name this city: as a fact, an end of a relationship or a holder."
        ),
        Argument("first", optional("int"), f"Most drafts on the page, at most {MOST_SHOWN}; {SHOWN} if absent."),
        Argument("after", optional("str"), "The page after this `endCursor`."),
    )
    alone = "A document that asks for drafts asks for nothing else."
    one = f"The draft with this id; null if there is none that you may see. {alone}"
    return [
        Field(DRAFTS, "DraftConnection", f"The drafts that you may see, the oldest first. {alone}", listed),
        Field(DRAFT, optional("Draft"), one, (Argument("id", "ID"),)),
    ]


def decisions(registry: Registry, counts: list[Field]) -> list[Field]:
    """Make the fields of Mutation that decide on drafts; `counts` are what the payload of a write counts."""
    draft = Field("draft", optional("Draft"), "The draft.")
    facts = Field("facts", "list[ID]", "Ids of the facts that the rows are about.")
    registry.object("AcceptDraftPayload", "What an accepted draft wrote.", [*counts, facts, draft])
    registry.object("RefuseDraftPayload", "The draft that was refused.", [draft])
    id_ = Argument("id", "ID")
    guards = (Argument("requestId", optional("ID")), Argument("expectedUpdatedAt", optional("Instant")))
    refuses = "Refuses a draft as a whole, with a reason. Its author withdraws it in the same way."
    return [
        Field(ACCEPT, optional("AcceptDraftPayload"), ACCEPT_SAYS, (id_, *guards)),
        Field(REFUSE, optional("RefuseDraftPayload"), refuses, (id_, Argument("note", optional("str")))),
    ]
