"""A network with what is known of its people. In: a network as it was read. Out: Cloud, and the same under other conditions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

from graph.measures.network import Dropped, Network, Rule, Stated, network, under

Groups = tuple[str | None, ...]


class Member(NamedTuple):
    """A person of a network: the group by each grouping, in the order of their declaration."""

    id: str
    name: str | None
    groups: Groups
    elected: bool
    answered: bool


@dataclass(frozen=True)
class Wave:
    """A survey wave, with the numbers of people that it states."""

    id: str
    name: str | None
    date: str | None
    invited: int | None
    answered: int | None


@dataclass(frozen=True)
class Basis:
    """On what a network is measured, besides its people and ties; `surveyed` says that people stated the ties when asked."""

    roster: str
    roster_name: str | None
    roster_rule: str | None
    wave: Wave | None
    before: str | None
    layer: str
    rule: Rule
    day: str | None
    synthetic: bool
    surveyed: bool = True


@dataclass(frozen=True, eq=False)
class Cloud:
    """A network by its rule of direction, and as it was stated. `members` are in the order of the people.

    What was measured is kept in `values`.
    """

    basis: Basis
    members: tuple[Member, ...]
    stated: Network
    dropped: Dropped
    groupings: tuple[str, ...]
    values: dict[Any, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def network(self) -> Network:
        """The network by the rule of direction."""
        return under(self.stated, self.basis.rule)

    @cached_property
    def union(self) -> Network:
        """The network without direction: a tie for each pair of whom one named the other."""
        return under(self.stated, Rule.UNION)

    @property
    def plain(self) -> Network:
        """The network without direction: by its rule if that drops the direction, else the union."""
        return self.union if self.basis.rule is Rule.DIRECTED else self.network

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The number of each person by id."""
        return {id_: at for at, id_ in enumerate(self.stated.people)}

    @property
    def weight(self) -> int:
        """The number of people and ties, with those of networks under other conditions that are kept with it."""
        variants = sum(each.weight for each in self.values.values() if isinstance(each, Cloud))
        return len(self.members) + len(self.stated.ties) + variants

    def groups(self, by: str) -> list[str | None]:
        """Return the group of each person."""
        at = self.groupings.index(by)
        return [each.groups[at] for each in self.members]

    def unknown(self) -> list[int]:
        """Return the people of whom a wave tells nothing: they have no ties, and gave no answers that may be shown."""
        if self.basis.wave is None:
            return []
        degree = self.union.graph.degree()
        return [at for at, each in enumerate(self.members) if not each.answered and not degree[at]]

    def numbers(self, ids: Collection[str]) -> list[int]:
        """Return the numbers of those who are in the network."""
        return sorted(self.number[id_] for id_ in set(ids) if id_ in self.number)

    def after(self, before: "Cloud") -> "Cloud":
        """Return the network that was read before if nothing differs; of one with the same ties, keep what they told."""
        if self.stated != before.stated:
            return self
        own, its = ((of.basis, of.members, of.dropped, of.groupings) for of in (self, before))
        return before if own == its else replace(self, stated=before.stated, values={})

    def changed(self, without: Collection[str], together: Sequence[Sequence[str]], *, elected_leave: bool) -> "Cloud":
        """Return the network if people leave, or come together so that every two of a group are tied both ways."""
        gone = set(without) | {each.id for each in self.members if elected_leave and each.elected}
        members = tuple(each for each in self.members if each.id not in gone)
        people = self.stated.people
        ties = [(people[a], people[b]) for a, b in self.stated.ties]
        for group in together:
            for one, other in combinations(sorted(set(group)), 2):
                ties += [(one, other), (other, one)] if self.stated.directed else [(one, other)]
        made, _ = network([each.id for each in members], ties, directed=self.stated.directed)
        return Cloud(self.basis, members, made, self.dropped, self.groupings)


@dataclass
class Read:
    """What was read of a network so far, record by record, as the statement of `graph/cypher/networks.py` returns them."""

    directed: bool
    about: dict[str, Any] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    stated: Stated = field(default_factory=Stated)
    synthetic: bool = False
    _groups: dict[Groups, Groups] = field(default_factory=dict)

    def add(self, record: dict[str, Any] | list[Any]) -> None:
        """Add a record: what the network is of, or a person with the ids of the others."""
        if isinstance(record, dict):
            self.about = record
            return
        id_, name, groups, elected, answered, synthetic, ends = record
        # Many people share one tuple.
        shared = self._groups.setdefault(tuple(groups), tuple(groups))
        self.members.append(Member(id_, name, shared, elected, answered))
        self.synthetic = self.synthetic or synthetic
        self.stated.add(id_, ends if self.directed else [each for each in ends if id_ < each])

    def cloud(self, basis: Basis, groupings: tuple[str, ...]) -> Cloud | None:
        """Make a cloud of all that was read and complete the basis by it; None if there is no network."""
        about = self.about
        if about["roster"] is None:
            return None
        self.members.sort(key=lambda each: each.id)
        made, dropped = self.stated.network((each.id for each in self.members), directed=self.directed)
        roster, roster_name, rule = about["roster"]
        whole = replace(
            basis,
            roster=roster,
            roster_name=roster_name,
            roster_rule=rule,
            wave=None if about["wave"] is None else Wave(*about["wave"]),
            before=about["before"],
            synthetic=bool(about["synthetic"] or self.synthetic),
        )
        return Cloud(whole, tuple(self.members), made, dropped, groupings)
