"""Who leads and who follows, and how far organizations work alone. In: joint projects. Out: LeadFollow, the silo index by year.

A project counts on a day if it may be going on then, by the rule of `asOf`; a part in it counts in the same way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from graph.measures.learning.basis import Basis, basis, held_on
from schema.language.edtf import When


@dataclass(frozen=True)
class Part:
    """An organization leads or follows in a project for a time."""

    organization: str
    leads: bool
    since: When | None = None
    until: When | None = None


@dataclass(frozen=True)
class Project:
    """A project and the parts that organizations take in it."""

    id: str
    parts: tuple[Part, ...]
    since: When | None = None
    until: When | None = None


@dataclass(frozen=True)
class LeadFollow:
    """In how many projects the organization of a row leads the one of a column, at one time. Organizations are in id order.

    `leads` and `follows` count the projects of each. `mutual` pairs lead each other, `one_way` ones do not. The basis counts
    projects with a leader and a follower at one time.
    """

    organizations: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    leads: tuple[int, ...]
    follows: tuple[int, ...]
    mutual: int
    one_way: int
    basis: Basis


@dataclass(frozen=True)
class Silo:
    """How far organizations work alone on a day. `alone` projects have one organization, `joint` ones several.

    `share_alone` is 0 (all joint) to 1 (all alone). `internal` and `external` count pairs of organizations that meet in a
    project, each project apart, within a group and between groups; `index` is (external - internal) / all, -1 to 1
    (D. Krackhardt and R. Stern, 1988). None where not defined. The basis counts projects.
    """

    day: date
    alone: int
    joint: int
    share_alone: float | None
    internal: int
    external: int
    index: float | None
    without_group: int
    basis: Basis


def lead_and_follow(projects: Iterable[Project], on: date | None = None) -> LeadFollow:
    """Return who leads whom: on a day, or whenever a lead and a follow may have been at one time."""
    cells, leads, follows, used, n = Counter[tuple[str, str]](), Counter[str](), Counter[str](), 0, 0
    for project in sorted(projects, key=lambda each: each.id):
        n += 1
        parts = [each for each in project.parts if on is None or held_on(each.since, each.until, on)]
        if on is not None and not held_on(project.since, project.until, on):
            parts = []
        pairs = {
            (one.organization, other.organization)
            for one in parts
            for other in parts
            if one.leads and not other.leads and one.organization != other.organization and _together(one, other)
        }
        cells.update(pairs)
        leads.update({each.organization for each in parts if each.leads})
        follows.update({each.organization for each in parts if not each.leads})
        used += bool(pairs)
    ids = tuple(sorted({*leads, *follows}))
    mutual = sum((other, one) in cells for one, other in cells) // 2
    return LeadFollow(
        ids,
        tuple(tuple(cells[row, column] for column in ids) for row in ids),
        tuple(leads[each] for each in ids),
        tuple(follows[each] for each in ids),
        mutual,
        len(cells) - 2 * mutual,
        basis(used, Counter({"without a leader and a follower at one time": n - used})),
    )


def silo(projects: Iterable[Project], day: date, groups: Mapping[str, str | None] | None = None) -> Silo:
    """Return the silo index of a day; `groups` are kinds of organizations, or departments. Without them no pair has a group."""
    of, alone, joint, pairs, left_out = groups or {}, 0, 0, Counter[str](), Counter[str]()
    for project in projects:
        if not held_on(project.since, project.until, day):
            left_out["not going on"] += 1
            continue
        members = sorted({each.organization for each in project.parts if held_on(each.since, each.until, day)})
        if not members:
            left_out["without an organization"] += 1
            continue
        alone += len(members) == 1
        joint += len(members) > 1
        for at, one in enumerate(members):
            pairs.update(_kind(of.get(one), of.get(other)) for other in members[at + 1 :])
    every = alone + joint
    internal, external = pairs["internal"], pairs["external"]
    met = internal + external
    return Silo(
        day,
        alone,
        joint,
        alone / every if every else None,
        internal,
        external,
        (external - internal) / met if met else None,
        pairs["unknown"],
        basis(every, left_out),
    )


def _kind(one: str | None, other: str | None) -> str:
    if not one or not other:
        return "unknown"
    return "internal" if one == other else "external"


def _together(one: Part, other: Part) -> bool:
    """Whether two parts may have been taken at one time."""
    return _may_precede(one.since, other.until) and _may_precede(other.since, one.until)


def _may_precede(since: When | None, until: When | None) -> bool:
    first, last = since.earliest if since else None, until.latest if until else None
    return first is None or last is None or first <= last
