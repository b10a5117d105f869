"""The input of figures of people. In: people, survey waves and their ties. Out: the same as frozen values, checked.

Rights, consent and the rule of direction were applied by who made these values. Their order does not matter.
"""

import enum
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from graph.figures.caption import Facts


class Way(enum.Enum):
    """How a tie leads."""

    ONE_WAY = "The first named the second."
    MUTUAL = "Each named the other."
    EITHER = "One named the other, or both did: the direction does not count."


@dataclass(frozen=True)
class Person:
    """A person. `group` is such as a sector; `community` is that of the union of all waves, which pulls people together."""

    id: str
    label: str
    group: str | None = None
    community: int | None = None


@dataclass(frozen=True)
class Tie:
    """A tie between two people by id; a pair has at most one in a wave."""

    start: str
    end: str
    way: Way = Way.ONE_WAY

    @property
    def pair(self) -> tuple[str, str]:
        """Return the two in the order of their ids."""
        return (self.start, self.end) if self.start < self.end else (self.end, self.start)

    @property
    def arcs(self) -> tuple[tuple[str, str], ...]:
        """Return each direction that was stated; without direction the pair, once."""
        if self.way is Way.EITHER:
            return (self.pair,)
        back = ((self.end, self.start),) if self.way is Way.MUTUAL else ()
        return ((self.start, self.end), *back)


@dataclass(frozen=True)
class Wave:
    """A survey wave. `listed` are the people on its roster, `answered` those whose answers may be shown; None stands for all."""

    name: str
    ties: tuple[Tie, ...]
    listed: tuple[str, ...] | None = None
    answered: tuple[str, ...] | None = None
    invited: int | None = None
    replies: int | None = None
    """How many of the invited answered, which may be more than may be shown."""
    cut_points: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "ties", tuple(sorted(self.ties, key=lambda tie: (tie.pair, tie.start))))
        for name in ("listed", "answered", "cut_points"):
            given = getattr(self, name)
            object.__setattr__(self, name, given if given is None else tuple(sorted(set(given))))

    def lists(self, id_: str) -> bool:
        """Whether a person is on the roster of this wave."""
        return self._listed is None or id_ in self._listed

    def heard(self, id_: str) -> bool:
        """Whether there are answers of a person to show in this wave."""
        return self._answered is None or id_ in self._answered

    @cached_property
    def _listed(self) -> frozenset[str] | None:
        return None if self.listed is None else frozenset(self.listed)

    @cached_property
    def _answered(self) -> frozenset[str] | None:
        return None if self.answered is None else frozenset(self.answered)


@dataclass(frozen=True)
class Cloud:
    """A network of trust over its waves. `groups` are all groups of the legend in order; by default those of the people."""

    title: str
    people: tuple[Person, ...]
    waves: tuple[Wave, ...]
    rule: str
    synthetic: bool = False
    notes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    group_is: str = "Group"
    """What a group is, such as Sector."""

    def __post_init__(self) -> None:
        known = {person.id for person in self.people}
        if len(known) < len(self.people):
            raise ValueError("Two people have the same id.")
        for wave in self.waves:
            named = {*(wave.listed or ()), *(wave.answered or ()), *wave.cut_points}
            for tie in wave.ties:
                if tie.start == tie.end:
                    raise ValueError("A tie leads from a person to himself.")
                named |= {tie.start, tie.end}
            if named - known:
                raise ValueError(f"Nobody of the cloud is {min(named - known)}.")
            if any(often > 1 for often in Counter(tie.pair for tie in wave.ties).values()):
                raise ValueError("Two people have more than one tie in a wave.")
        object.__setattr__(self, "people", tuple(sorted(self.people, key=lambda person: person.id)))

    @property
    def named_groups(self) -> tuple[str, ...]:
        """Return the groups in the order of the legend."""
        of_people = {person.group for person in self.people if person.group is not None}
        return self.groups + tuple(sorted(of_people - set(self.groups)))

    def listed_in(self, wave: Wave) -> tuple[Person, ...]:
        """Return the people on the roster of a wave, in the order of their ids."""
        return tuple(each for each in self.people if wave.lists(each.id))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs that are tied in any wave."""
        return tuple(sorted({tie.pair for wave in self.waves for tie in wave.ties}))

    def facts(self, when: str, replies: int | None, invited: int | None) -> Facts:
        """Return what a caption states besides its counts."""
        return Facts(
            self.title,
            when,
            self.rule,
            people=True,
            answered=replies,
            invited=invited,
            synthetic=self.synthetic,
            notes=self.notes,
        )
