"""The fields of Mutation. In: the model. Out: the type Mutation, an input for each concept and relationship, and payloads.

Nothing is said of one concept: whatever the model declares can be written.
"""

from collections.abc import Mapping

from schema.derived.graphql import drafts, matches, names
from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.kinds import Kind, Nature, Property
from schema.language.writes import DELETE, END, KEY, PROBLEM_CODES, UPSERT, natural
from schema.model import FACT, Model

INPUT = names.OUTPUT | {
    Kind.WHEN: "str",
    Kind.END: "str",
    Kind.POINT: "PointInput",
    Kind.MONEY: "MoneyInput",
    Kind.REFERENCE: "ID",
    Kind.REFERENCES: "list[ID]",
}
"""The type in which a property is given. Dates are texts, so that one wrong date is a problem of its row only."""

SAYS = (
    "The fields that write. Each is one transaction: it is stored as a whole, or not at all. An upsert changes the fact that "
    "its key names, or else creates one. A field that is absent stays as it is, and null removes it. Rows that are refused come "
    "back in `problems`; then nothing is written, unless `partial` is true: then the other rows are. A `requestId` belongs to "
    "one request of one writer: a retry with the same id and the same body gets the first answer. `expectedUpdatedAt` refuses "
    "to change a fact that somebody else has changed since. A field that fails is null, with an "
    "error. With `draft` nothing is written: the rows are stored as a draft, and the answer tells what they would "
    "change. Dates are EDTF texts. `holders` are the cities that own an AMBER or RED fact."
)
KEY_SAYS = (
    "Which fact a row is about: exactly one field. Besides `id`, each concept has what its facts are called by, and numbers "
    "and codes that are unique."
)
RELATIONSHIP_SAYS = (
    "A relationship to write, from one fact to another. Inside the row of a fact, that fact is one end. `id` is needed only "
    "if there are several between the same facts, or instead of them. `lastConfirmed` is for states."
)

DELETE_SAYS = (
    "A fact to which relationships lead is refused, unless `withRelationships` is true: then they are deleted with it. The "
    "event log keeps the id, and feeds tell that the fact is gone."
)
END_SAYS = "`until` is the last day on which the fact held, an EDTF text; today if it is absent."


def mutation(registry: Registry, model: Model) -> type:
    """Make the type Mutation and the types that only it needs."""
    _shared(registry, model)
    fields = []
    for label, spec in model.concepts.items():
        title = title_of(spec)
        registry.input(f"{label}Input", f"A row of `{UPSERT}{title}`.", _of_concept(model, label, spec))
        payload = f"Upsert{title}Payload"
        registry.object(payload, None, [*_counts(), Field("nodes", f"list[Optional[{label}]]"), _draft()])
        fields.append(_upsert(title, f"{label}Input", payload, f"Writes facts of type `{label}`."))
    for name, of in model.relationships.items():
        if of.properties:
            registry.input(
                f"{name}Input", f"A relationship to write. {of.description}", _of_relationship(of.properties)
            )
        fields.append(_upsert(name, row_of(of), "RelationshipsPayload", of.description))
    fields += [*_of_any_kind(registry), *drafts.decisions(registry, _counts(described=True))]
    fields += matches.decisions(registry)
    return registry.object("Mutation", SAYS, fields)


def title_of(spec: ConceptSpec) -> str:
    """Return what fields and payloads call the facts of a concept: `Visits` of `upsertVisits`."""
    return spec.plural[0].upper() + spec.plural[1:]


def _upsert(name: str, row: str, payload: str, says: str) -> Field:
    return _field(f"{UPSERT}{name}", row, payload, says)


def _field(name: str, row: str, payload: str, says: str) -> Field:
    arguments = (
        Argument("rows", f"list[{row}]"),
        Argument("partial", optional("bool")),
        Argument("requestId", optional("ID")),
        Argument("draft", optional("DraftInput")),
    )
    return Field(name, optional(payload), says, arguments)


def _of_any_kind(registry: Registry) -> list[Field]:
    """Make the fields that delete and end facts, nodes and relationships alike, which rows name by id."""
    guarded = [Argument("id", "ID"), Argument("expectedUpdatedAt", optional("Instant"))]
    along = Argument("withRelationships", optional("bool"))
    registry.input("DeleteInput", f"A row of `{DELETE}`. {DELETE_SAYS}", [*guarded, along])
    registry.input("EndInput", f"A row of `{END}`. {END_SAYS}", [*guarded, Argument("until", optional("str"))])
    _, changed, same, problems = _counts(described=True)
    deleted = [
        Field("deleted", "int", "Number of facts that the rows name and that were deleted."),
        Field("deletedIds", "list[ID]", "Their ids, in the order of the rows."),
    ]
    ended = [
        Field("endedIds", "list[ID]", "Ids of the facts that have ended, in the order of the rows."),
        Field("nodes", f"list[Optional[{FACT}]]", "The nodes among them."),
    ]
    registry.object("DeleteFactsPayload", "What was deleted.", [*deleted, problems, _draft(described=True)])
    registry.object("EndFactsPayload", "What has ended.", [changed, same, *ended, problems, _draft(described=True)])
    return [
        _field(DELETE, "DeleteInput", "DeleteFactsPayload", "Deletes facts and relationships of any kind."),
        _field(END, "EndInput", "EndFactsPayload", "Ends facts and relationships of any kind."),
    ]


