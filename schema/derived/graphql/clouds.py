"""Networks and their measures, in the schema. In: the declared measures. Out: their types, and a field of Query."""

from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.domain.clouds import LEADERS
from schema.domain.measures import NETWORK, PERSON, types
from schema.language.computed import ObjectField
from schema.language.kinds import Choice
from schema.language.measures import CorePattern, Measure
from schema.language.networks import CLOUD, MOST_CLOUDS, Direction

FIRST_PEOPLE, MOST_PEOPLE = 100, 1_000
"""People that are listed by default, and at most."""
SAYS = (
    "The network of the people of a roster as you see it, with its measures. What is hidden from you is not in it. A measure is "
    "null if it is not defined, such as a mean of nothing. Each is explained in docs/measures.md."
)
ROOT_SAYS = (
    "The network of the leaders of a city, or of the people of a roster; null if there is none that you may see. Give either "
    "`city` or `roster`. Of several rosters of a city the one with the latest wave is taken. People and ties are of one survey "
    "wave: `wave`, else the last that had begun by `asOf`, else the last. A roster without waves is measured as of `asOf`, or "
    f"with all it has. A document may ask for {MOST_CLOUDS} networks, with those of `whatIf` and `changeSince`."
)
BASIS = (
    ObjectField("roster", "ID", "Id of the roster."),
    ObjectField("rosterName", "str", "Name of the roster.", nullable=True),
    ObjectField("rule", "str", "The rule that says who is on the roster.", nullable=True),
    ObjectField("wave", "ID", "Id of the survey wave; null if the roster has none.", nullable=True),
    ObjectField("waveName", "str", "Name of the wave.", nullable=True),
    ObjectField("date", "str", "The date of the wave, or the day of `asOf`; null if neither is known.", nullable=True),
    ObjectField("layer", "CloudLayer", "The kind of tie."),
    ObjectField("direction", "TieDirection", "How direction counts."),
    ObjectField("people", "int", "Number of people (n), with those without ties."),
    ObjectField("ties", "int", "Number of ties (m), each pair and direction once."),
    ObjectField("dropped", "int", "Ties that do not count: to oneself, or stated twice."),
    ObjectField("invited", "int", "People who were asked, as the wave says.", nullable=True),
    ObjectField("answered", "int", "People who answered, as the wave says.", nullable=True),
    ObjectField("responseRate", "float", "Share of the people asked who answered.", nullable=True),
    ObjectField("synthetic", "bool", "Whether any of it is made up."),
    ObjectField("libraries", "list[str]", "What computes the measures, with versions."),
    ObjectField("caution", "str", "What to be careful about if networks are compared."),
)
CHANGE = (
    ObjectField("earlier", "ID", "Id of the earlier wave."),
    ObjectField("later", "ID", "Id of the later wave."),
    ObjectField("kept", "int", "Ties that were stated in both."),
    ObjectField(
        "appeared", "int", "Ties that are new, where who stated them answered before and whom they named was listed."
    ),
    ObjectField(
        "ended", "int", "Ties that are gone, where who stated them answered later and whom they named is still listed."
    ),
    ObjectField("unknown", "int", "Ties of one wave of which the other can tell nothing."),
    ObjectField("stayed", "int", "People who are listed in both."),
    ObjectField("joined", "list[Newcomer]", "People who are listed only in the later, by id."),
    ObjectField("left", "list[CloudPerson]", "People who are listed only in the earlier, by id."),
    ObjectField("jaccard", "float", "Ties in both / ties in either.", nullable=True),
)
NEWCOMER = (
    ObjectField("person", "CloudPerson", "The person."),
    ObjectField("groups", "list[GroupOfPerson]", "The person's group by each grouping."),
    ObjectField("coreNumber", "int", "How deep in the later network the person is."),
    ObjectField(
        "stepsToCore",
        "int",
        "Steps to the nearest person of the core; null if there is no path or no core.",
        nullable=True,
    ),
)
WHAT_IF = (
    Argument("without", optional("list[ID]"), "People who leave."),
    Argument("withoutElected", optional("bool"), "Whether all who held an elected office on the day leave."),
    Argument(
        "together",
        optional("list[list[ID]]"),
        "Groups of people who travel or meet, such as on a study tour or a council: every two of them get a tie, both ways.",
    ),
)


