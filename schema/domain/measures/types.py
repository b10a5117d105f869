"""Object types that several measures return. In: nothing. Out: types of GraphQL."""

from schema.language.computed import ObjectField, ObjectType

PERSON_OF_CLOUD = ObjectType(
    "CloudPerson",
    "A person of a network.",
    (
        ObjectField("personId", "ID", "Id of the person."),
        ObjectField("name", "str", "Name of the person.", nullable=True),
    ),
)
TIE = ObjectType(
    "CloudTie",
    "A tie between two people of a network.",
    (
        ObjectField("one", "CloudPerson", "The first person by id; with direction, who stated the tie."),
        ObjectField("other", "CloudPerson", "The other person."),
    ),
)
