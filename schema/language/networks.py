"""How networks of people are declared. In: fields and properties of the model. Out: what `cloud` reads, by layer and grouping.

`graph/measures` reads a network by such a declaration and knows no concept by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.language.computed import Chain, Survey
from schema.language.kinds import Choice, Marking

CLOUD = "cloud"
"""The field of Query that measures a network."""
MOST_CLOUDS = 10
"""How many networks one document may measure, with those of `whatIf` and of other waves."""


class Direction(Choice):
    """How the direction of a tie counts."""

    DIRECTED = "A tie leads from who stated it to whom he named."
    UNION = "Two people are tied if one of them named the other."
    MUTUAL = "Two people are tied if each named the other."


@dataclass(frozen=True)
class Layer:
    """A kind of tie between people.

    `chain` leads from a person to another. One field is a relationship between people; more fields lead over what both have in
    common, so such ties have no direction. `wave` is the property with the id of the survey wave in which a tie was stated,
    and `weight` the property that says how strong it is.
    """

    name: str
    says: str
    chain: Chain
    wave: str | None = None
    weight: str | None = None


@dataclass(frozen=True)
class Grouping:
    """What puts people in groups: a property of theirs, or the first fact by id that a field leads to."""

    name: str
    says: str
    property: str = ""
    field: str = ""


@dataclass(frozen=True)
class Gathering:
    """What people took part in, a field of theirs. Who takes part in something `lasting` is asked on the day of a network."""

    field: str
    lasting: bool


@dataclass(frozen=True)
class Elected:
    """What makes a person an elected office-holder: the fact that `field` leads to has this choice as its `property`."""

    field: str
    property: str
    choice: Choice


@dataclass(frozen=True)
class Agreed:
    """What people of a file agreed to: the word of their answers, and how they are recorded. The others are new in each wave."""

    consent: Choice
    recorded: Mapping[str, Choice]
    named: bool
    marking: Marking


@dataclass(frozen=True)
class Networks:
    """Networks of the people of a roster.

    `rosters` leads from a `city` to its rosters. The `survey` says how waves, people and answers are found from a roster.
    `rule` is a property of a roster; `invited` and `answered` are properties of a wave. `pseudonyms` leads from a person to the
    pseudonyms that stand for him in waves. `gatherings` lead from a person to what he took part in. `agreed` says how the people
    of a file are recorded.
    """

    city: str
    rosters: str
    roster: str
    rule: str
    survey: Survey
    invited: str
    answered: str
    pseudonyms: str
    gatherings: tuple[Gathering, ...]
    layers: tuple[Layer, ...]
    groupings: tuple[Grouping, ...]
    elected: Elected
    agreed: tuple[Agreed, ...]

    def layer(self, name: str) -> Layer:
        """Return a layer by name."""
        return next(each for each in self.layers if each.name == name)
