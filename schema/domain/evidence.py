"""Evidence: where a fact comes from, and what every fact carries."""

from schema.language.declare import Concept
from schema.language.kinds import Choice, Kind, Nature, Property, choice, text, url, when


class Confidence(Choice):
    """How sure we are of a fact."""

    VERIFIED = "Read in the cited source."
    PARTLY = "Partly inferred; the note says what."
    REPORTED = "Told by a text that gives no source of its own."
    UNVERIFIED = "Not checked."
    SYNTHETIC = "Made up to show how the platform works; true of nobody."
    INFERRED = "Concluded by a rule from other facts."


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
    url = url("Where it can be read.")
    publisher = text("Who published it.")
    accessed = when("When it was read.")
    licence = text("Terms under which it may be used.")
    reliability = choice(Reliability, "How far the source can be relied on.")


COMMON = {
    p.name: p
    for p in (
        Property(Kind.ID, "Id of the fact: never changed, always with the prefix of its type.", name="id"),
        Property(Kind.WHEN, "When it began or took place; absent where unknown.", sorted=True, name="since"),
        Property(Kind.END, "When it ended; absent where it goes on or is unknown.", name="until"),
        Property(Kind.REFERENCES, "Sources that state the fact.", refers_to="Source", name="sources"),
        Property(Kind.CHOICE, "How sure we are of the fact.", required=True, choices=Confidence, name="confidence"),
        Property(Kind.MARKING, "How far the fact may travel.", required=True, name="marking"),
        Property(Kind.INSTANT, "When it was recorded here.", required=True, name="recordedAt"),
        Property(Kind.TEXT, "What else the source says, or a caution.", name="note"),
    )
}
"""The properties that every node and every relationship carries, in the order shown."""
