"""Curation, step 6. In: nothing but a seed. Out: made-up leaders of Seattle, two survey waves and their ties.

Who did not answer sends no ties: they are unknown, not absent.
"""

from dataclasses import dataclass, field
from itertools import combinations
from random import Random

from graph.curate.files import Report, Row
from graph.curate.leaders import (
    AGES,
    NOTE,
    boards,
    employers,
    gather,
    organization_id,
    organization_rows,
    person_rows,
)
from graph.curate.network import Arc, Change, People, Shape, draw, later
from graph.curate.synthetic import Confidential, seeded

CITY = "city/us-wa-seattle"
SEED = 170
"""Of the first two thousand, one whose density, modularity and reciprocity come near those that were aimed at."""

BLOCKS = (18, 16, 14, 12)
TRUST = Shape(within=0.30, between=0.045, homophily=1.3, reciprocity=0.62, closure=0.08)
KNOWN = Shape(within=0.12, between=0.43, homophily=1.0, reciprocity=0.70, closure=0.0)
"""Whom one can call besides those one trusts: mostly people of other blocks."""

RESPONSE = 0.80
COLLEAGUES = 0.40
CLAIMED = 0.60
LISTED, WAVES, LEFT = "2023-01", ("2023-05", "2025-05"), "2025-04"
RULE = (
    "Made up: sixty leaders in the sectors that a city's leadership is drawn from. Everybody agreed to be named to "
    "members of the city, so the ties are AMBER."
)
WORDINGS = (
    "Here is a list of leaders of the city. Whom do you trust, how strongly, and whom could you call?",
    "Here is a list of leaders of the city. Whom do you trust, and how strongly?",
)
STRENGTHS = {True: (5, 10, 25, 35, 25), False: (15, 30, 30, 18, 7)}
"""Weights of the strengths 1 to 5 of a tie, by whether it is mutual."""


@dataclass(frozen=True)
class Wave:
    """One survey round: when it was, who was asked and who answered, and the ties as they were."""

    when: str
    invited: tuple[int, ...]
    answered: tuple[int, ...]
    trust: frozenset[Arc]
    known: frozenset[Arc] = field(default=frozenset())

    def said(self, arcs: frozenset[Arc]) -> list[Arc]:
        """Return the ties that were told: those that somebody who answered sends to somebody on the list."""
        return sorted((one, other) for one, other in arcs if one in self.answered and other in self.invited)


def seattle(seed: int = SEED) -> tuple[list[Row], Report]:
    """Make the rows of 50-seattle-leaders.jsonl, and a report that counts them."""
    people = gather(BLOCKS, seeded("people", seed))
    first, second = waves(people, seed)
    make = Confidential(CITY, seeded("rows", seed))
    persons = person_rows(people, make)
    ids = [row["id"] for row in persons]
    roster = make.node(
        "Roster", {"name": "Leaders of Seattle (synthetic)", "rule": RULE, "since": LISTED, "note": NOTE}
    )
    rows = [*organization_rows(CITY), *persons, roster, make.tie("OF_CITY", roster["id"], CITY)]
    for number, id_ in enumerate(ids):
        ends = {} if number in second.invited else {"until": LEFT}
        rows.append(make.tie("LISTED_ON", id_, roster["id"], {"since": LISTED, **ends}))
    rows += _belonging(people, ids, first, (make, seed))
    claims = _claims(first.trust | second.trust, seeded("claims", seed))
    for number, wave in enumerate((first, second), start=1):
        rows += _wave_rows(number, wave, (persons, roster["id"]), claims, make)
    return rows, _report(rows, (first, second))


