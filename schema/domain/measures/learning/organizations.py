"""Measures of councils, joint projects and costs. In: nothing. Out: fields of Query and the types that they return."""

from schema.domain.measures.learning.types import BASED_ON, FIRST_YEAR, LAST_YEAR, LEFT_OUT_FIELD, LIBRARIES, SYNTHETIC
from schema.language.computed import ObjectField, ObjectType
from schema.language.measures import Asked, Explained, Question

KRACKHARDT = "D. Krackhardt and R. Stern, Informal networks and organizational crises, 1988"
OWN = "Own measure"

COST = ObjectType(
    "LearningCost",
    "What visits cost in one currency. An entry without a currency counts the visits whose cost does not count.",
    (
        ObjectField("currency", "str", "The currency code, ISO 4217.", nullable=True),
        ObjectField("visits", "int", "Number of visits."),
        ObjectField("cost", "BigInt", "Cost of all their delegates, in whole units.", nullable=True),
        ObjectField("lessons", "int", "Lessons gained on them; one of two visits counts for both."),
        ObjectField("perLesson", "BigInt", "cost / lessons, in whole units, halves up.", nullable=True),
        ObjectField("withoutLesson", "int", "Visits on which no lesson was gained.", nullable=True),
        ObjectField("paid", "BigInt", "What is known to have been paid for them: a part, or more.", nullable=True),
        ObjectField("leftOut", "list[LeftOut]", "Why the cost does not count."),
        LIBRARIES,
    ),
)
ATTENDANCE = ObjectType(
    "CouncilAttendance",
    "How often somebody came to a council.",
    (
        ObjectField("who", "MeasuredFact", "The organization, or the person."),
        ObjectField("meetings", "int", "Meetings that were held while it sat on the council."),
        ObjectField("attended", "int", "Those that it attended."),
        ObjectField("share", "float", "attended / meetings.", nullable=True),
        ObjectField("asGuest", "int", "Meetings that it attended without a seat."),
    ),
)
COUNCIL_TYPE = ObjectType(
    "CouncilMeasures",
    "Whether a council meets, and who comes. Its numbers are based on meetings.",
    (
        ObjectField("council", "MeasuredFact", "The council."),
        ObjectField("rhythm", "str", "How often it says that it meets.", nullable=True),
        ObjectField("held", "int", "Meetings that were held."),
        ObjectField("missed", "int", "Meetings that were planned and not held."),
        ObjectField("planned", "int", "Meetings of which nothing is known yet."),
        ObjectField("shareHeld", "float", "held / (held + missed).", nullable=True),
        ObjectField("gaps", "list[int]", "Days between meetings that were held, in order."),
        ObjectField("medianGap", "float", "Their median, in days.", nullable=True),
        ObjectField("longestGap", "int", "The longest, in days.", nullable=True),
        ObjectField(
            "periods", "int", "Periods of the rhythm that are looked at; null without a rhythm.", nullable=True
        ),
        ObjectField("empty", "list[str]", "Periods without a meeting, such as `2024-04`.", nullable=True),
        ObjectField("attendance", "list[CouncilAttendance]", "Attendance of members and guests, by id."),
        BASED_ON,
        LEFT_OUT_FIELD,
        LIBRARIES,
    ),
)
JOINT = ObjectType(
    "JointWork",
    "Who leads and who follows, and how far organizations work alone, on a day. Its numbers are based on projects.",
    (
        ObjectField("day", "Day", "The last day of a year."),
        ObjectField("organizations", "list[MeasuredFact]", "Organizations that lead or follow, by id."),
        ObjectField(
            "counts",
            "list[list[int]]",
            "Projects that the organization of the row leads and that of the column follows.",
        ),
        ObjectField("leads", "list[int]", "Projects that each leads, in the order of `organizations`."),
        ObjectField("follows", "list[int]", "Projects in which each follows, in the same order."),
        ObjectField("mutual", "int", "Pairs of organizations that lead each other."),
        ObjectField("oneWay", "int", "Pairs of which one leads the other."),
        ObjectField("alone", "int", "Projects of one organization."),
        ObjectField("joint", "int", "Projects of several."),
        ObjectField("shareAlone", "float", "alone / all: 0 if all are joint, 1 if none is.", nullable=True),
        ObjectField("internal", "int", "Pairs that meet in a project, of organizations of one kind."),
        ObjectField("external", "int", "Pairs of two kinds."),
        ObjectField("withoutGroup", "int", "Pairs of which a kind is not known."),
        ObjectField("index", "float", "(external - internal) / (external + internal): -1 to 1.", nullable=True),
        BASED_ON,
        LEFT_OUT_FIELD,
        LIBRARIES,
    ),
)
COSTS = Question(
    name="learningCosts",
    returns=COST,
    many=True,
    says="What visits cost, and what a lesson cost, by currency. Amounts of two currencies are never added.",
    asked=(Asked("programme", "ID", "A programme that the visits are editions of."), SYNTHETIC),
    explained=(
        Explained(
            "cost, perLesson",
            "What visits cost, and that for each lesson that was gained on them.",
            "Cost for each delegate times delegates; perLesson = sum of costs / lessons.",
            OWN,
            "Only visits that were held count. What was paid is not added to the cost: it may be the same money. Lessons that "
            "nobody recorded are missing.",
        ),
    ),
)
COUNCIL = Question(
    name="councilMeasures",
    returns=COUNCIL_TYPE,
    says="Whether a council meets, and who comes; null if you see no such council. Without years all its meetings count.",
    asked=(Asked("council", "ID", "Id of the council.", required=True), FIRST_YEAR, LAST_YEAR, SYNTHETIC),
    explained=(
        Explained(
            "held, shareHeld, gaps, empty",
            "How regularly a council meets.",
            "shareHeld = held / (held + missed); a period of the stated rhythm is empty if no meeting was held in it.",
            OWN,
            "Meetings on a day that is not known are left out. One that nobody recorded looks like one that was not held. A "
            "period that is not over yet is looked at only if a meeting was held in it.",
        ),
        Explained(
            "attendance",
            "Who comes to the meetings.",
            "share = attended / meetings held while the organization had a seat.",
            OWN,
            "A term with an uncertain date counts from the first to the last day that it may mean.",
        ),
    ),
)
WORK = Question(
    name="jointWork",
    returns=JOINT,
    many=True,
    says="Who leads whom in joint projects, and how far organizations work alone, at the end of each year, or of this one.",
    asked=(
        FIRST_YEAR,
        LAST_YEAR,
        SYNTHETIC,
    ),
    explained=(
        Explained(
            "counts, leads, follows",
            "The matrix of who leads and who follows.",
            "In how many projects the organization of the row leads while that of the column follows.",
            OWN,
            "Who leads everywhere may be strong, or may be left alone with the work.",
        ),
        Explained(
            "shareAlone, index",
            "How far organizations work in silos.",
            "shareAlone = projects of one organization / all; index = (external - internal) / all pairs, by kind.",
            KRACKHARDT,
            "Both depend on which projects are recorded. A lone project need not be a bad one.",
        ),
    ),
)
TYPES = (COST, ATTENDANCE, COUNCIL_TYPE, JOINT)
