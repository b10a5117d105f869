"""Trust: the roster of a city's leaders, the survey waves, and four kinds of relationship between leaders, kept apart."""

from schema.domain.interfaces import Named
from schema.domain.people import Person
from schema.domain.places import City
from schema.language.computed import ChangeBetweenWaves, ObjectType, SaidInWave, Share, Survey
from schema.language.declare import Concept, Relationship, at
from schema.language.kinds import Choice, Marking, Nature, choice, integer, number, reference, text, when


class Recall(Choice):
    """How respondents were asked for names."""

    ROSTER = "From a list of names."
    RECALL = "From memory."


class Consent(Choice):
    """What a respondent agreed to."""

    NAMED = "To be named."
    PSEUDONYM = "To appear under a pseudonym."
    AGGREGATE_ONLY = "To be counted, and not to be shown."
    WITHDRAWN = "Nothing any more: the consent was withdrawn."


class Signature(Choice):
    """The shape of a city's network of trust. No shape is better than another."""

    SINGLE_TIGHT_CLUSTER = "One cluster with nearly everybody in it."
    CLUSTER_OF_LOOSE_TIES = "Several clusters with few ties between them."
    MIXED = "Neither of the two."


class TieInWave(Choice):
    """Whether a tie of trust was stated in another survey wave too."""

    PRESENT = "It was stated in that wave too."
    ABSENT = (
        "It was not stated, although the first person gave answers that may be shown and the second was on the roster."
    )
    UNKNOWN = "Not known: the first person gave no answers that may be shown, or the second was not on the roster."


class FrequencyUnit(Choice):
    """The period over which contacts are counted."""

    WEEK = "A week."
    MONTH = "A month."
    YEAR = "A year."


TRUST_SURVEY = Survey(
    roster="roster",
    waves="waves",
    people="people",
    said="trusts",
    wave="wave",
    answered="waves",
    listed="rosters",
    consent="consent",
    shown=(Consent.NAMED, Consent.PSEUDONYM),
)

TIE_CHANGE = ObjectType(
    "TieChange",
    "How many ties of trust were said in two survey waves, each pair and direction once. Who did not answer, or was "
    "not listed, tells nothing.",
    ChangeBetweenWaves.fields,
)


class Roster(Named, Concept):
    """The list of a city's leaders among whom trust is measured."""

    nature = Nature.STATE
    marking = Marking.AMBER

    rule = text("The rule that says who is on the list.", required=True)
    caution = text("What to be careful about: how the network was or can be misused.")


class Wave(Named, Concept):
    """One survey round among the leaders of a roster."""

    nature = Nature.OCCURRENCE
    marking = Marking.AMBER

    wording = text("The question as asked.")
    recall = choice(Recall, "How respondents were asked for names.")
    nameCap = integer("The largest number of names that a respondent could give.", least=0)
    invited = integer("Number of people invited.", least=0)
    answered = integer("Number of people who answered.", least=0, within="invited")
    tieChange = ChangeBetweenWaves(
        TIE_CHANGE,
        "Ties of trust beside those of the wave before, of the same roster; null where there is no wave before.",
        survey=TRUST_SURVEY,
    )
    responseRate = Share(
        "float",
        "Share of the people invited who answered, 0 to 1; null where a number is missing.",
        part="answered",
        whole="invited",
    )


class CloudReport(Concept):
    """A published report on a city's network of trust as a whole."""

    nature = Nature.OCCURRENCE

    title = text("Title of the report.", required=True, searched=True, sorted=True)
    layer = text("The kind of relationship that was measured, such as `TRUSTS`.")
    signature = choice(Signature, "The shape of the city's network of trust.")


class Trusts(Relationship):
    """One person trusts another, as stated in a survey wave: one tie for each pair of people and wave."""

    nature = Nature.STATE
    marking = Marking.RED
    per = ("wave",)
    start = at(Person, field="trusts", says="People whom this person trusts.")
    end = at(Person, field="trustedBy", says="People who trust this person.")

    strength = integer("Strength of the tie, 1 (weak) to 5 (strong).", sorted=True, least=1, most=5)
    frequency = number("Number of contacts in one `frequencyUnit`.", least=0)
    frequencyUnit = choice(FrequencyUnit, "The period over which contacts are counted.")
    claimedSince = when("Date from which the two people have known each other, as the respondent says.")
    wave = reference("Wave", "The survey wave in which this was stated.")
    inWaveBefore = SaidInWave(
        TieInWave,
        "Whether it was said in the wave before, of the same roster; null where there is none.",
        survey=TRUST_SURVEY,
        later=False,
        present=TieInWave.PRESENT,
        absent=TieInWave.ABSENT,
        unknown=TieInWave.UNKNOWN,
    )
    inNextWave = SaidInWave(
        TieInWave,
        "Whether it was said in the next wave, of the same roster; null where there is none.",
        survey=TRUST_SURVEY,
        later=True,
        present=TieInWave.PRESENT,
        absent=TieInWave.ABSENT,
        unknown=TieInWave.UNKNOWN,
    )
    caution = text("What to be careful about: how the tie was or can be misused.")


class Knows(Relationship):
    """A person knows another well enough to pick up the phone: a weak tie."""

    nature = Nature.STATE
    marking = Marking.AMBER
    per = ("wave",)
    start = at(Person, field="knows", says="People whom this person can call.")
    end = at(Person, field="knownBy", says="People who can call this person.")

    wave = reference("Wave", "The survey wave in which this was stated.")
    caution = text("What to be careful about: how the tie was or can be misused.")


class WorksWith(Relationship):
    """A person works with another."""

    nature = Nature.STATE
    marking = Marking.AMBER
    start = at(Person, field="worksWith", says="People whom this person works with.")
    end = at(Person, field="worksWithOf", says="People who say that they work with this person.")

    caution = text("What to be careful about: how the tie was or can be misused.")


class ListedOn(Relationship):
    """A person is listed on a roster."""

    nature = Nature.STATE
    marking = Marking.AMBER
    start = at(Person, field="rosters", says="Rosters that the person is listed on.")
    end = at(Roster, field="people", says="People listed on the roster.")


class RosterOfCity(Relationship):
    """A roster is the roster of a city."""

    type = "OF_CITY"
    nature = Nature.STATE
    marking = Marking.AMBER
    start = at(Roster, field="city", says="The city whose leaders it lists.", one=True)
    end = at(City, field="rosters", says="Rosters of the city's leaders.")


class OfRoster(Relationship):
    """A wave asked the people of a roster."""

    nature = Nature.OCCURRENCE
    marking = Marking.AMBER
    start = at(Wave, field="roster", says="The roster that was asked.", one=True)
    end = at(Roster, field="waves", says="Survey rounds among its people.")


class Answered(Relationship):
    """A person answered in a survey wave."""

    nature = Nature.OCCURRENCE
    marking = Marking.AMBER
    start = at(Person, field="waves", says="Survey waves that the person answered in.")
    end = at(Wave, field="respondents", says="People who answered.")

    consent = choice(Consent, "What the respondent agreed to.", required=True)
    age = integer("Age of the respondent at the time, in years.", least=0, most=150)


class AboutWave(Relationship):
    """A report is about a survey wave."""

    nature = Nature.OCCURRENCE
    start = at(CloudReport, field="waves", says="Survey waves that the report is about.")
    end = at(Wave, field="reports", says="Published reports about the wave.")
