"""What several concepts have in common; a concept joins an interface by naming it as a base."""

from schema.language.declare import Interface
from schema.language.kinds import text


class Named(Interface):
    """Whatever goes by a name."""

    name = text("The name it goes by.", required=True, searched=True, sorted=True)


class Place(Named):
    """A place on the map: a city, a region or a country."""


class Party(Named):
    """Whoever can hold, carry or decide something: a person, an organization, a city, a council."""


class Subject(Named):
    """What learning is about: a topic or a practice."""
