"""Measures of one city: what it puts into learning, and from whom it may learn. In: nothing. Out: fields of Query, types."""

from schema.domain.measures.learning.types import LIBRARIES, SYNTHETIC
from schema.language.computed import ObjectField, ObjectType
from schema.language.measures import Asked, Explained, Question

INDICATOR = ObjectType(
    "LearningIndicator",
    "One number about what a city puts into learning, or gets out of it.",
    (
        ObjectField("name", "str", "What it says."),
        ObjectField("value", "float", "The number; null if nothing tells.", nullable=True),
        ObjectField("unit", "str", "`share` for 0 to 1; else what is counted, or a currency."),
        ObjectField("n", "int", "Number of facts that it is of."),
        ObjectField("unknown", "int", "Further facts that do not tell."),
        LIBRARIES,
    ),
)
PEER = ObjectType(
    "LearningPeer",
    "A city from which another may learn, with the reasons. The two likenesses are never added.",
    (
        ObjectField("city", "MeasuredFact", "The peer."),
        ObjectField("problems", "float", "Problems of both / problems of either.", nullable=True),
        ObjectField("learned", "float", "Subjects learned by both / learned by either.", nullable=True),
        ObjectField("sharedProblems", "list[MeasuredFact]", "Problems of both, the rarest first."),
        ObjectField("sharedLearning", "list[MeasuredFact]", "Topics and practices of both, the rarest first."),
        ObjectField(
            "canTeach", "list[MeasuredFact]", "Problems of the city that the peer has worked on, and it has not."
        ),
        ObjectField("canLearn", "list[MeasuredFact]", "The same, the other way round."),
        LIBRARIES,
    ),
)
CITY = Asked("city", "ID", "Id of the city.", required=True)
SCORECARD = Question(
    name="scorecard",
    returns=INDICATOR,
    many=True,
    says="What a city puts into learning and gets out of it, side by side, without a total; empty if you see no such city.",
    asked=(CITY, SYNTHETIC),
    explained=(
        Explained(
            "value, n, unknown",
            "Visits, lessons, uses and efforts of one city.",
            "Counts, and shares of what tells.",
            "Own measure",
            "There is no total and no rank: no weights exist by which hours, journeys and lessons could be added.",
        ),
    ),
)
PEERS = Question(
    name="peers",
    returns=PEER,
    many=True,
    says="The 10 cities that share most with a city: by problems, then by what they can teach, then by what was learned.",
    asked=(CITY, SYNTHETIC),
    explained=(
        Explained(
            "problems, learned",
            "Cities with the same problems, and cities that have learned about the same.",
            "Shared / all that either has. Learned are subjects of lessons and practices in use, with all that is broader.",
            "P. Jaccard, Étude comparative de la distribution florale, 1901",
            "Problems are alike only if one problem was raised in both cities. A peer is no proof that learning will work.",
        ),
    ),
)
TYPES = (INDICATOR, PEER)
