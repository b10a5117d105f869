"""Measures of who visits whom. In: nothing. Out: EXCHANGE, a field of Query, and the types that it returns."""

from schema.domain.measures.learning.types import AS_ASKED_FOR, BASED_ON, LEFT_OUT_FIELD, LIBRARIES, SYNTHETIC
from schema.language.computed import ObjectField, ObjectType
from schema.language.measures import Asked, Explained, Question

KRACKHARDT = "D. Krackhardt and R. Stern, Informal networks and organizational crises, 1988"
WASSERMAN = "S. Wasserman and K. Faust, Social Network Analysis, 1994"

CITY = ObjectType(
    "CityExchange",
    "One city in the exchange network.",
    (
        ObjectField("city", "MeasuredFact", "The city."),
        ObjectField("role", "str", "`VISITOR` if it only made visits, `HOST` if it only received some, else `BOTH`."),
        ObjectField("made", "int", "Visits that it made."),
        ObjectField("hosted", "int", "Visits that it received."),
        ObjectField("hosts", "int", "Cities that it visited."),
        ObjectField("guests", "int", "Cities that visited it."),
        ObjectField("share", "float", "Share of all visits in which it took part."),
    ),
)
LEG = ObjectType(
    "ExchangeLeg",
    "How often one city travelled to another.",
    (
        ObjectField("visitor", "MeasuredFact", "The city that travelled."),
        ObjectField("host", "MeasuredFact", "The city that received it."),
        ObjectField("visits", "int", "Number of visits."),
    ),
)
YEAR = ObjectType(
    "YearOfExchange",
    "Exchange in one year, of visits whose year is known.",
    (
        ObjectField("year", "int", "The year."),
        ObjectField("visits", "int", "Visits that began."),
        ObjectField("legs", "int", "Their journeys from one city to another."),
        ObjectField("cities", "int", "Cities that took part."),
    ),
)
SUBJECT = ObjectType(
    "SubjectOfExchange",
    "How many visits were about a topic or practice, or about something narrower.",
    (
        ObjectField("subject", "MeasuredFact", "The topic or practice."),
        ObjectField("visits", "int", "Visits about it. A visit about several counts for each."),
    ),
)
MIXING = ObjectType(
    "GroupMixing",
    "Whether cities visit their like.",
    (
        ObjectField("groups", "list[str]", "The groups."),
        ObjectField(
            "counts",
            "list[list[int]]",
            "Journeys from a visitor's group (row) to a host's (column), in the order of `groups`.",
        ),
        ObjectField("internal", "int", "Journeys within a group."),
        ObjectField("external", "int", "Journeys between groups."),
        ObjectField("index", "float", "(external - internal) / all: -1 to 1.", nullable=True),
        ObjectField("assortativity", "float", "Newman's coefficient: 1 if all stay within groups.", nullable=True),
        ObjectField(
            "chanceMean", "float", "The mean index if groups are dealt to the cities at random.", nullable=True
        ),
        ObjectField("chanceAtMost", "float", "Share of random indices that are at most as high.", nullable=True),
        BASED_ON,
        LEFT_OUT_FIELD,
    ),
)
NETWORK = ObjectType(
    "ExchangeNetwork",
    "Who visits whom: cities, and journeys between them, of visits that took place. Its numbers are based on visits.",
    (
        ObjectField("cities", "list[CityExchange]", "Cities that made or received a visit, by id."),
        ObjectField("hubs", "list[CityExchange]", "The 10 cities that took part in most visits."),
        ObjectField("legs", "list[ExchangeLeg]", "Pairs of cities, by the ids of visitor and host."),
        ObjectField("mutual", "int", "Pairs of cities that visited each other."),
        ObjectField("oneWay", "int", "Pairs of which one visited the other."),
        ObjectField("mutualOfPairs", "float", "Share of pairs that visited each other.", nullable=True),
        ObjectField("mutualOfArcs", "float", "Share of directions that are returned.", nullable=True),
        ObjectField("years", "list[YearOfExchange]", "Exchange by year."),
        ObjectField("subjects", "list[SubjectOfExchange]", "Exchange by topic and practice, by id."),
        ObjectField("withoutYear", "int", "Visits that may be of several years, which no year counts."),
        ObjectField("outside", "int", "Ends of these visits that are no city."),
        ObjectField("toItself", "int", "Journeys from a city to itself, which are no legs."),
        ObjectField("bySize", "GroupMixing", "How sizes of cities mix."),
        ObjectField(
            "byIncome",
            "GroupMixing",
            "How income groups of countries mix. The seeds state no income groups, so that all is left out.",
        ),
        BASED_ON,
        LEFT_OUT_FIELD,
        LIBRARIES,
    ),
)
EXCHANGE = Question(
    name="exchangeNetwork",
    returns=NETWORK,
    libraries=("igraph", "citygraph"),
    says=f"Who visits whom. {AS_ASKED_FOR}",
    asked=(
        Asked("fromYear", "int", "The first year; visits count that surely began in or after it.", most=9999),
        Asked("toYear", "int", "The last year.", most=9999),
        Asked("subject", "ID", "A topic or practice that visits are about, or something narrower."),
        SYNTHETIC,
    ),
    explained=(
        Explained(
            "cities",
            "How many visits each city made and received, and with how many cities.",
            "Counts of visits; `hosts` is the out-degree and `guests` the in-degree; share = visits with the city / all.",
            WASSERMAN,
            "Visits that nobody recorded do not count: a city with good records looks busier than others.",
        ),
        Explained(
            "legs",
            "The journeys between two cities. A visit with several stops has a leg to each.",
            "Count of visits for each ordered pair of visitor and host.",
            WASSERMAN,
            "A leg leads from who travelled to who received: who taught whom is not said.",
        ),
        Explained(
            "mutual",
            "How often visits are returned.",
            "mutualOfPairs = M / (M + A), mutualOfArcs = 2 M / (2 M + A), with M mutual pairs and A others.",
            f"{WASSERMAN}, chapter 13",
            "The two shares are both called reciprocity in libraries.",
        ),
        Explained(
            "bySize, byIncome",
            "Whether cities visit cities of their own size, or of countries of the same income group.",
            "index = (external - internal) / all. Chance: 999 times the groups are dealt to the cities at random.",
            f"{KRACKHARDT}; M. Newman, Mixing patterns in networks, 2003",
            "The index depends on the sizes of the groups: compare it with `chanceMean`. Cities without a group are left out, "
            "and `leftOut` says how many journeys are: all of them by income, unless income groups are loaded.",
        ),
    ),
)
TYPES = (CITY, LEG, YEAR, SUBJECT, MIXING, NETWORK)
