"""Networks and their measures, in the schema. In: the declared measures. Out: their types, and a field of Query."""

from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.domain.clouds import LEADERS
from schema.domain.measures import NETWORK, PERSON, cloud, learning, types
from schema.language.computed import ObjectField
from schema.language.kinds import Choice
from schema.language.measures import Asked, CorePattern, Measure, Question
from schema.language.networks import CLOUD, Direction


def clouds(registry: Registry) -> None:
    """Make the types of networks and of their measures."""
    registry.enum("CloudLayer", "A kind of tie between people.", {each.name: each.says for each in LEADERS.layers})
    registry.enum("CloudGrouping", "What puts people in groups.", {each.name: each.says for each in LEADERS.groupings})
    _choice(registry, "TieDirection", Direction)
    _choice(registry, "CorePattern", CorePattern)
    sorted_by = [each for each in PERSON if each.returns in ("int", "float") and each.sorts]
    words = {snake(each.name): each.says for each in sorted_by}
    registry.enum("PersonMeasure", "A measure by which people are sorted, the largest first.", words)
    for made in (*types(), *learning.TYPES):
        registry.object(made.name, made.description, [_field(each) for each in made.fields])
    registry.object("PersonMeasures", "A person of a network, with measures.", _person())
    registry.object("Cloud", cloud.SAYS, _cloud())


def roots() -> list[Field]:
    """Make the fields of Query that measure networks, and learning."""
    network = Field(CLOUD, optional("Cloud"), cloud.ROOT_SAYS, tuple(_argument(each) for each in cloud.ROOT))
    return [network, *(_question(each) for each in learning.QUESTIONS)]


def snake(name: str) -> str:
    """Write a name in upper case with underscores."""
    return "".join(f"_{letter}" if letter.isupper() else letter.upper() for letter in name)


def _person() -> list[Field]:
    group = Field("group", optional("str"), "The person's group.", (_argument(cloud.BY),))
    return [*(_field(each) for each in cloud.PERSON), group, *(_measure(each) for each in PERSON)]


def _cloud() -> list[Field]:
    first, order = _argument(cloud.FIRST), _argument(cloud.ORDER)
    what_if = "The network if people leave or come together, to be measured like it."
    beside = "How far the ties are those of another layer, such as trust beside boards and clubs, in the same wave."
    change = "What changed since an earlier wave; null if there is none."
    return [
        Field("on", cloud.BASIS.name, "On what everything here was measured."),
        *(_measure(each) for each in NETWORK),
        Field(cloud.PEOPLE, "list[PersonMeasures]", "The people, each with measures.", (first, order)),
        Field("ties", "list[CloudTie]", "The ties, by the ids of both people.", (first,)),
        Field("columns", cloud.COLUMNS.name, "All people and ties, for programs.", (_argument(cloud.BY),)),
        Field("whatIf", "Cloud", what_if, tuple(_argument(each) for each in cloud.WHAT_IF)),
        Field("beside", optional(cloud.OVERLAP.name), beside, (_argument(cloud.LAYER),)),
        Field("changeSince", optional(cloud.CHANGE.name), change, (_argument(cloud.OTHER),)),
    ]


def _measure(of: Measure) -> Field:
    pitfalls = f" {of.pitfalls}" if of.pitfalls else ""
    type_ = of.type_name if of.many else optional(of.type_name)
    return Field(of.name, type_, f"{of.says}{pitfalls}", tuple(_argument(each) for each in of.asked))


def _question(of: Question) -> Field:
    return Field(of.name, optional(of.type_name), of.says, tuple(_argument(each) for each in of.asked))


def _argument(of: Asked) -> Argument:
    return Argument(of.name, of.type if of.required else optional(of.type), of.says or None)


def _field(of: ObjectField) -> Field:
    return Field(of.name, optional(of.type) if of.nullable else of.type, of.description)


def _choice(registry: Registry, name: str, choices: type[Choice]) -> None:
    says = " ".join((choices.__doc__ or name).split())
    registry.enum(name, says, {member.name: str(member.value) for member in choices})
