"""People between two others who are not tied. In: a Network with direction and groups. Out: counts of five roles for each person.

Source: R. Gould and R. Fernandez, Structures of mediation, 1989. Own code: no library has it.
"""

from dataclasses import dataclass, replace

from graph.measures.mixing import Groups
from graph.measures.network import Network


@dataclass(frozen=True)
class Roles:
    """How often a person stands between one who names him and one whom he names, if the first does not name the last.

    Coordinator: all three of one group. Itinerant: the two others of another one. Representative: from his group to another.
    Gatekeeper: from another group to his. Liaison: three groups. Without direction each pair counts both ways.
    """

    coordinator: int = 0
    itinerant: int = 0
    representative: int = 0
    gatekeeper: int = 0
    liaison: int = 0


def roles(given: Network, groups: Groups) -> list[Roles]:
    """Count the roles of each person; people without a group are left out."""
    found = [Roles() for _ in range(given.size)]
    arcs = set(given.ties) if given.directed else {arc for a, b in given.ties for arc in ((a, b), (b, a))}
    for broker in range(given.size):
        for start in given.graph.neighbors(broker, mode="in"):
            for end in given.graph.neighbors(broker, mode="out"):
                if start != end and (start, end) not in arcs and groups[start] and groups[broker] and groups[end]:
                    role = _role(groups[start], groups[broker], groups[end])
                    found[broker] = replace(found[broker], **{role: getattr(found[broker], role) + 1})
    return found


def _role(start: str | None, broker: str | None, end: str | None) -> str:
    if start == end:
        return "coordinator" if broker == start else "itinerant"
    if broker == start:
        return "representative"
    return "gatekeeper" if broker == end else "liaison"
