"""Clouds of trust: the networks of a city's leaders that are measured. In: rosters, waves, people. Out: LEADERS."""

from schema.domain.people import PersonKind, Selection
from schema.domain.trust import TRUST_SURVEY, Consent
from schema.language.kinds import Marking
from schema.language.networks import Agreed, Elected, Gathering, Grouping, Layer, Networks

LEADERS = Networks(
    city="City",
    rosters="rosters",
    roster="Roster",
    rule="rule",
    survey=TRUST_SURVEY,
    invited="invited",
    answered="answered",
    pseudonyms="pseudonyms",
    gatherings=(Gathering("visits", lasting=False), Gathering("memberships", lasting=True)),
    layers=(
        Layer("TRUSTS", "Who trusts whom, as stated in a survey wave.", ("trusts",), "wave", "strength"),
        Layer("KNOWS", "Who could call whom, as stated in a survey wave: weak ties.", ("knows",), "wave"),
        Layer("WORKS_WITH", "Who works with whom.", ("worksWith",)),
        Layer(
            "SHARED_MEMBERSHIP",
            "Who is a member of one board, club or other organization with whom. Such ties have no direction.",
            ("memberships", "members"),
        ),
    ),
    groupings=(
        Grouping("SECTOR", "By the part of society that people come from.", property="sector"),
        Grouping("AGENCY", "By the organization that people work for; of several the first by id.", field="employers"),
        Grouping("AGE_BAND", "By age, in bands of years.", property="ageBand"),
        Grouping("ORIGIN", "By whether people grew up in the city.", property="origin"),
    ),
    elected=Elected("offices", "selection", Selection.ELECTED),
    agreed=(
        Agreed(Consent.NAMED, {"kind": PersonKind.NAMED}, named=True, marking=Marking.AMBER),
        Agreed(Consent.PSEUDONYM, {"kind": PersonKind.PSEUDONYMOUS}, named=False, marking=Marking.RED),
    ),
)
CITED = ("Source", "title")
"""The concept of what facts cite, and its property that names it."""
