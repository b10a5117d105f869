"""Trust: the bounded population of a city's leaders, the survey waves, and four layers that are never mixed."""

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
    AGGREGATE_ONLY = "To be counted only."
    WITHDRAWN = "To nothing any more."


class Signature(Choice):
    """The style of a city's cloud of trust; none is better than another."""

    SINGLE_TIGHT_CLUSTER = "One cluster that holds nearly all."
    CLUSTER_OF_LOOSE_TIES = "Several clusters, loosely tied."
    MIXED = "Neither."


class TieInWave(Choice):
    """Whether a tie was said in another survey wave. Who did not answer, or was not listed, tells nothing."""

    PRESENT = "It was said then too."
    ABSENT = "It was not said, though the one answered, for others to see, and the other was on the list."
    UNKNOWN = "The one did not answer, or not for others to see, or the other was not on the list."


class FrequencyUnit(Choice):
    """The period that a number of contacts is counted over."""

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
    """The bounded population of a city's leaders, on which trust is measured."""

    nature = Nature.STATE
    marking = Marking.AMBER

    rule = text("Who belongs to it.", required=True)
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
    """A published aggregate of a network of trust."""

    nature = Nature.OCCURRENCE

    title = text("Title of the report.", required=True, searched=True, sorted=True)
    layer = text("The layer that was measured.")
    signature = choice(Signature, "The style that the city's cloud shows.")


class Trusts(Relationship):
    """A person trusts another, as that person said in a survey wave: one tie for each pair and wave."""

    nature = Nature.STATE
    marking = Marking.RED
    per = ("wave",)
    start = at(Person, field="trusts", says="People whom this person trusts.")
    end = at(Person, field="trustedBy", says="People who trust this person.")

    strength = integer("Strength of the tie, 1 (weak) to 5 (strong).", sorted=True, least=1, most=5)
    frequency = number("Number of contacts in the unit of time.", least=0)
    frequencyUnit = choice(FrequencyUnit, "The period that contacts are counted over.")
    claimedSince = when("Since when the two have known each other, as claimed.")
    wave = reference("Wave", "The survey wave in which it was said.")
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

    wave = reference("Wave", "The survey wave in which it was said.")
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
