"""The words of writes that the schema and the code share. In: nothing. Out: names, codes of problems, natural keys."""

from schema.language.declare import ConceptSpec
from schema.language.kinds import Kind, Property

KEY = "key"
"""The field of a row that says which fact is meant."""
UPSERT = "upsert"
DELETE, END = "deleteFacts", "endFacts"
"""Fields that write facts of any kind, which rows name by id."""
ACCEPT, REFUSE = "acceptDraft", "refuseDraft"
"""Fields that decide on a draft."""
DRAFT, DRAFTS = "draft", "drafts"
"""Fields of Query that show drafts."""
DECIDE, MATCHES = "decideMatch", "matches"
"""Fields that decide on names of feeds, and show them."""
MOST_DRAFTS = 100
"""Most open drafts of one author."""
MOST_SHOWN, SHOWN = 50, 20
"""Most drafts or names on one page, and how many if the reader does not say."""
MOST_ROWS = 1_000
"""Most rows of one mutation, with the rows inside them."""

PROBLEM_CODES: dict[str, str | None] = {
    "INVALID": "The value is not accepted.",
    "MISSING": "The value must be given.",
    "NOT_FOUND": "There is no such fact that you may see.",
    "AMBIGUOUS": "Several facts have this key.",
    "CONFLICT": "Somebody else has changed the fact, or another fact has what only one may have.",
    "NOT_ALLOWED": "You may not write this.",
    "REFUSED_WITH": "It refers to a row that is refused.",
}

DRAFT_STATES = {
    "OPEN": "Nobody has decided on it yet.",
    "ACCEPTED": "Its rows were written.",
    "REFUSED": "Its rows were not written: it was refused, or its author withdrew it.",
}

MATCH_STATES = {
    "WAITING": "Nobody has decided on it.",
    "DECIDED": "Somebody has decided what it means.",
}


def natural(spec: ConceptSpec) -> tuple[Property, ...]:
    """Return the properties by which a fact is known besides its id: unique ones, and the text that it is called by."""
    unique = [prop for prop in spec.properties.values() if prop.unique]
    called = [prop for prop in spec.properties.values() if prop.required and prop.kind is Kind.TEXT][:1]
    return tuple(dict.fromkeys((*unique, *called)))
