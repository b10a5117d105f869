"""Grants: what an actor may see and write for a city. In: the grants of an actor. Out: his Rights and Edits.

The grants are read for each request, so that a removed grant ends with the next one.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from graph.access.rights import Rights
from graph.access.viewer import Edits, Permit
from schema.derived.rows import CITY, JOINED, REPORT
from schema.language.kinds import Marking


class Role(enum.Enum):
    """What an actor is for a city. The value says what he may do."""

    MEMBER = "sees GREEN facts of every city, and AMBER facts that the city holds"
    EDITOR = "sees what a member sees, and writes facts of the city"
    STEWARD = "sees also RED facts that the city holds, and writes facts of the city"


WRITERS = (Role.EDITOR, Role.STEWARD)


@dataclass(frozen=True)
class Grant:
    """A role of an actor for a city, since when, and by whom it was given.

    `concepts` are the labels and relationship types that he may write, None for all. They do not restrict what he sees.
    """

    id: str
    actor: str
    role: Role
    city: str
    concepts: frozenset[str] | None
    since: datetime
    by: str


def rights(grants: Iterable[Grant], audiences: Iterable[str], *, red: bool = True) -> Rights:
    """Return what grants open, of the audiences that exist. Without `red`, no audience of RED facts is opened."""
    every = tuple(grants)
    if not every:
        return Rights()
    member = {grant.city.removeprefix(CITY) for grant in every}
    steward = {grant.city.removeprefix(CITY) for grant in every if red and grant.role is Role.STEWARD}
    opened = (audience for audience in audiences if _opens(audience, member, steward))
    return Rights(int(Marking.GREEN), tuple(sorted(opened)))


def _opens(audience: str, member: set[str], steward: set[str]) -> bool:
    """Whether an audience admits a member and steward of these cities. Audiences of reports admit nobody."""
    if REPORT in audience:
        return False
    marking, _, joined = audience.partition(":")
    holders = joined.split(JOINED)
    if marking == str(int(Marking.AMBER)):
        return not member.isdisjoint(holders)
    return marking == str(int(Marking.RED)) and len(holders) == 1 and holders[0] in steward


def edits(grants: Iterable[Grant]) -> Edits:
    """Return what grants permit to write."""
    permits = {Permit(grant.city, grant.concepts) for grant in grants if grant.role in WRITERS}
    return Edits(tuple(sorted(permits, key=lambda each: (each.city, sorted(each.only or ()), each.only is None))))
