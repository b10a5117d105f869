"""People: leaders, the organizations they work for, and the offices they hold."""

from schema.domain.interfaces import Named, Party
from schema.domain.places import City
from schema.language.computed import Pairs
from schema.language.declare import Concept, Matched, Relationship, at
from schema.language.kinds import Choice, Marking, Nature, boolean, choice, integer, text, url


class PersonKind(Choice):
    """Whether a person is recorded by name."""

    NAMED = "Recorded by name."
    PSEUDONYMOUS = "Recorded only under a pseudonym, which changes with each survey wave."


class Sector(Choice):
    """The part of society that a leader comes from."""

    BUSINESS = "Firms and their associations."
    CIVIC = "Civil society: charities, clubs, neighbourhoods."
    ELECTED = "Elected to public office."
    PUBLIC = "Public administration and public bodies."
    ACADEMIC = "Universities and research."
    LABOUR = "Trade unions."
    YOUTH = "Young leaders."


class AgeBand(Choice):
    """Age of a person, as a band of years."""

    UNDER_30 = "Under 30."
    FROM_30_TO_44 = "30 to 44."
    FROM_45_TO_59 = "45 to 59."
    OVER_60 = "60 or older."


class Origin(Choice):
    """Where a leader comes from."""

    NATIVE = "Grew up in the city."
    GLOBAL = "Came from elsewhere."


class OrganizationKind(Choice):
    """Kind of organization."""

    AGENCY = "A public agency."
    CITY_GOVERNMENT = "The government of a city."
    COUNTY = "The government of a county."
    NATIONAL_GOVERNMENT = "A national government or one of its ministries."
    FIRM = "A firm."
    VENDOR = "A firm that sells to cities."
    CONSULTANCY = "A firm that advises cities."
    CHAMBER = "A chamber of commerce."
    LABOUR = "A trade union or a federation of them."
    PORT = "A port authority."
    UTILITY = "A utility: power, water, waste."
    UNIVERSITY = "A university or research institute."
    NGO = "A non-governmental organization."
    FOUNDATION = "A foundation."
    MEDIA = "A newspaper or broadcaster."
    CLUB = "A club."
    BOARD = "A board or committee."
    CITY_NETWORK = "A network whose members are cities."
    CONSORTIUM = "Partners who joined for a project."
    INFORMAL_GROUP = "People who meet without a legal form."


class Selection(Choice):
    """How a person gets an office."""

    ELECTED = "By election."
    APPOINTED = "By appointment."


class Person(Party, Concept):
    """A leader or professional, who remains recorded after leaving an office."""

    nature = Nature.STATE
    marked = ("kind", PersonKind.PSEUDONYMOUS)
    plural = "people"

    kind = choice(PersonKind, "Whether the person is recorded by name.", required=True)
    sector = choice(Sector, "The part of society that the person comes from.")
    ageBand = choice(AgeBand, "Age of the person, as a band of years.")
    origin = choice(Origin, "Whether the person grew up in the city or came from elsewhere.")
    trustsWithoutSharedBoard = Pairs(
        "Person",
        "People whom this person trusts and who trust this person, where nothing says that both are members of one "
        "board, club or other organization; by id, at most 100.",
        by=("trusts",),
        also=(("trustedBy",),),
        never=(("memberships", "members"),),
    )
    sharesBoardWithoutTrust = Pairs(
        "Person",
        "People who are members of one board, club or other organization with this person, where neither says to trust "
        "the other; by id, at most 100. Somebody who was not asked or did not answer says nothing.",
        by=("memberships", "members"),
        never=(("trusts",), ("trustedBy",)),
    )


class Organization(Party, Concept):
    """A body of people with a purpose: an agency, a firm, a club, a network of cities."""

    nature = Nature.STATE
    matched = Matched(names=("name",), city="seats", website="website", needs=("city", "website"))

    kind = choice(OrganizationKind, "Kind of organization.")
    website = url("Web address of the organization.", indexed=True)
    learningMandate = boolean("Whether learning from elsewhere is its declared purpose.")
    sharesCouncilWithoutProject = Pairs(
        "Organization",
        "Organizations that sit on one council with this one and meet it in no project, neither leading nor following; "
        "by id, at most 100.",
        by=("councils", "members"),
        never=(("leads", "leaders"), ("leads", "followers"), ("follows", "leaders"), ("follows", "followers")),
    )


class Office(Named, Concept):
    """An office of a city or an organization, held by one person after another."""

    nature = Nature.STATE

    selection = choice(Selection, "How a person gets the office.")
    termYears = integer("Length of a term, in years.", least=0)


class LivesIn(Relationship):
    """A person lives in a city."""

    nature = Nature.STATE
    start = at(Person, field="livesIn", says="Cities that the person lives or lived in.")
    end = at(City, field="residents", says="People who live or lived in the city.")


class WorksFor(Relationship):
    """A person works for an organization."""

    nature = Nature.STATE
    start = at(Person, field="employers", says="Organizations that the person works or worked for.")
    end = at(Organization, field="staff", says="People who work or worked for the organization.")

    title = text("Title of the job.")


class MemberOf(Relationship):
    """A person, an organization or a city is a member of an organization."""

    nature = Nature.STATE
    start = at(Person, Organization, City, field="memberships", says="Organizations that it is or was a member of.")
    end = at(Organization, field="members", says="People, organizations and cities that are or were members.")

    role = text("Role of the member.")


class Holds(Relationship):
    """A person holds an office for a term."""

    nature = Nature.STATE
    per = ("since",)
    start = at(Person, field="offices", says="Offices that the person holds or held.")
    end = at(Office, field="heldBy", says="People who hold or held the office.")


class OfficeOf(Relationship):
    """An office belongs to a city or an organization."""

    nature = Nature.STATE
    start = at(Office, field="body", says="The city or organization that the office belongs to.", one=True)
    end = at(City, Organization, field="offices", says="Offices of the city or organization.")


class BasedIn(Relationship):
    """An organization has its seat in a city."""

    nature = Nature.STATE
    start = at(Organization, field="seats", says="Cities that the organization is based in.")
    end = at(City, field="organizations", says="Organizations based in the city.")


class OrganizationPartOf(Relationship):
    """An organization is a part of another."""

    type = "PART_OF"
    nature = Nature.STATE
    acyclic = True
    start = at(Organization, field="partOf", says="Organizations that it is a part of.")
    end = at(Organization, field="parts", says="Organizations that are parts of it.")


class SamePersonAs(Relationship):
    """A pseudonymous person is the same person as a named one."""

    nature = Nature.STATE
    marking = Marking.RED
    acyclic = True
    start = at(Person, field="samePersonAs", says="The named person behind the pseudonym.", one=True)
    end = at(Person, field="pseudonyms", says="Pseudonyms of the person, one for each survey wave.")
