"""Measures of weak spots and gaps: who holds a network together, which ties are missing. In: nothing. Out: GAPS."""

from schema.domain.measures.groups import BY
from schema.domain.measures.types import PERSON_OF_CLOUD, TIE
from schema.language.computed import ObjectField, ObjectType
from schema.language.measures import AS_ASKED, IGRAPH, OWN, STATED, WITHOUT_DIRECTION, Asked, Measure

FIRST = Asked("first", "int", "Most entries, 1 to 100; 10 if absent.", 10)
COUNT = Asked("count", "int", "How many people, 1 to 5; 1 if absent.", 1)

PLAYERS = ObjectType(
    "KeyPlayers",
    "A set of people, and its measure.",
    (
        ObjectField("people", "list[CloudPerson]", "The people, by id."),
        ObjectField("value", "float", "The measure, 0 to 1."),
        ObjectField("exact", "bool", "Whether every set was tried; else people were chosen one after the other."),
    ),
)
HELD = ObjectType(
    "HeldByOneTie",
    "People who would be cut off without one tie.",
    (
        ObjectField("tie", "CloudTie", "The tie."),
        ObjectField("people", "list[CloudPerson]", "Those who would be cut off: the smaller side, by id."),
    ),
)
MISSING = ObjectType(
    "MissingTie",
    "Two people who are not tied, and through whom they could be introduced.",
    (
        ObjectField("one", "CloudPerson", "The first by id."),
        ObjectField("other", "CloudPerson", "The other."),
        ObjectField("through", "list[CloudPerson]", "People to whom both are tied, by id."),
        ObjectField("adamicAdar", "float", "Score of Adamic and Adar: who has few ties counts for more."),
        ObjectField("resourceAllocation", "float", "Score of resource allocation: as above, more strongly."),
    ),
)
BROKER = ObjectType(
    "TopBroker",
    "The person on most of the paths between others.",
    (
        ObjectField("person", "CloudPerson", "The person."),
        ObjectField("share", "float", "Share of the shortest paths between others on which the person is."),
    ),
)
CLIQUE = ObjectType(
    "ClosedClique",
    "People who are all tied to each other and hardly to others.",
    (
        ObjectField("people", "list[CloudPerson]", "The people, by id."),
        ObjectField("external", "int", "Ties between them and others."),
    ),
)
ADAMIC = "L. Adamic and E. Adar, Friends and neighbors on the web, 2003; T. Zhou, L. Lü and Y. Zhang, 2009"
BORGATTI = "S. Borgatti, Identifying sets of key players in a social network, 2006"

GAPS = (
    Measure(
        name="cutPoints",
        returns=PERSON_OF_CLOUD,
        many=True,
        says="People without whom a part of the network falls apart.",
        formula="Articulation points.",
        source="F. Harary, Graph Theory, 1969",
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
    ),
    Measure(
        name="bridges",
        returns=TIE,
        many=True,
        says="Ties without which a part of the network falls apart.",
        formula="Bridges.",
        source="F. Harary, Graph Theory, 1969",
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
    ),
    Measure(
        name="heldByOneTie",
        returns=HELD,
        many=True,
        says="Groups of two people or more that hang on one tie.",
        formula="For each bridge the smaller side, if it has two people or more.",
        source="F. Harary, Graph Theory, 1969",
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
    ),
    Measure(
        name="breakers",
        returns=PLAYERS,
        says="The people without whom the others could reach each other least.",
        formula="The set of `count` people that maximizes F of the rest, or DF with `byDistance`. Of equal sets the first by id.",
        source=BORGATTI,
        library=OWN,
        network=WITHOUT_DIRECTION,
        asked=(COUNT, Asked("byDistance", "bool", "Whether distances count (DF); false if absent.", False)),
        pitfalls="The best breaker is often another person than the best spreader. Null if fewer than two people would remain.",
    ),
    Measure(
        name="spreaders",
        returns=PLAYERS,
        says="The people to tell a lesson first, so that it is near to everybody.",
        formula="The set of `count` people that maximizes the mean over all of 1 / distance to it; its own people count 1.",
        source=BORGATTI,
        library=OWN,
        network=WITHOUT_DIRECTION,
        asked=(COUNT,),
    ),
    Measure(
        name="groupBetweenness",
        returns="float",
        says="The share of paths between others on which one of these people is.",
        formula="Share of shortest paths between pairs outside the group that go through it, in the mean over the pairs.",
        source="M. Everett and S. Borgatti, The centrality of groups and classes, 1999",
        library=OWN,
        network=AS_ASKED,
        asked=(
            Asked("people", "list[ID]", "Ids of the people, 1 to 20; who is not in the network does not count.", ()),
        ),
    ),
    Measure(
        name="missingTies",
        returns=MISSING,
        many=True,
        says="Pairs who are not tied though they have much in common: the likeliest gaps.",
        formula="Adamic-Adar: sum of 1 / log(degree) over common neighbours. Highest first, then by id.",
        source=ADAMIC,
        library=OWN,
        network=WITHOUT_DIRECTION,
        asked=(
            FIRST,
            Asked(
                "across",
                "CloudGrouping",
                "Only pairs of two groups; all pairs if absent. Scores alone favour ties within groups.",
            ),
        ),
    ),
    Measure(
        name="introductions",
        returns=MISSING,
        many=True,
        says="Whom to introduce to whom, through a person whom both named.",
        formula="As `missingTies` across groups; only common neighbours whom both named count.",
        source=ADAMIC,
        library=OWN,
        network=STATED,
        asked=(FIRST, BY),
    ),
    Measure(
        name="topBroker",
        returns=BROKER,
        says="Whether one person stands between most others: a broker who could misuse it.",
        formula="The largest betweenness, normalized. Of equals the first by id.",
        source="L. Freeman, A set of measures of centrality based on betweenness, 1977",
        library=IGRAPH,
        network=AS_ASKED,
        pitfalls="Null if nobody is between two others.",
    ),
    Measure(
        name="closedCliques",
        returns=CLIQUE,
        many=True,
        says="Circles of four or more who all know each other and have fewer ties to others than among themselves.",
        formula="Maximal cliques of 4 people or more with fewer ties out than in. The largest first, at most 100.",
        source="R. Luce and A. Perry, A method of matrix analysis of group structure, 1949",
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
    ),
)
