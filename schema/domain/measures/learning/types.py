"""What measures of learning have in common. In: nothing. Out: types, fields and arguments that several of them use."""

from schema.language.computed import ObjectField, ObjectType
from schema.language.measures import Asked

MEASURED_FACT = ObjectType(
    "MeasuredFact",
    "A fact in the result of a measure; `node` has more of it.",
    (
        ObjectField("factId", "ID", "Id of the fact."),
        ObjectField("name", "str", "Its name or title; null if it has none.", nullable=True),
    ),
)
LEFT_OUT = ObjectType(
    "LeftOut",
    "Facts that a measure left out for one reason.",
    (ObjectField("why", "str", "The reason."), ObjectField("rows", "int", "Number of facts.")),
)
BASED_ON = ObjectField("basedOn", "int", "Number of facts that count.")
LEFT_OUT_FIELD = ObjectField("leftOut", "list[LeftOut]", "Facts that do not count, by reason.")
LAG = (
    ObjectField("lagYears", "int", "Years in between, if dates leave no choice.", nullable=True),
    ObjectField("lagFewest", "int", "The fewest years that dates allow.", nullable=True),
    ObjectField("lagMost", "int", "The most years that dates allow.", nullable=True),
    ObjectField("lagStated", "bool", "Whether a text states the years, and no dates.", nullable=True),
)
LIBRARIES = ObjectField("libraries", "list[str]", "What computed it, with versions.")
FIRST_YEAR = Asked("fromYear", "int", "The first year, 1900 to 2100.", least=1900, most=2100)
LAST_YEAR = Asked("toYear", "int", "The last year, 1900 to 2100.", least=1900, most=2100)
AS_OF = Asked("asOf", "Edtf", "")
SYNTHETIC = Asked("synthetic", "bool", "")
"""The last two are described at `nodes`."""
AS_ASKED_FOR = "It is of facts that you see: what is hidden from you changes nothing."
