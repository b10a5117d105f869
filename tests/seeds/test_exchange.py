"""The network of exchange in the rows made from facts.csv. In: seeds/rows. Out: counts that were worked out by hand.

The other data sets are left out: they would add to the counts.
"""

import json
from collections import Counter, defaultdict
from typing import Any

from tests.kit.paths import SEEDS

Row = dict[str, Any]
Pair = tuple[str, str]

ROWS: list[Row] = [
    json.loads(line)
    for path in sorted((SEEDS / "rows").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
NAMES = {row["id"]: row["name"] for row in ROWS if row.get("label") == "City"}


def of_facts(type_: str) -> list[Row]:
    """List the relationships of a type that were made from facts.csv."""
    return [
        row
        for row in ROWS
        if row.get("type") == type_ and any(origin.startswith("facts.csv") for origin in row["rows"])
    ]


def ends(type_: str) -> dict[str, set[str]]:
    """Collect the ends of a type's relationships by their start."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in of_facts(type_):
        found[row["from"]].add(row["to"])
    return found


VISITORS, HOSTS = ends("MADE_BY"), ends("HOSTED_BY")
PAIRS: set[Pair] = {
    (visitor, host)
    for visit, hosts in HOSTS.items()
    for host in hosts
    for visitor in VISITORS[visit]
    if visitor in NAMES and host in NAMES
}


def test_there_are_117_ordered_pairs_of_visitor_and_host() -> None:
    assert len(PAIRS) == 117
    assert ("city/us-wa-seattle", "city/in-07-delhi") in PAIRS
    assert ("city/us-wa-seattle", "city/in-19-bengaluru") in PAIRS
    assert ("city/us-nc-chapel-hill", "city/us-co-denver") in PAIRS


def test_three_pairs_are_reciprocal() -> None:
    both = {frozenset((NAMES[one], NAMES[other])) for one, other in PAIRS if (other, one) in PAIRS}
    assert both == {
        frozenset(("Lyon", "Munich")),
        frozenset(("Munich", "Vienna")),
        frozenset(("Philadelphia", "Seattle")),
    }


def test_eleven_cities_both_visit_and_host() -> None:
    visiting = {place for places in VISITORS.values() for place in places}
    hosting = {place for places in HOSTS.values() for place in places}
    assert {NAMES[id_] for id_ in visiting & hosting if id_ in NAMES} == {
        "Austin",
        "Los Angeles",
        "Lyon",
        "Minneapolis",
        "Munich",
        "New York City",
        "Philadelphia",
        "Pittsburgh",
        "Raleigh",
        "Seattle",
        "Vienna",
    }


def test_the_hosts_of_most_visiting_places() -> None:
    visiting: dict[str, set[str]] = defaultdict(set)
    for visit, hosts in HOSTS.items():
        for host in hosts:
            visiting[host] |= VISITORS[visit]
    numbers = Counter({NAMES[host]: len(places) for host, places in visiting.items() if host in NAMES})
    wanted = {"Munich": 6, "Atlanta": 5, "Lyon": 5, "Umeå": 5, "Charlotte": 4, "Minneapolis": 4, "Oulu": 4}
    assert {name: numbers[name] for name in wanted} == wanted
    assert {name for name, number in numbers.items() if number >= 4} == {*wanted, "Denver"}
    assert numbers["Los Angeles"] == 1


def test_one_delegation_of_a_region_is_one_visitor() -> None:
    (visit,) = (row for row in ROWS if row.get("label") == "Visit" and "facts.csv F102" in row["rows"])
    assert VISITORS[visit["id"]] == {"region/us-denver-region"}
    assert HOSTS[visit["id"]] == {"city/us-ca-los-angeles"}
    (made,) = (row for row in of_facts("MADE_BY") if row["from"] == visit["id"])
    assert made["asNamed"] == "Broomfield, Boulder County, CDOT, RTD"


def test_the_lesson_of_los_angeles_was_gained_on_the_visit_that_dates_it() -> None:
    (gained,) = (row for row in of_facts("GAINED_ON") if row["from"].startswith("lesson/us-ca-los-angeles-"))
    assert gained["to"] == "visit/us-ca-los-angeles-1999-curitiba"
    assert {"facts.csv F099", "facts.csv F100"} <= set(gained["rows"])
