"""Curation of a city's made-up leaders. In: the description of a cloud. Out: rows: people, two survey waves, ties, offices.

A person who did not answer a wave states no ties: they are unknown, not absent.
"""

from dataclasses import dataclass, field
from itertools import combinations
from random import Random

from seeds.curate.files import Report, Row
from seeds.curate.leaders import NOTE, boards, employers, gather, organization_id, organization_rows, person_rows
from seeds.curate.network import Arc, Change, People, Shape, draw, later
from seeds.curate.offices import office_rows
from seeds.curate.survey import Round, Wave, consents
from seeds.curate.synthetic import Confidential, seeded

COLLEAGUES = 0.40
CLAIMED = 0.60
LISTED, WAVES, LEFT = "2023-01", ("2023-05", "2025-05"), "2025-04"


@dataclass(frozen=True)
class Cloud:
    """A city whose leaders are made up: sizes of blocks, shares of sectors, parameters of ties, share of people who answer."""

    city: str
    name: str
    blocks: tuple[int, ...]
    shares: dict[str, int] = field(hash=False)
    trust: Shape
    known: Shape
    response: float
    rule: str
    seed: int
    core: int = 0
    consents: bool = False


def leaders(of: Cloud) -> tuple[list[Row], Report]:
    """Make the rows of a city's leaders and a report that counts them."""
    people = gather(of.blocks, of.shares, of.core, seeded("people", of.seed))
    first, second = waves(people, of)
    make = Confidential(of.city, seeded("rows", of.seed))
    persons = person_rows(people, make)
    ids = [row["id"] for row in persons]
    properties = {"name": f"Leaders of {of.name} (synthetic)", "rule": of.rule, "since": LISTED, "note": NOTE}
    roster = make.node("Roster", properties)
    rows = [*organization_rows(of.city), *persons, roster, make.relationship("OF_CITY", roster["id"], of.city)]
    for number, id_ in enumerate(ids):
        ends = {} if number in second.invited else {"until": LEFT}
        rows.append(make.relationship("LISTED_ON", id_, roster["id"], {"since": LISTED, **ends}))
    rows += _belonging(people, ids, first, (make, of))
    claims = _claims(first.trust | second.trust, seeded("claims", of.seed))
    agreed = consents(ids, of.city, of.seed, of.consents)
    for number, wave in enumerate((first, second), start=1):
        rows += Round(of.name, number, wave, persons, agreed, make).rows(roster["id"], claims)
    rows += office_rows(of.city, persons, (first.invited, second.invited), seeded("offices", of.seed))
    return rows, _report(rows, (first, second))


def waves(people: People, of: Cloud) -> tuple[Wave, Wave]:
    """Draw the two waves; the second is among the people who stayed."""
    random = seeded("network", of.seed)
    everybody = tuple(range(len(people.blocks)))
    trust = draw(people, of.trust, random)
    answered = _answered(everybody, of.response, random)
    changed, left = later(trust, people, of.trust, Change(), random)
    stayed = tuple(person for person in everybody if person not in left)
    known = trust | draw(people, of.known, random)
    first = Wave(WAVES[0], everybody, answered, frozenset(trust), frozenset(known))
    return first, Wave(WAVES[1], stayed, _answered(stayed, of.response, random), frozenset(changed))


def _answered(invited: tuple[int, ...], response: float, random: Random) -> tuple[int, ...]:
    return tuple(sorted(random.sample(invited, round(response * len(invited)))))


def _claims(arcs: frozenset[Arc], random: Random) -> dict[Arc, str]:
    """Draw the years in which some pairs met, as they claim; the years are the same in both waves."""
    return {arc: str(random.randint(1995, 2020)) for arc in sorted(arcs) if random.random() < CLAIMED}


def _belonging(people: People, ids: list[str], wave: Wave, drawn: tuple[Confidential, Cloud]) -> list[Row]:
    """Make the rows of jobs and memberships, and of colleagues as the people who answered state them."""
    make, of = drawn
    random = seeded("belonging", of.seed)
    jobs = employers(people, random)
    rows = [
        make.relationship("WORKS_FOR", id_, organization_id(of.city, job)) for id_, job in zip(ids, jobs, strict=True)
    ]
    for name, members in boards(people, random).items():
        rows += [make.relationship("MEMBER_OF", ids[each], organization_id(of.city, name)) for each in members]
    for pair in combinations(range(len(ids)), 2):
        if jobs[pair[0]] != jobs[pair[1]] or random.random() >= COLLEAGUES:
            continue
        stated = [arc for arc in (pair, pair[::-1]) if arc[0] in wave.answered]
        rows += [make.relationship("WORKS_WITH", ids[one], ids[other]) for one, other in stated]
    return rows


def _report(rows: list[Row], both: tuple[Wave, Wave]) -> Report:
    kinds = [row.get("label") or row["type"] for row in rows]
    report: Report = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    for number, wave in enumerate(both, start=1):
        pairs = len({frozenset(arc) for arc in wave.stated(wave.trust)})
        possible = len(wave.invited) * (len(wave.invited) - 1) // 2
        report[f"density of trust in wave {number}"] = round(pairs / possible, 3)
    return report
