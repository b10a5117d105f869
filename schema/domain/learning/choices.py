"""Learning: the sets of words that its properties take."""

from schema.language.computed import ObjectType, YearsBetween
from schema.language.kinds import Choice


class Stage(Choice):
    """How far a lesson has come (exploration, acquisition, utilisation, internalisation)."""

    EXPLORED = "The city looked for it and saw it."
    ACQUIRED = "The city took it home."
    UTILISED = "The city put it to use."
    INTERNALISED = "It has become the usual way of doing things."


class KnowledgeForm(Choice):
    """The form in which knowledge is held."""

    TACIT = "In somebody's head."
    EXPLICIT = "Written down, or shared in another form."


class Distance(Choice):
    """Whether a lesson came from far or near."""

    FAR = "From another place."
    NEAR = "From the city's own experience or neighbourhood."


class AdoptionStatus(Choice):
    """Status of a city's use of a practice."""

    PROPOSED = "Proposed; no source says that it was used."
    EXPERIMENT = "On trial."
    RUNNING = "In use."
    ENDED = "No longer in use."


class StoreKind(Choice):
    """Kind of store in which lessons are kept."""

    DOCUMENT = "A document."
    PERSON = "A person."
    SYSTEM = "A system."


class BenchmarkPurpose(Choice):
    """Why a city compares itself."""

    VALIDATE = "To confirm what it believes about itself."
    COMPARE = "To see where it stands."
    SHAPE = "To shape a decision."


class Posture(Choice):
    """Whether a city looks for knowledge or waits for it."""

    PROACTIVE = "It looks for knowledge on its own initiative."
    PASSIVE = "It takes the knowledge that others bring."


class InstrumentKind(Choice):
    """How a policy changes the network of exchange."""

    FUND = "It pays for exchange."
    CONVENE = "It brings people together."
    OPEN_MEMBERSHIP = "It opens a group to new members."


LAG_YEARS = ObjectType(
    "LagYears",
    "Calendar years between two dates, each of which may be uncertain: the last day of a year and the next are one apart.",
    YearsBetween.fields,
)
