"""Measures of groups in a network: communities, core, mixing and its shape. In: nothing. Out: GROUPS."""

from schema.language.computed import ObjectField, ObjectType
from schema.language.measures import AS_ASKED, IGRAPH, OWN, UNION, WITHOUT_DIRECTION, Asked, Measure

COMMUNITY = ObjectType(
    "Community",
    "People who are tied more with each other than with others.",
    (
        ObjectField("number", "int", "Number of the community: 0 has the most people."),
        ObjectField("size", "int", "Number of people."),
        ObjectField("people", "list[CloudPerson]", "The people, by id."),
    ),
)
COMMUNITIES = ObjectType(
    "Communities",
    "The communities of a network, and how plain they are.",
    (
        ObjectField(
            "modularity", "float", "Q: the share of ties within communities less what chance gives, -0.5 to 1."
        ),
        ObjectField("byChance", "float", "Mean modularity of 8 random networks in which everybody has as many ties."),
        ObjectField("excess", "float", "Modularity beyond chance."),
        ObjectField("groups", "list[Community]", "The communities, the largest first."),
    ),
)
CORE = ObjectType(
    "Core",
    "A core of people who are tied to each other, and how well the network fits it.",
    (
        ObjectField("fit", "float", "Correlation of the ties with those of an ideal core and periphery, -1 to 1."),
        ObjectField("exact", "bool", "Whether every possible core was tried; else the best that a search found."),
        ObjectField("people", "list[CloudPerson]", "The core, by id."),
    ),
)
KCORE = ObjectType(
    "KCore",
    "The people with one core number.",
    (
        ObjectField("k", "int", "The core number: all in this core or a higher one have at least k ties among them."),
        ObjectField("size", "int", "People with this core number."),
    ),
)
MIXING = ObjectType(
    "Mixing",
    "Ties between groups beside ties within them.",
    (
        ObjectField("external", "int", "Ties between groups."),
        ObjectField("internal", "int", "Ties within a group."),
        ObjectField("leftOut", "int", "Ties of people whose group is not known."),
        ObjectField(
            "index", "float", "E-I index, -1 (only ties within groups: silos) to 1 (only between).", nullable=True
        ),
        ObjectField("byChance", "float", "Mean of the index if people change places at random.", nullable=True),
        ObjectField(
            "pValue",
            "float",
            "Share of orders whose index is as far from that mean: of random ones and the given one, so never 0.",
            nullable=True,
        ),
        ObjectField("permutations", "int", "How many random orders were tried.", nullable=True),
        ObjectField(
            "rescaled",
            "float",
            "The index between the smallest and the largest that groups of these sizes allow, -1 to 1.",
            nullable=True,
        ),
        ObjectField("assortativity", "float", "Newman's coefficient, -1 to 1.", nullable=True),
        ObjectField("groups", "list[MixingGroup]", "The groups, by name."),
    ),
)
MIXING_GROUP = ObjectType(
    "MixingGroup",
    "A group of people.",
    (
        ObjectField("group", "str", "The group: a word of the property, or the id of an organization."),
        ObjectField("size", "int", "Number of people."),
        ObjectField("internal", "int", "Ties among them."),
        ObjectField("external", "int", "Ties between them and others."),
    ),
)
SIGNATURE_VALUES = ObjectType(
    "SignatureValues",
    "What a signature is decided by, for one seed.",
    (
        ObjectField("largestShare", "float", "Share of people in the largest part."),
        ObjectField("modularity", "float", "Modularity of the communities."),
        ObjectField("byChance", "float", "Mean modularity of random networks, which are the same for all seeds."),
        ObjectField("excess", "float", "Modularity beyond chance."),
        ObjectField("coreFit", "float", "Fit of the best core.", nullable=True),
        ObjectField("communities", "int", "Communities of 3 people or more."),
    ),
)
SIGNATURE = ObjectType(
    "CloudSignature",
    "The shape of a network in one word, with what decided.",
    (
        ObjectField("shape", "Signature", "The shape, by the first seed."),
        ObjectField("stable", "bool", "Whether all seeds give the same shape."),
        ObjectField(
            "leftOut", "int", "People left out: a wave tells no tie of theirs, and no answer that may be shown."
        ),
        ObjectField("rule", "str", "The rule, with its thresholds."),
        ObjectField("note", "str", "What to be careful about."),
        ObjectField("values", "list[SignatureValues]", "The values that decided, for each seed."),
    ),
)
BY = Asked("by", "CloudGrouping", "What puts people in groups; `SECTOR` if absent.", "SECTOR")

GROUPS = (
    Measure(
        name="communities",
        returns=COMMUNITIES,
        says="Which people form groups of their own.",
        formula="The partition with the largest modularity of 10 runs of Leiden with fixed seeds; resolution 1. "
        "excess = modularity - byChance, for which 3 runs search each random network.",
        source="V. Traag, L. Waltman and N. van Eck, From Louvain to Leiden, 2019",
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
        pitfalls="Random networks have communities too, so read `excess`. Null without ties.",
    ),
    Measure(
        name="core",
        returns=CORE,
        says="Whether there is an inner circle, and who is in it.",
        formula="Correlation of the ties with an ideal core and periphery. Exact up to 15 people, then a seeded search.",
        source="S. Borgatti and M. Everett, Models of core/periphery structures, 1999",
        library=OWN,
        network=WITHOUT_DIRECTION,
        pitfalls="Three variants give three cores: pairs between core and periphery may be ignored, tied or not tied. "
        "If they are ignored, both have two people or more. Null if no core has a correlation, such as where all are tied.",
        asked=(
            Asked("between", "CorePattern", "The ideal between core and periphery; `IGNORED` if absent.", "IGNORED"),
        ),
    ),
    Measure(
        name="coreness",
        returns="float",
        says="How well everything is explained by nearness to one centre: 1 if wholly.",
        formula="Correlation of the ties with c c', where c is the `coreness` of people.",
        source="S. Borgatti and M. Everett, Models of core/periphery structures, 1999",
        library=OWN,
        network=WITHOUT_DIRECTION,
    ),
    Measure(
        name="kCores",
        returns=KCORE,
        many=True,
        says="How deep the network is nested: groups in which everybody has at least k ties.",
        formula="Core numbers, the highest first.",
        source="S. Seidman, Network structure and minimum degree, 1983",
        library=IGRAPH,
        network=WITHOUT_DIRECTION,
    ),
    Measure(
        name="mixing",
        returns=MIXING,
        says="Whether people are tied across groups or keep to their own (silos).",
        formula="E-I = (external - internal) / all ties. p = (as far + 1) / (permutations + 1), which are seeded.",
        source="D. Krackhardt and R. Stern, Informal networks and organizational crises, 1988",
        library=OWN,
        network=AS_ASKED,
        pitfalls="The index depends on the sizes of the groups: compare `byChance` and `rescaled`. Strengths do not count. Of a "
        "network with very many ties fewer orders are tried: 1,000, down to 100.",
        asked=(BY,),
    ),
    Measure(
        name="signature",
        returns=SIGNATURE,
        says="The shape of the network: one tight cluster, a cluster of loose ties, or neither.",
        formula="See `rule`: largest part, modularity beyond chance, fit of a core, number of communities.",
        source="Own rule; nobody has published one.",
        library=IGRAPH,
        network=UNION,
        pitfalls="The thresholds were chosen on synthetic networks. No shape is better than another. Who gave no answers "
        "that may be shown and is named by nobody is left out.",
    ),
)
