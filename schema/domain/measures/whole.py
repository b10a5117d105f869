"""Measures of a whole network: ties, distances, order and centralization. In: nothing. Out: WHOLE."""

from schema.language.computed import ObjectField, ObjectType
from schema.language.measures import AS_ASKED, IGRAPH, OWN, STATED, WITHOUT_DIRECTION, Measure

DYADS = ObjectType(
    "Dyads",
    "How many pairs of people are tied how.",
    (
        ObjectField("mutual", "int", "Pairs who named each other; without direction, all tied pairs."),
        ObjectField("asymmetric", "int", "Pairs of whom one named the other."),
        ObjectField("null", "int", "Pairs who are not tied."),
    ),
)
RECIPROCITY = ObjectType(
    "Reciprocity",
    "How far ties are returned.",
    (
        ObjectField("arcs", "float", "Share of ties that are returned, 0 to 1.", nullable=True),
        ObjectField("dyads", "float", "Share of tied pairs who named each other, 0 to 1.", nullable=True),
    ),
)
TRIADS = ObjectType(
    "TriadCount",
    "How many triples of people are tied in one of the 16 ways.",
    (
        ObjectField(
            "type", "str", "The type of triad, such as `021U`: mutual, asymmetric and null pairs, and its form."
        ),
        ObjectField("count", "int", "Number of triples."),
    ),
)
DISTANCES = ObjectType(
    "Distances",
    "Shortest paths between people, over the ordered pairs that have one.",
    (
        ObjectField("mean", "float", "Mean number of steps.", nullable=True),
        ObjectField("diameter", "int", "The most steps between two people.", nullable=True),
        ObjectField("reached", "int", "Ordered pairs with a path."),
        ObjectField("notReached", "int", "Ordered pairs without one; they count in no mean."),
    ),
)
COMPONENTS = ObjectType(
    "Components",
    "The parts of a network between which there is no tie.",
    (
        ObjectField("count", "int", "Number of parts. A person without ties is one."),
        ObjectField("sizes", "list[int]", "People of each part, the largest first."),
        ObjectField("largestShare", "float", "Share of all people who are in the largest part.", nullable=True),
        ObjectField("isolates", "int", "People without ties."),
    ),
)
KRACKHARDT = ObjectType(
    "Krackhardt",
    "How far a network is like an organization chart. All four are 1 only for a tree whose ties lead from the top down.",
    (
        ObjectField("connectedness", "float", "Share of pairs who are in one part.", nullable=True),
        ObjectField("hierarchy", "float", "Share of reaching pairs who do not reach each other.", nullable=True),
        ObjectField(
            "efficiency", "float", "1 less the share of ties that are more than hold the parts together.", nullable=True
        ),
        ObjectField(
            "leastUpperBounds", "float", "Share of pairs of a part who have one lowest common superior.", nullable=True
        ),
    ),
)
CENTRALIZATION = ObjectType(
    "Centralization",
    "How far a network depends on one person: 0 if all are alike, 1 for a star.",
    (
        ObjectField("degree", "float", "By the number of ties.", nullable=True),
        ObjectField("betweenness", "float", "By the paths between others.", nullable=True),
        ObjectField("closeness", "float", "By nearness; null if somebody cannot be reached.", nullable=True),
    ),
)
FRAGMENTATION = ObjectType(
    "Fragmentation",
    "How far people cannot reach each other.",
    (
        ObjectField("pairs", "float", "Share of pairs whom no path joins (F), 0 to 1.", nullable=True),
        ObjectField("distance", "float", "1 less the mean of 1 / distance (DF), 0 to 1.", nullable=True),
    ),
)
FREEMAN = "L. Freeman, Centrality in social networks: conceptual clarification, 1979"
WASSERMAN = "S. Wasserman and K. Faust, Social Network Analysis, 1994"
LATORA = "V. Latora and M. Marchiori, Efficient behavior of small-world networks, 2001"

