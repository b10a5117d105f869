"""Interfaces: properties that several concepts share. A concept implements an interface by naming it as a base class."""

from schema.language.declare import Interface
from schema.language.kinds import text


class Named(Interface):
    """A fact that has a name."""

    name = text("The name in common use.", required=True, searched=True, sorted=True)


class Place(Named):
    """A place on the map: a city, a region or a country."""


class Party(Named):
    """Anyone who can act or decide: a person, an organization, a city or a council."""


class Subject(Named):
    """What can be learned about: a topic or a practice."""
