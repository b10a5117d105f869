"""Facts that Portland alone may see, each beside facts that pages show to others. In: a world. Out: rows.

A page that said anything of them to another viewer would change: in a picture, a number, a list, or a search.
"""

from typing import Any

from tests.kit.oracle.world import Relationship, World
from tests.web.addresses import LESSON

LIMA, LONDON, SEATTLE = "city/pe-lma-lima", "city/gb-eng-london", "city/us-wa-seattle"
PORTLAND = "city/us-or-portland"
BOARD = "organization/us-wa-seattle-synthetic-board-1"
PRACTICE, VISIT, ORGANIZATION = (
    "practice/bus-rapid-transit",
    "visit/ca-08-toronto-2013-austin-10",
    "organization/port-of-seattle",
)
FEW = 3
STATED = {"marking": "AMBER", "holders": [PORTLAND], "confidence": "VERIFIED"}
MADE_UP = {"marking": "AMBER", "holders": [PORTLAND], "confidence": "SYNTHETIC"}


def hidden_rows(world: World) -> list[dict[str, Any]]:
    """Return the rows."""
    source = next(id_ for id_, fact in world.nodes.items() if fact.label == "Source" and fact.marking == 0)
    rows = [*learning(), *trust(world)]
    return [row if row["confidence"] == "SYNTHETIC" else row | {"sources": [source]} for row in rows]


def node(label: str, called: str, **values: Any) -> dict[str, Any]:
    return {"label": label, "id": f"{label.lower()}/hidden-web-{called}", **values, **STATED}


def tie(type_: str, name: str, start: str, end: str, **values: Any) -> dict[str, Any]:
    id_ = f"{type_.lower().replace('_', '-')}/hidden-web-{name}"
    return {"type": type_, "id": id_, "from": start, "to": end, **STATED, **values}


def learning() -> list[dict[str, Any]]:
    """Make visits, lessons and uses of practices of cities that others look at."""
    rows: list[dict[str, Any]] = []
    for n in range(FEW):
        visit, lesson, adoption, outcome, person = (
            f"{kind}/hidden-web-{n}" for kind in ("visit", "lesson", "adoption", "outcome", "person")
        )
        rows += [
            node(
                "Visit", str(n), title=f"Bus rapid, hidden {n}", kind="STUDY_TOUR", status="HELD", since=f"200{n + 1}"
            ),
            node("Lesson", str(n), statement=f"Hidden bus rapid {n}", since="2004"),
            node("Adoption", str(n), status="RUNNING", since=f"200{n + 4}"),
            node("Outcome", str(n), statement=f"Hidden {n}"),
            node("Person", str(n), name=f"Bus Rapid {n}", kind="NAMED"),
            tie("MADE_BY", f"{n}", visit, LIMA),
            tie("HOSTED_BY", f"{n}", visit, LONDON),
            tie("ABOUT", f"visit-{n}", visit, PRACTICE),
            tie("LEARNED", f"{n}", LIMA, lesson),
            tie("FROM", f"{n}", lesson, LONDON),
            tie("GAINED_ON", f"{n}", lesson, visit),
            tie("MADE", f"{n}", LIMA, adoption),
            tie("USES", f"{n}", adoption, PRACTICE),
            tie("DREW_ON", f"{n}", adoption, LESSON),
            tie("LED_TO", f"{n}", VISIT, outcome),
            tie("JOINED", f"{n}", person, VISIT),
            tie("WORKS_FOR", f"{n}", person, ORGANIZATION),
        ]
    return rows


def trust(world: World) -> list[dict[str, Any]]:
    """Make ties between leaders of Seattle, and people on its roster, in its last wave."""
    ties = [each for each in world.relationships.values() if isinstance(each, Relationship)]
    ends = {each.start for each in ties if each.type == "OF_CITY" and each.end == SEATTLE and "roster/" in each.start}
    (roster,) = ends
    waves = [each.start for each in ties if each.type == "OF_ROSTER" and each.end == roster]
    wave = max(waves, key=lambda id_: str(world.nodes[id_].values["since"]))
    people = sorted(each.start for each in ties if each.type == "LISTED_ON" and each.end == roster)
    said = {(each.start, each.end) for each in ties if each.type == "TRUSTS" and each.values.get("wave") == wave}
    rows: list[dict[str, Any]] = []
    for n, (one, other) in enumerate(zip(people, people[7:], strict=False)):
        if (one, other) not in said:
            rows.append(tie("TRUSTS", f"{n}", one, other, wave=wave, strength=5, since="2025-05"))
    for n in range(FEW):
        rows += [
            node("Person", f"leader-{n}", name=f"Leader hidden {n}", kind="NAMED", sector="CIVIC"),
            tie("LISTED_ON", f"leader-{n}", f"person/hidden-web-leader-{n}", roster),
            tie("ANSWERED", f"leader-{n}", f"person/hidden-web-leader-{n}", wave, consent="NAMED"),
            tie("TRUSTS", f"leader-{n}", f"person/hidden-web-leader-{n}", people[n], wave=wave, strength=4),
        ]
    rows += gatherings(people)
    return [row | MADE_UP for row in rows]


def gatherings(people: list[str]) -> list[dict[str, Any]]:
    """Make members of a board that a what-if adds, and a study tour that it could add."""
    tour = "visit/hidden-web-tour"
    return [
        node("Visit", "tour", title="Hidden tour", kind="STUDY_TOUR", status="HELD", since="2024"),
        *(tie("JOINED", f"tour-{n}", person, tour) for n, person in enumerate(people[:FEW])),
        *(tie("MEMBER_OF", f"board-{n}", person, BOARD, since="2020") for n, person in enumerate(people[-2 * FEW :])),
    ]
