"""The type of a measured network, besides its measures: what it was measured on, changes, arguments. In: nothing. Out: types."""

from schema.language.computed import ObjectField, ObjectType
from schema.language.measures import Asked
from schema.language.networks import MOST_CLOUDS

FIRST_PEOPLE, MOST_PEOPLE = 100, 1_000
"""People that are listed by default, and at most."""
MOST_ENTRIES, MOST_PLAYERS, MOST_GROUP = 100, 5, 20
"""Missing ties that are listed, people who are chosen together, and ids of a group, at most."""
SAYS = (
    "The network of the people of a roster as you see it, with its measures. What is hidden from you is not in it. A measure is "
    "null if it is not defined, such as a mean of nothing. Each is explained in docs/measures.md."
)
ROOT_SAYS = (
    "The network of the leaders of a city, or of the people of a roster; null if there is none that you may see. Give either "
    "`city` or `roster`. Of several rosters of a city the one with the latest wave is taken. People and ties are of one survey "
    "wave: `wave`, else the last that had begun by `asOf`, else the last. A roster without waves is measured as of `asOf`, or "
    f"with all it has. A document may ask for {MOST_CLOUDS} networks, with those of `whatIf`, `changeSince` and `beside`."
)
BASIS = ObjectType(
    "CloudBasis",
    "On what a network was measured.",
    (
        ObjectField("roster", "ID", "Id of the roster."),
        ObjectField("rosterName", "str", "Name of the roster.", nullable=True),
        ObjectField("rule", "str", "The rule that says who is on the roster.", nullable=True),
        ObjectField("wave", "ID", "Id of the survey wave; null if the roster has none.", nullable=True),
        ObjectField("waveName", "str", "Name of the wave.", nullable=True),
        ObjectField(
            "date", "str", "The date of the wave, or the day of `asOf`; null if neither is known.", nullable=True
        ),
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
    ),
)
MOST_COLUMNS = 250_000
"""Most people and ties together that `columns` gives: about 5 MB of an answer."""
COLUMNS = ObjectType(
    "CloudColumns",
    f"All people and ties as columns, for programs; at most {MOST_COLUMNS:,} together, else the error is PAYLOAD_TOO_LARGE.",
    (
        ObjectField("personIds", "list[ID]", "Ids of the people, in order."),
        ObjectField("names", "list[Optional[str]]", "Their names, in the same order."),
        ObjectField("elected", "list[bool]", "Whether each held an elected office on the day."),
        ObjectField("groups", "list[Optional[str]]", "The group of each; null if it is not known."),
        ObjectField(
            "one", "list[int]", "Of each tie the first person, with direction who stated it: the place in `personIds`."
        ),
        ObjectField("other", "list[int]", "Of each tie the other person."),
    ),
)
CHANGE = ObjectType(
    "CloudChange",
    "What changed between two waves of one roster.",
    (
        ObjectField("earlier", "ID", "Id of the earlier wave."),
        ObjectField("later", "ID", "Id of the later wave."),
        ObjectField("kept", "int", "Ties that were stated in both."),
        ObjectField(
            "appeared",
            "int",
            "Ties that are new, where who stated them answered before and whom they named was listed. Of ties that nobody "
            "states, such as of a common board, both people were listed.",
        ),
        ObjectField(
            "ended",
            "int",
            "Ties that are gone, where who stated them answered later and whom they named is still listed. Of ties that nobody "
            "states, both people are still listed.",
        ),
        ObjectField("unknown", "int", "Ties of one wave of which the other wave can tell nothing."),
        ObjectField("stayed", "int", "People who are listed in both."),
        ObjectField("joined", "list[Newcomer]", "People who are listed in the later wave only, by id."),
        ObjectField("left", "list[CloudPerson]", "People who are listed in the earlier wave only, by id."),
        ObjectField("jaccard", "float", "Ties in both / ties in either, the unknown too.", nullable=True),
        ObjectField("stability", "float", "kept / (kept + appeared + ended): without the unknown.", nullable=True),
    ),
)
NEWCOMER = ObjectType(
    "Newcomer",
    "A person who joined.",
    (
        ObjectField("person", "CloudPerson", "The person."),
        ObjectField("groups", "list[GroupOfPerson]", "The person's group by each grouping."),
        ObjectField("coreNumber", "int", "How deep in the later network the person is."),
        ObjectField(
            "stepsToCore",
            "int",
            "Steps to the nearest person of the core; null if there is no path or no core.",
            nullable=True,
        ),
    ),
)
MOST_TOGETHER = 1_000
"""People in the groups of one `whatIf`: every two of a group are tied."""
WHAT_IF = (
    Asked(
        "without",
        "list[ID]",
        "People who leave. Who is not in the network is passed over: not everybody is in every wave.",
    ),
    Asked("withoutElected", "bool", "Whether all who held an elected office on the day leave."),
    Asked(
        "together",
        "list[list[ID]]",
        "Groups of people who travel or meet, such as on a study tour or a council: every two of them get a tie, both ways.",
    ),
    Asked(
        "gatherings",
        "list[ID]",
        "Visits, councils and other organizations, by id: the people of the network who took part get ties as in `together`. "
        "Of an organization these are its members on the day.",
    ),
)
OVERLAP = ObjectType(
    "LayerOverlap",
    "Ties of two layers, as pairs of the people who are in both networks; direction does not count.",
    (
        ObjectField("both", "int", "Pairs who are tied in both."),
        ObjectField("onlyHere", "int", "Pairs who are tied only in this network."),
        ObjectField("onlyThere", "int", "Pairs who are tied only in the other layer."),
        ObjectField("neither", "int", "Pairs who are tied in none."),
        ObjectField("jaccard", "float", "Both / pairs who are tied in either.", nullable=True),
        ObjectField("correlation", "float", "Phi: the correlation of the two over all pairs, -1 to 1.", nullable=True),
    ),
)
LAYER = Asked("layer", "CloudLayer", "The other layer; `SHARED_MEMBERSHIP` if absent.", "SHARED_MEMBERSHIP")
GROUP_OF_PERSON = ObjectType(
    "GroupOfPerson",
    "The group of a person.",
    (
        ObjectField("by", "CloudGrouping", "What puts people in groups."),
        ObjectField("group", "str", "The group; null if it is not known.", nullable=True),
    ),
)
PEOPLE = "people"
"""The field with the people of a network."""
PERSON = (
    ObjectField("personId", "ID", "Id of the person."),
    ObjectField("name", "str", "Name of the person.", nullable=True),
    ObjectField("elected", "bool", "Whether the person held an elected office on the day."),
)
"""What a person has besides measures and a group."""
ROOT = (
    Asked("city", "ID", "Id of a city."),
    Asked("roster", "ID", "Id of a roster."),
    Asked("layer", "CloudLayer", "The kind of tie; `TRUSTS` if absent."),
    Asked("direction", "TieDirection", "How direction counts; `DIRECTED` if absent."),
    Asked("wave", "ID", "Id of a survey wave."),
    Asked("asOf", "Edtf", ""),
    Asked("synthetic", "bool", ""),
)
"""Arguments of the field; the last two are described at `nodes`."""
BY = Asked("by", "CloudGrouping", "What puts people in groups; `SECTOR` if absent.")
FIRST = Asked("first", "int", f"Most entries, 1 to {MOST_PEOPLE:,}; {FIRST_PEOPLE} if absent.")
ORDER = Asked("orderBy", "PersonMeasure", "The measure by which they are sorted; by id if absent.")
OTHER = Asked("wave", "ID", "The other wave; the one before if absent.")
