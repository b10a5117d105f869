"""A network as a file has it. In: people and ties, as a reader finds them. Out: Network, the same for every format.

Values are texts, as they stand in the file: the model says later what they mean.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.load.files import UnreadableFile

Values = Mapping[str, str]
OWN_ID, OWN_START, OWN_END = "networkCanvasUUID", "networkCanvasSourceUUID", "networkCanvasTargetUUID"
"""How Network Canvas calls ids of people and of the ends of a tie. Its other numbers begin anew in each interview."""
OWN_KIND = "networkCanvasType"
"""How Network Canvas calls the kind of a node or of a tie."""
OWN = (OWN_ID, OWN_START, OWN_END, OWN_KIND)


@dataclass(frozen=True)
class Tie:
    """Somebody named somebody, as ids of the file. One without direction is said by neither."""

    start: str
    end: str
    values: Values = field(default_factory=dict)
    directed: bool = True


@dataclass(frozen=True)
class Network:
    """People by the ids of the file, with their values, and ties."""

    people: Mapping[str, Values]
    ties: tuple[Tie, ...]


@dataclass
class Found:
    """What a reader has found so far in a file of this name."""

    name: str
    people: dict[str, Values] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)

    def person(self, id_: str, values: Values) -> None:
        """Add a person; raise UnreadableFile if the id is missing or was there before."""
        if not id_:
            raise self.wrong(f"person {len(self.people) + 1} has no id")
        if id_ in self.people:
            raise self.wrong(f"two people have the id {id_[:60]!r}")
        self.people[id_] = {name: value for name, value in values.items() if value != ""}

    def tie(self, start: str, end: str, values: Values, *, directed: bool) -> None:
        """Add a tie."""
        if not start or not end:
            raise self.wrong(f"tie {len(self.ties) + 1} has no {'end' if start else 'start'}")
        self.ties.append(Tie(start, end, {name: value for name, value in values.items() if value != ""}, directed))

    def network(self, *, people_are_listed: bool = True) -> Network:
        """Return the network; raise UnreadableFile if a tie is of somebody who is not among the people.

        A file of ties alone lists nobody: its people are those whom it names.
        """
        if not people_are_listed:
            for tie in self.ties:
                for end in (tie.start, tie.end):
                    self.people.setdefault(end, {})
        made = _by_own_ids(self)
        for tie in made.ties:
            for end in (tie.start, tie.end):
                if end not in made.people:
                    raise self.wrong(f"a tie leads from or to {end[:60]!r}, who is not among the people")
        if not made.people:
            raise self.wrong("it has nobody")
        return made

    def wrong(self, what: str) -> UnreadableFile:
        """Return the error that says what is wrong with the file."""
        return UnreadableFile(f"{self.name} cannot be read as a network: {what}.")


def _by_own_ids(found: Found) -> Network:
    """Call people by the ids that Network Canvas gives them, where the file has them.

    Raise UnreadableFile for people or ties of several of its kinds.
    """
    for what, several in (("people", found.people.values()), ("ties", (tie.values for tie in found.ties))):
        kinds = sorted({values[OWN_KIND] for values in several if OWN_KIND in values})
        if len(kinds) > 1:
            raise found.wrong(
                f"it has {what} of several kinds: {', '.join(kinds)[:200]}; leave those of one kind in it"
            )
    own = {id_: values.get(OWN_ID, id_) for id_, values in found.people.items()}
    twice = [id_ for id_, times in Counter(own.values()).items() if times > 1]
    if twice:
        raise found.wrong(f"two people have the {OWN_ID} {twice[0][:60]!r}")
    people = {
        own[id_]: {name: each for name, each in values.items() if name not in (OWN_ID, OWN_KIND)}
        for id_, values in found.people.items()
    }
    ties = (
        Tie(
            tie.values.get(OWN_START, own.get(tie.start, tie.start)),
            tie.values.get(OWN_END, own.get(tie.end, tie.end)),
            {name: each for name, each in tie.values.items() if name not in OWN},
            tie.directed,
        )
        for tie in found.ties
    )
    return Network(people, tuple(ties))