def waves(people: People, seed: int) -> tuple[Wave, Wave]:
    """Draw the two waves: the second among those who stayed."""
    random = seeded("network", seed)
    everybody = tuple(range(len(people.blocks)))
    trust = draw(people, TRUST, random)
    answered = _answered(everybody, random)
    changed, left = later(trust, people, TRUST, Change(), random)
    stayed = tuple(person for person in everybody if person not in left)
    known = trust | draw(people, KNOWN, random)
    first = Wave(WAVES[0], everybody, answered, frozenset(trust), frozenset(known))
    return first, Wave(WAVES[1], stayed, _answered(stayed, random), frozenset(changed))


def _answered(invited: tuple[int, ...], random: Random) -> tuple[int, ...]:
    return tuple(sorted(random.sample(invited, round(RESPONSE * len(invited)))))


def _claims(arcs: frozenset[Arc], random: Random) -> dict[Arc, str]:
    """Draw since when some say that they have known each other; it stays the same from wave to wave."""
    return {arc: str(random.randint(1995, 2020)) for arc in sorted(arcs) if random.random() < CLAIMED}


def _belonging(people: People, ids: list[str], wave: Wave, drawn: tuple[Confidential, int]) -> list[Row]:
    """Make the rows of jobs, memberships and, as those who answered say, colleagues."""
    make, seed = drawn
    random = seeded("belonging", seed)
    jobs = employers(people, random)
    rows = [make.tie("WORKS_FOR", id_, organization_id(CITY, job)) for id_, job in zip(ids, jobs, strict=True)]
    for name, members in boards(people, random).items():
        rows += [make.tie("MEMBER_OF", ids[each], organization_id(CITY, name)) for each in members]
    for pair in combinations(range(len(ids)), 2):
        if jobs[pair[0]] != jobs[pair[1]] or random.random() >= COLLEAGUES:
            continue
        told = [arc for arc in (pair, pair[::-1]) if arc[0] in wave.answered]
        rows += [make.tie("WORKS_WITH", ids[one], ids[other]) for one, other in told]
    return rows


def _wave_rows(
    number: int, wave: Wave, asked: tuple[list[Row], str], claims: dict[Arc, str], make: Confidential
) -> list[Row]:
    """Make the rows of a wave: the round, who answered, whom they trust and whom they could call."""
    persons, roster = asked
    given = {
        "name": f"Leaders of Seattle, wave {number} (synthetic)",
        "wording": WORDINGS[number - 1],
        "recall": "ROSTER",
    }
    counts = {"invited": len(wave.invited), "answered": len(wave.answered)}
    node = make.node("Wave", {**given, "since": wave.when, **counts, "note": NOTE})
    rows = [node, make.tie("OF_ROSTER", node["id"], roster, {"since": wave.when})]
    for each in wave.answered:
        age = make.random.randint(*AGES[persons[each]["ageBand"]])
        consent = {"since": wave.when, "consent": "NAMED", "age": age}
        rows.append(make.tie("ANSWERED", persons[each]["id"], node["id"], consent))
    said = {"wave": node["id"], "since": wave.when}
    for one, other in wave.said(wave.trust):
        mutual = (other, one) in wave.trust
        held = {"strength": make.random.choices(range(1, 6), STRENGTHS[mutual])[0], **said}
        held |= {"frequency": make.random.randint(1, 6), "frequencyUnit": "MONTH"}
        held |= {"claimedSince": claims[one, other]} if (one, other) in claims else {}
        rows.append(make.tie("TRUSTS", persons[one]["id"], persons[other]["id"], held))
    known = [make.tie("KNOWS", persons[one]["id"], persons[other]["id"], said) for one, other in wave.said(wave.known)]
    return rows + known


def _report(rows: list[Row], both: tuple[Wave, Wave]) -> Report:
    kinds = [row.get("label") or row["type"] for row in rows]
    report: Report = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    for number, wave in enumerate(both, start=1):
        pairs = len({frozenset(arc) for arc in wave.said(wave.trust)})
        possible = len(wave.invited) * (len(wave.invited) - 1) // 2
        report[f"density of trust in wave {number}"] = round(pairs / possible, 3)
    return report