WHOLE = (
    Measure(
        name="density",
        returns="float",
        says="Of all ties that there could be, the share that is there.",
        formula="m / (n (n - 1)) with direction, 2 m / (n (n - 1)) without.",
        source=WASSERMAN,
        library=OWN,
        network=AS_ASKED,
        pitfalls="It falls with the number of people. Do not compare cities of different n by it without `meanDegree`.",
    ),
    Measure(
        name="meanDegree",
        returns="float",
        says="How many ties a person has in the mean.",
        formula="m / n with direction, 2 m / n without.",
        source=WASSERMAN,
        library=OWN,
        network=AS_ASKED,
        pitfalls="A survey that lets people name at most k others cuts it at k.",
    ),
    Measure(
        name="dyads",
        returns=DYADS,
        says="How many pairs trust each other, how many one way, how many not at all.",
        formula="Counts of mutual, asymmetric and null pairs.",
        source="P. Holland and S. Leinhardt, A method for detecting structure in sociometric data, 1970",
        library=IGRAPH,
        network=AS_ASKED,
    ),
    Measure(
        name="reciprocity",
        returns=RECIPROCITY,
        says="How often trust is returned.",
        formula="arcs = 2 M / (2 M + A), dyads = M / (M + A), with M mutual and A asymmetric pairs.",
        source=WASSERMAN,
        library=IGRAPH,
        network=AS_ASKED,
        pitfalls="Programs use this name for different measures. Without direction it is 1. "
        "Who did not answer returns no tie.",
    ),
    Measure(
        name="triads",
        returns=TRIADS,
        many=True,
        says="How triples of people are tied: the 16 forms that three people can have.",
        formula="Counts of the 16 types of triads, in the order 003 to 300.",
        source="P. Holland and S. Leinhardt, A method for detecting structure in sociometric data, 1970",
        library=IGRAPH,
        network=STATED,
    ),
    Measure(
        name="transitivity",
        returns="float",
        says="Of two people who have a friend in common, how often they are tied themselves.",
        formula="3 triangles / connected triples.",
        source="M. Newman, The structure and function of complex networks, 2003",
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
        pitfalls="It is another number than `meanClustering`. Libraries differ for networks with direction.",
    ),
    Measure(
        name="meanClustering",
        returns="float",
        says="How far the people around one person are tied to each other, in the mean over all.",
        formula="Mean of (ties among a person's neighbours / pairs of them); 0 for who has fewer than two neighbours.",
        source="D. Watts and S. Strogatz, Collective dynamics of small-world networks, 1998",
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
        pitfalls="Some libraries leave people with fewer than two neighbours out, which gives a larger number.",
    ),
    Measure(
        name="distances",
        returns=DISTANCES,
        says="How many steps lie between two people.",
        formula="Shortest paths, over the ordered pairs with a path.",
        source=WASSERMAN,
        library=IGRAPH,
        network=AS_ASKED,
        pitfalls="Pairs without a path are left out. In a network in parts compare `globalEfficiency`.",
    ),
    Measure(
        name="globalEfficiency",
        returns="float",
        says="How fast word can travel from anybody to anybody: 1 if all are tied, 0 if nobody is.",
        formula="Mean of 1 / distance over ordered pairs; 0 for a pair without a path.",
        source=LATORA,
        library=IGRAPH,
        network=AS_ASKED,
    ),
    Measure(
        name="localEfficiency",
        returns="float",
        says="How fast word travels among the people around one person if this person is away.",
        formula="Mean over people of the global efficiency among their neighbours.",
        source=LATORA,
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
    ),
    Measure(
        name="components",
        returns=COMPONENTS,
        says="Into how many parts without ties between them the network falls.",
        formula="Weakly connected components.",
        source=WASSERMAN,
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
    ),
    Measure(
        name="krackhardt",
        returns=KRACKHARDT,
        says="How far the network is a chain of command.",
        formula="Connectedness, hierarchy, efficiency, least upper boundedness. Efficiency: k(k-1)-(k-1) summed by part.",
        source="D. Krackhardt, Graph theoretical dimensions of informal organizations, 1994",
        library=OWN,
        network=STATED,
        pitfalls="A tie must lead from superior to subordinate. Answers to `whom do you report to` lead the other way.",
    ),
    Measure(
        name="centralization",
        returns=CENTRALIZATION,
        says="How far everything hangs on one person.",
        formula="Sum of (largest score - score) / its largest possible value.",
        source=FREEMAN,
        library=OWN,
        network=WITHOUT_DIRECTION,
    ),
    Measure(
        name="degreeAssortativity",
        returns="float",
        says="Whether people with many ties are tied to others with many: 1 if so, -1 if to people with few.",
        formula="Correlation of the degrees at both ends of a tie.",
        source="M. Newman, Mixing patterns in networks, 2003",
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
        pitfalls="Not defined if all have equally many ties.",
    ),
    Measure(
        name="fragmentation",
        returns=FRAGMENTATION,
        says="How many pairs cannot reach each other. Ask it below `whatIf` for what is left without some people.",
        formula="F = 1 - sum of s (s - 1) / (n (n - 1)) over parts of s people; DF = 1 - mean of 1 / distance.",
        source="S. Borgatti, Identifying sets of key players in a social network, 2006",
        library=OWN,
        network=WITHOUT_DIRECTION,
        pitfalls="n is the number of people who remain.",
    ),
    Measure(
        name="smallWorld",
        returns="float",
        says="Whether there are tight groups and yet short ways between all: above 1 it is a small world.",
        formula="(C / C by chance) / (L / L by chance): C mean clustering, L mean distance, 8 rewired networks.",
        source="M. Humphries and K. Gurney, Network small-world-ness, 2008",
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
        pitfalls="It depends on the random networks: other programs keep other things equal.",
    ),
)
