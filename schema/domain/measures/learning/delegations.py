"""Whether those who travelled together came closer. In: nothing. Out: a field of Query and the types that it returns."""

from schema.domain.measures.learning.types import BASED_ON, LEFT_OUT_FIELD, LIBRARIES, SYNTHETIC
from schema.language.computed import ObjectField, ObjectType
from schema.language.measures import Asked, Explained, Question

PAIRS = ObjectType(
    "PairsOfPeople",
    "Ordered pairs of people and their ties in two waves. Of each pair the first answered, and both were listed, in both waves.",
    (
        ObjectField("people", "int", "People listed in both waves."),
        ObjectField("pairs", "int", "Ordered pairs of them."),
        ObjectField("before", "int", "Pairs with a tie in the earlier wave."),
        ObjectField("after", "int", "Pairs with a tie in the later wave."),
        ObjectField("new", "int", "Pairs with a tie in the later wave only."),
        ObjectField("kept", "int", "Pairs with a tie in both."),
        ObjectField("lost", "int", "Pairs with a tie in the earlier wave only."),
        ObjectField("shareBefore", "float", "before / pairs.", nullable=True),
        ObjectField("shareAfter", "float", "after / pairs.", nullable=True),
        ObjectField("change", "float", "shareAfter - shareBefore, -1 to 1.", nullable=True),
        ObjectField("formed", "float", "new / pairs without a tie in the earlier wave.", nullable=True),
        ObjectField("keptShare", "float", "kept / before.", nullable=True),
    ),
)
BONDING_TYPE = ObjectType(
    "DelegationBonding",
    "The ties of a delegation before and after a visit, beside those who stayed home. Its numbers are based on delegates.",
    (
        ObjectField("visit", "MeasuredFact", "The visit."),
        ObjectField("roster", "MeasuredFact", "The roster that lists most of its delegates.", nullable=True),
        ObjectField("earlier", "MeasuredFact", "The last wave that was surely before the visit.", nullable=True),
        ObjectField("later", "MeasuredFact", "The first wave that was surely after it.", nullable=True),
        ObjectField("delegates", "PairsOfPeople", "Pairs of delegates.", nullable=True),
        ObjectField("home", "PairsOfPeople", "Pairs of people of the roster who stayed home.", nullable=True),
        ObjectField("between", "PairsOfPeople", "Pairs of one who travelled and one who stayed home.", nullable=True),
        ObjectField(
            "beyondHome", "float", "The change among delegates less the change among those at home.", nullable=True
        ),
        ObjectField(
            "byChance",
            "float",
            "Share of random delegations of the same size with at least as much, 0 to 1.",
            nullable=True,
        ),
        ObjectField("currency", "str", "Currency of the cost of the visit; null if that is not known.", nullable=True),
        ObjectField(
            "costPerNewTie",
            "BigInt",
            "Cost of the visit / new ties of delegates, in whole units, halves up.",
            nullable=True,
        ),
        BASED_ON,
        LEFT_OUT_FIELD,
        LIBRARIES,
    ),
)
BONDING = Question(
    name="delegationBonding",
    returns=BONDING_TYPE,
    says=(
        "Whether the delegates of a visit came closer than those who stayed home; null if you see no such visit. `roster` is the "
        "one that lists most delegates if it is absent. Without a wave on both sides of the visit there are no pairs."
    ),
    asked=(
        Asked("visit", "ID", "Id of the visit.", required=True),
        Asked("roster", "ID", "Id of a roster."),
        Asked("layer", "CloudLayer", "The kind of tie, one that waves ask for; `TRUSTS` if absent."),
        SYNTHETIC,
    ),
    explained=(
        Explained(
            "delegates, home, beyondHome, byChance",
            "How many ties formed among those who travelled together, beside those who stayed home.",
            "beyondHome = change among delegates - change among those at home; byChance of 999 random delegations, seeded.",
            "O. Ashenfelter and D. Card, Using the longitudinal structure of earnings, 1985 (difference in differences)",
            "It says nothing of causes: who travels is chosen, often by people he knows. Few delegates make few pairs.",
        ),
        Explained(
            "costPerNewTie",
            "What a new tie among delegates cost.",
            "Cost for each delegate times delegates / new ties of delegates.",
            "Own measure",
            "All of the cost counts, also what was spent for lessons. Ties would have formed at home too.",
        ),
    ),
)
TYPES = (PAIRS, BONDING_TYPE)