def clouds(registry: Registry) -> None:
    """Make the types of networks and of their measures."""
    registry.enum("CloudLayer", "A kind of tie between people.", {each.name: each.says for each in LEADERS.layers})
    registry.enum("CloudGrouping", "What puts people in groups.", {each.name: each.says for each in LEADERS.groupings})
    _choice(registry, "TieDirection", Direction)
    _choice(registry, "CorePattern", CorePattern)
    sorted_by = {
        snake(each.name): each.says for each in PERSON if each.returns in ("int", "float") and each.name != "community"
    }
    registry.enum("PersonMeasure", "A measure by which people are sorted, the largest first.", sorted_by)
    for made in types():
        registry.object(made.name, made.description, [_field(each) for each in made.fields])
    registry.object("CloudBasis", "On what a network was measured.", [_field(each) for each in BASIS])
    group = (
        Field("by", "CloudGrouping", "What puts people in groups."),
        Field("group", optional("str"), "The group; null if it is not known."),
    )
    registry.object("GroupOfPerson", "The group of a person.", group)
    registry.object("Newcomer", "A person who joined.", [_field(each) for each in NEWCOMER])
    registry.object("CloudChange", "What changed between two waves of one roster.", [_field(each) for each in CHANGE])
    registry.object("PersonMeasures", "A person of a network, with measures.", _person())
    registry.object("Cloud", SAYS, _cloud())


def roots() -> list[Field]:
    """Make the field of Query that measures a network."""
    arguments = (
        Argument("city", optional("ID"), "Id of a city."),
        Argument("roster", optional("ID"), "Id of a roster."),
        Argument("layer", optional("CloudLayer"), "The kind of tie; `TRUSTS` if absent."),
        Argument("direction", optional("TieDirection"), "How direction counts; `DIRECTED` if absent."),
        Argument("wave", optional("ID"), "Id of a survey wave."),
        Argument("asOf", optional("Edtf"), None),
        Argument("synthetic", optional("bool"), None),
    )
    return [Field(CLOUD, optional("Cloud"), ROOT_SAYS, arguments)]


def snake(name: str) -> str:
    """Write a name in upper case with underscores."""
    return "".join(f"_{letter}" if letter.isupper() else letter.upper() for letter in name)


def _person() -> list[Field]:
    own = [
        Field("id", "ID", "Id of the person."),
        Field("name", optional("str"), "Name of the person."),
        Field("group", optional("str"), "The person's group.", (_by(),)),
        Field("elected", "bool", "Whether the person held an elected office on the day."),
    ]
    return [*own, *(_measure(each) for each in PERSON)]


def _cloud() -> list[Field]:
    people = (
        Argument("first", optional("int"), f"Most people, 1 to {MOST_PEOPLE:,}; {FIRST_PEOPLE} if absent."),
        Argument("orderBy", optional("PersonMeasure"), "The measure by which they are sorted; by id if absent."),
    )
    change = (Argument("wave", optional("ID"), "The other wave; the one before if absent."),)
    return [
        Field("on", "CloudBasis", "On what everything here was measured."),
        *(_measure(each) for each in NETWORK),
        Field("people", "list[PersonMeasures]", "The people, each with measures.", people),
        Field("ties", "list[CloudTie]", "The ties, by the ids of both people.", (people[0],)),
        Field("whatIf", "Cloud", "The network if people leave or come together, to be measured like it.", WHAT_IF),
        Field(
            "changeSince", optional("CloudChange"), "What changed since an earlier wave; null if there is none.", change
        ),
    ]


def _by() -> Argument:
    return Argument("by", optional("CloudGrouping"), "What puts people in groups; `SECTOR` if absent.")


def _measure(of: Measure) -> Field:
    arguments = tuple(Argument(each.name, optional(each.type), each.says) for each in of.asked)
    pitfalls = f" {of.pitfalls}" if of.pitfalls else ""
    type_ = of.type_name if of.many else optional(of.type_name)
    return Field(of.name, type_, f"{of.says}{pitfalls}", arguments)


def _field(of: ObjectField) -> Field:
    return Field(of.name, optional(of.type) if of.nullable else of.type, of.description)


def _choice(registry: Registry, name: str, choices: type[Choice]) -> None:
    says = " ".join((choices.__doc__ or name).split())
    registry.enum(name, says, {member.name: str(member.value) for member in choices})
