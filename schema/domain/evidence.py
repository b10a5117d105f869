"""Evidence: the sources of facts, records about the same thing, and the properties of every node and relationship."""

from schema.language.declare import Concept, Relationship, at
from schema.language.kinds import Choice, Kind, Nature, Property, choice, text, url, when


class Confidence(Choice):
    """How sure we are of a fact."""

    VERIFIED = "Read in the cited source."
    PARTLY = "Partly inferred; `note` says which part."
    REPORTED = "Stated by a text that gives no source of its own."
    UNVERIFIED = "Not checked."
    SYNTHETIC = "Made up to show how the platform works; says nothing about real people or cities."
    INFERRED = "Derived from other facts by a rule."


class Reliability(Choice):
    """Reliability of a source on the Admiralty scale."""

    A = "Completely reliable."
    B = "Usually reliable."
    C = "Fairly reliable."
    D = "Not usually reliable."
    E = "Unreliable."
    F = "Cannot be judged."


class Source(Concept):
    """A page, book, data file or survey that states facts."""

    nature = Nature.OCCURRENCE

    title = text("Title of the source.", required=True, searched=True, sorted=True)
    url = url("Web address of the source.")
    publisher = text("Who published it.")
    accessed = when("When it was read for this platform.")
    licence = text("Terms under which it may be used.")
    reliability = choice(Reliability, "How reliable the source is.")


LICENCE = "licence"
"""The property of a source with the terms under which its facts may be used."""


class SameAs(Relationship):
    """Two records of one concept are about the same thing: they are merged.

    Both stay as they are, and so do their relationships. To delete this relationship separates the records again. It has no
    direction; it is stored once, starting at the smaller id.
    """

    nature = Nature.STATE
    undirected = True
    alike = True
    merges = True
    start = at(Concept, field="sameAs", says="Records that are about the same thing as this one.")
    end = at(Concept, field="sameAs", says="Records that are about the same thing as this one.")


COMMON = {
    p.name: p
    for p in (
        Property(Kind.ID, "Id of the fact, such as `city/us-wa-seattle`. It never changes.", name="id"),
        Property(Kind.WHEN, "When it began or took place; null if unknown.", sorted=True, name="since"),
        Property(Kind.END, "When it ended; null if it goes on or the end is unknown.", name="until"),
        Property(
            Kind.WHEN, "Day on which a state was last seen to hold; null if no source tells.", name="lastConfirmed"
        ),
        Property(Kind.REFERENCES, "Sources that state the fact.", refers_to="Source", name="sources"),
        Property(
            Kind.TEXTS,
            "Rows of data files that it was made from, such as `facts.csv F102`. Made-up facts say `synthetic`.",
            name="rows",
        ),
        Property(Kind.CHOICE, "How sure we are of the fact.", required=True, choices=Confidence, name="confidence"),
        Property(Kind.MARKING, "How far the fact may travel: who may see it.", required=True, name="marking"),
        Property(Kind.INSTANT, "When the fact was first recorded in this database.", required=True, name="recordedAt"),
        Property(Kind.INSTANT, "When the fact was last changed in this database.", required=True, name="updatedAt"),
        Property(Kind.TEXT, "What else the source says, or what to be careful about.", name="note"),
    )
}
"""The properties that every node and every relationship has, in the order shown."""

RELATIONSHIP_ID = "relationshipId"
"""The field of an edge with the id of its relationship. Clients with a cache of objects take objects with an equal `id` for
one, and the edges of a relationship differ: seen from its two ends they lead to different facts."""

ON_EDGE = {RELATIONSHIP_ID if prop.name == "id" else prop.name: prop for prop in COMMON.values()}
"""The same by the names that the fields of an edge have."""