def _shared(registry: Registry, model: Model) -> None:
    keys = {prop.name: _property(prop) for spec in model.concepts.values() for prop in natural(spec)}
    registry.input("KeyInput", KEY_SAYS, [Argument("id", optional("ID")), *keys.values()], one_of=True)
    registry.input("RelationshipInput", RELATIONSHIP_SAYS, _of_relationship({}))
    registry.enum("RowProblemCode", "Why a row was refused.", PROBLEM_CODES)
    registry.object(
        "RowProblem",
        "What is wrong in a row.",
        [
            Field("path", "str", "Where it is: `rows[3].since` is the field `since` of the fourth row."),
            Field("code", "RowProblemCode", "The kind of problem."),
            Field("message", "str", "What is wrong, and what is accepted."),
            Field(
                "accepted", "list[str]", "Values that are accepted, the nearest first; empty if they cannot be listed."
            ),
        ],
    )
    registry.input(
        "MoneyInput",
        "An amount of money, in whole units of the currency.",
        [Argument("amount", "BigInt"), Argument("currency", "str")],
    )
    registry.input(
        "PointInput",
        "A place on the globe, WGS 84, in degrees.",
        [Argument("latitude", "float"), Argument("longitude", "float")],
    )
    registry.object(
        "RelationshipsPayload",
        "What a write of relationships did.",
        [*_counts(described=True), *_ends(), _draft(described=True)],
    )


def _draft(*, described: bool = False) -> Field:
    return Field("draft", optional("Draft"), "The draft, if the rows were stored as one." if described else None)


def _counts(*, described: bool = False) -> list[Field]:
    says = {
        "created": ("int", "Number of facts that were created, relationships included."),
        "changed": ("int", "Number of facts that were changed."),
        "same": ("int", "Number of facts that were as stated before."),
        "problems": ("list[RowProblem]", "What was refused, in the order of the rows."),
    }
    return [Field(name, type_, text if described else None) for name, (type_, text) in says.items()]


def _ends() -> list[Field]:
    return [
        Field("ids", "list[ID]", "Ids of the relationships, in the order of the rows; of refused rows none."),
        Field("starts", f"list[Optional[{FACT}]]", "The facts at which they start, in the same order."),
        Field("ends", f"list[Optional[{FACT}]]", "The facts at which they end, in the same order."),
    ]


def _of_concept(model: Model, label: str, spec: ConceptSpec) -> list[Argument]:
    own = [_property(prop) for prop in spec.properties.values()]
    routes = model.routes.get(label, {}).values()
    related = [Argument(route.field, optional(f"list[{row_of(route.relationship)}]")) for route in routes]
    # A concept may declare a common property anew, with words of its own.
    common = [each for each in _common(spec.nature) if each.name not in spec.properties]
    return [Argument(KEY, optional("KeyInput")), *own, *common, *related]


def row_of(spec: ConceptSpec | RelationshipSpec) -> str:
    """Name the input of a fact. All relationships without properties of their own share one."""
    if isinstance(spec, ConceptSpec):
        return f"{spec.label}Input"
    return f"{spec.name}Input" if spec.properties else "RelationshipInput"


def _of_relationship(properties: Mapping[str, Property]) -> list[Argument]:
    ends = [Argument(name, optional("ID")) for name in ("from", "to", "id")]
    common = [each for each in _common(Nature.STATE) if each.name not in properties]
    return [*ends, *(_property(prop) for prop in properties.values()), *common]


def _common(nature: Nature) -> list[Argument]:
    left_out = {"id", "recordedAt", "updatedAt"} | (set() if nature is Nature.STATE else {"lastConfirmed"})
    given = [_property(prop) for prop in COMMON.values() if prop.name not in left_out]
    return [*given, Argument("holders", optional("list[ID]")), Argument("expectedUpdatedAt", optional("Instant"))]


def _property(prop: Property) -> Argument:
    return Argument(prop.name, optional(prop.choices.__name__ if prop.choices else INPUT[prop.kind]))
